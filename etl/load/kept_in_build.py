"""Own totals in a working copy: which decisions about them hold, and which are laid over other numbers."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import duckdb

from etl.journal.kept_totals import kept_totals
from etl.load.sql_files import rows_of, run_file

AFTER_ROLLUP = ("600_own_totals.sql", "650_own_cover.sql")
_Kept = set[tuple[str, str, int, str]]


def keep_totals(connection: duckdb.DuckDBPyConnection, store: Path) -> bool:
    """Write the decisions of the journal into an open build; return whether others stood there."""
    known = {(*key, kept.keep) for key, kept in kept_totals(store).items()}
    if kept_in(connection) == known:
        return False
    columns = [list(column) for column in zip(*sorted(known), strict=True)] or [[], [], [], []]
    run_file(connection, "keep_totals.sql", **dict(zip(("unit", "item", "period", "keep"), columns, strict=True)))
    return True


def kept_in(connection: duckdb.DuckDBPyConnection) -> _Kept:
    """Return the decisions that an open build was made with: organisation, item, last quarter, what counts."""
    return {*connection.execute("select unit, item, period, keep from core.kept_total").fetchall()}


def laid_over(connection: duckdb.DuckDBPyConnection, submissions: Collection[int]) -> list[dict[str, Any]]:
    """Return the own totals of submissions that differ from what is below them, as laid_over.sql says."""
    if not connection.execute("select 1 from core.own_total where has_below limit 1").fetchall():
        return []
    return rows_of(connection, "laid_over.sql", submissions=list(submissions))
