"""Quarters and spans of quarters. A quarter is the integer year × 4 + quarter − 1, so neighbours differ by one."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from base.errors import UserError

_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_ORDINAL = "一二三四"
_SAID_YEARS = re.compile(r"(\d{4})年?(?:[—–~至到-]+(\d{4})年?)?")
_SAID_QUARTER = re.compile(r"(\d{4})年第?([一二三四1-4])季度")
_PARTS = {"上半年": (0, 1), "下半年": (2, 3), "前三季度": (0, 2)}  # of a year, in quarters
_SAID_PART = re.compile(rf"(\d{{4}})年({'|'.join(_PARTS)})")


@dataclass(frozen=True, order=True)
class Span:
    """The quarters `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Return the number of quarters."""
        return self.last - self.first + 1

    @property
    def whole_years(self) -> bool:
        """Return whether it begins with a year and ends with one."""
        return self.first % 4 == 0 and self.last % 4 == 3

    @property
    def previous(self) -> "Span":
        """Return the span of the same length just before this one."""
        return Span(self.first - self.length, self.first - 1)

    def __str__(self) -> str:
        """Return the code form, such as 2008Q1..2010Q4."""
        return f"{format_quarter(self.first)}..{format_quarter(self.last)}"


def parse_quarter(text: str) -> int:
    """Return the quarter of a text such as 2010Q4. Raises UserError for any other text."""
    match = _QUARTER.fullmatch(text.strip())
    if not match:
        raise UserError(f"“{text}”不是季度。请写成 2010Q4 这样：四位年份、字母 Q、1 到 4。")
    return int(match[1]) * 4 + int(match[2]) - 1


def parse_span(text: str) -> Span:
    """Return the span of a text such as 2008Q1..2010Q4 or 2010Q4. Raises UserError when it is none."""
    ends = text.split("..")
    if len(ends) > 2:
        raise UserError(f"“{text}”不是期间。请写成 2008Q1..2010Q4 这样。")
    first, last = parse_quarter(ends[0]), parse_quarter(ends[-1])
    if first > last:
        raise UserError(f"期间“{text}”的起点晚于终点，请对调。")
    return Span(first, last)


def parse_said_span(text: str, present: Span) -> Span:
    """Return the span of a text as people write it: 2010年, 2008—2010年, 2010年四季度, 2010年前三季度, or a code form.

    上期, 上年同期, 本年 and 上年 are relative to the present span. Raises UserError for any other text.
    """
    compact = text.replace(" ", "")
    year = present.last // 4 * 4
    relative = {
        "本期": present,
        "上期": present.previous,
        "上年同期": Span(present.first - 4, present.last - 4),
        "本年": Span(year, present.last),
        "上年": Span(year - 4, year - 1),
    }
    if compact in relative:
        return relative[compact]
    if match := _SAID_YEARS.fullmatch(compact):
        return _in_order(Span(int(match[1]) * 4, int(match[2] or match[1]) * 4 + 3), text)
    if match := _SAID_PART.fullmatch(compact):
        first, last = _PARTS[match[2]]
        return Span(int(match[1]) * 4 + first, int(match[1]) * 4 + last)
    ends = compact.split("至")
    quarters = [_SAID_QUARTER.fullmatch(end) for end in ends]
    if len(ends) <= 2 and all(quarters):
        return _in_order(Span(*(_quarter_said(quarter) for quarter in (quarters[0], quarters[-1]) if quarter)), text)
    try:
        return parse_span(compact)
    except UserError:
        raise UserError(
            f"“{text}”不是期间。请写成 2010年、2008—2010年、2010年四季度 这样，或写 本年、上年、上期、上年同期。"
        ) from None


def _quarter_said(match: re.Match[str]) -> int:
    number = match[2]
    return int(match[1]) * 4 + (_ORDINAL.index(number) if number in _ORDINAL else int(number) - 1)


def _in_order(span: Span, text: str) -> Span:
    if span.first > span.last:
        raise UserError(f"期间“{text}”的起点晚于终点，请对调。")
    return span


def format_quarter(quarter: int) -> str:
    """Return the code form of a quarter, such as 2010Q4."""
    return f"{quarter // 4}Q{quarter % 4 + 1}"


def say_quarter(quarter: int) -> str:
    """Return a quarter in Chinese, such as 2010年四季度."""
    return f"{quarter // 4}年{_ORDINAL[quarter % 4]}季度"


def say_span(span: Span) -> str:
    """Return a span in Chinese: 2010年, 2008—2010年, 2010年四季度, 2010年上半年, or both ends."""
    first_year, last_year = span.first // 4, span.last // 4
    if span.length == 1:
        return say_quarter(span.first)
    if span.whole_years:
        return f"{first_year}年" if first_year == last_year else f"{first_year}—{last_year}年"
    part = next((name for name, ends in _PARTS.items() if _within_year(span) == ends), "")
    return f"{first_year}年{part}" if part else f"{say_quarter(span.first)}至{say_quarter(span.last)}"


def _within_year(span: Span) -> tuple[int, int] | None:
    """Return the first and last quarter of a span within one year, counted from 0; None over a year's end."""
    year = span.first // 4
    return (span.first - year * 4, span.last - year * 4) if span.last // 4 == year else None


def last_day(quarter: int) -> date:
    """Return the last day of a quarter."""
    return date((quarter + 1) // 4, (quarter + 1) % 4 * 3 + 1, 1) - timedelta(days=1)


def first_quarter(quarter: int, of: Literal["year", "quarter"]) -> int:
    """Return the first quarter of the year that a quarter lies in, or the quarter itself."""
    return quarter // 4 * 4 if of == "year" else quarter


def say_day(day: date) -> str:
    """Return a day as it is written on screen, such as 2010年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def quarter_of(day: date) -> int:
    """Return the quarter in which a day lies."""
    return day.year * 4 + (day.month - 1) // 3


def year_of(quarter: int) -> int:
    """Return the calendar year of a quarter."""
    return quarter // 4
