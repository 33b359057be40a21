"""Quarters and spans of quarters. A quarter is the integer year × 4 + quarter − 1, so neighbours differ by one."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from stats.errors import UserError

_QUARTER = re.compile(r"(\d{4})Q([1-4])")
_ORDINAL = "一二三四"


@dataclass(frozen=True, order=True)
class Span:
    """The quarters `first` to `last`, both counted in."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Return the number of quarters."""
        return self.last - self.first + 1

    @property
    def previous(self) -> "Span":
        """Return the span of the same length just before this one."""
        return Span(self.first - self.length, self.first - 1)

    def __str__(self) -> str:
        """Return the code form, such as 2008Q1..2010Q4."""
        return f"{format_quarter(self.first)}..{format_quarter(self.last)}"


def parse_quarter(text: str) -> int:
    """Return the quarter of a text such as 2010Q4. Raises UserError for any other text."""
    found = _QUARTER.fullmatch(text.strip())
    if not found:
        raise UserError(f"“{text}”不是季度。请写成 2010Q4 这样：四位年份、字母 Q、1 到 4。")
    return int(found[1]) * 4 + int(found[2]) - 1


def parse_span(text: str) -> Span:
    """Return the span of a text such as 2008Q1..2010Q4 or 2010Q4. Raises UserError when it is none."""
    ends = text.split("..")
    if len(ends) > 2:
        raise UserError(f"“{text}”不是期间。请写成 2008Q1..2010Q4 这样。")
    first, last = parse_quarter(ends[0]), parse_quarter(ends[-1])
    if first > last:
        raise UserError(f"期间“{text}”的起点晚于终点，请对调。")
    return Span(first, last)


def format_quarter(quarter: int) -> str:
    """Return the code form of a quarter, such as 2010Q4."""
    return f"{quarter // 4}Q{quarter % 4 + 1}"


def say_quarter(quarter: int) -> str:
    """Return a quarter in Chinese, such as 2010年四季度."""
    return f"{quarter // 4}年{_ORDINAL[quarter % 4]}季度"


def say_span(span: Span) -> str:
    """Return a span in Chinese: 2010年, 2008—2010年, 2010年四季度, or both ends."""
    whole_years = span.first % 4 == 0 and span.last % 4 == 3
    first_year, last_year = span.first // 4, span.last // 4
    if span.length == 1:
        return say_quarter(span.first)
    if whole_years:
        return f"{first_year}年" if first_year == last_year else f"{first_year}—{last_year}年"
    return f"{say_quarter(span.first)}至{say_quarter(span.last)}"


def last_day(quarter: int) -> date:
    """Return the last day of a quarter."""
    return date((quarter + 1) // 4, (quarter + 1) % 4 * 3 + 1, 1) - timedelta(days=1)


def year_of(quarter: int) -> int:
    """Return the calendar year of a quarter."""
    return quarter // 4
