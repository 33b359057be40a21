"""Sums: the figures of rows added up column by column and held against a written total."""

import math
from collections.abc import Sequence

from etl.nouns import Cell
from etl.structure.rows import Item
from etl.structure.table import Check, TableColumn
from etl.structure.words import number_of
from stats.words import normalise

_MOST_DECIMALS = 6


class Sums:
    """Adds up the figures of one table; knows which columns add up and how exactly they are written."""

    def __init__(self, columns: list[TableColumn]) -> None:
        self.columns = [column.number for column in columns if column.role == "figure"]
        self._names = {column.number: "·".join(column.path) or f"{column.letter} 列" for column in columns}

    def name(self, column: int) -> str:
        """Return what to call a column in a remark."""
        return f"“{self._names[column]}”"

    def take(self, item: Item) -> dict[int, float]:
        """Return an item's figures by column; they are parsed once."""
        if not item.numbers:
            wanted = set(self.columns)
            found = ((c.column, _number(c)) for c in item.row.cells if c.column in wanted)
            item.numbers = {column: number for column, number in found if number is not None}
        return item.numbers

    def compare(self, total: Item, parts: Sequence[Item]) -> tuple[Check, ...]:
        """Return for each column with a written total whether the parts add up to it.

        Decimals may differ by half of the last place written for every number added; a written 0 agrees with nothing.
        Where parts are missing and the rest adds up to less, nothing can be told.
        """
        written = self.take(total)
        taken = [self.take(part) for part in parts]
        return tuple(self._check(column, written[column], total, parts, taken) for column in written)

    def _check(
        self, column: int, written: float, total: Item, parts: Sequence[Item], taken: list[dict[int, float]]
    ) -> Check:
        found = [numbers[column] for numbers in taken if column in numbers]
        if not found:
            return Check(column, written, None, None if written else True)
        added = math.fsum(found)
        if abs(added - written) <= 1e-9 * (1 + abs(written)):
            return Check(column, written, round(added, _MOST_DECIMALS), True)
        places = max(_decimals(item, column) for item in (total, *parts))
        allowed = 0.5 * 10**-places * (len(found) + 1) if places else 0
        if abs(added - written) <= allowed:
            return Check(column, written, round(added, _MOST_DECIMALS), True)
        missing = len(found) < len(parts)
        return Check(column, written, round(added, _MOST_DECIMALS), None if missing and added < written else False)


def _number(cell: Cell) -> float | None:
    return float(cell.raw) if cell.kind == "number" else number_of(cell.raw)


def _decimals(item: Item, column: int) -> int:
    raw = next((cell.raw for cell in item.row.cells if cell.column == column), "")
    _, _, behind = normalise(raw).rstrip("%").partition(".") if "." in raw or "．" in raw else ("", "", "")
    return min(len(behind), _MOST_DECIMALS) if behind.isdigit() else 0
