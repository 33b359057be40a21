"""The upload list: the files dropped in this session. Each is judged once; nothing is stored until someone decides."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import streamlit as st

from access.acts import Acts
from base.errors import UserError
from etl.collection.preview import changes
from etl.intake import ACCEPTED, HELD, RETURNED, Outcome, questions, shas_as_kept
from etl.journal import Entry
from etl.model.examination import Examination
from etl.model.finding import Finding
from etl.replies.answer import previous_findings
from pages.returns.changes import sum_up
from pages.returns.choices_asked import Choices, given
from pages.returns.dropped_file import DetectedReturn, DroppedFile, laid_out
from pages.shared.background import Tell
from pages.view.declared_now import catalogue_now
from pages.view.person import acts
from pages.view.receipts import receipts
from pages.view.states import FileState
from serving.metrics import JUDGED, LOAD_SECONDS
from store.builds import store_path

_LIST = "upload_list"
_AS_JUDGED = {FileState.ACCEPTED: ACCEPTED, FileState.HELD: HELD, FileState.RETURNED: RETURNED}
_LATER = 10**9  # numbers of files not yet received, above those of all receipts
Reason = tuple[str, tuple[int, ...], Choices]  # a reason, the questions it answers (all if empty), the choices
Reasons = Sequence[Reason]


def upload_list() -> dict[str, DroppedFile]:
    """Return the files of this session by their sha256, in the order in which they came."""
    listed: dict[str, DroppedFile] = st.session_state.setdefault(_LIST, {})
    return listed


def clear(files: Iterable[DroppedFile]) -> None:
    """Remove files from the list, with their contents."""
    for file in list(files):
        upload_list().pop(file.sha, None)


def judging(files: Sequence[DroppedFile], others: Sequence[DroppedFile], doing: Acts) -> Callable[[Tell], object]:
    """Return the task that judges files without storing them. `others` were judged in this session before."""
    store = store_path()

    def run(report: Tell) -> None:
        entries = receipts(store)
        taken = {entry.sha: entry for entry in entries if entry.what == ACCEPTED}
        with laid_out(files) as placed:
            _note_kept(placed, store)
        for file in files:
            if file.sha_kept in taken:
                file.verdict, file.seq = FileState.UNCHANGED, taken[file.sha_kept].seq
        with laid_out([file for file in files if file.verdict is None]) as placed:
            for examination, fits in doing.judge(list(placed), _writer(report)) if placed else []:
                file = placed[Path(examination.submission.path)]
                if not fits:
                    file.findings = tuple(examination.findings)
                    file.verdict = FileState.UNSPOKEN if file.findings else FileState.FOREIGN
                    continue
                _note_verdict(file, examination, store)
                file.before = _earlier(file, doing.received(entries), others, *doing.sent_for())

    return run


def taking_in(files: Sequence[DroppedFile], reasons: Reasons = ()) -> Callable[[Tell], object]:
    """Return the task that loads files, or records that they were returned; the reasons confirm held ones."""
    store, doing = store_path(), acts()

    def run(report: Tell) -> None:
        _receive([file for file in files if file.decided is None], store, report, doing)
        for file in files:
            if file.decided == HELD and file.seq is not None:
                for reason, numbers, choices in reversed(reasons):  # answered questions are no longer numbered
                    doing.confirm(file.seq, reason, numbers, given(choices))
        _note_decisions(files, store, doing)

    return run


def matching(file: DroppedFile, answers: Mapping[str, str]) -> Callable[[Tell], object]:
    """Return the task that receives a file, assigns its unknown headers to columns, and judges it again."""
    store, doing = store_path(), acts()

    def run(report: Tell) -> None:
        _receive([file] if file.decided is None else [], store, report, doing)
        if file.seq is not None:
            doing.match(file.seq, answers)
        _note_decisions([file], store, doing)
        _take_over_findings(file, store, doing)

    return run


def undoing(file: DroppedFile, reason: str) -> Callable[[Tell], object]:
    """Return the task that withdraws an accepted file."""
    store, doing = store_path(), acts()

    def run(report: Tell) -> None:
        if file.seq is not None:
            doing.withdraw(file.seq, reason)
        _note_decisions([file], store, doing)

    return run


def _receive(files: Sequence[DroppedFile], store: Path, report: Tell, doing: Acts) -> None:
    """Load files from the list; those decided on before are in the inbox already."""
    with laid_out(files) as placed:
        if placed:
            _note_kept(placed, store)  # by the layouts there are now
            with LOAD_SECONDS.time():
                doing.take_in(list(placed), _writer(report))
    _note_decisions(files, store, doing)


def _note_kept(placed: Mapping[Path, DroppedFile], store: Path) -> None:
    """Note how the inbox will know each file; one out of which persons can't be taken is refused when it is loaded."""
    for path, file in placed.items():
        try:
            [file.sha_kept] = shas_as_kept([path], store)
        except UserError:
            file.sha_kept = file.sha


def _writer(report: Tell) -> Callable[[Outcome, int], None]:
    return lambda outcome, total: report(outcome.name, total)


def _note_verdict(file: DroppedFile, examination: Examination, store: Path) -> None:
    file.findings = tuple(examination.findings)
    file.returns = tuple(
        DetectedReturn(filed.form.code, filed.form.name, filed.reporter, filed.period) for filed in examination.returns
    )
    file.asked = tuple(questions(examination, catalogue_now()))
    file.preview = sum_up(changes(store, [examination]))
    file.verdict = FileState(examination.verdict)
    JUDGED.labels(examination.verdict).inc()


def _note_decisions(files: Sequence[DroppedFile], store: Path, doing: Acts) -> None:
    """Update each file from the journal; from then on the inbox holds its contents."""
    latest = {entry.sha: entry for entry in doing.received(receipts(store))}
    for file in files:
        entry = latest.get(file.sha_kept)
        if entry and entry.what:
            file.decided, file.seq, file.build = entry.what, entry.seq, entry.build
            file.findings = entry.findings if entry.what == HELD else file.findings or entry.findings
            file.content, file.kept = b"", store / entry.file


def _take_over_findings(file: DroppedFile, store: Path, doing: Acts) -> None:
    """Update the findings and questions of a file from its last examination."""
    entry = next((entry for entry in doing.received(receipts(store)) if entry.seq == file.seq), None)
    if entry:
        file.findings, file.asked = entry.findings, tuple(questions(entry, catalogue_now()))


def _earlier(
    file: DroppedFile, entries: Sequence[Entry], others: Sequence[DroppedFile], area: str, areas: Mapping[int, str]
) -> tuple[Finding, ...]:
    """Return the findings on the previous version, from this session or the journal; () when there was none.

    The session sends files for an `area`; `areas` tells for which area each receipt was sent.
    """
    noted = [entry for entry in entries if entry.sha != file.sha_kept]
    judged = [_as_entry(other, number) for number, other in enumerate([*others, file])]
    here = {entry.seq: area for entry in judged}
    return previous_findings([*noted, *judged[:-1]], judged[-1], {**areas, **here})


def _as_entry(file: DroppedFile, number: int) -> Entry:
    """Return a file that is not in the journal as if it were its latest entry."""
    returns = tuple(filed.about for filed in file.returns)
    seq = _LATER + number
    return Entry(
        seq=seq,
        sha=file.sha_kept or file.sha,
        name=file.name,
        file="",
        at="",
        received_by="",
        what=_AS_JUDGED.get(file.verdict) if file.verdict else None,
        findings=file.findings,
        returns=returns,
    )
