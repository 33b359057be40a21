"""Draw limit: how many pages are drawn at once; with more than there are cores, all only wait for each other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

# Python runs one page at a time; a page that waits for the warehouse lets the next run. A page that waited long is
# drawn anyway, so that nobody waits for a very slow one.
_AT_ONCE = BoundedSemaphore((os.cpu_count() or 1) + 1)
_PATIENCE = 30.0  # seconds


@contextmanager
def limited_drawing() -> Iterator[None]:
    """Run the block when there is a free slot for this page."""
    acquired = _AT_ONCE.acquire(timeout=_PATIENCE)
    try:
        yield
    finally:
        if acquired:
            _AT_ONCE.release()
