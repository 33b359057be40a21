"""Standings and cells as tables, ready to be drawn."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from base.formats import say_value
from stats.catalogue.models import Indicator
from stats.readings.standings import Standing
from stats.readings.trace import CellRef

_HEAD_ROWS = 6  # rows with title, sender and header of a form
_ROWS_NEAR = 3


@dataclass(kw_only=True, frozen=True)
class UnitColumn:
    """One indicator's column of a UnitTable: code, heading, definition; each organisation's value, text, shade."""

    code: str
    heading: str
    explained: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    shades: tuple[float, ...]


@dataclass(frozen=True)
class UnitTable:
    """Organisations by indicators. An unknown value is None and printed as a dash."""

    units: tuple[str, ...]
    columns: tuple[UnitColumn, ...]


@dataclass(kw_only=True, frozen=True)
class CellGroup:
    """The cells of one file for one organisation and item: their number and their sum."""

    unit: str
    unit_name: str
    submission: str
    name: str
    item: str
    item_name: str
    count: int
    total: float


@dataclass(frozen=True)
class SheetView:
    """A part of a sheet as sent: column letters, and row numbers with their texts. `here` is the cell's position."""

    letters: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    here: tuple[int, int]


def unit_table(
    standings: Mapping[str, Sequence[Standing]], units: Mapping[str, str], indicators: Sequence[tuple[Indicator, str]]
) -> UnitTable:
    """Return a table of organisations (names by code), in their order, without indicators that none has.

    An indicator is given with its unit of measure.
    """
    columns = []
    for indicator, measure in indicators:
        values_by_unit = {standing.unit: standing.value for standing in standings.get(indicator.code, ())}
        values = [values_by_unit.get(code) for code in units]
        if any(values):
            columns.append(_unit_column(values, indicator, measure))
    return UnitTable(tuple(units.values()), tuple(columns))


def _unit_column(values: Sequence[float | None], indicator: Indicator, measure: str) -> UnitColumn:
    known = [value for value in values if value is not None]
    low, room = min(known), max(known) - min(known)
    return UnitColumn(
        code=indicator.code,
        heading=indicator.name,
        explained=f"{indicator.question}口径：{indicator.base}",
        values=tuple(values),
        texts=tuple(say_value(value, measure, indicator.decimals) for value in values),
        shades=tuple(0.0 if value is None or not room else (value - low) / room for value in values),
    )


def group_cells(cells: Sequence[CellRef]) -> list[CellGroup]:
    """Return the cells grouped by organisation, file and item, organisations in their order of appearance."""
    groups: dict[tuple[str, str, str], CellGroup] = {}
    for cell in cells:
        key = (cell.unit, cell.submission, cell.item)
        group = groups.get(key) or CellGroup(
            unit=cell.unit,
            unit_name=cell.unit_name,
            submission=cell.submission,
            name=cell.name,
            item=cell.item,
            item_name=cell.said_item,
            count=0,
            total=0.0,
        )
        groups[key] = replace(group, count=group.count + 1, total=group.total + cell.value)
    return list(groups.values())


def find_cells(cells: Sequence[CellRef], words: str) -> list[CellRef]:
    """Return the cells whose organisation, file, sheet, address or text contains each of the words."""
    wanted = words.split()
    return [
        cell
        for cell in cells
        if all(word in f"{cell.unit_name} {cell.name} {cell.sheet} {cell.address} {cell.raw}" for word in wanted)
    ]


def lay_out(neighbours: Sequence[tuple[int, int, str]], cell: CellRef) -> SheetView:
    """Return a sheet's head and the rows near a cell as a grid; `neighbours` holds each cell's row, column and text."""
    texts: dict[int, dict[int, str]] = defaultdict(dict)
    for row, column, raw in neighbours:
        if row <= _HEAD_ROWS or abs(row - cell.row) <= _ROWS_NEAR:
            texts[row][column] = raw
    columns = sorted({column for row in texts.values() for column in row} | {cell.column})
    wide = range(columns[0], columns[-1] + 1)
    rows = tuple((row, tuple(row_texts.get(column, "") for column in wide)) for row, row_texts in sorted(texts.items()))
    return SheetView(tuple(get_column_letter(column) for column in wide), rows, (cell.row, cell.column - columns[0]))
