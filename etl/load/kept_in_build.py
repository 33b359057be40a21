"""Own totals in a working copy: which decisions about them hold, and which are laid over other numbers."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import duckdb

from etl.journal.kept_totals import kept_totals
from etl.load.sql_files import rows_of, run_file
from stats.catalogue import Catalogue

AFTER_ROLLUP = ("600_own_totals.sql", "650_own_cover.sql")
_ANY = """select 1 from raw."return" r join core.form f on f.code = r.form and f.totals
union all select 1 from core.own_total limit 1"""
_Kept = set[tuple[str, str, int, str]]


def takes_totals(catalogue: Catalogue) -> bool:
    """Return whether any form holds own totals: without one nothing is asked of a build, which costs every load."""
    return any(form.totals for form in catalogue.forms.values())


def holds_totals(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue) -> bool:
    """Return whether own totals have to be computed: a return may hold some, or there were some."""
    return takes_totals(catalogue) and bool(connection.execute(_ANY).fetchall())


def keep_totals(connection: duckdb.DuckDBPyConnection, store: Path, catalogue: Catalogue) -> bool:
    """Write the decisions of the journal into an open build; return whether others stood there."""
    if not takes_totals(catalogue):
        return False
    known = kept_in_journal(store)
    if kept_in(connection) == known:
        return False
    columns = [list(column) for column in zip(*sorted(known), strict=True)] or [[], [], [], []]
    run_file(connection, "keep_totals.sql", **dict(zip(("unit", "item", "period", "keep"), columns, strict=True)))
    return True


def kept_in_journal(store: Path) -> _Kept:
    """Return the decisions that hold now, in the same way as `kept_in`."""
    return {(*key, kept.keep) for key, kept in kept_totals(store).items()}


def kept_in(connection: duckdb.DuckDBPyConnection) -> _Kept:
    """Return the decisions that an open build was made with: organisation, item, last quarter, what counts."""
    return {*connection.execute("select unit, item, period, keep from core.kept_total").fetchall()}


def laid_over(
    connection: duckdb.DuckDBPyConnection, submissions: Collection[int], catalogue: Catalogue
) -> list[dict[str, Any]]:
    """Return the own totals of submissions that differ from what is below or was said before: see laid_over.sql."""
    if not holds_totals(connection, catalogue):
        return []
    return rows_of(connection, "laid_over.sql", submissions=list(submissions))
