"""Reading ahead: the child processes read the next files of a load while earlier ones are judged."""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from typing import TypeVar

from etl.guard import Refused
from etl.matching.sheet_parts import SheetPart, pickle_parts, read_kept
from etl.model.nouns import Submission
from etl.read import reader
from stats.catalogue import Catalogue

T = TypeVar("T")
Waiting = tuple[Submission, Callable[[], T]]  # a file, and a function that waits until it is read

_AHEAD = 12  # files read before their turn
_LARGE = 4 << 20  # bytes; a roster of 20,000 rows
_ROOM = 256 << 20  # bytes of pickled parts; those of a file are about as large as the file


class ReadingAhead:
    """Reads files by a catalogue. What was read to find the registers is kept, in bounds, and not read again."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._kept: dict[tuple[Path, str, str], bytes] = {}
        self._room = _ROOM

    def read(self, submissions: list[Submission]) -> Iterator[tuple[Submission, list[SheetPart] | Refused]]:
        """Yield each submission with its parts, or the refusal.

        A large file takes long to read. The first of them is started before all others and yielded last, so that the
        others do not wait for it.
        """
        large = [each for each in submissions if each.path.exists() and each.path.stat().st_size > _LARGE]
        begun = {each.seq: self._begin(each) for each in large[:1]}
        small = ((each, self._begin(each)) for each in submissions if each not in large)
        rest = ((each, begun.get(each.seq) or self._begin(each)) for each in large)
        for submission, wait in chain(_ahead(small, _AHEAD), _ahead(rest, 1)):
            try:
                yield submission, wait()
            except Refused as refused:
                yield submission, refused

    def registers_among(self, submissions: list[Submission]) -> list[Submission]:
        """Return the files that hold a register of organisations, by its quarter."""
        begun = ((each, self._start(pickle_parts, each)) for each in submissions)
        latest = [(max(quarters), each) for each, wait in _ahead(begun, _AHEAD) if (quarters := self._keep(each, wait))]
        return [submission for _, submission in sorted(latest, key=lambda pair: (pair[0], pair[1].seq))]

    def _keep(self, submission: Submission, wait: Callable[[], tuple[list[int], bytes]]) -> list[int]:
        """Keep the parts of a file if there is room; return the quarters of its registers, none if it is refused."""
        try:
            quarters, parts = wait()
        except Refused:
            return []
        if len(parts) <= self._room:
            self._kept[_name(submission)] = parts
            self._room -= len(parts)
        return quarters

    def _begin(self, submission: Submission) -> Callable[[], list[SheetPart]]:
        kept = self._kept.get(_name(submission))
        return partial(pickle.loads, kept) if kept else self._start(read_kept, submission)

    def _start(self, work: Callable[..., T], submission: Submission) -> Callable[[], T]:
        return reader().start_with(work, *_name(submission), self._catalogue.layers, self._catalogue.version)


def _ahead(begun: Iterable[Waiting[T]], many: int) -> Iterator[Waiting[T]]:
    """Yield files in their order, with some more begun beyond the one yielded."""
    waiting: deque[Waiting[T]] = deque()
    for each in chain(begun, repeat(None, many)):
        if each:
            waiting.append(each)
        if waiting and (each is None or len(waiting) > many):
            yield waiting.popleft()


def _name(submission: Submission) -> tuple[Path, str, str]:
    return submission.path, submission.name, submission.sha
