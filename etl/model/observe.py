"""Observe: which items a row counts for, with which number, and which cell proves it."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from math import inf
from operator import itemgetter
from typing import TypeVar

from base.text import normalise
from etl.model.grid import texts_of
from etl.model.nouns import Cell, Layout, Parsed, Return, RowCells
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.deadlines import course_of
from stats.catalogue.models import Form, Item

T = TypeVar("T")
_NUMBER = (int, float)


@dataclass(kw_only=True, frozen=True)
class Data:
    """The data of one item in a return, as columns of equal length.

    `rows` are indices into the return's rows; `down` and `right` are row and column of the cell with the number (for a
    counted row: the cell that names what is counted), `texts` the cell's text. `keys` distinguish what is counted once.
    `firsts` and `lasts` are the quarters in which a datum counts, None where they are those of its row.
    """

    item: int
    rows: Sequence[int]
    values: Sequence[float]
    down: Sequence[int]
    right: Sequence[int]
    texts: Sequence[str]
    keys: Sequence[str | None]
    firsts: Sequence[int | None]
    lasts: Sequence[int | None]


@cache
def observer_of(catalogue: Catalogue) -> "Observer":
    """Return the observer of a catalogue."""
    return Observer(catalogue)


class Observer:
    """Turns rows into data, by the items that the catalogue declares for their form."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._numbers = {code: number for number, code in enumerate(catalogue.items)}
        self._items = {
            code: [self._plan(item) for item in (*catalogue.items_of(code), *catalogue.totals_in(code))]
            for code in catalogue.forms
        }
        self._done_if = {code: self._codes_of_done(item) for code, item in catalogue.items.items() if item.deadline}

    def observe(self, filed: Return) -> Iterator[Data]:
        """Yield the data of a return's rows, item by item: the number of the item's column, or 1 for a counted row."""
        witness = _Witness(filed)
        for item, wanted in self._items[filed.form.code]:
            numbers = _matching(filed, item, wanted)
            counting = _quarters(filed, item, numbers, self._done_if.get(item.code, {}))
            if item.deadline:
                numbers = [number for number in numbers if number in counting]
            if numbers:
                down, right, texts = witness.of(item, numbers)
                values = _numbers(filed, item.take, numbers) if item.take else [1.0] * len(numbers)
                keys: Sequence[str | None] = _distinct_keys(item, filed, numbers) if item.distinct else ()
                keys = keys or [None] * len(numbers)
                yield Data(
                    item=self._numbers[item.code],
                    rows=numbers,
                    values=values,
                    down=down,
                    right=right,
                    texts=texts,
                    keys=keys,
                    firsts=[counting[number][0] for number in numbers] if counting else [None] * len(numbers),
                    lasts=[counting[number][1] for number in numbers] if counting else [None] * len(numbers),
                )

    def rows_that_add_up(self, filed: Return) -> frozenset[int]:
        """Return the indices of the rows that count for any flow, that is, for their quarter alone."""
        flows = (plan for plan in self._items[filed.form.code] if plan[0].time == "sum")
        return frozenset(number for item, wanted in flows for number in _coded(filed, item, wanted))

    def counted_rows(self, filed: Return) -> frozenset[int]:
        """Return the indices of the rows that are counted themselves, whatever numbers they hold."""
        counts = (plan for plan in self._items[filed.form.code] if plan[0].take is None)
        return frozenset(number for item, wanted in counts for number in _coded(filed, item, wanted))

    def added(self, filed: Return) -> Iterator[tuple[Item, dict[int, float]]]:
        """Yield each item that sums numbers, with the number of each row that counts for it."""
        for item, wanted in self._items[filed.form.code]:
            if item.take:
                numbers = _matching(filed, item, wanted)
                yield item, dict(zip(numbers, _numbers(filed, item.take, numbers), strict=True))

    def total(self, item: Item, columns: Mapping[str, Sequence[object]]) -> float:
        """Return what an item is over rows given column by column: the sum of its numbers, or how many rows count."""
        wanted = next(codes for plan, codes in self._items[item.form] if plan.code == item.code)
        size = len(next(iter(columns.values()), ()))
        numbers = [at for at in range(size) if all(columns[code][at] in codes for code, codes in wanted.items())]
        for code in item.bounded:
            numbers = [at for at in numbers if _counts(item, code, columns[code][at], False)]
        taken = (columns[item.take][at] for at in numbers) if item.take else (1.0 for _ in numbers)
        return sum(float(value) for value in taken if isinstance(value, _NUMBER))

    def _plan(self, item: Item) -> tuple[Item, dict[str, frozenset[str]]]:
        form = self._catalogue.forms[item.form]
        return item, {code: self._expand(form, item, code) for code in item.where}

    def _codes_of_done(self, item: Item) -> dict[str, frozenset[str]]:
        """Return the codes that say that the end of an item's deadline has come, though its day is blank."""
        form = self._catalogue.forms[item.form]
        done_if = form.column(form.deadline(item.deadline or "").end).done_if
        return {
            code: self._expand_words(form, code, (words,) if isinstance(words, str) else words)
            for code, words in done_if.items()
        }

    def _expand(self, form: Form, item: Item, code: str) -> frozenset[str]:
        return self._expand_words(form, code, item.wanted(code))

    def _expand_words(self, form: Form, code: str, words: Sequence[str]) -> frozenset[str]:
        codes = self._catalogue.codes[form.column(code).codes or INDICATORS]
        return frozenset().union(*(codes.expand(word) for word in words))


