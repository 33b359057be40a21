"""Example rows: the rows of a file's tables that are data, without sums, notes and signatures."""

from collections.abc import Sequence
from functools import cached_property

from base.text import normalise
from etl.labels.total_labels import total_rank
from etl.layout.text_kinds import is_note, is_signature, number_of
from etl.layout_proposals.own_table import OwnTable
from etl.model.nouns import Cell, Place
from etl.own_layouts.row_areas import areas_of_rows


class ExampleRows:
    """The data rows of all tables of a file that have the headings of the first, and what stands in them by column."""

    def __init__(self, tables: Sequence[OwnTable]) -> None:
        self.tables = [table for table in tables if table.is_like(tables[0])]

    @cached_property
    def rows(self) -> tuple[tuple[OwnTable, int], ...]:
        """Return the data rows: each with its table."""
        return tuple(
            (table, row)
            for table in self.tables
            for row in range(table.first_row, table.sheet.height + 1)
            if _is_data(list(table.sheet.row_cells(row)))
        )

    def cells(self, column: int) -> list[Cell]:
        """Return the filled cells of a column in the data rows; a merged cell counts for its rows."""
        cells = (_cell(table, (row, column)) for table, row in self.rows)
        return [cell for cell in cells if cell and cell.raw.strip()]

    def texts(self, column: int) -> list[str]:
        """Return the texts of those cells, normalised."""
        return [normalise(cell.text) for cell in self.cells(column)]

    def numbers(self, column: int) -> list[float | None]:
        """Return the number in a column for each data row, None where there is none."""
        cells = (_cell(table, (row, column)) for table, row in self.rows)
        return [number_of(cell.raw) if cell else None for cell in cells]

    def full(self, column: int) -> bool:
        """Return whether a column is filled in every data row."""
        return bool(self.rows) and len(self.cells(column)) == len(self.rows)

    def distinct(self, column: int, areas: int | None = None) -> bool:
        """Return whether a column is filled in every data row, each time with something else within a table.

        `areas` is the column of areas, which tell equal names apart, as the headings of groups do.
        """
        if not self.full(column):
            return False
        names = zip(self.rows, self.texts(column), strict=True)
        named = [(id(table), row, name) for (table, row), name in names]
        if len({(table, name) for table, _, name in named}) == len(named):
            return True
        places = {id(table): areas_of_rows(table.sheet, table.first_row, areas) for table in self.tables}
        return len({(table, places[table].get(row, ""), name) for table, row, name in named}) == len(named)


def _cell(table: OwnTable, place: Place) -> Cell | None:
    origin = table.sheet.merged_origins.get(place, place)
    return table.sheet.cells.get(origin)


def _is_data(cells: list[Cell]) -> bool:
    filled = [cell for cell in cells if cell.raw.strip()]
    if not filled or is_note(filled[0].raw) or is_signature(filled[0].raw, bare=len(filled) == 1):
        return False
    first = next((cell.raw for cell in filled if cell.kind == "text"), "")
    return len(filled) > 1 and not total_rank(first)
