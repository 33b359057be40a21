"""Turns: examine many files against a working copy, writing what is accepted, until no register explains more."""

import gc
from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from etl.examine import Examination, examine
from etl.findings import Key
from etl.journal import ACCEPTED, HELD, RETURNED
from etl.load import Build
from etl.nouns import Submission
from etl.parts import Part, read_parts
from etl.read import reader
from etl.reading.guard import Refused
from etl.recognising.memory import Memory
from etl.register import Register
from stats.catalogue import Catalogue

_AHEAD = 12  # files read before their turn
_LARGE = 4 << 20  # bytes; a roster of 20,000 rows


@dataclass(frozen=True)
class Judged:
    """An examined file, what becomes of it, and its returns as findings name them (form|reporter|period)."""

    examination: Examination
    what: str
    returns: tuple[str, ...]


class Examiner:
    """Examines files in the order given. `confirmed` tells what need not be asked of a file again."""

    def __init__(
        self,
        build: Build,
        catalogue: Catalogue,
        confirmed: Callable[[Submission], Collection[Key]],
        standing: Collection[int] = (),
        keep_returns: bool = False,
        memory: Memory | None = None,
    ) -> None:
        """`standing` are the receipts that were accepted before: nothing is asked of them any more.

        `memory` learns how the returns of accepted files are laid out.
        """
        self._build = build
        self._catalogue = catalogue
        self._confirmed = confirmed
        self._standing = standing
        self._keep_returns = keep_returns
        self._memory = memory or Memory()

    def run(self, submissions: list[Submission], tell: Callable[[Judged, int], None]) -> list[Judged]:
        """Examine and write file by file; what a register could still explain waits until one has come in.

        Without `keep_returns` only the verdicts come back, so that a long load need not keep every sheet in memory.
        """
        with _uncollected():
            return self._run(submissions, tell)

    def _run(self, submissions: list[Submission], tell: Callable[[Judged, int], None]) -> list[Judged]:
        done: list[Judged] = []
        turn = submissions
        while turn:
            waiting, registered = [], False
            for judged in self._turn(turn):
                registered = registered or (judged.what == ACCEPTED and judged.examination.registers)
                if judged.what == RETURNED and judged.examination.awaits_register:
                    waiting.append(self._lightened(judged))
                else:
                    done.append(self._lightened(judged))
                    tell(done[-1], len(submissions))
            if not registered:
                for judged in waiting:
                    tell(judged, len(submissions))
                return done + waiting
            turn = [judged.examination.submission for judged in waiting]
        return done

    def _turn(self, submissions: list[Submission]) -> Iterator[Judged]:
        register = self._build.register()
        for submission, parts in _read_ahead(submissions):
            examination = self._examine(submission, parts, register)
            judged = Judged(examination, self._verdict(examination), _name_returns(examination, register))
            if judged.what == ACCEPTED:
                self._build.write(examination)
                self._memory.keep(submission.seq, examination.shapes)
            yield judged
            if judged.what == ACCEPTED and examination.registers:
                register = self._build.register()

    def _examine(self, submission: Submission, parts: list[Part] | Refused, register: Register) -> Examination:
        confirmed, known = self._confirmed(submission), self._build.known
        return examine(submission, parts, register, self._catalogue, known, confirmed, self._memory)

    def _verdict(self, examination: Examination) -> str:
        asked = examination.verdict == HELD
        return ACCEPTED if asked and examination.submission.seq in self._standing else examination.verdict

    def _lightened(self, judged: Judged) -> Judged:
        whole = judged.examination
        return judged if self._keep_returns else replace(judged, examination=whole.without_contents())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the search for cycles: rows by the hundred thousand hold none, and it would look through them all."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _name_returns(examination: Examination, register: Register) -> tuple[str, ...]:
    found = examination.returns
    return tuple(f"{one.form.code}|{register.find(one.reporter) or one.reporter}|{one.period}" for one in found)


def _read_ahead(submissions: list[Submission]) -> Iterator[tuple[Submission, list[Part] | Refused]]:
    """Yield each submission with its parts, or the refusal; the child processes read some files ahead.

    A large file takes long to read. The first of them is begun before all others and taken after them, so that nobody
    waits for it meanwhile.
    """
    large = [one for one in submissions if one.path.exists() and one.path.stat().st_size > _LARGE]
    begun = {one.seq: _begin(one) for one in large[:1]}
    ahead: deque[tuple[Submission, Callable[[], list[Part]]]] = deque()
    for submission in [*(one for one in submissions if one not in large), *large, None]:
        if submission:
            ahead.append((submission, begun.get(submission.seq) or _begin(submission)))
        while ahead and (submission is None or len(ahead) > (1 if submission in large else _AHEAD)):
            first, parts = ahead.popleft()
            try:
                yield first, parts()
            except Refused as refused:
                yield first, refused


def _begin(submission: Submission) -> Callable[[], list[Part]]:
    return reader().start_with(read_parts, submission.path, submission.name)
