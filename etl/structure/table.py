"""A table as found by its structure: what stands above it, its columns, its rows by what they are, and its doubts."""

from dataclasses import dataclass, field

from xlsxwriter.utility import xl_col_to_name

from etl.nouns import Cell, address_of
from etl.structure.area import Area
from etl.structure.words import number_of

TITLE, HEADER, SHEET, FILE = "标题", "表头", "工作表名", "文件名"


@dataclass(frozen=True)
class Told:
    """A text and where it stands: a cell's address, or 标题, 表头, 工作表名, 文件名."""

    text: str
    where: str


@dataclass(frozen=True)
class Period:
    """The time a table tells: the words, where they stand, the quarter (year × 4 + quarter − 1), the years."""

    text: str
    where: str
    quarter: int | None
    years: tuple[int, ...]


@dataclass(frozen=True)
class TableColumn:
    """A column: its labels from the top down, its unit of measure, and whether it holds figures to add up."""

    number: int
    path: tuple[str, ...]
    measure: str
    role: str  # "label": names or numbers the rows; "figure": adds up; "total": is a sum of others; "rate"; "text"

    @property
    def letter(self) -> str:
        """Return the column as a spreadsheet shows it, such as C."""
        return str(xl_col_to_name(self.number - 1))


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its label and its cells, with the text of merged cells to its left counted in."""

    row: int
    label: str
    measure: str
    area: Area = field(repr=False, compare=False)
    lent: tuple[Cell, ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return the row's cells from left to right, made anew: a roster has too many rows to keep them all."""
        return tuple(sorted([*self.area.row(self.row), *self.lent], key=lambda cell: cell.column))

    def number(self, column: int) -> float | None:
        """Return the number in a column, or None when there is none."""
        return next((number_of(cell.raw) for cell in self.cells if cell.column == column), None)


@dataclass(frozen=True)
class Check:
    """One column of a total: what is written, what its details add up to, whether they agree (None: can't be told)."""

    column: int
    written: float
    added: float | None
    agrees: bool | None


@dataclass
class Total:
    """A total row, the detail rows it covers, how each column compares, and cells where no figure can be read."""

    row: TableRow
    covers: tuple[int, ...]
    checks: tuple[Check, ...]
    unread: tuple[Cell, ...] = ()

    @property
    def agrees(self) -> bool | None:
        """Return whether the total agrees with its details in all columns, or None when that can't be told."""
        told = [check.agrees for check in self.checks]
        if False in told:
            return False
        return True if told and None not in told and not self.unread else None


@dataclass(frozen=True)
class RowCheck:
    """A row in which a total column is not what the columns that it covers add up to."""

    row: int
    written: float
    added: float


@dataclass(frozen=True)
class ColumnTotal:
    """A column that says it is the sum of others, those it covers, how many rows agree and which differ."""

    column: TableColumn
    covers: tuple[TableColumn, ...]
    agreeing: int
    differs: tuple[RowCheck, ...]


@dataclass(frozen=True)
class Subset:
    """A 其中 row: a part of row `of`, never added. `whole`: with its neighbours it makes up the whole of that row."""

    row: TableRow
    of: int | None
    whole: bool


@dataclass
class Table:
    """One table of a sheet. Rows and columns count from 1; texts stand as found."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    title: Told | None = None
    period: Period | None = None
    reporter: Told | None = None
    measure: Told | None = None
    captions: list[Cell] = field(default_factory=list)
    header_rows: tuple[int, ...] = ()
    columns: list[TableColumn] = field(default_factory=list)
    details: list[TableRow] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    derived: list[TableRow] = field(default_factory=list)
    column_totals: list[ColumnTotal] = field(default_factory=list)
    subsets: list[Subset] = field(default_factory=list)
    sections: list[TableRow] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)
    footers: list[Cell] = field(default_factory=list)
    prepared: list[int] = field(default_factory=list)
    beside: list[Cell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def range(self) -> str:
        """Return the table's range with header and rows, such as A4:G17."""
        return f"{address_of((self.top, self.left))}:{address_of((self.bottom, self.right))}"

    def sum(self, column: int) -> float | None:
        """Return what the detail rows add up to in a column, None when none holds a number."""
        found = [number for row in self.details if (number := row.number(column)) is not None]
        return sum(found) if found else None
