"""A figure as a file: its numbers with its title and all its lines, as CSV or as a workbook."""

import csv
import re
from collections.abc import Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from base.formats import PERCENT, round_half_up
from stats.exports.style.figure_table import FigureColumn, FigureTable, table_of
from stats.exports.style.sheet_page import fit_page
from stats.exports.style.sheet_text import neutral, put_text
from stats.exports.style.text_width import breadth
from stats.figures.elements.figure_model import Figure, Mark

_FONT, _BOLD, _TITLE = (
    Font(name="宋体", size=11),
    Font(name="宋体", size=11, bold=True),
    Font(name="宋体", size=14, bold=True),
)
_HEAD = PatternFill("solid", fgColor="E3EEF8")
_LACKING, _ALL = "F2B38C", "FFFFFF"
_SHEET = "图的数据"
_WIDEST = 44
_LONGEST_NAME = 31  # characters of a sheet's name, as spreadsheets allow
_UNNAMEABLE = re.compile(
    r"[\\\[\]:*?/？\x00-\x1f]"
)  # what a sheet's name can't hold; a question mark says nothing there


def csv_of(figure: Figure) -> bytes:
    """Return the figure as CSV in UTF-8 with a byte order mark: title and lines first, then the table.

    Rates are in percent. Words that look like a formula are led by an apostrophe.
    """
    table, file = table_of(figure), StringIO()
    writer = csv.writer(file)
    writer.writerows([[neutral(line)] for line in (figure.title, figure.question, *figure.lines) if line])
    writer.writerow([])
    writer.writerow([neutral(_heading(column)) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_value(mark, column) for mark, column in zip(row, table.columns, strict=True)])
    return file.getvalue().encode("utf-8-sig")


def xlsx_of(figure: Figure) -> bytes:
    """Return the figure as a workbook of one sheet: title and lines on top, numbers as numbers below."""
    return xlsx_of_page([(_SHEET, figure)])


def xlsx_of_page(named_figures: Sequence[tuple[str, Figure]]) -> bytes:
    """Return figures as a workbook of a sheet each, in their order; a sheet is called by the figure's name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, (name, figure) in enumerate(named_figures, start=1):
        prefix = f"{number} " if len(named_figures) > 1 else ""
        sheet = book.create_sheet(f"{prefix}{_UNNAMEABLE.sub('', name)}"[:_LONGEST_NAME])
        _write_figure(sheet, figure)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write_figure(sheet: Worksheet, figure: Figure) -> None:
    head = [line for line in (figure.title, figure.question, *figure.lines) if line]
    for row, line in enumerate(head, start=1):
        put_text(sheet.cell(row, 1), line)
        sheet.cell(row, 1).font = _TITLE if row == 1 else _FONT
    _write_table(sheet, table_of(figure), len(head) + 2)
    if figure.is_table:
        _shade(sheet, figure, len(head) + 3)
    fit_page(sheet)


def _write_table(sheet: Worksheet, table: FigureTable, top: int) -> None:
    for at, column in enumerate(table.columns, start=1):
        head = sheet.cell(top, at)
        put_text(head, _heading(column))
        head.font, head.fill, head.alignment = _BOLD, _HEAD, Alignment("center", "center", wrap_text=True)
        words = [_heading(column), *(row[at - 1].text for row in table.rows)]
        sheet.column_dimensions[get_column_letter(at)].width = min(max(map(breadth, words)) + 4, _WIDEST)
    for number, row in enumerate(table.rows, start=top + 1):
        for at, (mark, column) in enumerate(zip(row, table.columns, strict=True), start=1):
            _put(sheet.cell(number, at), mark, column)
    sheet.freeze_panes = sheet.cell(top + 1, 1).coordinate


def _shade(sheet: Worksheet, figure: Figure, top: int) -> None:
    """Colour the shares, the darker the more is missing; the numbers stay in the cells."""
    rows = len(figure.series[0].marks) if figure.series else 0
    for at, series in enumerate(figure.series, start=2):
        if series.measure == PERCENT and rows:
            column = get_column_letter(at)
            scale = ColorScaleRule("num", 0, _LACKING, end_type="num", end_value=1, end_color=_ALL)  # type: ignore[no-untyped-call]
            sheet.conditional_formatting.add(f"{column}{top}:{column}{top + rows - 1}", scale)


def _put(cell: object, mark: Mark, column: FigureColumn) -> None:
    if not isinstance(cell, Cell):
        return
    cell.font = _FONT
    if mark.value is None:
        put_text(cell, mark.text)
        return
    cell.value = mark.value
    whole = float(mark.value).is_integer()
    cell.number_format = "0.0%" if column.measure == PERCENT else "#,##0" if whole else "#,##0.00"


def _heading(column: FigureColumn) -> str:
    return f"{column.heading}（{column.measure}）" if column.measure else column.heading


def _csv_value(mark: Mark, column: FigureColumn) -> str:
    if mark.value is None:
        return neutral(mark.text)
    value = round_half_up(mark.value * (100 if column.measure == PERCENT else 1), 4)
    return f"{value.normalize():f}"
