"""Quarters and spans of quarters. A quarter is the integer year × 4 + quarter − 1, so neighbours differ by one.

Quarters are the grid that figures are read on: however often a form is sent, a span is made of whole quarters. Their
arithmetic is that of months (base/month_spans.py), of which half-years, years and statistical years are spans too.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from base.errors import UserError
from base.month_spans import (
    ORDINALS,
    PARTS_OF_YEAR,
    QUARTER,
    YEAR,
    Months,
    format_period,
    last_day_of,
    parse_months,
    parse_period,
    period_of,
    say_months,
    say_period,
    statistical_year,
)

_SAID_YEARS = re.compile(r"(\d{4})年?(?:[—–~至到-]+(\d{4})年?)?")
_SAID_QUARTER = re.compile(r"(\d{4})年第?([一二三四1-4])季度")
_SAID_PART = re.compile(rf"(\d{{4}})年({'|'.join(PARTS_OF_YEAR)})")
_SAID_MONTHS = re.compile(r"(\d{4})年(\d{1,2})月?[—–~至到-]+(\d{1,2})月")
_SAID_STATISTICAL = re.compile(r"(\d{4})年?统计年度")


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
    def months(self) -> Months:
        """Return its months."""
        return Months(self.first * QUARTER, (self.last + 1) * QUARTER - 1)

    @property
    def whole_years(self) -> bool:
        """Return whether it begins with a year and ends with one."""
        return self.months.aligned(YEAR)

    @property
    def previous(self) -> "Span":
        """Return the span of the same length just before this one."""
        return Span(self.first - self.length, self.first - 1)

    def __str__(self) -> str:
        """Return the code form, such as 2008Q1..2010Q4."""
        return f"{format_quarter(self.first)}..{format_quarter(self.last)}"


def parse_quarter(text: str) -> int:
    """Return the quarter of a text such as 2010Q4. Raises UserError for any other text."""
    try:
        return parse_period(text, QUARTER)
    except UserError:
        raise UserError(f"“{text}”不是季度。请写成 2010Q4 这样：四位年份、字母 Q、1 到 4。") from None


def parse_span(text: str) -> Span:
    """Return the span of a text such as 2008Q1..2010Q4, 2010Q4, 2010H1, 2010, 2010S or 2010M01..2010M06.

    Raises UserError when it is none, or is not made of whole quarters.
    """
    return quarters_of(parse_months(text), text)


def quarters_of(months: Months, text: str) -> Span:
    """Return the quarters that months make up. Raises UserError, with the text they were read from, for a part."""
    if not months.aligned(QUARTER):
        raise UserError(f"“{text}”不是整季度，现在只能按整季度看。请写成 2008Q1..2010Q4 这样。")
    return Span(months.first // QUARTER, months.last // QUARTER)


def parse_said_span(text: str, present: Span) -> Span:
    """Return the span of a text as people write it: 2010年, 2008—2010年, 2010年四季度, 2010年前三季度, or a code form.

    上期, 上年同期, 本年, 上年 and 本统计年度 are relative to the present span. Raises UserError for any other text.
    """
    compact = text.replace(" ", "")
    if span := _relative(present).get(compact):
        return span
    months = _said_months(compact) or _coded(compact)
    if months is None:
        raise UserError(
            f"“{text}”不是期间。请写成 2010年、2008—2010年、2010年四季度 这样，或写 本年、上年、上期、上年同期。"
        )
    if months.first > months.last:
        raise UserError(f"期间“{text}”的起点晚于终点，请对调。")
    return quarters_of(months, text)


def _coded(text: str) -> Months | None:
    try:
        return parse_months(text)
    except UserError:
        return None


def _relative(present: Span) -> dict[str, Span]:
    year = present.last // 4 * 4
    statistical = statistical_year((present.last + 1) // 4)
    return {
        "本期": present,
        "上期": present.previous,
        "上年同期": Span(present.first - 4, present.last - 4),
        "本年": Span(year, present.last),
        "上年": Span(year - 4, year - 1),
        "本统计年度": Span(statistical.first // QUARTER, present.last),
    }


def _said_months(compact: str) -> Months | None:
    """Return the months of years, a part or months of one, a statistical year, or quarters; None for other words."""
    if match := _SAID_YEARS.fullmatch(compact):
        return Months(int(match[1]) * YEAR, int(match[2] or match[1]) * YEAR + YEAR - 1)
    if match := _SAID_STATISTICAL.fullmatch(compact):
        return statistical_year(int(match[1]))
    if match := _SAID_PART.fullmatch(compact):
        return Months(*(int(match[1]) * YEAR + month for month in PARTS_OF_YEAR[match[2]]))
    if (match := _SAID_MONTHS.fullmatch(compact)) and int(match[2]) and 0 < int(match[3]) <= YEAR:
        return Months(*(int(match[1]) * YEAR + int(month) - 1 for month in (match[2], match[3])))
    ends = [_SAID_QUARTER.fullmatch(end) for end in compact.split("至")]
    if len(ends) > 2 or not ends[0] or not ends[-1]:
        return None
    return Months(_quarter_said(ends[0]) * QUARTER, _quarter_said(ends[-1]) * QUARTER + QUARTER - 1)


def _quarter_said(match: re.Match[str]) -> int:
    number = match[2]
    return int(match[1]) * 4 + (ORDINALS.index(number) if number in ORDINALS else int(number) - 1)


def format_quarter(quarter: int) -> str:
    """Return the code form of a quarter, such as 2010Q4."""
    return format_period(quarter, QUARTER)


def say_quarter(quarter: int) -> str:
    """Return a quarter in Chinese, such as 2010年四季度."""
    return say_period(quarter, QUARTER)


def say_span(span: Span) -> str:
    """Return a span in Chinese: 2010年, 2008—2010年, 2010年四季度, 2010年上半年, or both ends."""
    return say_months(span.months)


def last_day(quarter: int) -> date:
    """Return the last day of a quarter."""
    return last_day_of(quarter, QUARTER)


def first_quarter(quarter: int, of: Literal["year", "quarter"]) -> int:
    """Return the first quarter of the year that a quarter lies in, or the quarter itself."""
    return quarter // 4 * 4 if of == "year" else quarter


def say_day(day: date) -> str:
    """Return a day as it is written on screen, such as 2010年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def quarter_of(day: date) -> int:
    """Return the quarter in which a day lies."""
    return period_of(day, QUARTER)


def year_of(quarter: int) -> int:
    """Return the calendar year of a quarter."""
    return quarter // 4
