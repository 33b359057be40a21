"""A form filled in by the program: a workbook like a sender's, read in the same way."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from stats.catalogue.models import Form

Value = str | int | float | date | None
_HEAD = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#DCE6F1"}
_REMARK = "备注"  # a heading that says nothing about a form
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_filled(
    path: Path,
    form: Form,
    reporter: tuple[str, str],
    period: int,
    rows: Sequence[Mapping[str, Value]],
    who: str,
    remarks: Sequence[str] = (),
) -> None:
    """Write rows, values by column code in words as people fill them in, as a return of a reporter (code, name).

    `remarks`, one a row, are written beside them; they are not part of the return.
    """
    code, name = reporter
    with Workbook(str(path), _PLAIN) as book:
        book.set_custom_property("报表", form.code)
        book.set_custom_property("填报单位代码", code)
        book.set_custom_property("报告期", form.format(period))
        sheet, bold = book.add_worksheet(form.name), book.add_format({"bold": True, "font_size": 16})
        head, day = book.add_format(_HEAD), book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
        cell = book.add_format({"border": 1})
        sheet.write_string(0, 0, f"{form.say(period)}{form.name}", bold)
        sheet.write_string(1, 0, f"填报单位：{name}")
        sheet.write_string(1, 2, f"报告期：{form.say(period)}")
        for at, column in enumerate(form.columns):
            sheet.write_string(2, at, column.label, head)
            for place, row in enumerate(rows, start=3):
                value = row.get(column.code)
                if value is not None:
                    sheet.write(place, at, value, day if isinstance(value, date) else cell)
        _write_remarks(sheet, len(form.columns), remarks, head, cell)
        sheet.write_string(len(rows) + 3, 0, f"填表人：{who}")
        sheet.set_column(0, len(form.columns) - 1, 16)


def _write_remarks(sheet: Worksheet, at: int, remarks: Sequence[str], head: Format, cell: Format) -> None:
    if remarks:
        sheet.write_string(2, at, _REMARK, head)
        sheet.set_column(at, at, 40)
    for place, remark in enumerate(remarks, start=3):
        sheet.write_string(place, at, remark, cell)
