"""What travels along the way: a file as received, its sheets and cells, the rows read from them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from etl.decided import Act
from etl.reading.grid import Cell, CellKind, Grid, Place, address_of
from stats.catalogue_models import Form

__all__ = ["Cell", "CellKind", "Grid", "Place", "address_of"]

Parsed = int | float | str | date | None


@dataclass(frozen=True)
class Submission:
    """A file as received: its sha256, the sender's name for it, and where the kept original lies."""

    sha: str
    name: str
    path: Path
    seq: int


@dataclass(frozen=True)
class Sheet:
    """A sheet as read: its cells by place, and the merged ranges as (top, left, bottom, right).

    Rows and columns that are hidden or filtered out count from 1. `since_1904`: its days count from 1904, not 1900.
    """

    name: str
    cells: Mapping[Place, Cell]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    visible: bool = True
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    since_1904: bool = False

    @cached_property
    def grid(self) -> Grid:
        """Return the cells as rows of values."""
        return self.cells if isinstance(self.cells, Grid) else Grid.of(self.cells.values())

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
        """Return, for every place covered by a merged range, the place that holds the range's cell."""
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.merges
            for row in range(top, min(bottom, self.height) + 1)
            for column in range(left, min(right, self.width) + 1)
        }

    def row_cells(self, row: int) -> Iterator[Cell]:
        """Yield the cells of one row from left to right."""
        yield from self.grid.row_cells(row)


@dataclass(frozen=True)
class Head:
    """What stands above the table: who reports, for which quarter, in which unit of money. Texts, as found."""

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


@dataclass(frozen=True)
class Layout:
    """Where a form's data lie in a sheet: `columns` by column code for a table, `places` for a single-unit return.

    `answers` are the header paths somebody said to be a column (its code) or to be of no use (""), as far as they fit.
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

    @property
    def codes(self) -> Iterable[str]:
        """Return the codes of the columns found."""
        return self.columns if self.kind == "table" else self.places

    @cached_property
    def fills(self) -> dict[Place, Place]:
        """Return, for a text column, the places that a merged range below the header covers: its text counts there."""
        origins = {} if self.kind == "return" else self.sheet.merged_origins
        columns = {column for code, column in self.columns.items() if not self.form.column(code).numeric}
        return {
            place: origin
            for place, origin in origins.items()
            if place[1] in columns and origin[1] == place[1] and origin[0] >= self.first_row and origin != place
        }

    def place(self, row: int, code: str) -> Place:
        """Return where the cell of a column stands for a row; (0, 0) when the column is not in the sheet."""
        if self.kind == "return":
            return self.places.get(code, (0, 0))
        place = row, self.columns.get(code, 0)
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


@dataclass(slots=True)
class Row:
    """One row of a form: parsed values by column code, and where it stands. `key` is what identifies it in its form."""

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


@dataclass
class Return:
    """One form of one reporter for one quarter, as found in one sheet, column by column.

    A roster can have 100,000 rows, so they are not kept as such: `places` are the rows of the sheet they stand in,
    `columns` their values by column code, None where nothing stands. Resolving adds the organisation of each row, the
    first and the last quarter it counts in, and the key that identifies it within its form. `act` is what it is taken
    in as: added to what is in force (补报), or in its place.
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

    @property
    def form(self) -> Form:
        """Return the form."""
        return self.layout.form

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
        """Return the rows, for where there are few or each is looked at as a whole."""
        return [self.row(number) for number in range(self.size)]

    def row(self, number: int) -> Row:
        """Return a row by its number among the rows, counted from 0; what is not resolved yet is blank."""
        held = ((code, column[number]) for code, column in self.columns.items())
        values: dict[str, Parsed] = {code: value for code, value in held if value is not None}
        made = Row(self.layout, self.places[number], values)
        if self.keys:
            made.unit, made.key = self.units[number], self.keys[number]
            made.first, made.last = self.firsts[number], self.lasts[number]
        return made

    @property
    def days(self) -> list[date | None]:
        """Return the day each row speaks of, None where it has none."""
        days = self.column(self.form.date) if self.form.date else [None] * self.size
        return [day if isinstance(day, date) else None for day in days]

    def reversals(self) -> dict[int, list[str]]:
        """Return the numbers of the rows that take an earlier one back, each with its columns below zero."""
        below: dict[int, list[str]] = {}
        for column in self.form.sized if self.form.reversible else ():
            for number, value in enumerate(self.column(column.code)):
                if isinstance(value, int | float) and value < 0:
                    below.setdefault(number, []).append(column.code)
        return below

    def column(self, code: str) -> list[Parsed]:
        """Return what stands in a column, row by row; None where nothing does."""
        return self.columns.get(code) or [None] * self.size
