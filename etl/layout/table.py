"""A table found by structure: its captions, its columns, its rows by kind, and remarks."""

from dataclasses import dataclass, field

from xlsxwriter.utility import xl_col_to_name

from etl.layout.area import CellArea
from etl.layout.text_kinds import number_of
from etl.model.nouns import Cell, address_of

TITLE, HEADER, SHEET, FILE = "标题", "表头", "工作表名", "文件名"


@dataclass(frozen=True)
class PlacedText:
    """A text and its place: a cell's address, or 标题, 表头, 工作表名, 文件名."""

    text: str
    where: str


@dataclass(frozen=True)
class Period:
    """The period of a table: the words, their place, the quarter (year × 4 + quarter − 1), the years."""

    text: str
    where: str
    quarter: int | None
    years: tuple[int, ...]


@dataclass(frozen=True)
class TableColumn:
    """A column: its labels from the top down, its unit of measure, and its role."""

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
    """A row: its label and its cells, including the text of merged cells to its left."""

    row: int
    label: str
    measure: str
    area: CellArea = field(repr=False, compare=False)
    lent: tuple[Cell, ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return the row's cells from left to right, newly created, because a roster has too many rows to keep them."""
        return tuple(sorted([*self.area.row(self.row), *self.lent], key=lambda cell: cell.column))

    def number(self, column: int) -> float | None:
        """Return the number in a column, or None when there is none."""
        return next((number_of(cell.raw) for cell in self.cells if cell.column == column), None)


@dataclass(frozen=True)
class Check:
    """One column of a total: the written number, the sum of its details, whether they agree (None: unknown)."""

    column: int
    written: float
    added: float | None
    agrees: bool | None


@dataclass
class TotalRow:
    """A total row, the detail rows it covers, the comparison of each column, and cells without a readable figure."""

    row: TableRow
    covers: tuple[int, ...]
    checks: tuple[Check, ...]
    unread: tuple[Cell, ...] = ()

    @property
    def agrees(self) -> bool | None:
        """Return whether the total agrees with its details in all columns, None if unknown."""
        verdicts = [check.agrees for check in self.checks]
        if False in verdicts:
            return False
        return True if verdicts and None not in verdicts and not self.unread else None


@dataclass(frozen=True)
class SumCheck:
    """A row in which a total column differs from the sum of the columns it covers."""

    row: int
    written: float
    added: float


@dataclass(frozen=True)
class ColumnTotal:
    """A column that claims to be the sum of others, the columns it covers, how many rows agree and which differ."""

    column: TableColumn
    covers: tuple[TableColumn, ...]
    agreeing: int
    differs: tuple[SumCheck, ...]


@dataclass(frozen=True)
class Subset:
    """A 其中 row: a part of row `of`, never added. `whole`: with its neighbours it adds up to that row."""

    row: TableRow
    of: int | None
    whole: bool


@dataclass(kw_only=True)
class Table:
    """One table of a sheet. Rows and columns are numbered from 1; texts are unchanged."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    title: PlacedText | None = None
    period: Period | None = None
    reporter: PlacedText | None = None
    measure: PlacedText | None = None
    captions: list[Cell] = field(default_factory=list)
    header_rows: tuple[int, ...] = ()
    columns: list[TableColumn] = field(default_factory=list)
    details: list[TableRow] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    derived: list[TableRow] = field(default_factory=list)
    column_totals: list[ColumnTotal] = field(default_factory=list)
    subsets: list[Subset] = field(default_factory=list)
    sections: list[TableRow] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)
    footers: list[Cell] = field(default_factory=list)
    prepared: list[int] = field(default_factory=list)
    loose_cells: list[Cell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def range(self) -> str:
        """Return the table's range with header and rows, such as A4:G17."""
        return f"{address_of((self.top, self.left))}:{address_of((self.bottom, self.right))}"

    def sum(self, column: int) -> float | None:
        """Return the sum of the detail rows in a column, None when none has a number."""
        known = [number for row in self.details if (number := row.number(column)) is not None]
        return sum(known) if known else None
