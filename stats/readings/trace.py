"""Traces: from a reading to the cells it was computed from, and the cells around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from base.errors import UserError
from base.month_spans import QUARTER, format_period
from base.periods import Span, whole_of
from stats.catalogue import Catalogue
from stats.warehouse import Warehouse, run_query

JSON_KEYS = ("submission", "file", "sheet", "address", "raw", "value", "unit", "period", "item", "own")


@dataclass(kw_only=True, frozen=True)
class CellRef:
    """A cell that a reading counts: its place, its text, and the number read from it.

    `submission` is the file's sha256, `file` the kept original, `name` the sender's name for it; `role` is numerator
    or denominator. `own`: it holds the organisation's own total. `value` is in the stored unit (元, 吨); a counted row
    has the value 1.
    """

    submission: str
    name: str
    file: str
    sheet: str
    address: str
    raw: str
    value: float
    unit: str
    unit_name: str
    period: str
    item: str
    item_name: str
    role: str
    row: int
    column: int
    own: bool = False

    @property
    def said_item(self) -> str:
        """Return the item's name, with a mark where the cell holds an organisation's own total."""
        return f"{self.item_name}（本单位总数）" if self.own else self.item_name

    def as_row(self) -> dict[str, Any]:
        """Return the cell under the keys of the command line's JSON."""
        return {key: getattr(self, key) for key in JSON_KEYS}


def trace(warehouse: Warehouse, catalogue: Catalogue, code: str, unit: str, span: Span) -> list[CellRef]:
    """Return the cells behind a reading: numerator first, then denominator, by quarter and organisation.

    The values of the numerator's cells add up to the reading's numerator. Raises UserError for an unknown code.
    """
    return trace_each(warehouse, catalogue, [(code, unit, span)])[0]


def trace_each(
    warehouse: Warehouse, catalogue: Catalogue, asked: Sequence[tuple[str, str, Span]]
) -> list[list[CellRef]]:
    """Return the cells behind each of several readings, as `trace` does, in one query.

    A reading is asked for by its indicator, organisation and span. Raises UserError for an unknown code.
    """
    spans = [_held(catalogue, code, span) for code, _, span in asked]
    rows = run_query(
        warehouse,
        "trace.sql",
        asked=list(range(len(asked))),
        indicators=[catalogue.indicator(code).code for code, _, _ in asked],
        units=[unit for _, unit, _ in asked],
        first=[span.first for span in spans],
        last=[span.last for span in spans],
    )
    cells: list[list[CellRef]] = [[] for _ in asked]
    for row in rows:
        cells[row.pop("asked")].append(cell_ref(warehouse, row))
    return cells


def _held(catalogue: Catalogue, code: str, span: Span) -> Span:
    """Return what an indicator of longer periods answers of a span; one without periods where it is nothing."""
    return whole_of(span, catalogue.months_each(catalogue.indicator(code))) or Span(span.last + 1, span.last)


def original(warehouse: Warehouse, cell: CellRef) -> Path:
    """Return the path of the kept original. Raises UserError when it is no longer in the inbox."""
    path = Path(cell.file)
    if not path.is_file():
        raise UserError(f"原件“{cell.name}”已不在收件箱里。请从备份中找回。")
    return path


def cell_ref(warehouse: Warehouse, row: dict[str, Any]) -> CellRef:
    """Return the cell of a query's row with the fields of a reference; rows and columns are counted from 1."""
    period = format_period(row["period"], row.pop("months", QUARTER))
    address = xl_rowcol_to_cell(row["row"] - 1, row["column"] - 1)
    return CellRef(**row | {"address": address, "file": _kept(warehouse.store, row["file"]), "period": period})


@lru_cache(maxsize=4096)
def _kept(store: Path, file: str) -> str:
    """Return the path of an original. Thousands of cells come from few files, and joining paths is slow."""
    return str(store / file)
