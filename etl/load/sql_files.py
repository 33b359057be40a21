"""The files of `sql/`, each read and parsed once a process."""

from functools import cache
from pathlib import Path
from typing import Any

import duckdb

_FOLDER = Path(__file__).parent / "sql"


@cache
def text_of(file: str) -> str:
    """Return what a file says."""
    return (_FOLDER / file).read_text(encoding="utf-8")


@cache
def statements_of(file: str) -> tuple[duckdb.Statement, ...]:
    """Return the statements of a file, in their order."""
    return tuple(duckdb.extract_statements(text_of(file)))


def run_file(connection: duckdb.DuckDBPyConnection, file: str, **parameters: Any) -> None:
    """Run the statements of a file, each with those of the parameters that it names."""
    for statement in statements_of(file):
        connection.execute(statement, {name: parameters[name] for name in statement.named_parameters})


def rows_of(connection: duckdb.DuckDBPyConnection, file: str, **parameters: Any) -> list[dict[str, Any]]:
    """Return the rows of a file's query as mappings from column name to value."""
    cursor = connection.execute(text_of(file), parameters)
    named = [column[0] for column in cursor.description or ()]
    return [dict(zip(named, row, strict=True)) for row in cursor.fetchall()]
