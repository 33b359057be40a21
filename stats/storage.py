"""Disk errors of the store as a sentence for the user: full, read-only, in use, failing."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from sqlalchemy.exc import DBAPIError

from stats.errors import UserError

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_SAY_FULL = "磁盘满了，这次没有做完；原来的数据都在，不会留下半份。请管理员腾出空间，再做一次。"
_SAY_CLOSED = "数据目录不能写入（是只读的，或没有权限），现在只能查看。请管理员检查数据目录的权限和磁盘。"
_SAY_BUSY = "日志正被别的程序占用，这次没有做成。请稍候再试。"
_SAY_FAILING = "磁盘读写出错，这次没有做完。请管理员尽快检查磁盘，并核对最近一次备份。"
# Messages of the databases, in lower case; they pass on no error number.
_TELLING = {
    "disk is full": _SAY_FULL,
    "no space left": _SAY_FULL,
    "file too large": _SAY_FULL,
    "quota exceeded": _SAY_FULL,
    "readonly database": _SAY_CLOSED,
    "read-only file system": _SAY_CLOSED,
    "permission denied": _SAY_CLOSED,
    "unable to open database file": _SAY_CLOSED,
    "database is locked": _SAY_BUSY,
    "disk i/o error": _SAY_FAILING,
    "input/output error": _SAY_FAILING,
}


def say_fault(error: BaseException) -> str:
    """Return the sentence for a disk error, "" for any other error."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return _SAY_FULL
    if isinstance(error, OSError) and error.errno in _CLOSED:
        return f"“{error.filename}”不能读写。{_SAY_CLOSED}" if error.filename else _SAY_CLOSED
    if isinstance(error, OSError) and error.errno == errno.EIO:
        return _SAY_FAILING
    if isinstance(error, DBAPIError | sqlite3.Error | duckdb.Error):
        told = str(error).lower()
        return next((sentence for words, sentence in _TELLING.items() if words in told), "")
    return ""


@contextmanager
def plain_faults() -> Iterator[None]:
    """Turn disk errors inside the block into UserError; other exceptions pass unchanged."""
    try:
        yield
    except (OSError, DBAPIError, sqlite3.Error, duckdb.Error) as error:
        if sentence := say_fault(error):
            raise UserError(sentence) from error
        raise
