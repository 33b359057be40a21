"""Area: a part of a sheet being analysed. Its rows stay as read; cells are made only for rows that need them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from etl.layout.text_kinds import is_figure, is_year
from etl.model.grid import as_text, is_filled
from etl.model.nouns import Cell, Place, Sheet


@dataclass(frozen=True)
class CellArea:
    """The columns `left` to `right` of some rows of a sheet; `numbers` tells the rows with cells, from the top down."""

    sheet: Sheet
    numbers: list[int]
    left: int
    right: int

    @classmethod
    def of(cls, sheet: Sheet, top: int = 1, bottom: int | None = None) -> "CellArea":
        """Return a whole sheet, or its rows from `top` to `bottom`."""
        last = sheet.height if bottom is None else min(bottom, sheet.height)
        grid = sheet.grid
        return cls(sheet, [row for row in range(top, last + 1) if any(map(is_filled, grid.row(row)))], 1, sheet.width)

    @cached_property
    def columns(self) -> list[int]:
        """Return the columns that hold cells."""
        blank = list(range(self.left, self.right + 1))
        for row in self.numbers:
            if not blank:
                break
            values = self.sheet.grid.row(row)
            blank = [column for column in blank if column > len(values) or not is_filled(values[column - 1])]
        return sorted({*range(self.left, self.right + 1)}.difference(blank))

    def between(self, top: int, bottom: int) -> "CellArea":
        """Return the rows from top to bottom, both included."""
        kept = self.numbers[bisect_left(self.numbers, top) : bisect_right(self.numbers, bottom)]
        return self if len(kept) == len(self.numbers) else CellArea(self.sheet, kept, self.left, self.right)

    def within(self, left: int, right: int) -> "CellArea":
        """Return the columns from left to right, both included."""
        if self.columns and left <= self.columns[0] and self.columns[-1] <= right:
            return self
        grid = self.sheet.grid
        kept = [row for row in self.numbers if any(map(is_filled, grid.row(row)[left - 1 : right]))]
        return CellArea(self.sheet, kept, left, right)

    def values(self, row: int) -> list[Any]:
        """Return the values of a row as read, from the column `left` on; "" is blank, and it may end early."""
        return self.sheet.grid.row(row)[self.left - 1 : self.right]

    def row(self, row: int) -> list[Cell]:
        """Return the cells of a row from left to right, newly created; [] for a row without any."""
        return list(self.sheet.grid.row_cells(row, self.left, self.right)) if self.holds(row) else []

    def cells(self) -> Iterator[Cell]:
        """Yield the cells row by row."""
        for row in self.numbers:
            yield from self.row(row)

    def holds(self, row: int) -> bool:
        """Return whether a row holds cells."""
        at = bisect_left(self.numbers, row)
        return at < len(self.numbers) and self.numbers[at] == row

    def has_one_cell(self, row: int) -> bool:
        """Return whether a row has exactly one cell."""
        filled = filter(is_filled, self.values(row))
        return next(filled, None) is not None and next(filled, None) is None

    def first_text(self, row: int) -> str:
        """Return the text of a row's first cell, "" when that is not a text."""
        value = next(filter(is_filled, self.values(row)), "")
        raw, kind = (value, "text") if type(value) is str else as_text(value)
        return raw if kind == "text" else ""

    def before(self, row: int) -> int:
        """Return the number of the area's rows above a row."""
        return bisect_left(self.numbers, row)

    def origin(self, place: Place) -> Place:
        """Return the position of the cell shown at a position, which differs inside a merged range."""
        return self.sheet.merged_origins.get(place, place)

    def text_only(self, row: int) -> bool:
        """Return whether a row holds labels only: no figures, except consecutive years (2005, 2006) as labels."""
        texts = [as_text(value) for value in self._until_figure(row)]
        figures = [
            at for at, (raw, kind) in enumerate(texts) if kind == "number" or (kind == "text" and is_figure(raw))
        ]
        if not figures:
            return sum(kind == "date" for _, kind in texts) < max(1, len(texts) - 1)
        years = [int(texts[at][0][:4]) for at in figures if is_year(texts[at][0])]
        ordered = years in (sorted(set(years)), sorted(set(years), reverse=True))
        return len(years) == len(figures) >= 2 and ordered and figures[0] != 0

    def _until_figure(self, row: int) -> Iterator[Any]:
        """Yield the values of a row up to the first number that is not a year; the rest can't change the result."""
        for value in filter(is_filled, self.values(row)):
            yield value
            if type(value) is float and not is_year(as_text(value)[0]):
                return
