"""Examine: take one kept file through read, recognise, extract and check, and gather all there is to tell.

There are six classes of checks: of the file (can it be read, does it tell of persons), of each sheet (which form,
whose, for when), of each value, of each row and its sums, of sheet against sheet, and against history. A failure in one
class stops the later ones for that sheet; sheets of one file do not stop each other.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from etl.check import check_return
from etl.check_across import Surroundings, check_across
from etl.check_blank import blank_form
from etl.check_history import check_history
from etl.check_layout import check_layout
from etl.check_privacy import check_privacy, hide
from etl.check_register import check_reaching_back, check_register
from etl.check_targets import check_targets
from etl.extract import extract
from etl.findings import Finding, Key, returned
from etl.guard import Refused
from etl.known import Known
from etl.memory import Memory
from etl.nouns import Layout, Return, Sheet, Submission
from etl.observe import observer_of
from etl.recall import Recaller
from etl.recognise import recognise
from etl.register import Placement, Register, registers_units
from etl.resolve import resolve_return
from etl.shape import Shape
from etl.sheets import is_answer_list
from etl.teller import Teller
from etl.values import quarter_of
from stats.catalogue import Catalogue

Verdict = Literal["accepted", "held", "returned"]

_Recognised = tuple[Sheet, Layout | None, list[Finding]]

REGISTER_RULES = frozenset({"unknown_reporter", "unknown_unit", "closed_unit", "foreign_unit"})


@dataclass(frozen=True)
class Examination:
    """What one file turned out to be: its sheets, the returns in them, the findings, and how each was laid out."""

    submission: Submission
    sheets: list[Sheet]
    returns: list[Return]
    findings: list[Finding]
    shapes: tuple[Shape, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Return "returned" when anything sends the file back, "held" when anything waits for a confirmation."""
        if returned(self.findings):
            return "returned"
        return "held" if any(finding.severity == "confirm" for finding in self.findings) else "accepted"

    @property
    def awaits_register(self) -> bool:
        """Return whether a register that comes later could change the verdict: answers are kept by registered unit."""
        unplaced = any(shape.asked and not shape.reporter for shape in self.shapes)
        return unplaced or any(finding.rule in REGISTER_RULES for finding in self.findings)

    @property
    def registers(self) -> bool:
        """Return whether the file holds a register of organisations."""
        return any(registers_units(found.form) for found in self.returns)

    def without_contents(self) -> "Examination":
        """Return the verdict alone, so that a long load need not hold every sheet in memory."""
        return replace(self, sheets=[], returns=[])


def examine(
    submission: Submission,
    sheets: list[Sheet] | Refused,
    register: Register,
    catalogue: Catalogue,
    known: Callable[[Return], Known],
    confirmed: Collection[Key] = frozenset(),
    memory: Memory | None = None,
) -> Examination:
    """Return the examination of one file, given its sheets as read or the reason why it could not be read.

    What was confirmed before, by the `key` of its finding, is not asked again while the same values stand there, nor
    what was answered about the same layout of the same unit.
    """
    if isinstance(sheets, Refused):
        return Examination(submission, [], [], [_unreadable(submission, sheets)])
    filled = [sheet for sheet in sheets if sheet.cells and not is_answer_list(sheet)]
    recaller = Recaller(submission.seq, register, memory or Memory())
    recognised = [(sheet, *recognise(sheet, submission.name, catalogue, recaller.answers)) for sheet in filled]
    examiner = _Examiner(submission.name, register, catalogue, known)
    taken = [(layout, *examiner.take(layout, told)) for _, layout, told in recognised if layout]
    sound = [found for _, found, told in taken if not returned(told)]
    findings: list[Finding] = []
    shapes = [recaller.shape(layout, found.period, catalogue) for layout, found, _ in taken]
    for (layout, found, told), shape in zip(taken, shapes, strict=True):
        told += check_layout(shape, recaller.before(shape), submission.name)
        if found in sound:
            told += examiner.compare(found, tuple(other for other in sound if other is not found))
        told += check_privacy(layout.sheet, _data_rows(layout, found), submission.name)
        findings += [replace(finding, about=_about(found, register)) for finding in told]
    findings += _of_other_sheets(recognised, _about(taken[0][1], register) if taken else "", submission.name)
    if not filled:
        findings.append(_unreadable(submission, Refused("表格里什么也没有")))
    told = [_without_persons(finding) for finding in findings]
    returns = [found for _, found, _ in taken]
    return Examination(submission, filled, returns, _unconfirmed(told, confirmed), tuple(shapes))


