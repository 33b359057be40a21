"""Grid: the values of a sheet row by row, as they were read, and its cells by place, made only when asked for.

A roster of 100,000 rows has three million cells; a cell as an object for each would cost more than reading the file.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any, Literal

from xlsxwriter.utility import xl_rowcol_to_cell

from base.text import INVISIBLE, without_invisible
from etl.model.number_format import Showing

ERROR_VALUE = "错误值"
_ERRORS = frozenset({"#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!",
                     "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", "#GETTING_DATA"})  # fmt: skip
_ERROR_NUMBER = re.compile(r"Err:\d{3}")  # as LibreOffice writes it
_HOUR, _DECIMALS = 3600, 9
_MANY = 5000  # rows from which many texts are the same
_LARGEST = 1e15  # up to which a number is written without an exponent
CellKind = Literal["number", "text", "date", "error"]
Place = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """A non-empty cell; row and column count from 1. `raw` is the content as text.

    `shown` is what a number format makes of it, where that is more than the number itself: 12.5万元, 0012; else "".
    """

    row: int
    column: int
    raw: str
    kind: CellKind
    shown: str = ""

    @property
    def text(self) -> str:
        """Return what people see in the cell."""
        return self.shown or self.raw

    @property
    def address(self) -> str:
        """Return the address as a spreadsheet shows it, such as C7."""
        return address_of((self.row, self.column))


class Grid(Mapping[Place, Cell]):
    """The non-empty cells of a sheet by place. A value is what the reader gave, or a cell that was made beforehand."""

    def __init__(self, rows: list[list[Any]]) -> None:
        self._rows = rows
        self._columns: dict[tuple[int, int], list[Any]] = {}
        self._made = False  # whether it holds cells made beforehand

    @classmethod
    def of(cls, cells: Iterable[Cell]) -> "Grid":
        """Return the grid of cells that were made beforehand."""
        grid = cls([])
        for cell in cells:
            grid.put(cell)
        return grid

    def put(self, cell: Cell) -> None:
        """Put a cell in its place and replace what was there."""
        self._rows += ([] for _ in range(cell.row - len(self._rows)))
        row = self._rows[cell.row - 1]
        row += [""] * (cell.column - len(row))
        row[cell.column - 1] = cell
        self._made = True
        self._forget()

    def _forget(self) -> None:
        """Drop what was reckoned from the values."""
        self._columns.clear()
        for known in ("height", "width", "_shortest"):
            self.__dict__.pop(known, None)

    def drop(self, places: Iterable[Place]) -> None:
        """Take the values of filled places out."""
        for row, column in places:
            self._rows[row - 1][column - 1] = ""
        self._forget()

    def show(self, formats: Mapping[Place, Showing]) -> None:
        """Note what is shown in cells whose format shows more than the number."""
        for (row, column), shown in formats.items():
            if row <= len(self._rows) and column <= len(self._rows[row - 1]):
                value = self._rows[row - 1][column - 1]
                value = float(value) if type(value) is int else value
                if displayed := shown.say(value):
                    self.put(Cell(row, column, *as_text(value), displayed))

    def clean(self) -> None:
        """Remove invisible characters from all texts."""
        texts: Iterable[str] = [value for row in self._rows for value in row if type(value) is str]
        if self._made:
            texts = self.texts() | {value.shown for value in self.different() if type(value) is Cell}
        if INVISIBLE.search("\n".join(set(texts) if self.height > _MANY else texts)):
            for row in self._rows:
                row[:] = map(_cleaned, row)
            self._columns.clear()

    def only(self, columns: Iterable[int], first: int) -> "Grid":
        """Return the grid without the cells of other columns from row `first` on."""
        kept = {column: self.column(column, first) for column in sorted(columns)}
        return _ColumnGrid(self._rows[: first - 1], kept, first)

    @cached_property
    def height(self) -> int:
        """Return the last row that holds anything."""
        return next(
            (number for number in range(len(self._rows), 0, -1) if any(map(is_filled, self._rows[number - 1]))), 0
        )

    @cached_property
    def width(self) -> int:
        """Return the last column that holds anything."""
        longest = max(map(len, self._rows), default=0)
        if any(len(row) == longest and is_filled(row[-1]) for row in self._rows if row):
            return longest
        return max(map(_last_filled, self._rows), default=0)

    @cached_property
    def _shortest(self) -> int:
        return min(map(len, self._rows), default=0)

    def column(self, column: int, first: int) -> list[Any]:
        """Return the values of a column from row `first` down to the last; "" where there is none."""
        if (column, first) not in self._columns:
            values, known = self.stretch(column, first, self.height), dict[str, str]()
            if {*map(type, values)} == {str}:
                values = list(map(known.setdefault, values, values))  # equal texts as one: it travels once
            self._columns[column, first] = values
        return self._columns[column, first]

    def stretch(self, column: int, first: int, last: int) -> list[Any]:
        """Return the values of a column from row `first` to row `last`; "" where there is none."""
        at, rows = column - 1, self._rows[first - 1 : last]
        if at < self._shortest:
            return list(map(itemgetter(at), rows))
        return [row[at] if at < len(row) else "" for row in rows]

    def row(self, row: int) -> list[Any]:
        """Return the values of a row from the first column on; "" where there is none."""
        return self._rows[row - 1] if 0 < row <= len(self._rows) else []

    def row_cells(self, row: int, first: int = 1, last: int | None = None) -> Iterator[Cell]:
        """Yield the cells of a row from left to right, all or those between two columns, both counted in."""
        for column, value in enumerate(self.row(row)[first - 1 : last], start=first):
            if type(value) is str:  # first, and without a further call, because a roster has millions
                if value and not value.isspace():
                    yield Cell(row, column, value, "text") if value[0] not in "#E" else _cell_of(row, column, value)
            else:
                yield value if type(value) is Cell else _cell_of(row, column, value)

    def different(self, rows: int | None = None) -> set[Any]:
        """Return the different values in the sheet, or in its first rows."""
        return set(chain.from_iterable(self._rows[:rows]))

    def texts(self, rows: int | None = None) -> set[str]:
        """Return the different texts in the sheet, or in its first rows; numbers and dates are left out."""
        values = self.different(rows)
        made = {value.raw for value in values if type(value) is Cell and value.kind == "text"}
        return made.union(value for value in values if type(value) is str)

    def __getitem__(self, place: Place) -> Cell:
        row, column = place
        if 0 < row <= len(self._rows) and 0 < column <= len(self._rows[row - 1]):
            value = self._rows[row - 1][column - 1]
            if is_filled(value):
                return value if type(value) is Cell else _cell_of(row, column, value)
        raise KeyError(place)

    def __iter__(self) -> Iterator[Place]:
        for row, values in enumerate(self._rows, start=1):
            for column, value in enumerate(values, start=1):
                if is_filled(value):
                    yield row, column

    def __len__(self) -> int:
        return sum(is_filled(value) for row in self._rows for value in row)

    def __bool__(self) -> bool:
        return self.height > 0


class _ColumnGrid(Grid):
    """A grid that is kept, and travels to another process, by columns from a row on; its rows are made if asked for.

    Nothing is put into it any more.
    """

    def __init__(self, head: list[list[Any]], kept: dict[int, list[Any]], first: int) -> None:
        self._head = head
        self._kept = kept
        self._first = first
        self._columns = {(column, first): values for column, values in kept.items()}

    @cached_property
    def _rows(self) -> list[list[Any]]:  # type: ignore[override]  # as in the class above, only later
        blank = [""] * len(next(iter(self._kept.values())))
        places = range(1, max(self._kept) + 1)
        body = zip(*(self._kept.get(column, blank) for column in places), strict=True)
        return [*self._head, *map(list, body)]

    def __reduce__(self) -> tuple[Any, ...]:
        packed = {column: _packed(values) for column, values in self._kept.items()}
        return _unpacked, (self._head, packed, self._first)


def _packed(values: list[Any]) -> Any:
    """Return a column as it travels fast: numbers as one block."""
    return array("d", values) if {*map(type, values)} == {float} else values


def _unpacked(head: list[list[Any]], packed: dict[int, Any], first: int) -> Grid:
    kept = {column: values.tolist() if type(values) is array else values for column, values in packed.items()}
    return _ColumnGrid(head, kept, first)


def as_text(value: Any) -> tuple[str, CellKind]:
    """Return a value as the text of its cell, and its kind."""
    if isinstance(value, Cell):
        return value.raw, value.kind
    if isinstance(value, str):  # before the others, because most are
        return (ERROR_VALUE, "error") if value[:1] in ("#", "E") and is_error(value) else (value, "text")
    if isinstance(value, bool):
        return ("是" if value else "否"), "text"
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST:
        return str(int(value)), "number"
    if isinstance(value, int | float):
        return repr(value), "number"
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "seconds").removesuffix(":00"), "date"
    if isinstance(value, datetime | date):
        return value.isoformat()[:10], "date"
    if isinstance(value, timedelta):
        return repr(round(value.total_seconds() / _HOUR, _DECIMALS)), "number"
    return str(value), "text"


def _cell_of(row: int, column: int, value: Any) -> Cell:
    """Return a value as a cell; a span of time is a number of hours, shown as 26:30."""
    return Cell(row, column, *as_text(value), _say_duration(value) if isinstance(value, timedelta) else "")


def is_error(text: str) -> bool:
    """Return whether a text is what a formula that failed shows: #REF!, #DIV/0!."""
    return text.strip().upper() in _ERRORS or _ERROR_NUMBER.fullmatch(text.strip()) is not None


