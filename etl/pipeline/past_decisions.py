"""Past decisions about files, read from the journal for examining them again."""

from collections.abc import Collection, Mapping, Sequence

from etl.journal import Journal, Matching
from etl.journal.confirmations import Confirmation
from etl.matching.layout_memory import Memory
from etl.model.decisions_made import Act, Chosen
from etl.model.finding import Key
from etl.model.nouns import Submission


class PastDecisions:
    """What was confirmed, chosen and answered before and in this session."""

    def __init__(
        self, journal: Journal, confirmations: Sequence[Confirmation] = (), matchings: Sequence[Matching] = ()
    ) -> None:
        """Read the journal; `confirmations` and `matchings` are not recorded there yet."""
        self._entries = journal.entries()
        self._confirmations = [*journal.confirmations(), *confirmations]
        self._matchings = [*journal.matchings(), *matchings]

    def confirmed(self, submission: Submission) -> Collection[Key]:
        """Return the questions about a file that are already confirmed."""
        return frozenset(
            confirmation.key for confirmation in self._confirmations if confirmation.holds_for(submission.seq)
        )

    def chosen(self, submission: Submission) -> Chosen:
        """Return the choices made for a file, by rule and return; the last one counts."""
        own = (
            confirmation
            for confirmation in self._confirmations
            if confirmation.choice and confirmation.seq == submission.seq
        )
        return {confirmation.key[:2]: confirmation.choice for confirmation in own}

    def acts(self, standing: Collection[int]) -> Mapping[int, Mapping[str, Act]]:
        """Return how the returns of accepted receipts were applied; older receipts have no record of it."""
        entries = (entry for entry in self._entries if entry.seq in standing)
        return {entry.seq: dict(zip(entry.returns, entry.acts, strict=False)) for entry in entries}

    def memory(self) -> Memory:
        """Return the answers about unknown headers."""
        return Memory(self._entries, self._matchings)
