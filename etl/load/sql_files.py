"""The files of `sql/`, each read and parsed once a process."""

from functools import cache
from pathlib import Path

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
