"""Examine: take one kept file through read, recognise, extract and check, and gather all there is to tell."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from etl.check import Known, check_privacy, check_return
from etl.check_register import check_register
from etl.check_targets import check_targets
from etl.extract import extract
from etl.findings import Finding, returned
from etl.guard import Refused
from etl.nouns import Layout, Return, Sheet, Submission
from etl.observe import observer_of
from etl.recognise import recognise
from etl.register import Placement, Register
from etl.resolve import resolve_return
from etl.values import quarter_of
from stats.catalogue import Catalogue
from stats.catalogue_models import Form

REGISTER_RULES = frozenset({"unknown_reporter", "unknown_unit", "closed_unit", "foreign_unit"})
_PARENT = "parent"  # a form with this column registers organisations


@dataclass(frozen=True)
class Examination:
    """What one file turned out to be: its sheets, the returns in them, and the findings."""

    submission: Submission
    sheets: list[Sheet]
    returns: list[Return]
    findings: list[Finding]

    @property
    def accepted(self) -> bool:
        """Return whether nothing sends the file back."""
        return not returned(self.findings)

    @property
    def awaits_register(self) -> bool:
        """Return whether a register that comes later could change the verdict."""
        return any(finding.rule in REGISTER_RULES for finding in self.findings)

    @property
    def registers(self) -> bool:
        """Return whether the file holds a register of organisations."""
        return any(registers_units(found.form) for found in self.returns)

    def without_contents(self) -> "Examination":
        """Return the verdict alone, so that a long load need not hold every sheet in memory."""
        return replace(self, sheets=[], returns=[])


def registers_units(form: Form) -> bool:
    """Return whether a form is the register of organisations."""
    return _PARENT in form.by_code


def examine(
    submission: Submission,
    sheets: list[Sheet] | Refused,
    register: Register,
    catalogue: Catalogue,
    known: Callable[[Return], Known],
) -> Examination:
    """Return the examination of one file, given its sheets as read or the reason why it could not be read."""
    if isinstance(sheets, Refused):
        return Examination(submission, [], [], [_unreadable(submission, sheets)])
    filled = [sheet for sheet in sheets if sheet.cells]
    recognised = [(sheet, *recognise(sheet, submission.name, catalogue)) for sheet in filled]
    layouts = [layout for _, layout, _ in recognised if layout]
    findings = [finding for _, _, found in recognised for finding in found]
    if layouts:
        findings = [_soften(finding) for finding in findings]
    returns = []
    for layout in layouts:
        found, told = _examine_sheet(layout, submission.name, register, catalogue, known)
        returns.append(found)
        findings += told
    if not filled:
        findings.append(_unreadable(submission, Refused("表格里什么也没有")))
    return Examination(submission, filled, returns, findings)


def _examine_sheet(
    layout: Layout, file: str, register: Register, catalogue: Catalogue, known: Callable[[Return], Known]
) -> tuple[Return, list[Finding]]:
    """Take one sheet through; a failure in one class of checks stops the later ones for that sheet."""
    found, findings = extract(layout, file, catalogue)
    findings += check_privacy(layout, found, file)
    if returned(findings):
        return found, findings
    widened = _with_own_rows(found, register)
    findings += resolve_return(found, file, widened)
    if registers_units(found.form):
        findings += check_register(found, file, widened)
    findings += check_targets(found, file, catalogue)
    if not returned(findings):
        findings += check_return(found, file, known(found), observer_of(catalogue).adds_up)
    return found, findings


def _with_own_rows(found: Return, register: Register) -> Register:
    """Return a register that also knows the organisations this very return registers."""
    if not registers_units(found.form):
        return register
    rows = [
        Placement(
            str(row.values.get("unit_code", "")),
            str(row.values.get("unit_name", "")),
            str(row.values.get("level", "")),
            str(row.values.get("parent", "") or ""),
            "",
            _effective(row.values.get("effective"), found.period),
            None,
        )
        for row in found.rows
    ]
    return register.extended(rows)


def _effective(day: object, period: int) -> int:
    return quarter_of(day) if isinstance(day, date) else period


def _soften(finding: Finding) -> Finding:
    """A sheet of another kind beside recognised ones (notes, say) is asked about, not refused."""
    return replace(finding, severity="confirm") if finding.rule == "unknown_form" else finding


def _unreadable(submission: Submission, refused: Refused) -> Finding:
    return Finding(
        "unreadable",
        "return",
        submission.name,
        "",
        "",
        str(refused),
        "应是能用表格软件打开的文件",
        "请在电脑上打开核对，另存为 xlsx 后重新上报",
    )
