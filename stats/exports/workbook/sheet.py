"""A sheet of a paper's workbook: texts are never formulas, whatever they begin with, and numbers keep their format."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import Any

from xlsxwriter import Workbook

from stats.exports.style.house_style import ACCENT, COLOURS
from stats.exports.style.text_width import breadth

_FONT = "宋体"
_LINE = 18  # points
_BASE = {"font_name": _FONT, "font_size": 11, "valign": "top"}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "example": {"bold": True, "font_color": ACCENT},
    "line": {},
    "finding": {"bold": True, "font_size": 14, "text_wrap": True},
    "small": {"font_size": 10, "font_color": COLOURS.grey, "text_wrap": True},
    "head": {"bold": True, "bg_color": "#E3EEF8", "border": 1, "border_color": COLOURS.edge, "text_wrap": True},
    "words": {"border": 1, "border_color": COLOURS.edge, "text_wrap": True},
    "short": {"border": 1, "border_color": COLOURS.edge},
}


@dataclass(frozen=True)
class Number:
    """A number in a cell (None: an empty cell) and how a spreadsheet writes it."""

    value: float | None
    number_format: str = "General"


Value = str | Number


class WorkbookDraft:
    """A workbook under construction."""

    def __init__(self, title: str) -> None:
        self._file = BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = Workbook(self._file, options)
        self.book.set_properties({"title": title})
        self._formats: dict[tuple[str, str], Any] = {}

    def add_sheet(self, name: str, widths: Sequence[float]) -> Any:
        """Add a sheet with columns of so many letters, to be printed on A4 across, and return it."""
        sheet = self.book.add_worksheet(name)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)
        return sheet

    def write(self, sheet: Any, row: int, column: int, value: Value, style: str = "line") -> None:
        """Write a value into a cell; an unknown value is left empty, never 0."""
        if isinstance(value, str):
            sheet.write_string(row, column, value, self.style(style))
        elif value.value is not None:  # a cell with a look and no number would be drawn as 0 before Excel reads it
            sheet.write_number(row, column, value.value, self.style(style, value.number_format))

    def write_across(self, sheet: Any, row: int, columns: tuple[int, float], text: str, style: str) -> None:
        """Write a text over (how many columns, their breadth in letters), on as many lines as it needs."""
        count, wide = columns
        sheet.merge_range(row, 0, row, count - 1, "", self.style(style))
        sheet.write_string(row, 0, text, self.style(style))
        sheet.set_row(
            row, _LINE * ceil(breadth(text) * _STYLES[style].get("font_size", _BASE["font_size"]) / 11 / wide)
        )

    def write_row(self, sheet: Any, row: int, values: Sequence[Value], style: str) -> None:
        """Write values side by side from the first column on."""
        for column, value in enumerate(values):
            self.write(sheet, row, column, value, style)

    def add_list(
        self,
        name: str,
        head: Sequence[tuple[str, str]],
        columns: Mapping[str, float],
        rows: Iterable[Sequence[Value]],
        style: str,
    ) -> None:
        """Add a sheet with lines, each with its style, and below them a list that can be filtered.

        `columns` are the headings with their widths in letters.
        """
        sheet = self.add_sheet(name, list(columns.values()))
        for row, (line, look) in enumerate(head):
            self.write(sheet, row, 0, line, look)
        top = len(head) + 1
        self.write_row(sheet, top, list(columns), "head")
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
        last = top
        for last, values in enumerate(rows, start=top + 1):
            self.write_row(sheet, last, values, style)
        sheet.autofilter(top, 0, last, len(columns) - 1)

    def style(self, name: str, number_format: str = "") -> Any:
        """Return a cell format, created once."""
        key = (name, number_format)
        if key not in self._formats:
            shown = {"num_format": number_format} if number_format else {}
            self._formats[key] = self.book.add_format(_BASE | _STYLES[name] | shown)
        return self._formats[key]

    def close(self) -> bytes:
        """Return the finished file."""
        self.book.close()
        return self._file.getvalue()
