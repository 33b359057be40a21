"""How many pages are drawn at once: with more at a time than there are cores, all of them only wait for each other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

# Python draws one page at a time; a page that asks the warehouse leaves it to the next. A page that waited long is
# drawn all the same, so that nobody waits for a very slow one.
_AT_ONCE = BoundedSemaphore((os.cpu_count() or 1) + 1)
_PATIENCE = 30.0  # seconds


@contextmanager
def in_turn() -> Iterator[None]:
    """Let the block run when it is this page's turn."""
    mine = _AT_ONCE.acquire(timeout=_PATIENCE)
    try:
        yield
    finally:
        if mine:
            _AT_ONCE.release()
