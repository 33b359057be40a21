"""Plain copy: a new workbook with the same cells in the same positions, for files in old or foreign formats."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from stats.exports.style.sheet_page import fit_page
from stats.exports.style.sheet_text import printable, put_text
from stats.exports.style.text_width import breadth

Value = int | float | date | str
_FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
_LONGEST_NAME = 31
_FONT = Font(name="宋体", size=11)


@dataclass(frozen=True)
class PlainSheet:
    """A sheet as data: values by (row, column) from 1, and merged ranges as (top, left, bottom, right)."""

    name: str
    values: Mapping[tuple[int, int], Value]
    merges: Sequence[tuple[int, int, int, int]] = ()


def copy_sheets(sheets: Sequence[PlainSheet]) -> tuple[Workbook, dict[str, str]]:
    """Return a workbook of the sheets, and each sheet's name in it: what a spreadsheet forbids in names is left out."""
    book = Workbook()
    book.remove(book.worksheets[0])
    names = {}
    for sheet in sheets:
        name = _FORBIDDEN.sub("", printable(sheet.name)).strip("'")[:_LONGEST_NAME] or "表"
        made = book.create_sheet(name)
        names[sheet.name] = made.title
        _fill(made, sheet)
    return book, names


def _fill(worksheet: Worksheet, sheet: PlainSheet) -> None:
    widths: dict[int, int] = {}
    spanned = {(top, left) for top, left, _, right in sheet.merges if right > left}
    for (row, column), value in sheet.values.items():
        cell = worksheet.cell(row, column)
        _put(cell, value)
        if (row, column) not in spanned:
            widths[column] = max(widths.get(column, 10), min(breadth(str(value)) + 2, 36))
    for top, left, bottom, right in sheet.merges:
        worksheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        worksheet.cell(top, left).alignment = Alignment("center", "center", wrap_text=True)
    for column, width in widths.items():
        worksheet.column_dimensions[get_column_letter(column)].width = width
    fit_page(worksheet)


def _put(cell: Cell | MergedCell, value: Value) -> None:
    cell.font = _FONT
    if isinstance(value, str):
        put_text(cell, value)
    elif isinstance(cell, Cell):
        cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
