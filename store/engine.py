"""The only access to the journal's database: `writing` and `reading` yield a connection, `ask` returns a query's rows.

Everything written within one `writing` block, the audit's entry included, is one transaction.
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, RowMapping, Select, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError

from base.errors import UserError
from store import schema as tables
from store.disk_errors import InUse, plain_faults
from store.paths import data_lie_in, journal_lies_in, journal_url
from store.version import prepare, version_of

_PATIENCE = 30.0  # seconds a writer waits for another writer
_READ_PATIENCE, _READ_AGAIN = 3.0, 0.1  # seconds a reader waits for an exclusively locked journal: first, soon after
_SPELL = 10.0  # seconds after a reader's timeout within which other readers wait only _READ_AGAIN
_LOCK = {"sqlite": "begin immediate", "postgresql": "lock table audit in exclusive mode"}
_ENGINES: dict[str, tuple[Engine, int | None]] = {}  # by address, with the state of the tables it was prepared for
_LOCKED: dict[str, float] = {}  # by address, when a reader last timed out
_OPENING = Lock()


@contextmanager
def writing(store: Path, patience: float | None = None) -> Iterator[Connection]:
    """Yield a connection with the write lock until the block ends, so that what it reads can't change before it writes.

    Waits `patience` seconds (_PATIENCE unless given) for another writer. A journal is created if there is none. Raises
    UserError for a journal of a later version, where a journal must have been lost, and for errors of disk or journal.
    """
    with plain_faults():
        refuse_lost(store)
        store.mkdir(parents=True, exist_ok=True)
        with _connected(store) as connection, connection.begin():
            dialect = connection.dialect.name
            if dialect == "sqlite":
                connection.exec_driver_sql(
                    f"pragma busy_timeout = {round(1000 * (_PATIENCE if patience is None else patience))}"
                )
            if dialect in _LOCK:
                connection.exec_driver_sql(_LOCK[dialect])
            yield connection


def begin_journal(store: Path) -> None:
    """Create the journal of a new store, before anything else is put into it. Raises UserError as `writing` does."""
    if not journal_lies_in(store):
        with writing(store):
            pass


@contextmanager
def reading(store: Path) -> Iterator[Connection | None]:
    """Yield a connection, or None where there is no journal; reading creates none. Raises UserError as `writing`."""
    try:
        with plain_faults():
            refuse_lost(store)
            if not journal_lies_in(store):
                yield None
                return
            with _connected(store) as connection:
                yield connection
    except InUse:
        _LOCKED[journal_url(store)] = time.monotonic()
        raise


def ask(store: Path, query: Select[Any]) -> Sequence[RowMapping]:
    """Return the rows of a query; none where there is no journal yet."""
    with reading(store) as connection:
        return connection.execute(query).mappings().all() if connection else []


def is_readable(store: Path) -> bool:
    """Return whether the journal of a store, where there is one, can be read."""
    try:
        for key in (tables.account.c.id, tables.session.c.id, tables.received.c.seq, tables.audit.c.number):
            ask(store, select(func.max(key)))
    except (UserError, DBAPIError):
        return False
    return True


def is_writable(store: Path, patience: float) -> bool:
    """Return whether the journal of a store, where there is one, can be written to, waiting `patience` seconds."""
    try:
        if journal_lies_in(store):
            with writing(store, patience):
                pass
    except (UserError, DBAPIError):
        return False
    return True


def copy_journal(journal: Path, copy: Path) -> None:
    """Copy a journal file while others write to it; the copy is consistent as of one moment."""
    with closing(sqlite3.connect(journal, timeout=_PATIENCE)) as source, closing(sqlite3.connect(copy)) as target:
        source.execute("begin")
        source.execute("select 1 from sqlite_master").fetchall()  # a lock of our own: `backup` would wait for ever
        source.backup(target)


def refuse_lost(store: Path) -> None:
    """Raise UserError where a journal is missing that existed: a new one would begin at receipt 1, without accounts.

    It existed if there are originals or builds beside it, or if this process has opened it before.
    """
    if journal_lies_in(store):
        return
    if data_lie_in(store):
        raise _lost(store)
    if journal_url(store) in _ENGINES:
        what = f"数据目录“{store}”里的日志" if store.is_dir() else f"数据目录“{store}”"
        raise UserError(f"{what}不见了，现在什么也读不到。请管理员检查磁盘有没有挂上、目录是不是被移走。")


def _lost(store: Path) -> UserError:
    return UserError(
        f"数据目录“{store}”里有原件或数据，日志却丢了。没有日志，就不知道收过什么、谁能登录，所以什么也没有做。"
        "请把日志放回原处，或从备份恢复。"
    )


@contextmanager
def _connected(store: Path) -> Iterator[Connection]:
    """Yield a connection to a store's journal, tables created; a file is opened once at each use and not kept open."""
    engine, prepared = _ENGINES.get(journal_url(store), (None, None))
    if engine:
        with engine.connect() as connection:
            if _state_of(connection) == prepared:
                yield connection
                return
    with _prepared_engine(store).connect() as connection:
        yield connection


def _prepared_engine(store: Path) -> Engine:
    url = journal_url(store)
    with _OPENING:
        engine, _ = _ENGINES.get(url) or (_new_engine(url), None)
        if data_lie_in(store) and version_of(engine) == 0:
            raise _lost(store)
        prepare(engine, copy_journal)
        with engine.connect() as connection:
            _ENGINES[url] = engine, _state_of(connection)
    return engine


def _state_of(connection: Connection) -> int | None:
    """Return a mark that changes with a file's tables; another file may have taken its place."""
    if connection.dialect.name != "sqlite":
        return 0
    state = int(connection.exec_driver_sql("pragma schema_version").scalar_one())
    connection.rollback()  # the question began a transaction
    return state


def _new_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url)
    # No pool: an open connection would keep using a file that a restore has moved aside.
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _READ_PATIENCE})
    event.listen(engine, "connect", lambda connection, _: _prepare_file(connection, url))
    return engine


def _prepare_file(connection: sqlite3.Connection, url: str) -> None:
    locked = time.monotonic() - _LOCKED.get(url, -_SPELL) < _SPELL
    connection.execute(f"pragma busy_timeout = {round(1000 * (_READ_AGAIN if locked else _READ_PATIENCE))}")
    connection.execute("pragma synchronous = full")  # a verdict that was told survives a power failure
    connection.execute("pragma foreign_keys = on")
