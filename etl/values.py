"""What a cell says: texts to whole numbers, amounts and dates. Each parser raises ValueError when the text is none."""

import re
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from stats.words import normalise

BLANKS = frozenset({"", "-", "—", "——", "/", "无", "空", "保密", "不详"})  # missing, never zero
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?")
_NUMERALS = {word: number for number, word in enumerate("〇一二三四五六七八九十")} | {"零": 0, "两": 2}
_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月?)")
_EXCEL_EPOCH = date(1899, 12, 30)
_QUARTERS = (
    re.compile(r"(\d{4})年?(?:第)?([1-4一二三四])季度?"),
    re.compile(r"(\d{4})Q([1-4])"),
)
_MONTHS = re.compile(r"(\d{4})(?:年|[.-])(?:1月?[—–~至-]+)?(\d{1,2})(?:月|$)")
_HALVES = re.compile(r"(\d{4})年(上|下)半年|(\d{4})年(?:全)?年?度")


def is_blank(text: str) -> bool:
    """Return whether a cell says that there is nothing: empty, a dash, 无, 保密."""
    return normalise(text) in BLANKS


def parse_number(text: str) -> Decimal:
    """Return the number a text stands for; "80%" is 0.8. Raises ValueError for words, bounds (120多) and errors."""
    plain = normalise(text)
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    try:
        number = Decimal(plain.rstrip("%").replace(",", ""))
    except InvalidOperation:
        raise ValueError(text) from None
    return number / 100 if plain.endswith("%") else number


def parse_integer(text: str) -> int:
    """Return a whole number that is not negative. Raises ValueError otherwise."""
    number = parse_number(text)
    if number < 0 or number != number.to_integral_value() or "%" in normalise(text):
        raise ValueError(text)
    return int(number)


def parse_amount(text: str, scale: float = 1.0) -> float:
    """Return an amount in the stored unit (元, 吨): the number written times `scale`. Raises ValueError below zero."""
    number = parse_number(text)
    if number < 0 or "%" in normalise(text):
        raise ValueError(text)
    return float(number * Decimal(str(scale)))


def parse_date(text: str) -> date:
    """Return the day of 2010-12-31, 2010.12.31, 2010年12月31日, a month (its last day) or a spreadsheet serial."""
    plain = normalise(text)
    if re.fullmatch(r"\d{5}", plain):
        return _EXCEL_EPOCH + timedelta(days=int(plain))
    found = _DATE.fullmatch(plain)
    if not found:
        raise ValueError(text)
    year, month = int(found[1]), int(found[2])
    if not 1 <= month <= 12:
        raise ValueError(text)
    return date(year, month, int(found[3]) if found[3] else monthrange(year, month)[1])


def find_quarter(text: str, whole_years: bool = False) -> int | None:
    """Return the quarter a text names (2010年四季度, 2010年第4季度, 2010年12月, 2010年1—12月), or None.

    A month stands for its quarter. With `whole_years`, 上半年 stands for the second quarter, 年度 for the fourth.
    """
    plain = normalise(text)
    for pattern in _QUARTERS:
        if found := pattern.search(plain):
            return int(found[1]) * 4 + _numeral(found[2]) - 1
    if found := _MONTHS.search(plain):
        return int(found[1]) * 4 + (int(found[2]) - 1) // 3 if 1 <= int(found[2]) <= 12 else None
    if whole_years and (found := _HALVES.search(plain)):
        return int(found[1] or found[3]) * 4 + (1 if found[2] == "上" else 3)
    return None


def quarter_of(day: date) -> int:
    """Return the quarter in which a day lies."""
    return day.year * 4 + (day.month - 1) // 3


def last_day(quarter: int) -> date:
    """Return the last day of a quarter."""
    month = quarter % 4 * 3 + 3
    return date(quarter // 4, month, monthrange(quarter // 4, month)[1])


def _numeral(text: str) -> int:
    return int(text) if text.isdigit() else _NUMERALS[text]
