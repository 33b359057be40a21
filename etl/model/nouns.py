"""The data passed between the stages: a file as received, its sheets and cells, the rows read from them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from etl.model.decisions_made import Act
from etl.model.grid import Cell, CellKind, Grid, Place, address_of
from etl.model.shown import ShownTable
from stats.catalogue.models import Form

__all__ = ["Cell", "CellKind", "Grid", "Place", "address_of"]

Parsed = int | float | str | date | None
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?")
Merge = tuple[int, int, int, int]  # top, left, bottom, right


def day_of(value: Parsed) -> date | None:
    """Return the day of a date or a moment, None for any other value."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return date.fromisoformat(value[:10])
    return value if isinstance(value, date) else None


@dataclass(frozen=True)
class Submission:
    """A file as received: its sha256, the sender's name for it, and the path of the kept original."""

    sha: str
    name: str
    path: Path
    seq: int


@dataclass(kw_only=True, frozen=True)
class Sheet:
    """A sheet as read: its cells by place, and the merged ranges as (top, left, bottom, right).

    Hidden or filtered rows and columns are numbered from 1. `since_1904`: dates count from 1904, not 1900. `unseen`:
    filled cells that a format or white letters hide. `covered`: cells below a merged range that held something.
    `merged_over`: filled rows over which a merged range was left lying; nobody sees them whole, and they count.
    """

    name: str
    cells: Mapping[Place, Cell]
    merges: tuple[Merge, ...] = ()
    visible: bool = True
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    since_1904: bool = False
    unseen: frozenset[Place] = frozenset()
    covered: tuple[Cell, ...] = ()
    merged_over: frozenset[int] = frozenset()

    @cached_property
    def grid(self) -> Grid:
        """Return the cells as rows of values."""
        return self.cells if isinstance(self.cells, Grid) else Grid.of(self.cells.values())

    @property
    def unseen_rows(self) -> frozenset[int]:
        """Return the rows that count and are not seen, or not whole."""
        return self.hidden_rows | self.merged_over

    @property
    def whole(self) -> "Sheet":
        """Return the sheet with the covered cells as well, for the search for personal data."""
        return replace(self, cells=Grid.of([*self.cells.values(), *self.covered])) if self.covered else self

    @property
    def height(self) -> int:
        """Return the last row that holds anything."""
        return self.grid.height

    @property
    def width(self) -> int:
        """Return the last column that holds anything."""
        return self.grid.width

    @cached_property
    def merged_origins(self) -> dict[Place, Place]:
        """Return, for every position covered by a merged range, the position of the range's cell."""
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.merges
            for row in range(top, min(bottom, self.height) + 1)
            for column in range(left, min(right, self.width) + 1)
        }

    @cached_property
    def merges_from(self) -> Mapping[int, Sequence[Merge]]:
        """Return the merged ranges by their first row."""
        merges: dict[int, list[Merge]] = {}
        for merge in self.merges:
            merges.setdefault(merge[0], []).append(merge)
        return merges

    def merge_at(self, place: Place) -> Merge | None:
        """Return the merged range that begins at a position, None when there is none."""
        return next((merge for merge in self.merges_from.get(place[0], ()) if merge[1] == place[1]), None)

    def row_cells(self, row: int) -> Iterator[Cell]:
        """Yield the cells of one row from left to right."""
        yield from self.grid.row_cells(row)


@dataclass(kw_only=True, frozen=True)
class Head:
    """The texts above the table: who reports, for which period of the form's length, in which unit of money."""

    title: str
    reporter: Cell | None
    reporter_text: str
    period: int | None
    period_text: str
    period_cell: Cell | None
    money: str | None


@dataclass(frozen=True)
class Header:
    """A possible header: rows `top` to `top + depth - 1`; the label path and bracketed unit of each column."""

    top: int
    depth: int
    paths: dict[int, list[str]]
    units: dict[int, str]


