"""The audit as a csv file or a workbook to download. User input is never turned into a formula."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from access.audit_list import HEADINGS, table_rows
from stats.exports.style.sheet_text import neutral, put_text
from stats.exports.style.text_width import breadth
from store.audit import AuditEntry

_WIDEST = 60
_BOLD = Font(name="宋体", size=11, bold=True)


def audit_csv(entries: Sequence[AuditEntry]) -> bytes:
    """Return entries as csv in UTF-8 with a byte order mark."""
    file = StringIO()
    csv.writer(file).writerows([[neutral(text) for text in row] for row in (HEADINGS, *table_rows(entries))])
    return file.getvalue().encode("utf-8-sig")


def audit_xlsx(entries: Sequence[AuditEntry]) -> bytes:
    """Return entries as a workbook of one sheet, every cell a text."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "操作记录"
    rows = [HEADINGS, *table_rows(entries)]
    for number, row in enumerate(rows, start=1):
        for at, text in enumerate(row, start=1):
            put_text(sheet.cell(number, at), text)
    for at in range(1, len(HEADINGS) + 1):
        sheet.cell(1, at).font, sheet.cell(1, at).alignment = _BOLD, Alignment("center", "center")
        widest = max(breadth(row[at - 1]) for row in rows)
        sheet.column_dimensions[get_column_letter(at)].width = min(widest + 3, _WIDEST)
    sheet.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()
