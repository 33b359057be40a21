"""Column figures: the numbers below a header by column, parsed once and summed without creating cells."""

import math
from collections.abc import Sequence
from typing import Any

from base.text import normalise
from etl.layout.area import CellArea
from etl.layout.text_kinds import number_of
from etl.model.grid import as_text, is_filled
from etl.model.values import is_blank

MOST_DECIMALS = 6


class Figures:
    """The numbers of an area by column and row, from row `first` down."""

    def __init__(self, area: CellArea, first: int) -> None:
        self.first = first
        self._last = max([first, *area.numbers[-1:]])
        self.grid = area.sheet.grid
        self._columns: dict[int, list[float | None]] = {}
        self._decimals: dict[int, list[int]] = {}

    def column(self, column: int) -> list[float | None]:
        """Return the numbers of a column, one for each row from `first`; None for a blank."""
        if column not in self._columns:
            values = self.grid.stretch(column, self.first, self._last)
            self._columns[column] = [value if type(value) is float else _number(value) for value in values]
        return self._columns[column]

    def worded(self, column: int) -> list[int]:
        """Return the rows in which a column holds neither a number nor a word for a blank."""
        numbers = self.column(column)
        if None not in numbers:
            return []
        open_rows = (row for row, number in enumerate(numbers, self.first) if number is None)
        return [row for row in open_rows if _is_word(self._value(column, row))]

    def decimals(self, column: int) -> list[int]:
        """Return the number of decimals written in a column, at most 6, for each row."""
        if column not in self._decimals:
            values = self.grid.stretch(column, self.first, self._last)
            whole = (type(value) is float and value.is_integer() for value in values)
            self._decimals[column] = [0 if w else _decimals(v) for w, v in zip(whole, values, strict=True)]
        return self._decimals[column]

    def _value(self, column: int, row: int) -> Any:
        values = self.grid.row(row)
        return values[column - 1] if column <= len(values) else ""


class Added:
    """The sums of some rows, each column computed once and on demand."""

    def __init__(self, figures: Figures, rows: Sequence[int]) -> None:
        self._figures = figures
        self.rows = rows
        self._sums: dict[int, tuple[int, float]] = {}
        self._decimals: dict[int, int] = {}

    def sum(self, column: int) -> tuple[int, float]:
        """Return how many rows have a number in a column, and their sum."""
        if column not in self._sums:
            numbers, first = self._figures.column(column), self._figures.first
            known = [number for row in self.rows if (number := numbers[row - first]) is not None]
            self._sums[column] = len(known), math.fsum(known)
        return self._sums[column]

    def decimals(self, column: int) -> int:
        """Return the maximum number of decimals written in a column."""
        if column not in self._decimals:
            written, first = self._figures.decimals(column), self._figures.first
            self._decimals[column] = max((written[row - first] for row in self.rows), default=0)
        return self._decimals[column]


def _number(value: Any) -> float | None:
    if value == "":
        return None
    raw, kind = as_text(value)
    return float(raw) if kind == "number" else number_of(raw)


def _is_word(value: Any) -> bool:
    if not is_filled(value):
        return False
    raw, kind = as_text(value)
    return kind != "number" and not is_blank(raw)


def _decimals(value: Any) -> int:
    raw = as_text(value)[0]
    _, _, behind = normalise(raw).rstrip("%").partition(".") if "." in raw or "．" in raw else ("", "", "")
    return min(len(behind), MOST_DECIMALS) if behind.isdigit() else 0
