"""Sheet tables: the tables that stand below or beside each other on one sheet, each as a sheet of its own."""

from collections.abc import Sequence
from dataclasses import replace

from etl.layout.caption import measure_in
from etl.layout.table import Table
from etl.layout.text_kinds import is_key
from etl.model.grid import Grid, Place
from etl.model.nouns import Sheet
from etl.survey import survey


def tables_apart(sheet: Sheet, file: str) -> list[Sheet]:
    """Return a sheet as it is where it has one table with headings, else the cells of each table by themselves.

    A title above all of them is that of each, unless it says in which unit of measure the first is.
    """
    tables = [table for table in survey(sheet, file) if table.header_rows and table.details]
    if len(tables) < 2:
        return [sheet]
    title = _title_of_all(sheet, tables[0])
    return [_only(sheet, {*_places(sheet, table, tables), *title}) for table in tables]


def outside(sheet: Sheet, parts: Sequence[Sheet]) -> Sheet:
    """Return a sheet with those cells alone that none of its parts has."""
    held = {place for part in parts for place in part.cells}
    return _only(sheet, {place for place in sheet.cells if place not in held})


def _places(sheet: Sheet, table: Table, tables: Sequence[Table]) -> set[Place]:
    """Return the places of a table: its captions, and its columns down to the next table below it."""
    below = [_top(other) for other in tables if other.top > table.top and _shares_columns(table, other)]
    last = min(below, default=sheet.height + 1) - 1
    inside = (place for place in sheet.cells if table.top <= place[0] <= last and table.left <= place[1] <= table.right)
    return {*inside, *((cell.row, cell.column) for cell in table.captions)}


def _top(table: Table) -> int:
    return min([table.top, *(cell.row for cell in table.captions if cell.row < table.top)])


def _shares_columns(table: Table, other: Table) -> bool:
    return table.left <= other.right and other.left <= table.right


def _title_of_all(sheet: Sheet, table: Table) -> set[Place]:
    row = min(place[0] for place in sheet.cells)
    cells = list(sheet.row_cells(row))
    if row >= table.top or len(cells) > 1 or is_key(cells[0].raw) or measure_in(cells[0].raw) is not None:
        return set()
    return {(row, cells[0].column)}


def _only(sheet: Sheet, places: set[Place]) -> Sheet:
    cells = Grid.of(cell for place, cell in sheet.cells.items() if place in places)
    covered = tuple(cell for cell in sheet.covered if (cell.row, cell.column) in places)
    return replace(sheet, cells=cells, covered=covered)
