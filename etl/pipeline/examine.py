"""Examine: take one kept file through recognise, extract, resolve and check, and gather its findings.

There are six classes of checks: the file (is it readable, does it hold personal data), each sheet (which form, whose,
for when), each value, each row and its sums, sheets against each other, and history. A failure in one class stops the
later ones for that sheet; sheets of one file do not stop each other.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from base.periods import quarter_of
from etl.check import check_return
from etl.check.finding_writer import FindingWriter
from etl.check.layout_differences import check_layout
from etl.check.registers import check_register
from etl.check.score_sheets import check_scores
from etl.check.target_documents import check_set_before, check_target_sums, check_targets
from etl.compare.comparison import Comparison
from etl.compare.replacements import Replacing, check_replacing
from etl.compare.sheets_together import ALL, TWICE, Sheets, Together, name_return, take_together
from etl.guard import Refused
from etl.known import Known
from etl.known.in_force import same_as_in_force
from etl.known.restarted_numbering import mark_parts, number_apart
from etl.matching.layout_memory import Memory
from etl.matching.reporter_memory import ReporterMemory
from etl.matching.sheet_parts import SheetPart
from etl.model.decisions_made import Decided
from etl.model.examination import Examination
from etl.model.finding import (
    Finding,
    Key,
    is_confirmed,
    list_hundreds,
    refuse_empty,
    refuse_unreadable,
    returned,
    shorten_finding,
    tell_otherwise,
)
from etl.model.nouns import Return, Submission
from etl.model.observe import observer_of
from etl.model.rules import EMPTY, UNKNOWN_FORM
from etl.model.shape import Shape
from etl.model.unit_register import Placement, Register
from etl.privacy import blank_name, check_file_name, hide
from etl.resolve import resolve_return
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole


def examine(
    submission: Submission,
    parts: list[SheetPart] | Refused,
    register: Register,
    catalogue: Catalogue,
    known: Callable[[Return], Known],
    confirmed: Collection[Key] = frozenset(),
    memory: Memory | None = None,
    decided: Decided | None = None,
) -> Examination:
    """Return the examination of one file, given its parts as read or the reason why it could not be read.

    A question confirmed before, by the `key` of its finding, is not asked again while the value is the same; nor is one
    that was answered about the same layout of the same unit.
    """
    if isinstance(parts, Refused):
        return Examination(submission, [], [_without_persons(finding) for finding in _of_unreadable(submission, parts)])
    recaller = ReporterMemory(submission.seq, register, memory or Memory())
    parts = [recaller.apply_answers(part, submission.name, catalogue) for part in parts]
    forms = [(part, part.filed, part.shape) for part in parts if part.filed and part.shape]
    examiner = _Examiner(submission, register, catalogue, known, decided or Decided())
    examiner.mark_parts([filed for _, filed, _ in forms])
    taken = _without_empty_parts(forms, [examiner.take(filed, part) for part, filed, _ in forms])
    # Only sheets without faults are compared with others: a slip in a sheet would cause findings everywhere else.
    sound = [filed for (_, filed, _), findings in zip(forms, taken, strict=True) if not returned(findings)]
    together = examiner.sort_out(sound)
    findings: list[Finding] = []
    for (part, filed, shape), own in zip(forms, taken, strict=True):
        own += check_layout(shape, recaller.before(shape), submission.name, filed.form)
        own += examiner.hold_against(filed, together)
        findings += [replace(finding, about=_about(filed, register)) for finding in (*own, *part.persons)]
    findings += _of_other_sheets(parts, _about(forms[0][1], register) if forms else "")
    if not parts:
        findings.append(refuse_empty(submission.name))
    findings += check_file_name(submission.name)
    own = [_without_persons(finding) for finding in findings]
    returns = _without_uncounted([filed for _, filed, _ in forms], sound, together)
    own, settled = _without_confirmed(own, confirmed)
    shapes = tuple(shape for _, _, shape in forms)
    return Examination(submission, returns, list_hundreds(own), shapes, confirmed=tuple(settled))


def _without_uncounted(returns: list[Return], sound: list[Return], together: Together) -> list[Return]:
    """Return the returns without the sound ones that don't count; by identity, since two sheets may hold equal ones."""
    left_out = {id(filed) for filed in sound} - {id(filed) for filed in together.counting}
    return [filed for filed in returns if id(filed) not in left_out]


def _without_empty_parts(
    forms: Sequence[tuple[SheetPart, Return, Shape]], taken: list[list[Finding]]
) -> list[list[Finding]]:
    """Return the findings on each sheet; an empty sheet of a return with rows on another sheet gets only a note."""
    pairs = list(zip(forms, taken, strict=True))
    filled = {name_return(filed) for (_, filed, _), findings in pairs if filed.size and not returned(findings)}
    return [
        [
            _as_empty_part(finding) if finding.rule == EMPTY and name_return(filed) in filled else finding
            for finding in findings
        ]
        for (_, filed, _), findings in pairs
    ]


def _as_empty_part(finding: Finding) -> Finding:
    return tell_otherwise(finding, "part", "note")


def _about(filed: Return, register: Register) -> str:
    """Return the name of a return in findings; an unknown reporter is named as written."""
    return f"{filed.form.code}|{register.find(filed.reporter) or filed.reporter}|{filed.period}"


def _without_confirmed(findings: list[Finding], confirmed: Collection[Key]) -> tuple[list[Finding], list[Finding]]:
    """Return the open findings and, separately, the questions that were confirmed before."""
    open_findings: list[Finding] = []
    settled: list[Finding] = []
    for finding in findings:
        is_settled = finding.severity == "confirm" and is_confirmed(finding, confirmed)
        (settled if is_settled else open_findings).append(finding)
    return open_findings, settled