@dataclass(kw_only=True, frozen=True)
class Layout:
    """Where a form's data are in a sheet: `columns` by column code for a table, `places` for a single-unit return.

    `answers` are paths that somebody assigned to a column or declared unused (""), `shown` what a declared layout says.
    """

    sheet: Sheet
    form: Form
    kind: Literal["table", "return"]
    head: Head
    header: Header | None
    first_row: int
    columns: dict[str, int]
    places: dict[str, Place]
    scales: dict[str, str]
    answers: dict[str, str] = field(default_factory=dict)
    shown: ShownTable | None = None

    @property
    def codes(self) -> Iterable[str]:
        """Return the codes of the columns found."""
        return self.columns if self.kind == "table" else self.places

    @cached_property
    def fills(self) -> dict[Place, Place]:
        """Return, for a text column, the positions below the header that merged ranges cover with their text."""
        origins = {} if self.kind == "return" else self.sheet.merged_origins
        columns = {column for code, column in self.columns.items() if not self.form.column(code).numeric}
        return {
            place: origin
            for place, origin in origins.items()
            if place[1] in columns and origin[1] == place[1] and origin[0] >= self.first_row and origin != place
        }

    def place(self, row: int, code: str) -> Place:
        """Return the position of a column's cell in a row; (0, 0) when the column is not in the sheet."""
        if self.kind == "return":
            return self.places.get(code, (0, 0))
        place = row, self.columns.get(code, 0)
        if self.shown and code in self.shown.fixed:  # what no cell says is shown at the first of the row
            return row, next((at for at in self.columns.values() if (row, at) in self.sheet.grid), 0)
        return self.fills.get(place, place)


class RowCells(Mapping[str, Cell]):
    """The cells of one row by column code, each made when asked for."""

    def __init__(self, layout: Layout, row: int) -> None:
        self._layout = layout
        self._row = row

    def __getitem__(self, code: str) -> Cell:
        return self._layout.sheet.grid[self._layout.place(self._row, code)]

    def __iter__(self) -> Iterator[str]:
        grid = self._layout.sheet.grid
        return (code for code in self._layout.codes if self._layout.place(self._row, code) in grid)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(kw_only=True, slots=True)
class Row:
    """One row of a form: parsed values by column code, and its position. `key` identifies it within its form."""

    layout: Layout
    row: int
    values: dict[str, Parsed]
    unit: str = ""
    first: int = 0
    last: int | None = None
    key: str = ""

    @property
    def form(self) -> Form:
        """Return the row's form."""
        return self.layout.form

    @property
    def cells(self) -> RowCells:
        """Return the cells of this row by column code."""
        return RowCells(self.layout, self.row)

    def number(self, code: str) -> float | None:
        """Return a number of this row, or None when it is blank."""
        value = self.values.get(code)
        return value if isinstance(value, int | float) else None


@dataclass(kw_only=True)
class Return:
    """One form of one reporter for one period (a number of the form's own length), as found in one sheet, by column.

    Rosters are long, so data are kept by column: `places` are row numbers in the sheet, `columns` the values by code,
    None where blank. Resolving adds each row's organisation, first and last quarter, and its key within the form.
    `act` is how it is taken in: added (补报) or replacing. `part`: which part of a ledger, where each numbers from 1.
    """

    layout: Layout
    reporter: str
    period: int
    nil: bool = False
    places: list[int] = field(default_factory=list)
    columns: dict[str, list[Parsed]] = field(default_factory=dict)
    totals: list[Row] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lasts: list[int | None] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    act: Act = ""
    part: str = ""

    @property
    def form(self) -> Form:
        """Return the form."""
        return self.layout.form

    @property
    def quarter(self) -> int:
        """Return the quarter in which its period ends."""
        return self.form.quarter(self.period)

    @property
    def sheet(self) -> str:
        """Return the name of the sheet."""
        return self.layout.sheet.name

    @property
    def size(self) -> int:
        """Return the number of rows."""
        return len(self.places)

    @property
    def rows(self) -> list[Row]:
        """Return the rows as objects, for when there are few or each is needed as a whole."""
        return [self.row(number) for number in range(self.size)]

    def row(self, number: int) -> Row:
        """Return a row by its index from 0; fields that are not resolved yet are blank."""
        held = ((code, column[number]) for code, column in self.columns.items())
        values: dict[str, Parsed] = {code: value for code, value in held if value is not None}
        made = Row(layout=self.layout, row=self.places[number], values=values)
        if self.keys:
            made.unit, made.key = self.units[number], self.keys[number]
            made.first, made.last = self.firsts[number], self.lasts[number]
        return made

    @property
    def days(self) -> list[date | None]:
        """Return the date of each row, None where it has none."""
        return list(map(day_of, self.column(self.form.date))) if self.form.date else [None] * self.size

    def reversals(self) -> dict[int, list[str]]:
        """Return the indices of the rows that reverse an earlier one, each with its negative columns."""
        below: dict[int, list[str]] = {}
        for column in self.form.sized if self.form.reversible else ():
            for number, value in enumerate(self.column(column.code)):
                if isinstance(value, int | float) and value < 0:
                    below.setdefault(number, []).append(column.code)
        return below

    def column(self, code: str) -> list[Parsed]:
        """Return a column's values, row by row; None where blank."""
        return self.columns.get(code) or [None] * self.size
