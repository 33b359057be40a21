"""Statements of journals, compiled once a process: each test's store has an engine that would compile all of them."""

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_COMPILED: dict[Any, Any] = {}


class _Alike(SQLiteDialect_pysqlite):
    """One dialect is like another: what was compiled for the first serves all."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


def create_sharing_engine(url: str, **options: Any) -> Engine:
    """Return what SQLAlchemy's `create_engine` does, for a file with the statements compiled for others."""
    if not url.startswith("sqlite"):
        return create_engine(url, **options)
    engine = create_engine(url, **options, execution_options={"compiled_cache": _COMPILED})
    assert type(engine.dialect) is SQLiteDialect_pysqlite
    engine.dialect.__class__ = _Alike
    return engine