def _without_persons(finding: Finding) -> Finding:
    """Return the finding with personal numbers redacted, because findings are stored and printed."""

    def without(text: str) -> str:
        return hide(text.replace(finding.sheet, blank_name(finding.sheet)) if finding.sheet else text)

    kept = ("rule", "severity", "address", "others", "stands")
    texts: dict[str, Any] = {name: without(text) for name, text in asdict(finding).items() if name not in kept}
    return shorten_finding(replace(finding, **texts, stands=tuple(map(without, finding.stands))))


class _Examiner:
    """Takes the sheets of one file through the checks."""

    def __init__(
        self,
        submission: Submission,
        register: Register,
        catalogue: Catalogue,
        known: Callable[[Return], Known],
        decided: Decided,
    ) -> None:
        self._file = submission.name
        self._submission = submission.seq
        self._decided = decided
        self._register = register
        self._catalogue = catalogue
        self._known = known
        self._comparison = Comparison(submission.name, register, catalogue, decided.chosen)

    def take(self, filed: Return, part: SheetPart) -> list[Finding]:
        """Return the findings on a sheet's columns, values, rows and sums.

        With a column missing, findings on values are still reported, but no further checks are made.
        """
        if part.blank:
            return [*part.findings, part.blank]
        findings = [*part.findings, *part.values]
        if returned(findings):
            return findings
        widened = _with_own_rows(filed, self._register)  # its rows may refer to each other
        findings += resolve_return(filed, self._file, widened)
        if filed.form.role == FormRole.UNITS:
            findings += check_register(filed, self._file, widened)
        findings += check_targets(filed, self._file, self._catalogue)
        findings += check_target_sums(filed, self._file, widened, self._catalogue)
        findings += check_scores(filed, self._catalogue, widened, self._writer(filed))
        if not returned(findings):
            findings += check_return(filed, self._known(filed), observer_of(self._catalogue), self._writer(filed))
            findings += check_set_before(filed, self._file, self._known(filed).targets, self._catalogue)
        return findings

    def mark_parts(self, sheets: list[Return]) -> None:
        """Note on sheets of a ledger that number their rows from 1 each which part of it they are."""
        chosen = self._decided.chosen
        mark_parts(sheets, lambda filed: chosen.get((TWICE, _about(filed, self._register))) == ALL)

    def sort_out(self, sound: list[Return]) -> Together:
        """Return which sheets count, which form one return, how each return is applied, and the open questions."""
        chosen = self._decided.chosen
        sheets = Sheets(self._file, self._register, self._catalogue, chosen, unchanged=self._unchanged)
        together = take_together(sound, sheets)
        context = Replacing(
            submission=self._submission,
            file=self._file,
            register=self._register,
            catalogue=self._catalogue,
            chosen=chosen,
            together=self._decided.together,
        )
        for group in together.groups:
            first, name = group[0], name_return(group[0])
            act, questions = (self._decided.acts or {}).get(name, ""), list[Finding]()
            if self._decided.acts is None and not any(group is unclear for unclear in together.unclear):
                act, questions = check_replacing(group, self._known(first), context, self._writer(first), name)
            together.findings += [(first, finding) for finding in questions]
            if act == "supplement":
                number_apart(group, self._known(first).in_force())  # row 1 must not replace row 1 in force
            for filed in group:
                filed.act = act
        return together

    def hold_against(self, filed: Return, together: Together) -> list[Finding]:
        """Return the findings from comparing a return with others: in the file, of other forms, of other quarters."""
        if not any(filed is owner for owner in together.counting):
            return []
        sheets = tuple(other for other in together.counting if other is not filed)
        own = [finding for owner, finding in together.findings if owner is filed]
        return own + self._comparison.check(filed, sheets, self._known(filed))

    def _unchanged(self, filed: Return) -> bool:
        """Return whether the return in force is identical."""
        return same_as_in_force(filed, self._known(filed).in_force())

    def _writer(self, filed: Return) -> FindingWriter:
        return FindingWriter(filed, self._file, self._catalogue, self._known(filed))


def _with_own_rows(filed: Return, register: Register) -> Register:
    """Return the register extended by the organisations that this return registers."""
    if filed.form.role != FormRole.UNITS:
        return register
    rows = [
        Placement(
            code=str(row.values.get("unit_code", "")),
            name=str(row.values.get("unit_name", "")),
            level=str(row.values.get("level", "")),
            parent=str(row.values.get("parent", "") or ""),
            category="",
            first=_effective(row.values.get("effective"), filed.quarter),
            last=None,
        )
        for row in filed.rows
    ]
    return register.extended(rows)


def _effective(day: object, period: int) -> int:
    return quarter_of(day) if isinstance(day, date) else period


def _of_other_sheets(parts: list[SheetPart], about: str) -> list[Finding]:
    """Return the findings on sheets that are not a form; beside a recognised form they are asked about, not refused."""
    findings: list[Finding] = []
    for part in parts:
        if part.filed is None:
            findings += [_soften(finding, part, about) for finding in part.findings]
            findings += [replace(finding, about=about) for finding in part.persons]
    return findings


def _soften(finding: Finding, part: SheetPart, about: str) -> Finding:
    """Return the finding on a sheet of another kind, such as notes; beside recognised sheets it only asks."""
    if not about or finding.rule != UNKNOWN_FORM:
        return finding
    question = tell_otherwise(finding, "beside", "confirm", name=part.name, height=part.height, width=part.width)
    return replace(question, about=about)


def _of_unreadable(submission: Submission, refused: Refused) -> list[Finding]:
    return [refuse_unreadable(submission.name, refused), *check_file_name(submission.name)]
