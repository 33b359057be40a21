"""Reading ahead: the child processes read the next files of a load while earlier ones are judged."""

from collections import deque
from collections.abc import Callable, Iterator

from etl.guard import Refused
from etl.matching.sheet_parts import SheetPart, read_kept
from etl.model.nouns import Submission
from etl.read import reader
from stats.catalogue import Catalogue

_AHEAD = 12  # files read before their turn
_LARGE = 4 << 20  # bytes; a roster of 20,000 rows


def read_ahead(
    submissions: list[Submission], catalogue: Catalogue
) -> Iterator[tuple[Submission, list[SheetPart] | Refused]]:
    """Yield each submission with its parts by a catalogue, or the refusal.

    A large file takes long to read. The first of them is started before all others and yielded last, so that the others
    do not wait for it.
    """
    large = [
        submission for submission in submissions if submission.path.exists() and submission.path.stat().st_size > _LARGE
    ]
    begun = {submission.seq: _begin(submission, catalogue) for submission in large[:1]}
    ahead: deque[tuple[Submission, Callable[[], list[SheetPart]]]] = deque()
    for submission in [*(submission for submission in submissions if submission not in large), *large, None]:
        if submission:
            ahead.append((submission, begun.get(submission.seq) or _begin(submission, catalogue)))
        while ahead and (submission is None or len(ahead) > (1 if submission in large else _AHEAD)):
            first, parts = ahead.popleft()
            try:
                yield first, parts()
            except Refused as refused:
                yield first, refused


def _begin(submission: Submission, catalogue: Catalogue) -> Callable[[], list[SheetPart]]:
    kept = submission.path, submission.name, submission.sha
    return reader().start_with(read_kept, *kept, catalogue.layers, catalogue.version)