def _about(found: Return, register: Register) -> str:
    """Return what findings name a return by; a reporter nobody knows stands as it was written."""
    return f"{found.form.code}|{register.find(found.reporter) or found.reporter}|{found.period}"


def _unconfirmed(findings: list[Finding], confirmed: Collection[Key]) -> list[Finding]:
    return [finding for finding in findings if finding.severity != "confirm" or finding.key not in confirmed]


def _without_persons(finding: Finding) -> Finding:
    """No finding may quote a number that tells of a person: findings are kept and printed."""
    return replace(finding, found=hide(finding.found), expected=hide(finding.expected), about=hide(finding.about))


def _data_rows(layout: Layout, found: Return) -> frozenset[int]:
    return frozenset(row.row for row in found.rows) | {row for row, _ in layout.places.values()}


class _Examiner:
    """Takes the sheets of one file through the checks."""

    def __init__(self, file: str, register: Register, catalogue: Catalogue, known: Callable[[Return], Known]) -> None:
        self._file = file
        self._register = register
        self._catalogue = catalogue
        self._known = known

    def take(self, layout: Layout, told: list[Finding]) -> tuple[Return, list[Finding]]:
        """Return a sheet's rows and the findings on its values, rows and sums.

        `told` is what recognising the sheet told already: with a column missing its values are still read, so that the
        sender hears of them too, but nothing is concluded from them.
        """
        found, findings = extract(layout, self._file, self._catalogue)
        if blank := blank_form(found, self._file):
            return found, [*told, blank]
        findings = told + findings
        if returned(findings):
            return found, findings
        widened = _with_own_rows(found, self._register)
        findings += resolve_return(found, self._file, widened)
        if registers_units(found.form):
            findings += check_register(found, self._file, widened)
        findings += check_targets(found, self._file, self._catalogue)
        if not returned(findings):
            adds_up = observer_of(self._catalogue).adds_up
            findings += check_return(found, self._known(found), adds_up, self._teller(found))
        return found, findings

    def compare(self, found: Return, beside: tuple[Return, ...]) -> list[Finding]:
        """Return the findings on a return that is sound in itself: against other sheets, then against history."""
        known, teller = self._known(found), self._teller(found)
        if registers_units(found.form):
            return list(check_reaching_back(found, known, self._register, teller))
        findings = check_across(found, Surroundings(beside, known, self._register, self._catalogue), teller)
        return findings + check_history(found, self._file, known, self._catalogue.thresholds, teller)

    def _teller(self, found: Return) -> Teller:
        return Teller(found, self._file, self._catalogue)


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


def _of_other_sheets(recognised: list[_Recognised], about: str, file: str) -> list[Finding]:
    """Return the findings on sheets that are none of the forms; beside a form they are asked about, not refused."""
    findings: list[Finding] = []
    for sheet, layout, told in recognised:
        if layout is None:
            findings += [_soften(finding, sheet, about) for finding in told]
            findings += [replace(finding, about=about) for finding in check_privacy(sheet, (), file)]
    return findings


def _soften(finding: Finding, sheet: Sheet, about: str) -> Finding:
    """A sheet of another kind beside recognised ones (notes, say) is asked about with them, not refused."""
    if not about or finding.rule != "unknown_form":
        return finding
    said = f"表“{sheet.name}”（{sheet.height}行{sheet.width}列）看不出是哪一张报表"
    return replace(finding, severity="confirm", found=said, about=about)


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
