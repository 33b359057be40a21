"""Read ahead: the last figures of a board are read while its first ones are read and drawn."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from threading import Event

# One for all sessions: where several pages are drawn at once, these already use all cores.
_READER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="read-ahead")


@contextmanager
def read_ahead(tasks: Sequence[Callable[[], object]]) -> Iterator[None]:
    """Run the block while the tasks are done in their order; no task is begun after the block has ended.

    A task is to fill a cache. What it raises is ignored here: the block asks for the same, and it is raised there.
    """
    ended = Event()
    reading = _READER.submit(_do, tasks, ended)
    try:
        yield
    finally:
        ended.set()
        if not reading.cancel():
            wait([reading])


def _do(tasks: Sequence[Callable[[], object]], ended: Event) -> None:
    for task in tasks:
        if ended.is_set():
            return
        with suppress(Exception):
            task()
