"""Exclusive lock: one piece of work on a store at a time, in the order of arrival, begun on a tidy store.

A process puts a ticket into the store and keeps it locked until its work is done; the system unlocks the tickets of
killed processes. So server and commands wait for each other, and each knows how many are ahead of it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from base.errors import UserError
from etl.backup.restore import finish_restore
from store.publish import clear_leftovers

_PATIENCE = 600.0  # seconds to wait for the lock
_BEAT = 0.1  # seconds between two looks at the queue
_TICKET = "queue-"
# Set by callers far above, so that the functions in between need not pass it on.
_TELL: ContextVar[Callable[[int], None]] = ContextVar("tell", default=lambda ahead: None)


@contextmanager
def report_waiting(report: Callable[[int], None]) -> Iterator[None]:
    """Call `report` with the number of those ahead while work inside the block waits for the lock, then with 0."""
    before = _TELL.set(report)
    try:
        yield
    finally:
        _TELL.reset(before)


@contextmanager
def exclusive_lock(store: Path) -> Iterator[None]:
    """Wait for the lock and hold it, so that nobody else works on the store while the block runs.

    Raises UserError if the lock is not free after _PATIENCE seconds.
    """
    store.mkdir(parents=True, exist_ok=True)
    with _ticket(store) as ticket, _locked(store, ticket):
        finish_restore(store)
        (store / "inbox").mkdir(exist_ok=True)
        clear_leftovers(store)
        yield


@contextmanager
def _ticket(store: Path) -> Iterator[Path]:
    # names sort by arrival; the uuid separates two of one nanosecond
    path = store / f"{_TICKET}{time.time_ns():020d}-{uuid4().hex}"
    lock = FileLock(path)
    try:
        with lock:
            yield path
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)


@contextmanager
def _locked(store: Path, ticket: Path) -> Iterator[None]:
    lock, tell, until = FileLock(store / "lock"), _TELL.get(), time.monotonic() + _PATIENCE
    while (ahead := _ahead(store, ticket)) or not _is_free(lock):
        if time.monotonic() > until:
            raise UserError(
                f"另一个上报正在进行，等了 {max(1, round(_PATIENCE / 60))} 分钟还没有轮到，这次没有做，什么也没有丢。"
                "请过一会儿再做一次；一直这样，请管理员看看服务器。"
            )
        tell(max(ahead, 1))  # an older program or a restore works without a ticket
        time.sleep(_BEAT)
    try:
        tell(0)
        yield
    finally:
        lock.release()


def _is_free(lock: FileLock) -> bool:
    """Return whether the store was free; it is locked then."""
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    return True


def _ahead(store: Path, ticket: Path) -> int:
    return sum(path.name < ticket.name and _is_held(path) for path in store.glob(f"{_TICKET}*"))


def _is_held(ticket: Path) -> bool:
    """Return whether somebody still holds a ticket; one that a killed process left is removed."""
    if not ticket.exists():
        return False
    try:
        with FileLock(ticket, timeout=0):
            ticket.unlink(missing_ok=True)
    except Timeout:
        return True
    except OSError:  # Windows: it is just being removed
        return False
    return False
