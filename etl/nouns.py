"""What travels along the way: a file as received, its sheets and cells, the rows read from them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from xlsxwriter.utility import xl_rowcol_to_cell

from stats.catalogue_models import Form

CellKind = Literal["number", "text", "date", "error"]
Place = tuple[int, int]
Parsed = int | float | str | date | None


@dataclass(frozen=True)
class Submission:
    """A file as received: its sha256, the sender's name for it, and where the kept original lies."""

    sha: str
    name: str
    path: Path
    seq: int


@dataclass(frozen=True)
class Cell:
    """A non-empty cell; row and column count from 1. `raw` is what stands there, as text."""

    row: int
    column: int
    raw: str
    kind: CellKind

    @property
    def address(self) -> str:
        """Return the address as a spreadsheet shows it, such as C7."""
        return address_of((self.row, self.column))


@dataclass(frozen=True)
class Sheet:
    """A sheet as read: its cells by place, and the merged ranges as (top, left, bottom, right)."""

    name: str
    cells: dict[Place, Cell]
    merges: tuple[tuple[int, int, int, int], ...] = ()

    @cached_property
    def height(self) -> int:
        """Return the last row that holds anything."""
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        """Return the last column that holds anything."""
        return max((column for _, column in self.cells), default=0)

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
        for column in range(1, self.width + 1):
            if (row, column) in self.cells:
                yield self.cells[row, column]


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
    """Where a form's data lie in a sheet: `columns` by column code for a table, `places` for a single-unit return."""

    sheet: Sheet
    form: Form
    kind: Literal["table", "return"]
    head: Head
    header: Header | None
    first_row: int
    columns: dict[str, int]
    places: dict[str, Place]
    scales: dict[str, str]


@dataclass
class Row:
    """One row of a form: parsed values and the cells they stood in, by column code."""

    form: Form
    sheet: str
    row: int
    values: dict[str, Parsed]
    cells: dict[str, Cell]
    unit: str = ""
    first: int = 0
    last: int | None = None

    def number(self, code: str) -> float | None:
        """Return a number of this row, or None when it is blank."""
        value = self.values.get(code)
        return value if isinstance(value, int | float) else None


@dataclass
class Return:
    """One form of one reporter for one quarter, as found in one sheet."""

    form: Form
    sheet: str
    reporter: str
    period: int
    nil: bool = False
    rows: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)


def address_of(place: Place) -> str:
    """Return the spreadsheet address of a place (row, column), both counted from 1."""
    return str(xl_rowcol_to_cell(place[0] - 1, place[1] - 1))
