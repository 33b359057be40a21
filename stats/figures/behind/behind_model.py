"""The cells behind a mark, as they are asked for and as they are found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from base.periods import Span
from stats.catalogue.models import Item
from stats.figures.elements.figure_model import Mark, Selection, Series, Source
from stats.organisations import Organisation, organisations_by_code
from stats.readings.trace import CellRef, cell_ref
from stats.totals import declared
from stats.warehouse import run_query


@dataclass(frozen=True)
class Asked:
    """A mark of a figure for a selection, and the place of its series in the figure."""

    view: Selection
    series: Series
    at: int
    mark: Mark


@dataclass(frozen=True)
class Behind:
    """The cells a mark was made of, and how many rows have none that is counted.

    A cell's value is in `measure`. `adds_up_to` is the mark's number where the cells have to add up to it, None where
    it is made of them in another way, as a median is.
    """

    cells: Sequence[CellRef]
    measure: str
    adds_up_to: float | None = None
    without: int = 0


def cells_of_rows(source: Source, form: str, records: Sequence[int], total: str = "") -> tuple[list[CellRef], int]:
    """Return a cell for each row of a form, with 1 or the number in the column `total`; and how many rows have none.

    The cell of a number is that of its own column: a row has none where no item takes that column.
    """
    items = [item.code for item in source.catalogue.items.values() if (item.form, item.take) == (form, total)]
    ids = [declared(source.warehouse).items[code].id for code in items]
    rows = run_query(source.warehouse, "cells_of_records.sql", records=list(records), total=total, items=ids)
    named = {"item": "", "item_name": source.catalogue.forms[form].name, "role": ""}
    known = [cell_ref(source.warehouse, row | named) for row in rows if row["row"] is not None]
    return known, len(rows) - len(known)


def cells_of_item(
    source: Source, item: Item, unit: str, quarters: Span, data: Sequence[int] | None = None
) -> list[CellRef]:
    """Return the cells that an item counts for an organisation in some quarters: those with these ids, or all."""
    rows = run_query(
        source.warehouse,
        "cells_of_data.sql",
        data=list(data or ()),
        every=data is None,
        item=declared(source.warehouse).items[item.code].id,
        unit=unit,
        first=quarters.first,
        last=quarters.last,
    )
    named: dict[str, Any] = {"item": item.code, "item_name": item.name, "role": ""}
    return [cell_ref(source.warehouse, row | named) for row in rows]


def add_up_below(source: Source, unit: str, cells: Sequence[CellRef]) -> list[tuple[str, float]]:
    """Return what the cells add up to for each organisation right below one, by name, the most first.

    What belongs to the organisation itself stands under its own name.
    """
    known = organisations_by_code(source.warehouse)
    values: dict[str, list[float]] = {}
    for cell in cells:
        values.setdefault(_right_below(known, unit, cell.unit), []).append(cell.value)
    sums = {code: fsum(own) for code, own in values.items()}
    return [(known[code].name, sums[code]) for code in sorted(sums, key=lambda code: (-sums[code], code))]


def _right_below(known: Mapping[str, Organisation], unit: str, code: str) -> str:
    while code != unit and code in known and known[code].parent != unit:
        code = known[code].parent or unit
    return code if code in known else unit
