"""Answer: what is sent back: the sender's workbook with marks, a list for the telephone, the progress since."""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from base import china_days
from base.errors import UserError
from base.settings import settings
from etl.guard import Refused
from etl.intake import check_paths
from etl.journal import HELD, RETURNED, Entry, read_entries
from etl.model.finding import Finding, count_cells, gather
from etl.model.reply_marker import sum_up
from etl.model.rules import PERSONAL_DATA, SEVERITY_WORDS
from etl.privacy import hide
from etl.read import reader
from etl.redraw.change_list import CellMark, Slip
from etl.redraw.draw_answer import draw_answer, draw_list_alone
from etl.replies.answer_progress import Progress, compare
from etl.replies.findings_for_area import area_answered, findings_for_area
from stats.catalogue import Catalogue, load_catalogue
from stats.catalogue_in_force import catalogue_in_force
from stats.organisations import Organisation, Units
from stats.warehouse import open_warehouse, run_query

__all__ = [
    "Answer",
    "Progress",
    "answer_file",
    "answer_name",
    "answer_receipt",
    "compare",
    "previous_findings",
    "telephone_list",
    "to_change",
    "write_answer",
]

_SECONDS = 90  # a workbook that takes longer is answered with a list instead
_SUFFIX = ".xlsx"
_COUNTY = "县总工会"
_MARKED = "（退改）"
_ORDER = tuple(SEVERITY_WORDS)


