"""Sample books: writes sheets to Excel workbooks and GB18030 CSV files. The same sheets give the same bytes."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from etl.sample.draw_sheets import DrawnSheet

CREATED = datetime(2011, 7, 1)  # a fixed date, so that every run writes the same bytes
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "align": "center", "valign": "vcenter"},
    "head": {"font_size": 10},
    "header": {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True},
    "text": {"border": 1},
    "number": {"border": 1},
    "decimal": {"border": 1, "num_format": "0.0000"},
    "date": {"border": 1, "num_format": "yyyy-mm-dd"},
    "moment": {"border": 1, "num_format": "yyyy-mm-dd hh:mm"},
    "foot": {"font_size": 10},
}


def write_file(path: Path, grids: Sequence[DrawnSheet]) -> None:
    """Write sheets to a file of the type given by its suffix: .csv holds one sheet, .xlsx any number."""
    if path.suffix == ".csv":
        write_text_file(path, grids[0])
    else:
        write_workbook(path, grids)


def write_workbook(path: Path, grids: Sequence[DrawnSheet]) -> None:
    """Write sheets as an Excel workbook."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": CREATED, "author": "", "title": ""})
        formats = {name: workbook.add_format({"font_name": "宋体"} | style) for name, style in STYLES.items()}
        for grid in grids:
            _write_grid(workbook, grid, formats)


def _write_grid(workbook: Workbook, grid: DrawnSheet, formats: dict[str, Format]) -> None:
    sheet = workbook.add_worksheet(grid.name)
    sheet.set_column(0, 1, 22)
    for top, left, bottom, right, value, style in grid.merges:
        sheet.merge_range(top, left, bottom, right, value, formats[style])
    for (row, column), (value, style) in grid.cells.items():
        _write_cell(sheet, row, column, value, formats[style])


def _write_cell(sheet: Worksheet, row: int, column: int, value: Any, style: Format) -> None:
    if value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, date):
        exact = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        sheet.write_datetime(row, column, exact, style)
    else:
        sheet.write_number(row, column, value, style)


def write_text_file(path: Path, grid: DrawnSheet) -> None:
    """Write one sheet as a CSV file in GB18030, as Chinese Excel saves it."""
    cells = {place: value for place, (value, _) in grid.cells.items()}
    cells |= {(top, left): value for top, left, _, _, value, _ in grid.merges}
    height, width = (1 + max(place[axis] for place in cells) for axis in (0, 1))
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([cells.get((row, column), "") for column in range(width)] for row in range(height))
