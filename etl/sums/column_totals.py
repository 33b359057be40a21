"""Column totals: the figures of rows summed by column and compared with a written total."""

from collections.abc import Iterable, Sequence

from etl.layout.column_figures import MOST_DECIMALS, Added, Figures
from etl.layout.table import Check, TableColumn
from etl.layout.table_rows import RankedRow
from etl.layout.text_kinds import is_change
from etl.model.nouns import Cell
from etl.model.values import is_blank


class Sums:
    """Sums the figures of one table; knows which columns add up and their written precision.

    `changes` are the columns that say how much something grew, without a unit that would tell a number from a rate.
    """

    def __init__(self, columns: list[TableColumn], figures: Figures) -> None:
        self._figures = figures
        self._latest = Added(figures, [])  # totals are compared with the same rows repeatedly
        self._negative: dict[int, bool] = {}
        self.columns = [column.number for column in columns if column.role in ("figure", "total")]
        self.only_rates = not self.columns and any(column.role == "rate" for column in columns)
        self.changes = {column.number for column in columns if is_change("".join(column.path)) and not column.measure}
        self._names = {column.number: "·".join(column.path) or f"{column.letter} 列" for column in columns}

    def name(self, column: int) -> str:
        """Return the name of a column in remarks."""
        return f"“{self._names[column]}”"

    def take(self, item: RankedRow, columns: Iterable[int] | None = None) -> dict[int, float]:
        """Return an item's figures by column, of all columns or of some."""
        at = item.row.row - self._figures.first
        sums = ((column, self._figures.column(column)[at]) for column in (self.columns if columns is None else columns))
        return {column: number for column, number in sums if number is not None}

    def at(self, row: int, column: int) -> float | None:
        """Return the number in a row of the sheet, None where none is written."""
        return self._figures.column(column)[row - self._figures.first]

    def places(self, row: int, column: int) -> int:
        """Return the number of decimals written in a row of the sheet."""
        return self._figures.decimals(column)[row - self._figures.first]

    def worded(self, item: RankedRow) -> list[Cell]:
        """Return the cells of a row with a word or an error in place of a figure."""
        empty = [(item.row.row, c) for c in self.columns if self.at(item.row.row, c) is None]
        held = [self._figures.grid[place] for place in empty if place in self._figures.grid]
        return [cell for cell in held if cell.kind == "error" or not is_blank(cell.raw)]

    def is_unread(self, row: int, column: int) -> bool:
        """Return whether a row of the sheet has something other than a number, such as a dash or a word."""
        return self.at(row, column) is None and (row, column) in self._figures.grid

    def has_negative(self, column: int) -> bool:
        """Return whether a column has a negative number."""
        if column not in self._negative:
            numbers = self._figures.column(column)
            self._negative[column] = any(number is not None and number < 0 for number in numbers)
        return self._negative[column]

    def add(self, parts: Sequence[RankedRow]) -> Added:
        """Return the sums of rows, to be compared with one or several totals."""
        rows = [part.row.row for part in parts]
        if rows != self._latest.rows:
            self._latest = Added(self._figures, rows)
        return self._latest

    def compare(self, total: RankedRow, parts: Sequence[RankedRow]) -> tuple[Check, ...]:
        """Return for each column with a written total whether the parts add up to it; see `hold`."""
        return self.hold(total, self.add(parts))

    def hold(self, total: RankedRow, added: Added) -> tuple[Check, ...]:
        """Return for each column with a written total whether the sums agree with it.

        Decimals may differ by half of the last written place for every number added; a written 0 agrees when there is
        no number to add. If parts are missing and the rest adds up to less, the result is unknown.
        """
        return tuple(self._check(column, written, total, added) for column, written in self.take(total).items())

    def _check(self, column: int, written: float, total: RankedRow, parts: Added) -> Check:
        count, added = parts.sum(column)
        if not count:
            return Check(column, written, None, None if written else True)
        if abs(added - written) <= 1e-9 * (1 + abs(written)):
            return Check(column, written, round(added, MOST_DECIMALS), True)
        places = max(self._figures.decimals(column)[total.row.row - self._figures.first], parts.decimals(column))
        allowed = 0.5 * 10**-places * (count + 1) if places else 0
        if abs(added - written) <= allowed:
            return Check(column, written, round(added, MOST_DECIMALS), True)
        missing = count < len(parts.rows)
        return Check(column, written, round(added, MOST_DECIMALS), None if missing and added < written else False)
