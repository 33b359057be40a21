"""The result of a run over files: the outcome of each, and a summary."""

from collections.abc import Callable
from dataclasses import dataclass, field

from etl.journal import ACCEPTED, HELD, RETURNED, WITHDRAWN
from etl.model.finding import Finding, gather
from etl.model.receipt_state import ReceiptState

__all__ = ["ACCEPTED", "HELD", "RETURNED", "UNCHANGED", "WITHDRAWN", "Outcome", "Progress", "Summary", "to_confirm"]

UNCHANGED = ReceiptState.UNCHANGED


@dataclass(frozen=True)
class Outcome:
    """The outcome of one file: accepted, held, returned, withdrawn, or unchanged (already loaded), with its findings.

    `seq` is the number of its receipt, None when it was not stored.
    """

    name: str
    what: ReceiptState
    findings: tuple[Finding, ...] = ()
    seq: int | None = None


@dataclass
class Summary:
    """The outcomes of a run. `build` is the number of the new current build, None when nothing changed."""

    outcomes: list[Outcome] = field(default_factory=list)
    build: int | None = None

    def count(self, state: ReceiptState) -> int:
        """Return the number of files with this outcome."""
        return sum(outcome.what == state for outcome in self.outcomes)


Progress = Callable[[Outcome, int], None]


def to_confirm(findings: tuple[Finding, ...]) -> list[Finding]:
    """Return the questions of a held file, each once, in the order of the numbers that `confirm` takes (from 1)."""
    return gather(finding for finding in findings if finding.severity == "confirm")
