"""Turned example: a table whose items stand down its side, seen as if they stood across, to tell what they are.

Only the proposal looks at it so: the layout made from it names the labels where they stand.
"""

from dataclasses import replace

from base.text import normalise
from etl.labels.derived_labels import derived_label
from etl.labels.total_labels import total_rank
from etl.layout.text_kinds import bare_unit, split_measure
from etl.layout_proposals.own_table import OwnTable
from etl.model.grid import Grid
from etl.model.nouns import Header
from etl.own_layouts.turned_tables import measure_column, names_numbers


def turned(table: OwnTable, across: str) -> OwnTable:
    """Return a table as if its rows were columns; `across` is what its names across the top are called."""
    sheet, first = table.sheet, min(table.header.paths)
    names_row = table.header.top + table.header.depth - 1
    measures_at = measure_column(sheet, names_row, first)
    names = [n for n, path in table.header.paths.items() if n not in (first, measures_at) and not _is_sum(path[-1])]
    cells = (cell for cell in sheet.cells.values() if cell.column in names and cell.row >= names_row)
    labels = {row: label for row in range(table.first_row, sheet.height + 1) if (label := _label(table, row, first))}
    paths = {names_row: [across]} | {row: [split_measure(label)[0]] for row, label in labels.items()}
    units = {row: unit for row, label in labels.items() if (unit := _unit(table, row, label, measures_at))}
    grid = Grid.of(replace(cell, row=cell.column, column=cell.row) for cell in cells)
    seen = replace(sheet, cells=grid, merges=())
    return replace(table, sheet=seen, header=Header(first, 1, paths, units), first_row=min(names))


def _is_sum(heading: str) -> bool:
    return bool(total_rank(heading) or derived_label(heading))


def _label(table: OwnTable, row: int, column: int) -> str:
    cell = table.sheet.cells.get((row, column))
    label = normalise(cell.raw) if cell and cell.kind == "text" else ""
    return label if label and names_numbers(split_measure(label)[0]) else ""


def _unit(table: OwnTable, row: int, label: str, measures_at: int | None) -> str:
    cell = table.sheet.cells.get((row, measures_at or 0))
    return split_measure(label)[1] or (bare_unit(cell.raw) if cell else "")
