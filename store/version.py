"""The version of a journal: creating its tables and migrating an earlier one."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text
from sqlalchemy.schema import CreateColumn

from base.errors import UserError
from store.schema import JOURNAL_VERSION, METADATA, received, version


def prepare(engine: Engine, copy: Callable[[Path, Path], None]) -> None:
    """Create the tables; add to a journal of an earlier version what it lacks, and leave its rows unchanged.

    An earlier journal is first copied beside itself by `copy`. Raises UserError when a later version wrote it.
    """
    version_before = version_of(engine)
    if version_before > JOURNAL_VERSION:
        raise UserError(
            f"日志是第 {version_before} 版格式，本程序只认得第 {JOURNAL_VERSION} 版。请换用新的程序，不要退回旧的。"
        )
    if 0 < version_before < JOURNAL_VERSION:
        _keep_earlier(engine, version_before, copy)
    if version_before < JOURNAL_VERSION or _lacks_something(engine):
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql("begin immediate")  # two programs may begin at once
            _bring_up(connection)


def version_of(engine: Engine) -> int:
    """Return the version of a journal: 0 when there are no tables yet, 1 when they state no version."""
    with engine.connect() as connection:  # one for all questions, as each opens the file
        tables = set(inspect(connection).get_table_names())
        if version.name in tables:
            return connection.execute(select(func.max(version.c.number))).scalar() or 1
    return 1 if received.name in tables else 0


def _lacks_something(engine: Engine) -> bool:
    with engine.connect() as connection:
        inspector = inspect(connection)
        present = set(inspector.get_table_names())
        if not set(METADATA.tables) <= present:
            return True
        return any(
            {column.name for column in table.columns} - {column["name"] for column in inspector.get_columns(table.name)}
            for table in METADATA.sorted_tables
        )


def _bring_up(connection: Connection) -> None:
    """Create the missing tables and columns and set the version, in one transaction."""
    inspector = inspect(connection)
    earlier = set(inspector.get_table_names())
    missing = [table for table in METADATA.sorted_tables if table.name not in earlier]
    METADATA.create_all(connection, missing, checkfirst=False)
    for table in (table for table in METADATA.sorted_tables if table.name in earlier):
        present = {column["name"] for column in inspector.get_columns(table.name)}
        for column in table.columns:
            if column.name not in present:
                spelled = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(text(f"alter table {table.name} add column {spelled}"))
    if connection.execute(select(func.max(version.c.number))).scalar() != JOURNAL_VERSION:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute(insert(version).values(number=JOURNAL_VERSION, at=at))


def _keep_earlier(engine: Engine, number: int, copy: Callable[[Path, Path], None]) -> None:
    """Copy a journal file before it is changed; a separate database has backups of its own."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        path = Path(engine.url.database)
        copy(path, path.with_name(f"{path.stem}-v{number}{path.suffix}"))
