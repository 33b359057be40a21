"""Small workbooks in the layout that unions send, each written by one test."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from stats.catalogue import load_catalogue
from stats.catalogue.models import Column

Row = dict[str, Any]


@dataclass
class Form:
    """One filled-in form: its code, reporter, quarter, rows, and the texts around them."""

    code: str
    reporter: str
    period: str
    rows: Sequence[Row]
    total: Row | None = None
    money: str = "元"
    title: str | None = None
    omit: Sequence[str] = ()
    footer: str = "填表人：（签章）　审核人：（签章）　填报日期："
    extra: dict[str, Any] = field(default_factory=dict)


def write_book(path: Path, *forms: Form, sheets: Sequence[str] = ()) -> Path:
    """Write one workbook with a sheet per form, named by `sheets` or its form's code, and return its path."""
    book = Workbook()
    for number, form in enumerate(forms):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = sheets[number] if sheets else form.code
        _write_sheet(sheet, form)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def header_row() -> int:
    """Return the first header row of a written sheet; data start at most three rows below."""
    return 3


def first_row(code: str, omit: Sequence[str] = ()) -> int:
    """Return the first data row of a written form."""
    return header_row() + max(len(column.name.split("/")) for column in _columns(code, omit))


def address(code: str, column: str, index: int = 0, omit: Sequence[str] = ()) -> str:
    """Return the address of a column in the index-th data row."""
    codes = [found.code for found in _columns(code, omit)]
    return f"{chr(ord('A') + codes.index(column))}{first_row(code, omit) + index}"


def _columns(code: str, omit: Sequence[str] = ()) -> list[Column]:
    return [column for column in load_catalogue().forms[code].columns if column.code not in omit]


def _write_sheet(sheet: Worksheet, form: Form) -> None:
    columns = _columns(form.code, form.omit)
    name = load_catalogue().forms[form.code].name
    sheet.cell(1, 1, form.title if form.title is not None else f"{form.period}{name}")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(columns))
    sheet.cell(2, 1, f"填报单位：{form.reporter}")
    sheet.cell(2, 2, f"报告期：{form.period}")
    sheet.cell(2, 3, f"单位：{form.money}")
    _write_header(sheet, columns, first_row(form.code, form.omit))
    row = first_row(form.code, form.omit)
    for values in form.rows:
        _write_row(sheet, row, columns, values)
        row += 1
    if form.total is not None:
        sheet.cell(row, 1, "合计")
        _write_row(sheet, row, columns, form.total)
        row += 1
    sheet.cell(row, 1, form.footer)
    for place, value in form.extra.items():
        sheet[place] = value


def _write_header(sheet: Worksheet, columns: Sequence[Column], below: int) -> None:
    top = header_row()
    for number, column in enumerate(columns, start=1):
        upper, _, lower = column.name.partition("/")
        sheet.cell(top, number, upper if number == 1 or columns[number - 2].name.partition("/")[0] != upper else None)
        if lower:
            sheet.cell(top + 1, number, lower)
        elif below - top > 1:
            sheet.merge_cells(start_row=top, start_column=number, end_row=top + 1, end_column=number)
    _merge_groups(sheet, columns, top)


def _merge_groups(sheet: Worksheet, columns: Sequence[Column], top: int) -> None:
    start = 1
    names = [column.name.partition("/")[0] for column in columns] + [""]
    for number in range(1, len(columns) + 1):
        if names[number] != names[number - 1]:
            if number > start:
                sheet.merge_cells(start_row=top, start_column=start, end_row=top, end_column=number)
            start = number + 1


def _write_row(sheet: Worksheet, row: int, columns: Sequence[Column], values: Row) -> None:
    for number, column in enumerate(columns, start=1):
        if column.code in values:
            sheet.cell(row, number, values[column.code])
