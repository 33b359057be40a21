"""Cell addresses: the cells of a sheet that an address names, as findings write addresses."""

import re
from collections.abc import Iterator
from itertools import islice

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

_CELLS = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?")
_ROW = re.compile(r"第(\d{1,7})行")
_MOST_CELLS = 20_000  # of one address: no more than these are coloured


def ranges_in(address: str) -> list[str]:
    """Return the cells and ranges, such as C7 or C4:C9 or 7:7, that an address as findings write it names."""
    rows = [f"{number}:{number}" for number in _ROW.findall(address)]
    return _CELLS.findall(address) + rows


def filled_cells(sheet: Worksheet) -> list[Cell]:
    """Return the cells a sheet has: to walk over its rows would make all those that it doesn't have."""
    return [cell for cell in sheet._cells.values() if isinstance(cell, Cell)]


class CellFinder:
    """Finds cells in one sheet; its size is measured once, because the library counts every cell for it."""

    def __init__(self, sheet: Worksheet) -> None:
        """Look at a sheet."""
        self._sheet = sheet
        self._bottom, self._right = sheet.max_row, sheet.max_column
        self._origins: dict[tuple[int, int], tuple[int, int]] | None = None

    def cells(self, address: str) -> Iterator[Cell]:
        """Yield the cells that an address names; of a merged range the one that holds its text."""
        for place in ranges_in(address):
            left, top, right, bottom = range_boundaries(place)
            first_row, first_column = top or 1, left or 1
            last_row = first_row if bottom in (None, top) else min(bottom or 0, self._bottom)
            last_column = first_column if right == left and right else min(right or self._right, self._right)
            area = self._sheet.iter_rows(first_row, last_row, first_column, last_column)
            for cell in islice((cell for row in area for cell in row), _MOST_CELLS):
                yield from self._holder(cell)

    def _holder(self, cell: Cell | MergedCell) -> Iterator[Cell]:
        if isinstance(cell, Cell):
            yield cell
            return
        if self._origins is None:
            self._origins = {
                (row, column): (area.min_row, area.min_col)
                for area in self._sheet.merged_cells.ranges
                for row in range(area.min_row, min(area.max_row, self._bottom) + 1)
                for column in range(area.min_col, min(area.max_col, self._right) + 1)
            }
        origin = self._origins.get((cell.row or 0, cell.column or 0))
        holder = self._sheet.cell(*origin) if origin else None
        if isinstance(holder, Cell):
            yield holder
