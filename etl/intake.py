"""Intake: take files all the way in. Order: inbox, journal (received), build, CURRENT, journal (accepted)."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout

from etl.examine import Examination, examine
from etl.findings import Finding
from etl.guard import Refused
from etl.journal import Entry, Journal
from etl.load import Build, built_from, catalogue_print
from etl.nouns import Sheet, Submission
from etl.publish import clear_leftovers
from etl.read import reader
from etl.receive import find_files, keep_file
from stats.catalogue import Catalogue, load_catalogue
from stats.errors import UserError
from stats.warehouse import LOAD

_AHEAD = 6
ACCEPTED, RETURNED = "accepted", "returned"


@dataclass(frozen=True)
class Outcome:
    """What became of one file: accepted, returned or unchanged (already in), with its findings."""

    name: str
    what: str
    findings: tuple[Finding, ...] = ()


@dataclass
class Summary:
    """What became of a whole load. `build` is the number of the build now current, None when nothing changed."""

    outcomes: list[Outcome] = field(default_factory=list)
    build: int | None = None

    def count(self, what: str) -> int:
        """Return the number of files with this outcome."""
        return sum(outcome.what == what for outcome in self.outcomes)


Progress = Callable[[Outcome, int], None]


def load_paths(paths: Sequence[str | Path], store: Path, progress: Progress | None = None) -> Summary:
    """Take in files, folders and patterns; what an earlier, killed load left unfinished is taken in as well.

    Raises UserError when a path names nothing or another load is running. A file with a finding that sends it back
    changes nothing in the warehouse; it stays in the inbox.
    """
    files = find_files(paths)
    with _locked(store):
        journal = Journal(store)
        try:
            return _Intake(store, journal, load_catalogue(), progress).run(files)
        finally:
            journal.close()


def rebuild(store: Path, progress: Progress | None = None) -> Summary:
    """Make the warehouse anew from inbox, journal and catalogue. Raises UserError when nothing was ever accepted."""
    with _locked(store):
        journal = Journal(store)
        try:
            return _Intake(store, journal, load_catalogue(), progress).rebuild()
        finally:
            journal.close()


@contextmanager
def _locked(store: Path) -> Iterator[None]:
    (store / "inbox").mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(store / "lock", timeout=0):
            clear_leftovers(store)
            yield
    except Timeout:
        raise UserError("另一个上报正在进行，请等它结束后再试。") from None


class _Intake:
    def __init__(self, store: Path, journal: Journal, catalogue: Catalogue, progress: Progress | None) -> None:
        self._store = store
        self._journal = journal
        self._catalogue = catalogue
        self._progress = progress or (lambda outcome, total: None)
        self._summary = Summary()

    def run(self, files: list[Path]) -> Summary:
        self._reconcile()
        entries = self._journal.entries()
        if any(entry.what == ACCEPTED for entry in entries) and built_from(self._store) != catalogue_print():
            self.rebuild()
            self._summary, entries = Summary(), self._journal.entries()
        waiting = [self._submission(entry) for entry in entries if entry.what is None]
        received = self._receive(files, {entry.sha for entry in entries if entry.what == ACCEPTED})
        self._take_in(waiting + received, fresh=False)
        return self._summary

    def rebuild(self) -> Summary:
        """Examine again, in the order of receipt, all that was accepted or never finished; no old build is read."""
        wanted = [entry for entry in self._journal.entries() if entry.what != RETURNED]
        if not wanted:
            raise UserError(f"数据目录 {self._store} 里没有已收的报表，无从重建。请先上报报表。", LOAD)
        self._take_in([self._submission(entry) for entry in wanted], fresh=True)
        return self._summary

    def _submission(self, entry: Entry) -> Submission:
        return Submission(entry.sha, entry.name, self._store / entry.file, entry.seq)

    def _reconcile(self) -> None:
        """Note as accepted what a killed load had published but not yet noted."""
        unfinished = [entry for entry in self._journal.entries() if entry.what is None]
        if unfinished and built_from(self._store):
            build = Build(self._store, self._catalogue)
            held = build.submissions()
            build.discard()
            self._journal.append_outcomes(
                ACCEPTED, None, [(entry.seq, []) for entry in unfinished if entry.seq in held]
            )

    def _receive(self, files: list[Path], accepted: set[str]) -> list[Submission]:
        """Keep the files and note their receipt; what is already in is left alone."""
        kept: dict[str, tuple[str, Path]] = {}
        for file in files:
            sha, path = keep_file(self._store / "inbox", file.read_bytes(), file.name)
            if sha in accepted or sha in kept:
                self._tell(Outcome(file.name, "unchanged"), len(files))
            else:
                kept[sha] = file.name, path
        rows = [(sha, name, path.relative_to(self._store).as_posix()) for sha, (name, path) in kept.items()]
        numbers = self._journal.append_received(rows)
        return [
            Submission(sha, name, self._store / file, seq) for (sha, name, file), seq in zip(rows, numbers, strict=True)
        ]

    def _take_in(self, submissions: list[Submission], fresh: bool) -> None:
        if not submissions:
            return
        build = Build(self._store, self._catalogue, fresh)
        try:
            examined = self._examine_all(build, submissions)
            accepted = [examination for examination in examined if examination.accepted]
            if accepted:
                build.refresh()
                self._summary.build = build.publish()
        finally:
            build.discard()
        self._note(examined)

    def _note(self, examined: list[Examination]) -> None:
        for what, wanted in ((ACCEPTED, True), (RETURNED, False)):
            self._journal.append_outcomes(
                what,
                self._summary.build,
                [(one.submission.seq, one.findings) for one in examined if one.accepted == wanted],
            )

    def _examine_all(self, build: Build, submissions: list[Submission]) -> list[Examination]:
        """Examine and write file by file; what a register could still explain waits until one has come in."""
        done: list[Examination] = []
        turn = submissions
        while turn:
            waiting, registered = [], False
            for examination in self._examine_turn(build, turn):
                if examination.accepted:
                    build.write(examination)
                    registered = registered or examination.registers
                light = examination.without_contents()
                if examination.awaits_register and not examination.accepted:
                    waiting.append(light)
                else:
                    done.append(light)
                    self._tell_examined(examination, len(submissions))
            if not registered or not waiting:
                done += waiting
                for examination in waiting:
                    self._tell_examined(examination, len(submissions))
                break
            turn = [examination.submission for examination in waiting]
        return done

    def _examine_turn(self, build: Build, submissions: list[Submission]) -> Iterator[Examination]:
        register = build.register()
        for submission, sheets in _read_ahead(submissions):
            examination = examine(submission, sheets, register, self._catalogue, build.known)
            yield examination
            if examination.registers and examination.accepted:
                register = build.register()

    def _tell_examined(self, examination: Examination, total: int) -> None:
        what = ACCEPTED if examination.accepted else RETURNED
        self._tell(Outcome(examination.submission.name, what, tuple(examination.findings)), total)

    def _tell(self, outcome: Outcome, total: int) -> None:
        self._summary.outcomes.append(outcome)
        self._progress(outcome, total)


def _read_ahead(submissions: list[Submission]) -> Iterator[tuple[Submission, list[Sheet] | Refused]]:
    """Yield each submission with its sheets, or the refusal; the child process reads a few files ahead."""
    ahead: deque[tuple[Submission, Callable[[], list[Sheet]]]] = deque()
    for submission in [*submissions, None]:
        if submission:
            ahead.append((submission, reader().start(submission.path)))
        while ahead and (submission is None or len(ahead) > _AHEAD):
            first, sheets = ahead.popleft()
            try:
                yield first, sheets()
            except Refused as refused:
                yield first, refused
