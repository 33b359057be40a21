"""The only access to the journal's database: `writing` and `reading` yield a connection, `ask` returns a query's rows.

Everything written within one `writing` block, the audit's entry included, is one transaction.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, RowMapping, Select, create_engine, event

from stats.errors import UserError
from store.location import data_lie_in, journal_lies_in, journal_url
from store.version import prepare, version_of

_PATIENCE = 30  # seconds to wait for another writer
_LOCK = {"sqlite": "begin immediate", "postgresql": "lock table audit in exclusive mode"}
_ENGINES: dict[str, tuple[Engine, int | None]] = {}  # by address, with the state of the tables it was prepared for
_OPENING = Lock()


@contextmanager
def writing(store: Path) -> Iterator[Connection]:
    """Yield a connection with the write lock until the block ends, so that what it reads can't change before it writes.

    A journal is created if there is none. Raises UserError for a journal of a later version, and where a journal must
    have been lost.
    """
    store.mkdir(parents=True, exist_ok=True)
    _refuse_lost(store)
    engine = _engine_of(store)
    with engine.begin() as connection:
        if engine.dialect.name in _LOCK:
            connection.exec_driver_sql(_LOCK[engine.dialect.name])
        yield connection


def begin_journal(store: Path) -> None:
    """Create the journal of a new store, before anything else is put into it. Raises UserError as `writing` does."""
    if not journal_lies_in(store):
        with writing(store):
            pass


@contextmanager
def reading(store: Path) -> Iterator[Connection | None]:
    """Yield a connection, or None where there is no journal; reading creates none. Raises UserError as `writing`."""
    _refuse_lost(store)
    if not journal_lies_in(store):
        yield None
        return
    with _engine_of(store).connect() as connection:
        yield connection


def ask(store: Path, query: Select[Any]) -> Sequence[RowMapping]:
    """Return the rows of a query; none where there is no journal yet."""
    with reading(store) as connection:
        return connection.execute(query).mappings().all() if connection else []


def copy_journal(journal: Path, copy: Path) -> None:
    """Copy a journal file while others write to it; the copy is consistent as of one moment."""
    with closing(sqlite3.connect(journal, timeout=_PATIENCE)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _refuse_lost(store: Path) -> None:
    """Raise UserError where originals or builds lie beside no journal: a new one would begin at receipt 1 again."""
    if not journal_lies_in(store) and data_lie_in(store):
        raise _lost(store)


def _lost(store: Path) -> UserError:
    return UserError(
        f"数据目录“{store}”里有原件或数据，日志却丢了。没有日志，就不知道收过什么、谁能登录，所以什么也没有做。"
        "请把日志放回原处，或从备份恢复。"
    )


def _engine_of(store: Path) -> Engine:
    """Return the engine of a store's journal, tables created; a file is opened at each use and not kept open."""
    url = journal_url(store)
    with _OPENING:
        engine, prepared = _ENGINES.get(url) or (_new_engine(url), None)
        if prepared is None or prepared != _state_of(engine):
            if data_lie_in(store) and version_of(engine) == 0:
                raise _lost(store)
            prepare(engine, copy_journal)
            _ENGINES[url] = engine, _state_of(engine)
    return engine


def _state_of(engine: Engine) -> int | None:
    """Return a mark that changes with a file's tables; another file may have taken its place."""
    if engine.dialect.name != "sqlite":
        return 0
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("pragma schema_version").scalar_one())


def _new_engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url)
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _make_durable)
    return engine


def _make_durable(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("pragma synchronous = full")
    connection.execute("pragma foreign_keys = on")
