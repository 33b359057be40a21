"""Observe: which items a row counts for, with which number, and which cell is the evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl.nouns import Cell, Row
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue_models import Form, Item


@dataclass(frozen=True)
class Datum:
    """A number for an item, and the cell it stood in (for a counted row: the cell that names what is counted)."""

    item: int
    value: float
    cell: Cell
    distinct_key: str | None

    @property
    def place(self) -> tuple[int, int]:
        """Return the row and column of the cell."""
        return self.cell.row, self.cell.column


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

    def observe(self, row: Row) -> Iterator[Datum]:
        """Yield the data of a row: the number of the item's column, or 1 for a counted row."""
        for item, wanted in self._items[row.form.code]:
            if _matches(item, wanted, row):
                value = 1.0 if item.take is None else row.number(item.take)
                cell = _evidence(item, row)
                if value is not None and cell:
                    yield Datum(self._numbers[item.code], value, cell, _distinct_key(item, row))

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


def _evidence(item: Item, row: Row) -> Cell | None:
    """Return the item's own column, the ticked yes/no column that makes the row count, or the row's first key."""
    ticked = [code for code in item.where if row.form.column(code).codes == "yes_no"]
    named = [item.take, item.at, *(ticked if not row.form.ledger else ()), *row.form.key]
    return next((row.cells[code] for code in named if code and code in row.cells), None)


def _distinct_key(item: Item, row: Row) -> str | None:
    if item.distinct is None:
        return None
    value = row.values.get(item.distinct)
    return row.unit if row.form.column(item.distinct).type == "unit" else str(value or row.unit)
