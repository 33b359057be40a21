"""Periods that figures are read by: quarters, or months where a span is not made of whole quarters.

A quarter is the integer year × 4 + quarter − 1 and a month the integer year × 12 + month − 1, so neighbours differ by
one. In the years 1000 to 2999 all quarters are below MONTHS_FROM and all months are not: a number says which it is, and
a quarter is never taken for a month. Their arithmetic is that of months (base/month_spans.py), of which half-years,
years and statistical years are spans too.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from base.errors import UserError
from base.month_spans import (
    MONTH,
    ORDINALS,
    PARTS_OF_YEAR,
    QUARTER,
    YEAR,
    Months,
    format_period,
    last_day_of,
    months_of,
    parse_months,
    parse_period,
    period_of,
    say_months,
    say_period,
    statistical_year,
)

_SAID_YEARS = re.compile(r"(\d{4})年?(?:[—–~至到-]+(\d{4})年?)?")
MONTHS_FROM = 12_000
_ENDS = 2  # of a span, at most
_SAID_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_SAID_QUARTER = re.compile(r"(\d{4})年第?([一二三四1-4])季度")
_SAID_PART = re.compile(rf"(\d{{4}})年({'|'.join(PARTS_OF_YEAR)})")
_SAID_MONTHS = re.compile(r"(\d{4})年(\d{1,2})月?[—–~至到-]+(\d{1,2})月")
_SAID_STATISTICAL = re.compile(r"(\d{4})年?统计年度")


@dataclass(frozen=True, order=True)
class Span:
    """The quarters `first` to `last`, both included; or the months, where it is not made of whole quarters."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Return the number of quarters, or of months."""
        return self.last - self.first + 1

    @property
    def each(self) -> int:
        """Return how many months each of its periods has: those of a quarter, or one."""
        return length_of(self.first)

    @property
    def a_year(self) -> int:
        """Return how many of its periods make a year."""
        return YEAR // self.each

    @property
    def months(self) -> Months:
        """Return its months."""
        return Months(self.first * self.each, (self.last + 1) * self.each - 1)

    @property
    def quarters(self) -> "Span":
        """Return the quarters in which its first and last month lie, and those between."""
        return Span(quarter_in(self.first), quarter_in(self.last))

    @property
    def whole_years(self) -> bool:
        """Return whether it begins with a year and ends with one."""
        return self.months.aligned(YEAR)

    @property
    def previous(self) -> "Span":
        """Return the span of the same length just before this one."""
        return Span(self.first - self.length, self.first - 1)

    @property
    def year_before(self) -> "Span":
        """Return the same span a year before."""
        return Span(self.first - self.a_year, self.last - self.a_year)

    def like(self, other: "Span") -> "Span":
        """Return the same time in periods of the length that another span has: quarters as months, if that has them."""
        if self.each == other.each:
            return self
        return Span(self.months.first, self.months.last) if other.each == MONTH else self.quarters

    def __str__(self) -> str:
        """Return the code form, such as 2008Q1..2010Q4 or 2026M06..2026M07."""
        return f"{format_quarter(self.first)}..{format_quarter(self.last)}"


def length_of(period: int) -> int:
    """Return how many months a period has: those of a quarter, or one."""
    return MONTH if period >= MONTHS_FROM else QUARTER


def quarter_in(period: int) -> int:
    """Return the quarter in which a month lies, or the quarter itself."""
    return period // QUARTER if length_of(period) == MONTH else period


def ended_quarter(period: int) -> int:
    """Return the last quarter that has ended when a month has, or the quarter itself."""
    return (period + 1) // QUARTER - 1 if length_of(period) == MONTH else period


def parse_quarter(text: str) -> int:
    """Return the quarter of a text such as 2010Q4. Raises UserError for any other text."""
    try:
        return parse_period(text, QUARTER)
    except UserError:
        raise UserError(f"“{text}”不是季度。请写成 2010Q4 这样：四位年份、字母 Q、1 到 4。") from None


def parse_span(text: str) -> Span:
    """Return the span of a text such as 2008Q1..2010Q4, 2010Q4, 2010M06, 2010H1, 2010, 2010S or 2010M02..2010M06.

    Raises UserError when it is none.
    """
    return span_of(parse_months(text))


def span_of(months: Months) -> Span:
    """Return months as a span: of the quarters that they make up, or of themselves where they do not."""
    if not months.aligned(QUARTER):
        return Span(months.first, months.last)
    return Span(months.first // QUARTER, months.last // QUARTER)


def whole_of(span: Span, months: int) -> Span | None:
    """Return the part of a span that is made of whole periods of so many months; None where it holds none."""
    length = max(months, span.each)
    held, each = span.months.whole(length), QUARTER if length > MONTH else MONTH
    return Span(held.start * length // each, held.stop * length // each - 1) if held else None


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
    return span_of(months)


def _coded(text: str) -> Months | None:
    try:
        return parse_months(text)
    except UserError:
        return None


def _relative(present: Span) -> dict[str, Span]:
    year, last = year_of(present.last) * YEAR, present.months.last
    return {
        "本期": present,
        "上期": present.previous,
        "上年同期": present.year_before,
        "本年": span_of(Months(year, last)),
        "上年": span_of(Months(year - YEAR, year - 1)),
        "本统计年度": span_of(Months(statistical_year((last + QUARTER) // YEAR).first, last)),
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
    ends = [_said_end(end) for end in compact.split("至")]
    known = [end for end in ends if end]
    return Months(known[0].first, known[-1].last) if len(known) == len(ends) <= _ENDS else None


def _said_end(compact: str) -> Months | None:
    """Return the months of a quarter or month in words, None for other words."""
    if (match := _SAID_MONTH.fullmatch(compact)) and 0 < int(match[2]) <= YEAR:
        return months_of(int(match[1]) * YEAR + int(match[2]) - 1, MONTH)
    match = _SAID_QUARTER.fullmatch(compact)
    return months_of(_quarter_said(match), QUARTER) if match else None


def _quarter_said(match: re.Match[str]) -> int:
    number = match[2]
    return int(match[1]) * 4 + (ORDINALS.index(number) if number in ORDINALS else int(number) - 1)


def format_quarter(quarter: int) -> str:
    """Return the code form of a quarter or month, such as 2010Q4 or 2010M11."""
    return format_period(quarter, length_of(quarter))


def say_quarter(quarter: int) -> str:
    """Return a quarter or month in Chinese, such as 2010年四季度 or 2010年11月."""
    return say_period(quarter, length_of(quarter))


def say_span(span: Span) -> str:
    """Return a span in Chinese: 2010年, 2008—2010年, 2010年四季度, 2010年上半年, or both ends."""
    return say_months(span.months)


def last_day(quarter: int) -> date:
    """Return the last day of a quarter or month."""
    return last_day_of(quarter, length_of(quarter))


def first_quarter(quarter: int, of: Literal["year", "quarter"]) -> int:
    """Return the first period of the year that a quarter or month lies in, or the period itself."""
    return year_of(quarter) * YEAR // length_of(quarter) if of == "year" else quarter


def say_day(day: date) -> str:
    """Return a day as it is written on screen, such as 2010年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def quarter_of(day: date) -> int:
    """Return the quarter in which a day lies."""
    return period_of(day, QUARTER)


def year_of(quarter: int) -> int:
    """Return the calendar year of a quarter or month."""
    return quarter * length_of(quarter) // YEAR