def to_change(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that require an action: notes do not."""
    return [finding for finding in findings if finding.severity != "note"]


def write_answer(
    submission_path: Path,
    name: str,
    findings: Sequence[Finding],
    out: Path,
    before: Sequence[Finding] = (),
    *,
    reporter: str = "",
    send_to: str = _COUNTY,
    number: int | None = None,
    catalogue: Catalogue | None = None,
) -> Path:
    """Write the sender's own workbook, wrong cells coloured and commented, with a list in front; return its path.

    `submission_path` is the kept original, `name` the sender's name for it, `before` the findings of its last answer,
    `number` that of its receipt. A
    file of another format than xlsx is answered with a copy, one that can't be opened with the list alone. Raises
    UserError when there is nothing to change or `out` can't be written.
    """
    if not to_change(findings):
        raise UserError(f"“{name}”没有要改的地方，不用答复。")
    if out.suffix.lower() != _SUFFIX:
        raise UserError(f"“{out.name}”不是答复的文件名。请以 {_SUFFIX} 结尾。")
    declared = catalogue or load_catalogue()
    by = declared.reporting.reply_after(_last_day(findings, declared), china_days.today())
    slip = _slip(name, findings, before, reporter, send_to, by, number)
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix="part-", suffix=_SUFFIX, delete=False) as file:
            part = Path(file.name)
        try:
            _draw(submission_path, part, slip, marks_of(findings))
            os.replace(part, out)
        finally:
            with contextlib.suppress(FileNotFoundError):
                part.unlink()
    except OSError:
        raise UserError(f"写不了“{out}”。请核对目录是否存在、文件是否正被打开。") from None
    return out


def _slip(
    name: str,
    findings: Sequence[Finding],
    before: Sequence[Finding],
    reporter: str,
    send_to: str,
    by: date,
    number: int | None,
) -> Slip:
    return Slip(
        file=hide(name),
        reporter=reporter,
        day=china_days.today(),
        send_to=send_to,
        by=by,
        contact=settings().contact,
        number=number,
        progress=compare(before, findings).sentence() if before else "",
    )


def _last_day(findings: Iterable[Finding], catalogue: Catalogue) -> date | None:
    """Return the last day of the periods of the returns that findings are about; None where none was recognised."""
    named = (finding.about.split("|") for finding in findings if finding.about.count("|") > 1)
    known = ((catalogue.forms.get(about[0]), about[-1]) for about in named if about[-1].isdecimal() and int(about[-1]))
    return max((form.last_day(int(period)) for form, period in known if form), default=None)


def _draw(path: Path, part: Path, slip: Slip, marks: list[CellMark]) -> None:
    try:
        reader().run(draw_answer, path, part, slip, marks, seconds=_SECONDS)
    except Refused:  # the original was too much for the child process
        draw_list_alone(part, slip, marks)


def marks_of(findings: Iterable[Finding]) -> list[CellMark]:
    """Return the marks for the sender's workbook, the most severe first; personal data are not repeated."""
    return [_mark(finding) for finding in sorted(findings, key=lambda finding: _ORDER.index(finding.severity))]


def _mark(finding: Finding) -> CellMark:
    problem, expected, todo = (hide(text) for text in (finding.problem, finding.requirement, finding.todo))
    word, personal = SEVERITY_WORDS[finding.severity], finding.rule == PERSONAL_DATA and not finding.others
    places = finding.others or 1
    return CellMark(
        sheet=hide(finding.sheet),
        address=finding.address,
        word=word,
        problem=problem,
        requirement=expected,
        todo=todo,
        column=finding.column,
        hide=personal,
        places=places,
    )


def telephone_list(name: str, findings: Iterable[Finding]) -> str:
    """Return the changes needed as text to read aloud: the number of places, then a numbered line per mistake."""
    changes = to_change(findings)
    if not changes:
        return f"“{name}”没有要改的地方。"
    ordered = sorted(gather(changes), key=lambda finding: _ORDER.index(finding.severity))
    lines = [f"{number}. {_read_out(finding)}" for number, finding in enumerate(ordered, start=1)]
    words = [SEVERITY_WORDS[finding.severity] for finding in changes for _ in range(finding.others or 1)]
    return "\n".join([sum_up(hide(name), words), *lines])


def _read_out(finding: Finding) -> str:
    where = (f"表“{finding.sheet}”" if finding.sheet else "整个文件") + finding.address
    where += f"（{finding.column}）" if finding.column else ""
    expected = finding.requirement if finding.requirement.endswith("？") else f"{finding.requirement}。"
    return hide(f"【{SEVERITY_WORDS[finding.severity]}】{where}：{finding.problem}。{expected}{finding.todo}。")


def previous_findings(entries: Sequence[Entry], entry: Entry, areas: Mapping[int, str]) -> tuple[Finding, ...]:
    """Return the findings of the last answer before a receipt: for the same form, reporter and quarter.

    Where one of the two files tells of none, it is the one of the same name that was sent in for the same area. By name
    alone it might be anybody's. `areas` tells for which area receipts were sent in, as far as that is known.
    """
    returns, area = _returns(entry.findings, entry.returns), areas.get(entry.seq)
    for other in reversed([other for other in entries if other.seq < entry.seq]):
        if other.what in (RETURNED, HELD) and other.findings:
            named = _returns(other.findings, other.returns)
            alike = bool(area) and areas.get(other.seq) == area and _stem(other.name) == _stem(entry.name)
            if named & returns if named and returns else alike:
                return other.findings
    return ()


def _returns(findings: Iterable[Finding], named: Iterable[str] = ()) -> set[str]:
    return {finding.about for finding in findings if finding.about} | set(named)


def answer_name(name: str) -> str:
    """Return the file name of an answer: the sender's name for the file with 退改 appended, as xlsx."""
    return f"{hide(_stem(name))}{_MARKED}{_SUFFIX}"


def _stem(name: str) -> str:
    return Path(name).stem.removesuffix(_MARKED)


@dataclass(kw_only=True, frozen=True)
class Answer:
    """The answer to one file: its original, the sender's name for it, the present findings and those of last time."""

    path: Path
    name: str
    findings: tuple[Finding, ...]
    before: tuple[Finding, ...]
    reporter: str
    send_to: str
    number: int | None = None
    catalogue: Catalogue | None = None

    @property
    def count(self) -> int:
        """Return the number of places to be changed."""
        return count_cells(to_change(self.findings))

    def telephone_list(self) -> str:
        """Return it as text to read aloud."""
        return telephone_list(self.name, self.findings)

    def write(self, out: Path) -> Path:
        """Write it as a workbook; see write_answer."""
        return write_answer(
            self.path,
            self.name,
            self.findings,
            out,
            self.before,
            reporter=self.reporter,
            send_to=self.send_to,
            number=self.number,
            catalogue=self.catalogue,
        )


def answer_receipt(store: Path, seq: int) -> Answer:
    """Return the answer to a receipt of the journal. Raises UserError when there is none of this number."""
    entries = read_entries(store)
    entry = next((entry for entry in entries if entry.seq == seq), None)
    if entry is None:
        raise UserError(f"没有编号为 {seq} 的上报。")
    return _answer(store, entry, store / entry.file, entries)


def answer_file(store: Path, path: Path) -> Answer:
    """Return the answer to a file that was not loaded: it is judged and not stored. Raises UserError."""
    examined = check_paths([path], store)
    if len(examined) != 1:
        raise UserError(f"“{path}”不是一个文件。请写一个文件的路径，或上报的编号。")
    entries = read_entries(store)
    latest = Entry(
        seq=max((entry.seq for entry in entries), default=0) + 1,
        sha=examined[0].submission.sha,
        name=path.name,
        file="",
        at="",
        received_by="",
        findings=tuple(examined[0].findings),
    )
    return _answer(store, latest, path, entries)


def _answer(store: Path, entry: Entry, path: Path, entries: Sequence[Entry]) -> Answer:
    """Return the answer to a file, limited to what its reporters may see."""
    units = _units(store)
    codes = {about.split("|")[1] for about in _returns(entry.findings, entry.returns)}
    findings, before = (
        findings_for_area(area_answered(codes, units), findings, units)
        for findings in (entry.findings, previous_findings(entries, entry, {}))
    )
    return Answer(
        path=path,
        name=entry.name,
        findings=findings,
        before=before,
        reporter="、".join(unit.name for unit in units.values() if unit.code in codes),
        send_to=next((unit.name for unit in units.values() if unit.level == "county"), _COUNTY),
        number=entry.seq if entry.file else None,
        catalogue=catalogue_in_force(store),
    )


def _units(store: Path) -> Units:
    """Return the registered organisations by code; none when nothing was ever accepted."""
    try:
        warehouse = open_warehouse(store)
    except UserError:
        return {}
    with closing(warehouse):
        return {row["code"]: Organisation(**row) for row in run_query(warehouse, "organisations.sql")}
