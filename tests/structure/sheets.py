"""Sheets written as rows of values, for one test each."""

from typing import Any

from etl.layout.table import Table
from etl.model.grid import Grid
from etl.model.nouns import Sheet
from etl.survey import survey

Merges = tuple[tuple[int, int, int, int], ...]


def sheet_of(*rows: list[Any], merges: Merges = (), name: str = "表") -> Sheet:
    """Return a sheet with these rows; "" is an empty cell, whole numbers stand as a spreadsheet keeps them."""
    values = [[float(v) if isinstance(v, int) else v for v in row] for row in rows]
    return Sheet(name=name, cells=Grid(values), merges=merges)


def only(*rows: list[Any], merges: Merges = (), file: str = "表.xlsx") -> Table:
    """Return the only table of a sheet with these rows."""
    tables = survey(sheet_of(*rows, merges=merges), file)
    assert len(tables) == 1
    return tables[0]


def paths(table: Table) -> list[str]:
    """Return the header path of each column."""
    return ["/".join(column.path) for column in table.columns]


def labels(table: Table) -> list[str]:
    """Return the labels of the detail rows."""
    return [row.label for row in table.details]


def roles(table: Table) -> list[str]:
    """Return the role of each column."""
    return [column.role for column in table.columns]
