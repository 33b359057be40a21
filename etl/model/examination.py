"""Examination: the result of examining one file, used by the journal, the load and the pages."""

from dataclasses import dataclass, replace

from etl.model.finding import Finding, returned
from etl.model.nouns import Return, Submission
from etl.model.receipt_state import ReceiptState
from etl.model.rules import REGISTER_RULES
from etl.model.shape import Shape
from stats.catalogue.models import FormRole


@dataclass(frozen=True)
class Examination:
    """The result of examining one file: the returns in it, the findings, and the layout of each return.

    `confirmed` are the questions that are not asked any more, because somebody confirmed them.
    """

    submission: Submission
    returns: list[Return]
    findings: list[Finding]
    shapes: tuple[Shape, ...] = ()
    confirmed: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> ReceiptState:
        """Return RETURNED when anything sends the file back, HELD when anything waits for a confirmation."""
        if returned(self.findings):
            return ReceiptState.RETURNED
        has_questions = any(finding.severity == "confirm" for finding in self.findings)
        return ReceiptState.HELD if has_questions else ReceiptState.ACCEPTED

    @property
    def awaits_register(self) -> bool:
        """Return whether a later register could change the verdict: answers are stored by registered unit."""
        unplaced = any(shape.asked and not shape.reporter for shape in self.shapes)
        return unplaced or any(finding.rule in REGISTER_RULES for finding in self.findings)

    @property
    def registers(self) -> bool:
        """Return whether the file holds a register of organisations."""
        return any(filed.form.role == FormRole.UNITS for filed in self.returns)

    def without_contents(self) -> "Examination":
        """Return the examination without its sheets, so that a long load need not keep all of them in memory."""
        return replace(self, returns=[])
