"""Merges: cells covered by a merged range are dropped as invisible, unless the merge was left over a filled row."""

from dataclasses import replace

from etl.model.grid import Cell
from etl.model.nouns import Sheet

Merge = tuple[int, int, int, int]
_WIDE = 3  # columns; a merge of two cells is intended
_FILLED = 3  # covered cells; a single stray value leaves fewer


def uncovered(sheet: Sheet) -> Sheet:
    """Return a sheet without the cells covered by merged ranges: only the first cell of a range is visible and counts.

    Programs that insert rows leave merged ranges where a footer was. The inserted rows are real: they are kept, the
    merge is dropped, and their row numbers are listed in `merged_over`.
    """
    below = {merge: _below(sheet, merge) for merge in sheet.merges}
    rows = {merge for merge, cells in below.items() if _is_row(sheet, merge, cells)}
    covered = tuple(cell for merge, cells in below.items() if merge not in rows for cell in cells)
    sheet.grid.drop((cell.row, cell.column) for cell in covered)
    merges = tuple(merge for merge in sheet.merges if merge not in rows)
    over = frozenset(merge[0] for merge in rows)
    return replace(sheet, cells=sheet.grid, merges=merges, covered=covered, merged_over=over)


def _below(sheet: Sheet, merge: Merge) -> list[Cell]:
    top, left, bottom, right = merge
    grid = sheet.grid
    places = (
        (row, column)
        for row in range(top, min(bottom, sheet.height) + 1)
        for column in range(left, min(right, sheet.width) + 1)
    )
    return [grid[place] for place in places if place != (top, left) and place in grid]


def _is_row(sheet: Sheet, merge: Merge, below: list[Cell]) -> bool:
    """Return whether a merge covers one row of a table: half of its cells or several are filled, and differ."""
    top, left, bottom, right = merge
    seen = sheet.grid[top, left].raw if (top, left) in sheet.grid else ""
    others = {cell.raw for cell in below} - {seen}
    wide = min(right, sheet.width) - left + 1
    many = len(below) >= min(_FILLED, wide / 2)
    return top == bottom and wide >= _WIDE and len(others) > 1 and many
