"""Observe: which items a row counts for, with which number, and which cell is the evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from etl.nouns import Cell, Layout, Parsed, Place, Return, RowCells
from etl.reading.grid import texts_of
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
        witness = _Witness(found)
        for item, wanted in self._items[found.form.code]:
            numbers = _matching(found, item, wanted)
            if numbers:
                places, texts = witness.of(item, numbers)
                values = _numbers(found, item.take, numbers) if item.take else [1.0] * len(numbers)
                keys = _distinct_keys(item, found, numbers) if item.distinct else None
                yield Data(self._numbers[item.code], numbers, values, places, texts, keys or [None] * len(numbers))

    def rows_that_add_up(self, found: Return) -> frozenset[int]:
        """Return the numbers of the rows that count for any flow, that is, add to their quarter alone."""
        flows = (plan for plan in self._items[found.form.code] if plan[0].time == "sum")
        return frozenset(number for item, wanted in flows for number in _coded(found, item, wanted))

    def _plan(self, item: Item) -> tuple[Item, dict[str, frozenset[str]]]:
        form = self._catalogue.forms[item.form]
        return item, {code: self._expand(form, item, code) for code in item.where}

    def _expand(self, form: Form, item: Item, code: str) -> frozenset[str]:
        codes = self._catalogue.codes[form.column(code).codes or INDICATORS]
        return frozenset().union(*(codes.expand(word) for word in item.wanted(code)))


def _coded(found: Return, item: Item, wanted: dict[str, frozenset[str]]) -> Sequence[int]:
    """Return the numbers of the rows that hold the codes and the positive numbers an item asks for."""
    numbers: Sequence[int] = range(found.size)
    for code, codes in wanted.items():
        column = found.column(code)
        numbers = [number for number in numbers if column[number] in codes]
    for code in item.positive:
        column = found.column(code)
        numbers = [number for number in numbers if (_number(column[number]) or 0) > 0]
    return numbers


def _matching(found: Return, item: Item, wanted: dict[str, frozenset[str]]) -> Sequence[int]:
    """Return the numbers of the rows that count for an item."""
    numbers = _coded(found, item, wanted)
    if item.take and None in (column := found.column(item.take)):
        return [number for number in numbers if _number(column[number]) is not None]
    return numbers


def _numbers(found: Return, code: str, numbers: Sequence[int]) -> list[float]:
    """Return the numbers that stand in a column, for rows where one does."""
    column = found.column(code)
    return [_number(column[number]) or 0.0 for number in numbers]


def _number(value: Parsed) -> float | None:
    return value if isinstance(value, int | float) else None


class _Witness:
    """Finds the cells that bear witness to the data of one return."""

    def __init__(self, found: Return) -> None:
        self._found = found
        self._texts: dict[int, list[str]] = {}

    def of(self, item: Item, numbers: Sequence[int]) -> tuple[list[Place], list[str]]:
        """Return the places of an item's cells, and what stands there, for the rows with these numbers."""
        layout = self._found.layout
        codes = _witnesses(item, layout)
        column = layout.columns.get(codes[0], 0) if not layout.fills and layout.form.column(codes[0]).required else 0
        if not column:
            cells = [_first_cell(RowCells(layout, self._found.places[number]), codes) for number in numbers]
            return [(cell.row, cell.column) for cell in cells], [cell.raw for cell in cells]
        texts, places = self._texts_of(column), self._found.places
        return [(places[number], column) for number in numbers], [texts[number] for number in numbers]

    def _texts_of(self, column: int) -> list[str]:
        if column not in self._texts:
            layout = self._found.layout
            values = layout.sheet.grid.column(column, layout.first_row)
            own = [values[row - layout.first_row] for row in self._found.places]
            self._texts[column] = own if {*map(type, own)} == {str} else texts_of(own)
        return self._texts[column]


def _witnesses(item: Item, layout: Layout) -> list[str]:
    """Return the item's own column, the ticked yes/no column that makes the row count, and the row's keys."""
    ticked = [code for code in item.where if layout.form.column(code).codes == "yes_no"]
    named = [item.take, item.at, *(ticked if not layout.form.ledger else ()), *layout.form.key]
    return [code for code in named if code]


def _first_cell(cells: RowCells, codes: list[str]) -> Cell:
    """Return the first of the columns' cells. Raises StopIteration when none is there, which extract rules out."""
    return next(cells[code] for code in codes if code in cells)


def _distinct_keys(item: Item, found: Return, numbers: Sequence[int]) -> list[str]:
    """Return what tells the rows apart that are counted once."""
    code = item.distinct or ""
    by_unit, column = found.form.column(code).type == "unit", found.column(code)
    return [found.units[number] if by_unit else str(column[number] or found.units[number]) for number in numbers]
