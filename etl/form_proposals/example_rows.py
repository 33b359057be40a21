"""Example rows: the rows of a file's tables that are data, without sums, notes and signatures."""

from collections.abc import Sequence
from functools import cached_property

from base.text import normalise
from etl.labels.total_labels import total_rank
from etl.layout.text_kinds import is_note, is_signature
from etl.layout_proposals.own_table import OwnTable
from etl.model.nouns import Cell, Place


class ExampleRows:
    """The data rows of all tables of a file that have the headings of the first, and what stands in them by column."""

    def __init__(self, tables: Sequence[OwnTable]) -> None:
        self._tables = [table for table in tables if table.header.paths == tables[0].header.paths]

    @cached_property
    def rows(self) -> tuple[tuple[OwnTable, int], ...]:
        """Return the data rows: each with its table."""
        return tuple(
            (table, row)
            for table in self._tables
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

    def full(self, column: int) -> bool:
        """Return whether a column is filled in every data row."""
        return bool(self.rows) and len(self.cells(column)) == len(self.rows)

    def distinct(self, column: int) -> bool:
        """Return whether a column is filled in every data row, each time with something else."""
        return self.full(column) and len({*self.texts(column)}) == len(self.rows)


def _cell(table: OwnTable, place: Place) -> Cell | None:
    origin = table.sheet.merged_origins.get(place, place)
    return table.sheet.cells.get(origin)


def _is_data(cells: list[Cell]) -> bool:
    filled = [cell for cell in cells if cell.raw.strip()]
    if not filled or is_note(filled[0].raw) or is_signature(filled[0].raw, bare=len(filled) == 1):
        return False
    first = next((cell.raw for cell in filled if cell.kind == "text"), "")
    return len(filled) > 1 and not total_rank(first)
