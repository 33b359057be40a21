"""Observe: which items a row counts for, with which number, and which cell is the evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from etl.grid import as_text
from etl.nouns import Cell, Layout, Parsed, Place, Return, Row
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue_models import Form, Item


@dataclass(frozen=True)
class Data:
    """The data of one item in a return, as columns of equal length.

    `rows` are numbers in the return's list of rows; `places` are the cells the numbers stood in (for a counted row: the
    cell that names what is counted), `texts` what stands there. `keys` tell apart what is counted once.
    """

    item: int
    rows: Sequence[int]
    values: Sequence[float]
    places: Sequence[Place]
    texts: Sequence[str]
    keys: Sequence[str | None]


@cache
def observer_of(catalogue: Catalogue) -> "Observer":
    """Return the observer of a catalogue."""
    return Observer(catalogue)


class Observer:
    """Knows the items of the catalogue by form and turns rows into data."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._numbers = {code: number for number, code in enumerate(catalogue.items)}
        self._items = {code: [self._plan(item) for item in catalogue.items_of(code)] for code in catalogue.forms}

    def observe(self, found: Return) -> Iterator[Data]:
        """Yield the data of a return's rows, item by item: the number of the item's column, or 1 for a counted row."""
        witness = _Witness(found.rows)
        for item, wanted in self._items[found.form.code]:
            numbers = _matching(found, item, wanted)
            if numbers:
                places, texts = witness.of(item, numbers)
                values = _numbers(found, item.take, numbers) if item.take else [1.0] * len(numbers)
                keys = [_distinct_key(item, found.rows[number]) for number in numbers] if item.distinct else None
                yield Data(self._numbers[item.code], numbers, values, places, texts, keys or [None] * len(numbers))

    def adds_up(self, row: Row) -> bool:
        """Return whether a row counts for any flow, that is, adds to its quarter alone."""
        flows = (plan for plan in self._items[row.form.code] if plan[0].time == "sum")
        return any(_matches(item, wanted, row) for item, wanted in flows)

    def _plan(self, item: Item) -> tuple[Item, dict[str, frozenset[str]]]:
        form = self._catalogue.forms[item.form]
        return item, {code: self._expand(form, item, code) for code in item.where}

    def _expand(self, form: Form, item: Item, code: str) -> frozenset[str]:
        codes = self._catalogue.codes[form.column(code).codes or INDICATORS]
        return frozenset().union(*(codes.expand(word) for word in item.wanted(code)))


def _matches(item: Item, wanted: dict[str, frozenset[str]], row: Row) -> bool:
    coded = all(row.values.get(code) in codes for code, codes in wanted.items())
    return coded and all((row.number(code) or 0) > 0 for code in item.positive)


def _matching(found: Return, item: Item, wanted: dict[str, frozenset[str]]) -> Sequence[int]:
    """Return the numbers of the rows that count for an item."""
    numbers: Sequence[int] = range(len(found.rows))
    for code, codes in wanted.items():
        column = found.column(code)
        numbers = [number for number in numbers if column[number] in codes]
    for code in item.positive:
        column = found.column(code)
        numbers = [number for number in numbers if (_number(column[number]) or 0) > 0]
    if item.take and None in (column := found.column(item.take)):
        numbers = [number for number in numbers if _number(column[number]) is not None]
    return numbers


def _numbers(found: Return, code: str, numbers: Sequence[int]) -> list[float]:
    """Return the numbers that stand in a column, for rows where one does."""
    column = found.column(code)
    return [_number(column[number]) or 0.0 for number in numbers]


def _number(value: Parsed) -> float | None:
    return value if isinstance(value, int | float) else None


class _Witness:
    """Finds the cells that bear witness to the data of one return."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows
        self._texts: dict[int, list[str]] = {}

    def of(self, item: Item, numbers: Sequence[int]) -> tuple[list[Place], list[str]]:
        """Return the places of an item's cells, and what stands there, for the rows with these numbers."""
        layout = self._rows[0].layout
        codes = _witnesses(item, layout)
        column = layout.columns.get(codes[0], 0) if not layout.fills and layout.form.column(codes[0]).required else 0
        if not column:
            cells = [_first_cell(self._rows[number], codes) for number in numbers]
            return [(cell.row, cell.column) for cell in cells], [cell.raw for cell in cells]
        texts = self._texts_of(column)
        return [(self._rows[number].row, column) for number in numbers], [texts[number] for number in numbers]

    def _texts_of(self, column: int) -> list[str]:
        if column not in self._texts:
            layout = self._rows[0].layout
            values = layout.sheet.grid.column(column, layout.first_row)
            own = [values[row.row - layout.first_row] for row in self._rows]
            self._texts[column] = own if {*map(type, own)} == {str} else [as_text(value)[0] for value in own]
        return self._texts[column]


def _witnesses(item: Item, layout: Layout) -> list[str]:
    """Return the item's own column, the ticked yes/no column that makes the row count, and the row's keys."""
    ticked = [code for code in item.where if layout.form.column(code).codes == "yes_no"]
    named = [item.take, item.at, *(ticked if not layout.form.ledger else ()), *layout.form.key]
    return [code for code in named if code]


def _first_cell(row: Row, codes: list[str]) -> Cell:
    """Return the first of the columns' cells. Raises StopIteration when none is there, which extract rules out."""
    return next(row.cells[code] for code in codes if code in row.cells)


def _distinct_key(item: Item, row: Row) -> str | None:
    if item.distinct is None:
        return None
    value = row.values.get(item.distinct)
    return row.unit if row.form.column(item.distinct).type == "unit" else str(value or row.unit)
