"""Recalled: what the journal says was decided about files before, for whoever examines them anew."""

from collections.abc import Collection, Mapping, Sequence

from etl.decided import Act, Chosen
from etl.findings import Key
from etl.journal import Confirmation, Journal, Matching
from etl.nouns import Submission
from etl.recognising.memory import Memory


class Recalled:
    """What was confirmed, chosen and answered before, and now."""

    def __init__(
        self, journal: Journal, confirmations: Sequence[Confirmation] = (), matchings: Sequence[Matching] = ()
    ) -> None:
        """Read the journal; `confirmations` and `matchings` are not noted there yet."""
        self._entries = journal.entries()
        self._confirmations = [*journal.confirmations(), *confirmations]
        self._matchings = [*journal.matchings(), *matchings]

    def confirmed(self, submission: Submission) -> Collection[Key]:
        """Return what need not be asked of a file again."""
        return frozenset(one.key for one in self._confirmations if one.holds_for(submission.seq))

    def chosen(self, submission: Submission) -> Chosen:
        """Return what was chosen of a file, by the rule that asked and the return it speaks of; the last counts."""
        own = (one for one in self._confirmations if one.choice and one.seq == submission.seq)
        return {one.key[:2]: one.choice for one in own}

    def acts(self, standing: Collection[int]) -> Mapping[int, Mapping[str, Act]]:
        """Return what the returns of accepted receipts were taken in as; nothing was noted of older ones."""
        entries = (entry for entry in self._entries if entry.seq in standing)
        return {entry.seq: dict(zip(entry.returns, entry.acts, strict=False)) for entry in entries}

    def memory(self) -> Memory:
        """Return what was answered about unknown headers."""
        return Memory(self._entries, self._matchings)
