"""The tables of the journal. A column that is added later has a default, so that an older journal goes on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.schema import CreateColumn

from stats.errors import UserError
from stats.warehouse import journal_url

JOURNAL_VERSION = 2  # 1 had no audit and no version
METADATA = MetaData()
_PATIENCE = 30  # seconds to wait for another writer
_LOCK = {"sqlite": "begin immediate", "postgresql": "lock table audit in exclusive mode"}
received = Table(
    "received",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("sha", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False, server_default=""),
)
outcome = Table(
    "outcome",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("seq", Integer, ForeignKey("received.seq"), nullable=False, index=True),
    Column("what", String(16), nullable=False),
    Column("build", Integer),
    Column("at", String(32), nullable=False),
    Column("findings", Text, nullable=False),
    Column("returns", Text, nullable=False, server_default="[]"),
    Column("who", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    Column("shapes", Text, nullable=False, server_default="[]"),
)
confirmation = Table(
    "confirmation",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("seq", Integer, ForeignKey("received.seq"), nullable=False, index=True),
    Column("rule", String(64), nullable=False),
    Column("about", Text, nullable=False),
    Column("column", Text, nullable=False),
    Column("found", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
matching = Table(
    "matching",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("seq", Integer, ForeignKey("received.seq"), nullable=False, index=True),
    Column("reporter", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("path", Text, nullable=False),
    Column("column", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)

frozen = Table(
    "frozen",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("scheme", Text, nullable=False, index=True),
    Column("cutoff", String(10), nullable=False),
    Column("build", Integer, nullable=False),
    Column("scores", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
objection = Table(
    "objection",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("scheme", Text, nullable=False, index=True),
    Column("unit", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
objection_answer = Table(
    "objection_answer",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("objection", Integer, ForeignKey("objection.id"), nullable=False, index=True),
    Column("upheld", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)


version = Table(
    "journal_version",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
)
audit = Table(
    "audit",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("clock", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("verb", String(32), nullable=False),
    Column("about", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("reached", Text, nullable=False),
    Column("seal", String(64), nullable=False),
    Column("before", String(64), nullable=False),
    Column("sha", String(64), nullable=False),
)


def open_engine(store: Path) -> Engine:
    """Return an engine on a store's journal, its tables made. Raises UserError for a journal of a later version."""
    url = journal_url(store)
    ours = url.startswith("sqlite")
    engine = create_engine(url, connect_args={"timeout": _PATIENCE} if ours else {})
    if ours:
        event.listen(engine, "connect", _make_durable)
    prepare(engine)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that alone may write until the block ends: what it read first still holds when it writes."""
    with engine.begin() as connection:
        if engine.dialect.name in _LOCK:
            connection.exec_driver_sql(_LOCK[engine.dialect.name])
        yield connection


def prepare(engine: Engine) -> None:
    """Make the tables; give a journal of an earlier version what came later, and leave what stands in it as it is.

    An earlier one is copied first, beside it. Raises UserError when a later version of the program wrote it.
    """
    found = version_of(engine)
    if found > JOURNAL_VERSION:
        raise UserError(f"日志是第 {found} 版格式，本程序只认得第 {JOURNAL_VERSION} 版。请换用新的程序，不要退回旧的。")
    if 0 < found < JOURNAL_VERSION:
        _keep_earlier(engine, found)
    if not set(METADATA.tables) <= set(inspect(engine).get_table_names()):
        _make_tables(engine)
    looked = inspect(engine)
    present = {table: {column["name"] for column in looked.get_columns(table)} for table in METADATA.tables}
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if column.name not in present[table.name]:
                spelled = CreateColumn(column).compile(dialect=engine.dialect)
                with engine.begin() as connection:
                    connection.execute(text(f"alter table {table.name} add column {spelled}"))
    if found < JOURNAL_VERSION:
        _note_version(engine)


def version_of(engine: Engine) -> int:
    """Return the version of a journal: 0 when there are no tables yet, 1 when they say no version."""
    tables = set(inspect(engine).get_table_names())
    if version.name in tables:
        with engine.connect() as connection:
            return connection.execute(select(func.max(version.c.number))).scalar() or 1
    return 1 if received.name in tables else 0


def _make_tables(engine: Engine) -> None:
    """Make what tables are missing; in a file one program at a time, as two may begin at once."""
    with writing(engine) if engine.dialect.name == "sqlite" else engine.begin() as connection:
        METADATA.create_all(connection)


def _note_version(engine: Engine) -> None:
    with writing(engine) as connection:  # two programs may begin at once
        if connection.execute(select(func.max(version.c.number))).scalar() != JOURNAL_VERSION:
            at = datetime.now(UTC).isoformat(timespec="seconds")
            connection.execute(insert(version).values(number=JOURNAL_VERSION, at=at))


def _keep_earlier(engine: Engine, number: int) -> None:
    """Copy a journal file before it is changed; of another database its keeper has the copies."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        path = Path(engine.url.database)
        copy_journal(path, path.with_name(f"{path.stem}-v{number}{path.suffix}"))


def copy_journal(journal: Path, copy: Path) -> None:
    """Copy a journal file while others write to it: what was done up to one moment, whole."""
    with closing(sqlite3.connect(journal, timeout=_PATIENCE)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def _make_durable(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # the driver's own connection has no typed interface
    cursor.execute("pragma synchronous = full")
    cursor.execute("pragma foreign_keys = on")
    cursor.close()
