"""One server per store: the server holds a lock, which tells a second server who holds it."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from base.errors import UserError
from store.disk_errors import say_fault

_LOCK, _HOLDER = "server.lock", "server.json"


@contextmanager
def hold_store(store: Path, what: str = "服务") -> Iterator[None]:
    """Hold the server lock of a store (or a restore's) while the block runs. Raises UserError that names the holder.

    A read-only store can't be locked and may be served by several.
    """
    lock = FileLock(store / _LOCK, timeout=0)
    try:
        store.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise UserError(_say_holder(store)) from None
    except OSError as error:
        if not say_fault(error):
            raise
        yield
        return
    try:
        _sign(store, what)
        yield
    finally:
        with suppress(OSError):
            (store / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _sign(store: Path, what: str) -> None:
    holder = {
        "what": what,
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now().isoformat(" ", timespec="minutes"),
    }
    with suppress(OSError):  # then the holder's name is unknown, but the lock still works
        (store / _HOLDER).write_text(json.dumps(holder, ensure_ascii=False), encoding="utf-8")


def _say_holder(store: Path) -> str:
    try:
        signed = json.loads((store / _HOLDER).read_text(encoding="utf-8"))
        holder = f"{signed['host']} 上的{signed['what']}（进程 {signed['pid']}，{signed['since']} 开始）"
    except (OSError, ValueError, KeyError, TypeError):
        holder = "另一个服务"
    return f"数据目录“{store}”正由{holder}使用。请先停掉它；或用 MINGSHU_STORE 另指一个数据目录。"
