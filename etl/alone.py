"""Exclusive access: one session at a time works on a store, after leftovers of a killed one are cleared."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from etl.loading.publish import clear_leftovers
from etl.restore import finish_restore
from stats.errors import UserError


@contextmanager
def alone(store: Path) -> Iterator[None]:
    """Hold the exclusive lock of a store while the block runs. Raises UserError when another process holds it."""
    store.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(store / "lock", timeout=0):
            finish_restore(store)
            (store / "inbox").mkdir(exist_ok=True)
            clear_leftovers(store)
            yield
    except Timeout:
        raise UserError("另一个上报正在进行，请等它结束后再试。") from None