def _coded(filed: Return, item: Item, wanted: dict[str, frozenset[str]]) -> Sequence[int]:
    """Return the indices of the rows with the codes and the numbers an item requires."""
    numbers: Sequence[int] = range(filed.size)
    for code, codes in wanted.items():
        column = filed.column(code)
        if not codes.issuperset(column):  # asked first, because most items count every row
            numbers = [number for number in numbers if column[number] in codes]
    reversals = filed.reversals() if item.bounded else {}
    for code in item.bounded:
        column = filed.column(code)
        numbers = [number for number in numbers if _counts(item, code, column[number], number in reversals)]
    return numbers


def _counts(item: Item, code: str, value: object, reversal: bool) -> bool:
    """Return whether a row counts by a number; in a row that reverses an earlier one it is taken the other way."""
    if not isinstance(value, _NUMBER):
        return False
    number = -value if reversal else value
    return (number > 0 or code not in item.positive) and (
        item.least.get(code, -inf) <= number <= item.most.get(code, inf)
    )


def _matching(filed: Return, item: Item, wanted: dict[str, frozenset[str]]) -> Sequence[int]:
    """Return the indices of the rows that count for an item."""
    numbers = _coded(filed, item, wanted)
    if item.take and None in (column := filed.column(item.take)):
        return [number for number in numbers if isinstance(column[number], _NUMBER)]
    return numbers


def _quarters(
    filed: Return, item: Item, numbers: Sequence[int], done_if: Mapping[str, frozenset[str]]
) -> dict[int, tuple[int, int | None]]:
    """Return the quarters in which each row is in the item's state, without rows that never are; else nothing.

    What is done on a day that is not known is in no state: neither open nor in time.
    """
    if item.deadline is None or item.state is None:
        return {}
    deadline = filed.form.deadline(item.deadline)
    exact, held = filed.form.exact(deadline), {code: filed.column(code) for code in deadline.columns()}
    counting: dict[int, tuple[int, int | None]] = {}
    for number in numbers:
        begun, ended = (_moment(held[code][number]) for code in (deadline.start, deadline.end))
        if ended is None and any(filed.column(code)[number] in codes for code, codes in done_if.items()):
            continue
        bound: float | datetime | None = deadline.limit
        if deadline.by or deadline.until:
            code = held[deadline.by or deadline.until or ""][number]
            bound = _moment(code) if deadline.until else deadline.limits.get(str(code))
        course = course_of(begun, ended, bound, exact) if begun else None
        if course and (quarters := course.quarters(item.state)):
            counting[number] = quarters
    return counting


def _moment(value: Parsed) -> datetime | None:
    """Return the time in a row, of a day its beginning; None where it has none."""
    if isinstance(value, date):
        return datetime.combine(value, time())
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def _numbers(filed: Return, code: str, numbers: Sequence[int]) -> list[float]:
    """Return the numbers in a column, for the rows that have one."""
    picked = _pick(filed.column(code), numbers)
    return [value if isinstance(value, _NUMBER) else 0.0 for value in picked]


def _pick(values: Sequence[T], numbers: Sequence[int]) -> Sequence[T]:
    """Return the values with these indices; the same list if all are meant, as most items count every row."""
    if len(numbers) == len(values):
        return values
    return list(itemgetter(*numbers)(values)) if len(numbers) > 1 else [values[number] for number in numbers]


class _Witness:
    """Finds the cells that prove the data of one return."""

    def __init__(self, filed: Return) -> None:
        self._found = filed
        self._places = array("i", filed.places)
        self._texts: dict[int, list[str]] = {}

    def of(self, item: Item, numbers: Sequence[int]) -> tuple[Sequence[int], Sequence[int], Sequence[str]]:
        """Return row, column and text of an item's cells for the rows with these indices."""
        layout, places = self._found.layout, self._found.places
        codes = _witnesses(item, layout)
        column = 0 if layout.fills else layout.columns.get(codes[0], 0)
        texts = _pick(self._texts_of(column), numbers) if column else []
        if column and (layout.form.column(codes[0]).required or all(map(str.strip, texts))):
            down = self._places if len(numbers) == len(places) else _pick(places, numbers)
            return down, array("i", [column]) * len(numbers), texts
        cells = [_first_cell(RowCells(layout, place), codes) for place in _pick(places, numbers)]
        return [cell.row for cell in cells], [cell.column for cell in cells], [cell.raw for cell in cells]

    def _texts_of(self, column: int) -> list[str]:
        if column not in self._texts:
            layout = self._found.layout
            values = layout.sheet.grid.column(column, layout.first_row)
            own = _pick(values, [row - layout.first_row for row in self._found.places])
            self._texts[column] = list(own) if {*map(type, own)} == {str} else texts_of(list(own))
        return self._texts[column]


def _witnesses(item: Item, layout: Layout) -> list[str]:
    """Return the item's own column, the ticked yes/no column that makes the row count, and the row's keys."""
    ticked = [code for code in item.where if layout.form.column(code).codes == "yes_no"]
    named = [item.take, item.at, *(ticked if not layout.form.ledger else ()), *layout.form.key]
    return [code for code in named if code]


def _first_cell(cells: RowCells, codes: list[str]) -> Cell:
    """Return the first of the columns' cells. Raises StopIteration when none is there, which extract rules out."""
    return next(cells[code] for code in codes if code in cells)


def _distinct_keys(item: Item, filed: Return, numbers: Sequence[int]) -> list[str]:
    """Return what distinguishes rows that are counted once: the organisation if nothing else does."""
    keys = {number: filed.units[number] for number in numbers}
    for code in reversed(item.distinct):
        column = filed.column(code) if filed.form.column(code).type != "unit" else []
        within = "" if code == item.distinct[0] else "{}|"
        for number in numbers if column else ():
            if column[number]:
                keys[number] = f"{within.format(filed.units[number])}{normalise(str(column[number]))}"
    return list(keys.values())
