"""Intake: load files, check files without keeping them, rebuild. Later decisions on files are in decisions.py."""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from etl.guard.packed_files import unpacked
from etl.guard.virus_scan import refuse_infected_files
from etl.journal import Entry, Journal, Sender, unfinished
from etl.journal.outcomes import ACCEPTED, HELD, RETURNED, UNCHANGED, WITHDRAWN, Outcome, Progress, Summary, to_confirm
from etl.load import Build
from etl.matching.questions import questions
from etl.matching.sheet_parts import get_ready
from etl.model.examination import Examination
from etl.model.nouns import Submission
from etl.pipeline.decisions import accepted_entries, confirm, forget, match, withdraw
from etl.pipeline.examiner import ExaminedFile, Examiner
from etl.pipeline.past_decisions import PastDecisions
from etl.pipeline.refusals import original
from etl.pipeline.session import Session, open_session
from etl.privacy import blank_name, hide
from etl.read import reader
from etl.receive import find_files, keep_files, sha_of
from etl.redraw.before_keeping import without_persons
from stats.catalogue_in_force import catalogue_in_force
from stats.warehouse import open_warehouse
from store.builds import current_build
from store.paths import journal_lies_in

__all__ = [
    "ACCEPTED", "HELD", "RETURNED", "UNCHANGED", "WITHDRAWN", "Outcome", "Progress", "Summary", "check_paths",
    "confirm", "forget", "load_paths", "match", "original", "questions", "rebuild", "shas_as_kept", "to_confirm",
    "withdraw",
]  # fmt: skip

_NOT_YET_RECEIVED = 1_000_000_000  # numbers of files that are only checked, above those of all receipts


def load_paths(
    paths: Sequence[str | Path],
    store: Path,
    progress: Progress | None = None,
    who: str = "",
    sender: Sender | None = None,
) -> Summary:
    """Load files, folders, zips and patterns, and whatever an earlier, killed load left unfinished.

    Raises UserError when a path names nothing, another load is running or the virus scanner rejects a file. A returned
    or held file changes nothing in the warehouse; it stays in the inbox.
    """
    received = find_files(paths)
    # first of all: nothing of ours opens a file, or unpacks a zip, that the scanner has not seen
    refuse_infected_files(received)
    reader().warm(get_ready)  # the child processes start while we wait for the lock
    with unpacked(received) as files, open_session(store, who, progress) as session:
        session.begin()
        entries = session.journal.entries()
        waiting = [session.submission(entry) for entry in entries if unfinished(entry)]
        session.take_in(waiting + _receive(session, files, entries, who, sender))
        return session.summary


def rebuild(
    store: Path, progress: Progress | None = None, who: str = "", without: Sequence[int] = (), reason: str = ""
) -> Summary:
    """Rebuild the warehouse from inbox, journal and catalogue; receipts `without` are withdrawn, for a reason.

    Files that the journal calls accepted are not asked about again. Raises UserError, and changes nothing, when nothing
    was ever accepted, or when an accepted file would be missing because its original is gone, altered or unreadable.
    """
    with open_session(store, who, progress) as session:
        session.rebuild(without=accepted_entries(session, without, reason), reason=hide(reason))
        return session.summary


def check_paths(paths: Sequence[str | Path], store: Path, progress: Progress | None = None) -> list[Examination]:
    """Judge files, folders and patterns as `load_paths` would, against the current build or an empty register.

    Nothing is stored, and the store need not exist. The examinations come in the order of the files' names, without
    their sheets. Raises UserError when a path names nothing or the virus scanner does not let a file pass.
    """
    received = find_files(paths)
    refuse_infected_files(received)
    with unpacked(received) as files:
        return _check_files(files, store, progress)


def shas_as_kept(files: Sequence[Path], store: Path) -> list[str]:
    """Return the sha256 under which the inbox would keep files: where a layout names persons, of the copy without them.

    Raises UserError when they can't be taken out of one.
    """
    with without_persons(files, catalogue_in_force(store)) as fit_to_keep:
        return [sha_of(file) for file in fit_to_keep]


def _check_files(files: Sequence[Path], store: Path, progress: Progress | None) -> list[Examination]:
    catalogue = catalogue_in_force(store)
    if current_build(store):
        open_warehouse(store).close()  # raises UserError when it is unreadable or of another version
    submissions = [_passing(file, _NOT_YET_RECEIVED + number) for number, file in enumerate(files)]
    show = progress or (lambda outcome, total: None)

    def tell(examined: ExaminedFile, total: int) -> None:
        examination = examined.examination
        show(Outcome(examination.submission.name, examined.what, tuple(examination.findings)), total)

    # An empty or copied build outside the store: a check must leave nothing in it.
    with tempfile.TemporaryDirectory(prefix="mingshu-") as apart:
        build = Build(store, catalogue, apart=Path(apart))
        try:
            examiner = Examiner(build, catalogue, _past_decisions(store), keep_returns=True)
            examined_files = examiner.run(submissions, tell)
        finally:
            build.discard()
    return sorted(
        (examined.examination for examined in examined_files), key=lambda examination: examination.submission.seq
    )


def _receive(
    session: Session, files: list[Path], entries: list[Entry], who: str, sender: Sender | None
) -> list[Submission]:
    """Keep the files and record their receipt; accepted files are skipped, held ones are judged again."""
    # A file returned or withdrawn before gets a new receipt: what it was judged against may have changed since.
    known = {entry.sha: entry for entry in entries if entry.what in (ACCEPTED, HELD, None)}
    kept: dict[str, tuple[str, Path]] = {}
    again: dict[str, Submission] = {}
    with without_persons(files, session.catalogue) as fit_to_keep:
        places = keep_files(session.store / "inbox", fit_to_keep)
    for file, (sha, path) in zip(files, places, strict=True):
        entry = known.get(sha)
        if entry and unfinished(entry):
            continue  # it is part of this load anyway
        if entry and entry.what == HELD:
            again[sha] = session.submission(entry)  # the same receipt, for which confirmations hold
        elif (entry and entry.what == ACCEPTED) or sha in kept:
            session.tell(Outcome(blank_name(file.name), UNCHANGED, (), entry.seq if entry else None), len(files))
        else:
            kept[sha] = blank_name(file.name), path
    rows = [(sha, name, path.relative_to(session.store).as_posix()) for sha, (name, path) in kept.items()]
    numbers = session.journal.append_received(rows, who, sender)
    fresh = [
        Submission(sha, name, session.store / path, seq) for (sha, name, path), seq in zip(rows, numbers, strict=True)
    ]
    return [*again.values(), *fresh]


def _passing(file: Path, seq: int) -> Submission:
    return Submission(hashlib.sha256(file.read_bytes()).hexdigest(), blank_name(file.name), file, seq)


def _past_decisions(store: Path) -> PastDecisions | None:
    """Return what was confirmed and answered in a store before; no journal is created."""
    if not journal_lies_in(store):
        return None
    return PastDecisions(Journal(store))
