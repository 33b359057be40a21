"""Errors of the store's disk, journal and builds as a sentence for the user: full, read-only, in use, damaged."""

import errno
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import duckdb
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from base.errors import UserError

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_SAY_FULL = "磁盘满了，这次没有做完；原来的数据都在，不会留下半份。请管理员腾出空间，再做一次。"
_SAY_CLOSED = "数据目录不能写入（是只读的，或没有权限），现在只能查看。请管理员检查数据目录的权限和磁盘。"
_SAY_BUSY = "日志正被别的程序占用，这次没有做成。请稍候再试。"
_SAY_FAILING = "磁盘读写出错，这次没有做完。请管理员尽快检查磁盘，并核对最近一次备份。"
_SAY_BROKEN = "日志损坏了，读不出来，这次什么也没有做。请管理员检查磁盘，再从最近一次备份恢复。"
DAMAGED = "数据文件损坏了，读不出来，收过的报表都还在。请管理员检查磁盘，再重建数据。"
_SAY_AWAY = "现在连不上日志所在的数据库，这次没有做成。请管理员检查那台数据库，过一会儿再试。"
# Messages of the databases, in lower case; they pass on no error number.
_OF_BOTH = {
    "disk is full": _SAY_FULL,
    "no space left": _SAY_FULL,
    "file too large": _SAY_FULL,
    "quota exceeded": _SAY_FULL,
    "readonly database": _SAY_CLOSED,
    "read-only file system": _SAY_CLOSED,
    "permission denied": _SAY_CLOSED,
    "unable to open database file": _SAY_CLOSED,
    "disk i/o error": _SAY_FAILING,
    "input/output error": _SAY_FAILING,
}
_OF_JOURNAL = _OF_BOTH | {
    "database is locked": _SAY_BUSY,
    "database table is locked": _SAY_BUSY,
    "file is not a database": _SAY_BROKEN,
    "file is encrypted": _SAY_BROKEN,
    "malformed": _SAY_BROKEN,
    "connection refused": _SAY_AWAY,
    "could not connect": _SAY_AWAY,
    "closed the connection": _SAY_AWAY,
}
_OF_BUILDS = _OF_BOTH | {
    "not a valid duckdb database": DAMAGED,
    "corrupt": DAMAGED,
    "checksum": DAMAGED,
    "could not read": DAMAGED,
    "deserialize": DAMAGED,
    "database has been invalidated": DAMAGED,
}

_QUOTING = (DataError, IntegrityError, duckdb.DataError, duckdb.IntegrityError)  # quote the values they met


class InUse(UserError):
    """The journal is locked by another program."""


def say_fault(error: BaseException) -> str:
    """Return the sentence for an error of disk, journal or build, "" for any other error."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return _SAY_FULL
    if isinstance(error, OSError) and error.errno in _CLOSED:
        return f"“{error.filename}”不能读写。{_SAY_CLOSED}" if error.filename else _SAY_CLOSED
    if isinstance(error, OSError) and error.errno == errno.EIO:
        return _SAY_FAILING
    if isinstance(error, _QUOTING):
        return ""
    if isinstance(error, DBAPIError):  # its own text holds the statement and its values, which anybody may have written
        return _told_by(error.orig, _OF_JOURNAL) if error.orig else ""
    if isinstance(error, sqlite3.Error):
        return _told_by(error, _OF_JOURNAL)
    return _told_by(error, _OF_BUILDS) if isinstance(error, duckdb.Error) else ""


def _told_by(error: BaseException, faults: Mapping[str, str]) -> str:
    text = str(error).lower()
    return next((sentence for words, sentence in faults.items() if words in text), "")


@contextmanager
def plain_faults() -> Iterator[None]:
    """Turn such errors inside the block into UserError (InUse for a locked journal); others pass unchanged."""
    try:
        yield
    except (OSError, DBAPIError, sqlite3.Error, duckdb.Error) as error:
        if sentence := say_fault(error):
            raise (InUse if sentence == _SAY_BUSY else UserError)(sentence) from error
        raise
