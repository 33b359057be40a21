"""Area: a part of a sheet under study, as rows of cells from left to right."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from etl.nouns import Cell, Place, Sheet
from etl.structure.words import is_figure, is_year


@dataclass(frozen=True)
class Area:
    """Some rows and columns of a sheet; `rows` holds only rows with cells, from the top down."""

    sheet: Sheet
    rows: dict[int, list[Cell]]

    @classmethod
    def of(cls, sheet: Sheet, top: int = 1, bottom: int | None = None) -> "Area":
        """Return a whole sheet, or its rows from `top` to `bottom`, gone through once."""
        last = sheet.height if bottom is None else min(bottom, sheet.height)
        rows = ((row, list(sheet.row_cells(row))) for row in range(top, last + 1))
        return cls(sheet, {row: cells for row, cells in rows if cells})

    @cached_property
    def numbers(self) -> list[int]:
        """Return the numbers of the rows that hold cells."""
        return list(self.rows)

    @cached_property
    def columns(self) -> list[int]:
        """Return the columns that hold cells."""
        found: set[int] = set()
        for cells in self.rows.values():
            found.update(cell.column for cell in cells)
        return sorted(found)

    def between(self, top: int, bottom: int) -> "Area":
        """Return the rows from top to bottom, both counted in."""
        if self.numbers and top <= self.numbers[0] and self.numbers[-1] <= bottom:
            return self
        return Area(self.sheet, {row: cells for row, cells in self.rows.items() if top <= row <= bottom})

    def within(self, left: int, right: int) -> "Area":
        """Return the columns from left to right, both counted in."""
        if self.columns and left <= self.columns[0] and self.columns[-1] <= right:
            return self
        kept = ((row, [cell for cell in cells if left <= cell.column <= right]) for row, cells in self.rows.items())
        return Area(self.sheet, {row: cells for row, cells in kept if cells})

    def cells(self) -> Iterable[Cell]:
        """Yield the cells row by row."""
        for cells in self.rows.values():
            yield from cells

    def origin(self, place: Place) -> Place:
        """Return the place that holds the cell seen at a place: another one inside a merged range."""
        return self.sheet.merged_origins.get(place, place)

    def text_only(self, row: int) -> bool:
        """Return whether a row holds labels only: no figures, unless years in order (2005, 2006) stand as labels."""
        cells = self.rows.get(row, [])
        figures = [cell for cell in cells if cell.kind == "number" or (cell.kind == "text" and is_figure(cell.raw))]
        if not figures:
            return sum(cell.kind == "date" for cell in cells) < max(1, len(cells) - 1)
        years = [int(cell.raw[:4]) for cell in figures if is_year(cell.raw)]
        ordered = years in (sorted(set(years)), sorted(set(years), reverse=True))
        return len(years) == len(figures) >= 2 and ordered and figures[0] is not cells[0]
