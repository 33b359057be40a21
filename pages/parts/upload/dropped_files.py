"""The upload list: the files dropped in this session. Each is judged once; nothing is stored until someone decides."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import streamlit as st

from access.acts import Acts
from etl.collection.preview import changes
from etl.intake import ACCEPTED, HELD, Outcome, questions
from etl.journal import Entry
from etl.model.examination import Examination
from etl.model.finding import Finding
from etl.replies.answer import previous_findings
from pages.returns.changes import sum_up
from pages.returns.choices_asked import Choices, given
from pages.returns.dropped_file import DroppedFile, Found, laid_out
from pages.shared.background import Tell
from pages.view.person import acts
from pages.view.receipts import receipts
from pages.view.states import FileState
from serving.metrics import JUDGED, LOAD_SECONDS
from store.builds import store_path

_DESK = "desk"
_LATER = 10**9  # numbers of files not yet received, above those of all receipts
Reason = tuple[str, tuple[int, ...], Choices]  # a reason, the questions it answers (all if empty), the choices
Reasons = Sequence[Reason]


def desk() -> dict[str, DroppedFile]:
    """Return the files of this session by their sha256, in the order in which they came."""
    found: dict[str, DroppedFile] = st.session_state.setdefault(_DESK, {})
    return found


def clear(parcels: Iterable[DroppedFile]) -> None:
    """Remove files from the list; nothing of them is kept here."""
    for parcel in list(parcels):
        desk().pop(parcel.sha, None)


def judging(parcels: Sequence[DroppedFile], others: Sequence[DroppedFile], doing: Acts) -> Callable[[Tell], object]:
    """Return the task that judges files without storing them. `others` were judged in this session before."""
    store = store_path()

    def run(tell: Tell) -> None:
        entries = receipts(store)
        taken = {entry.sha: entry for entry in entries if entry.what == ACCEPTED}
        for parcel in parcels:
            if parcel.sha in taken:
                parcel.verdict, parcel.seq = FileState.UNCHANGED, taken[parcel.sha].seq
        with laid_out([parcel for parcel in parcels if parcel.verdict is None]) as placed:
            for examination, fits in doing.judge(list(placed), _teller(tell)) if placed else []:
                parcel = placed[Path(examination.submission.path)]
                if not fits:
                    parcel.findings = tuple(examination.findings)
                    parcel.verdict = FileState.UNSPOKEN if parcel.findings else FileState.FOREIGN
                    continue
                _note_verdict(parcel, examination, store)
                parcel.before = _earlier(parcel, entries, others)

    return run


def taking_in(parcels: Sequence[DroppedFile], reasons: Reasons = ()) -> Callable[[Tell], object]:
    """Return the task that loads files, or records that they were returned; the reasons confirm held ones."""
    store, doing = store_path(), acts()

    def run(tell: Tell) -> None:
        _receive([parcel for parcel in parcels if parcel.decided is None], store, tell, doing)
        for parcel in parcels:
            if parcel.decided == HELD and parcel.seq is not None:
                for reason, numbers, choices in reversed(reasons):  # answered questions are no longer numbered
                    doing.confirm(parcel.seq, reason, numbers, given(choices))
        _note_decisions(parcels, store)

    return run


def matching(parcel: DroppedFile, answers: Mapping[str, str]) -> Callable[[Tell], object]:
    """Return the task that receives a file, assigns its unknown headers to columns, and judges it again."""
    store, doing = store_path(), acts()

    def run(tell: Tell) -> None:
        _receive([parcel] if parcel.decided is None else [], store, tell, doing)
        if parcel.seq is not None:
            doing.match(parcel.seq, answers)
        _note_decisions([parcel], store)
        _take_over_findings(parcel, store)

    return run


def undoing(parcel: DroppedFile, reason: str) -> Callable[[Tell], object]:
    """Return the task that withdraws an accepted file."""
    store, doing = store_path(), acts()

    def run(tell: Tell) -> None:
        if parcel.seq is not None:
            doing.withdraw(parcel.seq, reason)
        _note_decisions([parcel], store)

    return run


def _receive(parcels: Sequence[DroppedFile], store: Path, tell: Tell, doing: Acts) -> None:
    """Load files from the list; those decided on before are in the inbox already."""
    with laid_out(parcels) as placed:
        if placed:
            with LOAD_SECONDS.time():
                doing.take_in(list(placed), _teller(tell))
    _note_decisions(parcels, store)


def _teller(tell: Tell) -> Callable[[Outcome, int], None]:
    return lambda outcome, total: tell(outcome.name, total)


def _note_verdict(parcel: DroppedFile, examination: Examination, store: Path) -> None:
    parcel.findings = tuple(examination.findings)
    parcel.returns = tuple(
        Found(found.form.code, found.form.name, found.reporter, found.period) for found in examination.returns
    )
    parcel.asked = tuple(questions(examination))
    parcel.preview = sum_up(changes(store, [examination]))
    parcel.verdict = FileState(examination.verdict)
    JUDGED.labels(examination.verdict).inc()


def _note_decisions(parcels: Sequence[DroppedFile], store: Path) -> None:
    """Update each file from the journal; from then on the inbox holds its contents."""
    latest = {entry.sha: entry for entry in receipts(store)}
    for parcel in parcels:
        entry = latest.get(parcel.sha)
        if entry and entry.what:
            parcel.decided, parcel.seq, parcel.build = entry.what, entry.seq, entry.build
            parcel.findings = entry.findings if entry.what == HELD else parcel.findings or entry.findings
            parcel.content, parcel.kept = b"", store / entry.file


def _take_over_findings(parcel: DroppedFile, store: Path) -> None:
    """Update the findings and questions of a file from its last examination."""
    entry = next((entry for entry in receipts(store) if entry.seq == parcel.seq), None)
    if entry:
        parcel.findings, parcel.asked = entry.findings, tuple(questions(entry))


def _earlier(parcel: DroppedFile, entries: Sequence[Entry], others: Sequence[DroppedFile]) -> tuple[Finding, ...]:
    """Return the findings on the previous version, from this session or the journal; () when there was none."""
    noted = [entry for entry in entries if entry.sha != parcel.sha]
    judged = [_as_entry(other, number) for number, other in enumerate(others)]
    return previous_findings([*noted, *judged], _as_entry(parcel, len(judged)))


def _as_entry(parcel: DroppedFile, number: int) -> Entry:
    """Return a file that is not in the journal as if it were its latest entry."""
    returns = tuple(found.about for found in parcel.returns)
    seq = _LATER + number
    return Entry(
        seq=seq,
        sha=parcel.sha,
        name=parcel.name,
        file="",
        at="",
        received_by="",
        what=parcel.verdict,
        findings=parcel.findings,
        returns=returns,
    )
