"""Blank form: the workbook of a form, made from the catalogue alone; filled in, it is read without findings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from etl.forms.input_limits import Limits
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.models import Column, Form

# An organisation's name stays a text, whatever it begins with.
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False}
Previous = Mapping[str, Mapping[str, Any]]

_LEDGER_ROWS = 30
_HEAD_ROWS = 2
_MONEY = "yuan"
_FOOT = "填表人：　　　　　　　　审核人：　　　　　　　　填报日期："
_A4 = 9
_ROW_HEIGHT = 19  # in points
_NARROWEST = {
    "date": 12,
    "moment": 17,
    "period": 14,
    "amount": 13,
    "number": 10,
    "score": 10,
    "integer": 9,
    "code": 9,
    "indicator": 24,
    "text": 14,
}
_MAY = {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True}
_BOXED = {"border": 1, "border_color": "#9AA5B1", "valign": "vcenter"}
_HEADING = _BOXED | {"bg_color": "#DCE6F1", "align": "center", "text_wrap": True}
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"},
    "head": {},
    "open_head": {"locked": False},
    "required": _HEADING | {"bold": True},
    "heading": _HEADING,
    "named": _BOXED | {"bg_color": "#F2F2F2", "indent": 1},
    "before": _BOXED | {"font_color": "#7F7F7F", "align": "right"},
    "foot": {"locked": False},
    "note": {"font_color": "#7F7F7F"},
    "integer": _BOXED | {"locked": False, "num_format": "0"},
    "amount": _BOXED | {"locked": False, "num_format": "#,##0.00"},
    "number": _BOXED | {"locked": False},
    "score": _BOXED | {"locked": False},
    "date": _BOXED | {"locked": False, "num_format": "yyyy-mm-dd"},
    "moment": _BOXED | {"locked": False, "num_format": "yyyy-mm-dd hh:mm"},
    "text": _BOXED | {"locked": False, "num_format": "@"},  # a number such as 007 keeps its zeros
}


@dataclass(frozen=True)
class Unit:
    """An organisation that a template names."""

    code: str
    name: str


@dataclass(frozen=True)
class _Row:
    """A prepared row: its key as in the warehouse, and its prefilled words, by column code."""

    key: str
    named: Mapping[str, str]


def write_template(
    path: Path,
    catalogue: Catalogue,
    form: Form,
    reporter_name: str,
    reporter_code: str,
    period: int,
    units: Sequence[Unit],
    previous: Previous | None = None,
) -> None:
    """Write the blank workbook of a form, for one reporter and quarter, to `path`.

    `units` are the organisations a roster has its rows for, or those a ledger offers. A union alone gets the
    single-unit layout where the form has one. Without a name of the reporter it is left to be written in. `previous`
    holds the last quarter's values by record key (T01001, or T01|hardship where a code belongs to the key) and column
    code, in stored units. Raises OSError, or the library's FileCreateError, when the file can't be written.
    """
    with Workbook(str(path), _PLAIN) as book:
        book.set_custom_property("报表", form.code)
        book.set_custom_property("填报单位代码", reporter_code)
        book.set_custom_property("报告期", form.format(period))
        pen = _Pen(book, catalogue, form, period, units, previous or {})
        single = "return" in form.layouts and [unit.code for unit in units] == [reporter_code]
        bottom, width = pen.draw_return() if single else pen.draw_table()
        pen.draw_head(reporter_name, width)
        pen.draw_foot(bottom, width, single, named=bool(reporter_name))
        pen.finish()


class _Pen:
    """Draws one form on one sheet. Rows and columns count from 0, as the library has it."""

    def __init__(
        self,
        book: Workbook,
        catalogue: Catalogue,
        form: Form,
        period: int,
        units: Sequence[Unit],
        previous: Previous,
    ) -> None:
        self._catalogue = catalogue
        self._form = form
        self._period = period
        self._units = units
        self._previous = previous
        self._sheet = book.add_worksheet(form.name)
        self._sheet.set_default_row(_ROW_HEIGHT)
        self._limits = Limits(book, catalogue, form, period, [unit.name for unit in units])
        self._styles = {name: book.add_format(style) for name, style in _STYLES.items()}

    def draw_head(self, reporter: str, width: int) -> None:
        """Write the title, and below it who reports, for which quarter, in which unit of money."""
        self._span(0, 0, 0, width - 1, f"{self._form.say(self._period)}{self._form.name}", "title")
        self._sheet.set_row(0, 30)
        self._sheet.write_string(1, 0, f"填报单位：{reporter}", self._styles["head" if reporter else "open_head"])
        self._sheet.write_string(1, 2, f"报告期：{self._form.say(self._period)}", self._styles["head"])
        if any(column.measure == _MONEY for column in self._form.columns):
            money = self._catalogue.measures[_MONEY].name
            self._sheet.write_string(1, width - 1, f"单位：{money}", self._styles["head"])

    def draw_table(self) -> tuple[int, int]:
        """Draw the header and the prepared rows; return the row below them and the number of columns."""
        columns = self._form.columns
        top = _HEAD_ROWS + (2 if any("/" in column.name for column in columns) else 1)
        self._draw_header(top)
        rows = list(self._rows())
        for number, row in enumerate(rows, start=top):
            for place, column in enumerate(columns):
                self._draw_cell(number, place, column, row)
        for place, column in enumerate(columns):
            if column.code not in rows[0].named:
                self._limits.put(self._sheet, column, top, place, top + len(rows) - 1)
            self._sheet.set_column(place, place, self._width(column))
        self._sheet.freeze_panes(top, 1)
        self._sheet.repeat_rows(_HEAD_ROWS, top - 1)
        self._sheet.set_landscape()
        return top + len(rows), len(columns)

    def draw_return(self) -> tuple[int, int]:
        """Draw labels left, values right and last quarter's beside; return the row below and the number of columns."""
        row = next(self._rows())
        before = self._previous.get(row.key, {})
        self._span(_HEAD_ROWS, 0, _HEAD_ROWS, 1, "填报内容", "heading")
        self._sheet.write_row(_HEAD_ROWS, 2, ("本期", "上期"), self._styles["heading"])
        self._draw_labels(_HEAD_ROWS + 1)
        for number, column in enumerate(self._form.columns, start=_HEAD_ROWS + 1):
            text = self._say(column, before.get(column.code)) if column.code not in row.named else ""
            self._draw_value(number, 2, column, row)
            self._sheet.write_string(number, 3, text, self._styles["before"])
            if column.code not in row.named:
                self._limits.put(self._sheet, column, number, 2, number)
        self._sheet.set_column(0, 1, 20)
        self._sheet.set_column(2, 3, 26)
        return _HEAD_ROWS + 1 + len(self._form.columns), 4

    def draw_foot(self, row: int, width: int, single: bool, *, named: bool) -> None:
        """Write the line to sign and, below it, how to fill the form in."""
        self._span(row, 0, row, width - 1, _FOOT, "foot")
        for number, note in enumerate(self._notes(single, named), start=1):
            self._sheet.write_string(row + number, 0, f"注{number}：{note}", self._styles["note"])

    def finish(self) -> None:
        """Lock all but the cells to fill in, without a password: it prevents mistakes, not intent."""
        self._sheet.protect("", _MAY)
        self._sheet.set_paper(_A4)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self._sheet.center_horizontally()
        self._sheet.set_footer("&C第 &P 页，共 &N 页")

    def _rows(self) -> Iterator[_Row]:
        """Yield one row per organisation, and per code if a code belongs to the key; empty rows for a ledger."""
        if self._form.ledger:
            yield from (_Row("", {}) for _ in range(_LEDGER_ROWS))
            return
        subject = self._form.subject[0]
        coded = [self._form.column(code) for code in self._form.key if code != subject]
        lists = [self._catalogue.codes[column.codes or INDICATORS].entries for column in coded]
        for unit in self._units:
            for entries in product(*lists):
                codes = {column.code: entry.code for column, entry in zip(coded, entries, strict=True)}
                words = {column.code: entry.name for column, entry in zip(coded, entries, strict=True)}
                key = "|".join((codes | {subject: unit.code})[code] for code in self._form.key)
                yield _Row(key, {subject: unit.name} | words)

    def _draw_header(self, top: int) -> None:
        for upper, columns in self._groups():
            left, right = columns[0][0], columns[-1][0]
            if "/" not in columns[0][1].name:
                self._span(_HEAD_ROWS, left, top - 1, left, self._label(columns[0][1]), self._emphasis(columns[0][1]))
            else:
                self._span(_HEAD_ROWS, left, _HEAD_ROWS, right, upper, "heading")
                for place, column in columns:
                    self._sheet.write_string(top - 1, place, self._label(column), self._styles[self._emphasis(column)])
            for place, column in columns:
                self._note(_HEAD_ROWS if "/" not in column.name else top - 1, place, column)

    def _draw_labels(self, top: int) -> None:
        for upper, columns in self._groups():
            first, last = columns[0][0] + top, columns[-1][0] + top
            if "/" not in columns[0][1].name:
                self._span(first, 0, first, 1, self._label(columns[0][1]), self._emphasis(columns[0][1]))
            else:
                self._span(first, 0, last, 0, upper, "heading")
                for place, column in columns:
                    self._sheet.write_string(top + place, 1, self._label(column), self._styles[self._emphasis(column)])
            for place, column in columns:
                self._note(top + place, 1 if "/" in column.name else 0, column)

    def _groups(self) -> Iterator[tuple[str, list[tuple[int, Column]]]]:
        """Yield the groups of adjacent columns under one upper heading, each column with its number."""
        for upper, columns in groupby(enumerate(self._form.columns), lambda pair: pair[1].name.partition("/")[0]):
            yield upper, list(columns)

    def _draw_cell(self, number: int, place: int, column: Column, row: _Row) -> None:
        self._draw_value(number, place, column, row)
        before = self._say(column, self._previous.get(row.key, {}).get(column.code))
        if before and column.code not in row.named:
            # Beside it would be a column that the form does not have.
            self._sheet.write_comment(number, place, f"上期：{before}", {"x_scale": 0.8, "y_scale": 0.5})

    def _draw_value(self, number: int, place: int, column: Column, row: _Row) -> None:
        if column.code in row.named:
            self._sheet.write_string(number, place, row.named[column.code], self._styles["named"])
        else:
            self._sheet.write_blank(number, place, None, self._styles.get(column.type, self._styles["text"]))

    def _label(self, column: Column) -> str:
        """Return a column's own heading; for goods with the unit of measure, as the head states only that of money."""
        label = column.name.rpartition("/")[2]
        goods = column.type == "amount" and column.measure and column.measure != _MONEY
        return f"{label}（{self._catalogue.measures[column.measure or ''].name}）" if goods else label

    def _emphasis(self, column: Column) -> str:
        return "required" if column.required else "heading"

    def _note(self, row: int, place: int, column: Column) -> None:
        if column.note:
            self._sheet.write_comment(row, place, column.note)

    def _say(self, column: Column, value: Any) -> str:
        if value is None:
            return ""
        if column.type in ("code", "indicator"):
            return self._catalogue.codes[column.codes or INDICATORS].name_of(str(value))
        return f"{value:,.10g}" if isinstance(value, int | float) else str(value)

    def _width(self, column: Column) -> int:
        return 28 if column.type == "unit" else min(24, max(_NARROWEST[column.type], 2 * len(self._label(column)) + 2))

    def _notes(self, single: bool, named: bool) -> Iterator[str]:
        fixed = "表名、填报单位、报告期和栏名" if named else "表名、报告期和栏名"
        yield f"请填白色的格子；表头加粗的必填，数目没有的填 0，不要留空。{fixed}不要改动。"
        if not named:
            yield "请在“填报单位：”后面写县总工会的全称，和名册里县总工会那一行的单位名称一样。"
        if self._form.ledger:
            what = "一个单位的一个时期" if self._form.rows_of else "一件"
            yield f"一行填{what}，行数不够时在中间插入行。"
            if not self._form.standing:
                yield "本期没有的，在第一行第一格写“本期无”。"
        elif self._previous:
            yield f"上期的数写在{'旁边一栏' if single else '格子的批注里'}，仅供对照。"

    def _span(self, top: int, left: int, bottom: int, right: int, text: str, style: str) -> None:
        if (top, left) == (bottom, right):
            self._sheet.write_string(top, left, text, self._styles[style])
        else:
            self._sheet.merge_range(top, left, bottom, right, text, self._styles[style])
