"""The sheets of a file as plain grids: what stands in a merged range stands in each of its cells.

`grids_of` reads an xlsx in a tenth of the time that `grids_by_openpyxl` takes; the tests hold one against the other.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlrd
from openpyxl.worksheet.merge import MergedCellRange
from python_calamine import CalamineSheet, CalamineWorkbook

Value = str | float | int | bool | datetime | None


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet, row by row."""

    file: str
    name: str
    rows: list[list[Value]]


def grids_of(path: Path) -> list[Grid]:
    """Return the sheets of an xlsx, xls or csv file."""
    if path.suffix == ".csv":
        return [Grid(path.name, path.stem, _rows_of_text(path))]
    if path.suffix == ".xls":
        book = xlrd.open_workbook(path, formatting_info=True)
        return [Grid(path.name, sheet.name, _rows_of_xls(sheet, book.datemode)) for sheet in book.sheets()]
    workbook = CalamineWorkbook.from_path(path)
    sheets = map(workbook.get_sheet_by_name, workbook.sheet_names)
    return [Grid(path.name, sheet.name, _rows_of_calamine(sheet)) for sheet in sheets]


def grids_by_openpyxl(path: Path) -> list[Grid]:
    """Return the sheets of an xlsx file as another library reads it."""
    with _without_borders():
        workbook = openpyxl.load_workbook(path, data_only=True)
    return [Grid(path.name, sheet.title, _rows_of_xlsx(sheet)) for sheet in workbook.worksheets]


@contextmanager
def _without_borders() -> Iterator[None]:
    """Keep the library from drawing the borders of merged ranges, a third of its work: no border is read here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MergedCellRange, "format", lambda self: None)
        yield


def _rows_of_text(path: Path) -> list[list[Value]]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    return [[cell or None for cell in row] for row in csv.reader(text.splitlines())]


def _rows_of_xls(sheet: xlrd.sheet.Sheet, datemode: int) -> list[list[Value]]:
    rows = [[_value_of(cell, datemode) for cell in row] for row in sheet.get_rows()]
    for top, bottom, left, right in sheet.merged_cells:
        _fill(rows, range(top, bottom), range(left, right))
    return rows


def _value_of(cell: xlrd.sheet.Cell, datemode: int) -> Value:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    return cell.value if cell.ctype in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_BOOLEAN) else None


def _rows_of_calamine(sheet: CalamineSheet) -> list[list[Value]]:
    rows = [[_plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        _fill(rows, range(top, bottom + 1), range(left, right + 1))
    return rows


def _plain(value: object) -> Value:
    """Return a value as openpyxl has it: no text is None, a day is the beginning of it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    return value if isinstance(value, str | float | int | datetime) and value != "" else None


def _rows_of_xlsx(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[Value]]:
    rows: list[list[Value]] = [list(row) for row in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        _fill(rows, range(merged.min_row - 1, merged.max_row), range(merged.min_col - 1, merged.max_col))
    return rows


def _fill(rows: list[list[Value]], down: range, across: range) -> None:
    value = rows[down[0]][across[0]]
    for row in down:
        for column in across:
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = value
