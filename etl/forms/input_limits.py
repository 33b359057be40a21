"""Input limits: the input allowed in each column of a template, with the message for anything else."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.models import Column, Form

LISTS = "代码"
_EARLIEST, _LATEST = date(1949, 10, 1), date(2099, 12, 31)
_LARGEST = 10**12


class Limits:
    """Drop-downs, whose words are on a hidden sheet because a list in a rule is limited to 255 characters; and ranges.

    An organisation that isn't in the list causes only a warning, because its code or an alias is valid too.
    """

    def __init__(self, book: Workbook, catalogue: Catalogue, form: Form, period: int, units: Sequence[str]) -> None:
        self._catalogue = catalogue
        self._form = form
        self._last_day = form.last_day(period)
        self._units = units
        self._sheet = book.add_worksheet(LISTS)
        self._sheet.hide()  # the reader passes over hidden sheets
        self._sources: dict[str, str] = {}

    def put(self, sheet: Worksheet, column: Column, top: int, place: int, bottom: int) -> None:
        """Limit the rows `top` to `bottom` of a sheet's column `place` (all from 0) to what the form's column takes."""
        rule = _score(xl_rowcol_to_cell(top, place)) if column.type == "score" else self._rule(column)
        if rule:
            sheet.data_validation(top, place, bottom, place, rule)

    def _rule(self, column: Column) -> dict[str, Any] | None:
        if column.type in ("code", "indicator"):
            codes = column.codes or INDICATORS
            return self._list(codes, self._catalogue.codes[codes].names(), "stop", "请从下拉列表里选一个。")
        if column.type == "unit" and self._units:
            return self._list("", self._units, "warning", "列表里没有这个单位。请核对是不是单位名册里的全称。")
        if column.type in ("date", "moment"):
            return self._date(column)
        return _number(column) if column.numeric else None

    def _list(self, name: str, words: Sequence[str], kind: str, message: str) -> dict[str, Any]:
        if name not in self._sources:
            place = len(self._sources)
            self._sheet.write_column(0, place, words)
            self._sources[name] = f"='{LISTS}'!{xl_range_abs(0, place, len(words) - 1, place)}"
        return {"validate": "list", "source": self._sources[name], "error_type": kind} | _say("不在列表里", message)

    def _date(self, column: Column) -> dict[str, Any]:
        """A row's own date may not lie after the quarter it is reported for; other dates may."""
        own = column.code == self._form.date
        exact = column.type == "moment"
        what, clock = ("日期和时刻", " 14:30") if exact else ("日期", "")
        day = self._last_day if own else _LATEST
        last = datetime.combine(day, time(23, 59)) if exact else day
        message = f"请填{what}，例如 {self._last_day}{clock}" + ("，不能晚于报告期。" if own else "。")
        limits = {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": last}
        return limits | _say(f"应是{what}", message)


def _number(column: Column) -> dict[str, Any]:
    kind, least, title, message = {
        "integer": ("integer", 0, "应是整数", "请填不小于零的整数，没有的填 0，不要带单位。"),
        "amount": ("decimal", 0, "应是数", "请填不小于零的数，没有的填 0，不要带单位。"),
    }.get(column.type, ("decimal", -_LARGEST, "应是数", "请填数或百分数，例如 300 或 80%。"))
    return {"validate": kind, "criteria": "between", "minimum": least, "maximum": _LARGEST} | _say(title, message)


def _score(first: str) -> dict[str, Any]:
    """Points or a word; `first` is the uppermost cell of the column, from which a spreadsheet works out the others."""
    formula = f'=OR(ISNUMBER({first}),{first}="是",{first}="否")'
    return {"validate": "custom", "value": formula} | _say("应是分数，或者是、否", "请填分数，例如 4.5；扣分填负数。")


def _say(title: str, message: str) -> dict[str, Any]:
    return {"error_title": title, "error_message": message}