def _say_duration(span: timedelta) -> str:
    """Return a span of time as hours and minutes, and seconds where there are any: 26:30, 0:00:05."""
    seconds = round(abs(span).total_seconds())
    text = f"{seconds // 3600}:{seconds // 60 % 60:02d}" + (f":{seconds % 60:02d}" if seconds % 60 else "")
    return f"-{text}" if span < timedelta(0) else text


def _cleaned(value: Any) -> Any:
    if type(value) is Cell:
        return replace(value, raw=without_invisible(value.raw), shown=without_invisible(value.shown))
    return without_invisible(value) if type(value) is str else value


def texts_of(values: list[Any]) -> list[str]:
    """Return values as the texts of their cells."""
    if (
        {*map(type, values)} == {float}
        and min(values) > -_LARGEST
        and max(values) < _LARGEST
        and all(map(float.is_integer, values))
    ):
        return list(map(str, map(int, values)))  # as below, inlined because there are so many
    return [as_text(value)[0] for value in values]


def is_filled(value: Any) -> bool:
    """Return whether a value is more than white space."""
    return type(value) is not str or (value != "" and not value.isspace())


def address_of(place: Place) -> str:
    """Return the spreadsheet address of a place (row, column), both counted from 1."""
    return str(xl_rowcol_to_cell(place[0] - 1, place[1] - 1))


def _last_filled(row: list[Any]) -> int:
    return next((number for number in range(len(row), 0, -1) if is_filled(row[number - 1])), 0)
