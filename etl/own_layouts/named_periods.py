"""Named periods: the headings that name a period of a form's length: 1月, 一季度, 上半年, 2016年."""

import re
from collections.abc import Sequence

from base.month_spans import HALF_YEAR, MONTH, QUARTER, YEAR
from base.text import normalise
from etl.model.numerals import parse_numeral
from stats.catalogue.layouts import PERIOD

_NUMERAL = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_NAMED = {
    MONTH: re.compile(rf"{_NUMERAL}月份?"),
    QUARTER: re.compile(rf"第?{_NUMERAL}季度?"),
    HALF_YEAR: re.compile(r"([上下])半年"),
    YEAR: re.compile(r"(\d{4})年?度?"),
}
_HALVES = "上下"


def period_named(text: str, months: int) -> int | None:
    """Return which period of a year a heading names, from 0, of a year the year itself; None where it names none."""
    match = _NAMED[months].fullmatch(normalise(text))
    if match is None:
        return None
    if months == HALF_YEAR:
        return _HALVES.index(match[1])
    if months == YEAR:
        return int(match[1])
    number = int(match[1]) if match[1].isdigit() else parse_numeral(match[1])
    return number - 1 if 1 <= number <= YEAR // months else None


def general_path(path: Sequence[str], months: int) -> tuple[str, int | None]:
    """Return a path with a mark in the place of a named period, and which period that is, None where there is none."""
    named = [period_named(text, months) for text in path]
    at = next((number for number, period in enumerate(named) if period is not None), None)
    if at is None:
        return "/".join(path), None
    return "/".join([*path[:at], PERIOD, *path[at + 1 :]]), named[at]


def names_longer_period(path: Sequence[str], months: int) -> bool:
    """Return whether a path names no period of a form's length but a longer one, as 一季度 beside months does."""
    longer = (length for length in _NAMED if length > months)
    return general_path(path, months)[1] is None and any(
        period_named(text, length) is not None for length in longer for text in path
    )
