"""Answer files: the answer workbook and the list for the telephone, which go back to the sender; and the original."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from base.errors import UserError
from etl.journal import Entry
from etl.model.finding import Finding
from etl.replies.answer import answer_name, telephone_list, to_change, write_answer
from etl.replies.answer_pack import pack_answers
from etl.replies.findings_for_area import area_answered, findings_for_area
from pages.returns.dropped_file import DroppedFile, laid_out
from pages.shared.downloads import XLSX, handing_out
from pages.view.declared_now import catalogue_now
from pages.view.foreign_text import as_written
from pages.view.person import acts, is_sender
from pages.view.unit_names import county_name, say_reporters, unit_directory
from store.verbs import Verb

_SEVERAL = 2  # from so many on, answers are offered together


def offer_answer(file: DroppedFile) -> None:
    """Draw the downloads for a file in the upload list that needs changes."""
    _offer(file.sha, file.name, _for_sender(_reporters(file), file.findings), _answering(file))


def offer_all_answers(files: Sequence[DroppedFile]) -> None:
    """Draw the download of all answers of the page as one zip, where several files need changes."""
    wanted = [file for file in files if to_change(_for_sender(_reporters(file), file.findings))]
    if len(wanted) < _SEVERAL:
        return
    makers = {f"{number:02d} {answer_name(file.name)}": _answering(file) for number, file in enumerate(wanted, start=1)}
    title = f"退回单（{len(wanted)}份）.zip"
    st.download_button(
        f"下载全部退回单 {len(wanted)} 份",
        data=handing_out(Verb.EXPORTED, title, lambda: pack_answers(makers)),
        file_name=title,
        mime="application/zip",
        on_click="ignore",
        icon=":material/assignment_return:",
        key="all-answers",
    )


def _reporters(file: DroppedFile) -> list[str]:
    return [filed.reporter for filed in file.returns]


def _answering(file: DroppedFile) -> Callable[[], bytes]:
    """Return the function that makes a file's answer; what depends on the session is settled beforehand."""
    reporters = _reporters(file)
    ends = say_reporters(reporters), county_name()
    findings, before = _for_sender(reporters, file.findings), _for_sender(reporters, file.before)

    def make() -> bytes:
        if file.kept:
            return _answer(file.kept, file.name, findings, before, ends, file.seq)
        with laid_out([file]) as placed:
            return _answer(next(iter(placed)), file.name, findings, before, ends)

    return make


def offer_receipt_slips(entry: Entry, before: Sequence[Finding]) -> None:
    """Draw the downloads for a receipt: the original, or that it was deleted; the answer if changes are needed."""
    doing = acts()
    try:
        doing.original(entry)
    except UserError as gone:
        st.caption(as_written(gone))
        return
    st.download_button(
        "下载隐去个人信息的一份" if entry.blanked else "下载原件",
        data=handing_out(Verb.LOOKED, f"第{entry.seq}号“{entry.name}”", lambda: doing.original(entry).read_bytes()),
        file_name=f"{Path(entry.name).stem}（已隐去个人信息）.xlsx" if entry.blanked else entry.name,
        on_click="ignore",
        icon=":material/download:",
        key=f"original-{entry.seq}",
    )
    reporters = [about.split("|")[1] for about in entry.returns]
    ends = say_reporters(reporters), county_name()
    findings, told_before = _for_sender(reporters, entry.findings), _for_sender(reporters, before)
    _offer(
        str(entry.seq),
        entry.name,
        findings,
        lambda: _answer(doing.original(entry), entry.name, findings, told_before, ends, entry.seq),
    )


def _for_sender(reporters: Sequence[str], findings: Sequence[Finding]) -> Sequence[Finding]:
    """Return findings as the reporters may see them, whoever makes the answer."""
    units = unit_directory()
    return findings_for_area(area_answered(reporters, units), findings, units)


def _offer(key: str, name: str, findings: Sequence[Finding], make: Callable[[], bytes]) -> None:
    if not to_change(findings):
        return
    st.download_button(
        "退回单",
        data=handing_out(Verb.EXPORTED, f"退回单“{name}”", make),
        file_name=answer_name(name),
        mime=XLSX,
        on_click="ignore",
        icon=":material/assignment_return:",
        key=f"answer-{key}",
        help="报来的原表，要改的格标了颜色和批注，第一张表列出全部要改的地方",
    )
    if is_sender():
        return
    st.download_button(
        "电话单",
        data=handing_out(Verb.EXPORTED, f"电话单“{name}”", telephone_list(name, findings).encode),
        file_name=f"{Path(name).stem}（电话单）.txt",
        on_click="ignore",
        icon=":material/call:",
        key=f"phone-{key}",
        help="逐条念给对方听的文字",
    )


def _answer(
    path: Path,
    name: str,
    findings: Sequence[Finding],
    before: Sequence[Finding],
    ends: tuple[str, str],
    number: int | None = None,
) -> bytes:
    """Return the answer workbook; `ends` are the reporter and the recipient of the corrected file."""
    with TemporaryDirectory(prefix="mingshu-") as folder:
        out = Path(folder) / "answer.xlsx"
        reporter, send_to = ends
        catalogue = catalogue_now()
        made = write_answer(
            path, name, findings, out, before, reporter=reporter, send_to=send_to, number=number, catalogue=catalogue
        )
        return made.read_bytes()
