"""Periods as spans of months: the one arithmetic of months, quarters, half-years, years and statistical years.

A month is the integer year × 12 + month − 1. A form's periods are equally long, a divisor of twelve months, and are
numbered by that length: period `number` of 3 months is the quarter of months number × 3 to number × 3 + 2. So numbers
of one length differ by one from neighbour to neighbour, and a year holds 12 ÷ length of them.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from base.errors import UserError

MONTH, QUARTER, HALF_YEAR, YEAR = 1, 3, 6, 12  # lengths of periods, in months
_LENGTHS = {MONTH: "月", QUARTER: "季度", HALF_YEAR: "半年", YEAR: "年"}
ORDINALS = "一二三四"
_CODE = re.compile(r"(\d{4})(?:M(0[1-9]|1[0-2])|Q([1-4])|H([12])|(S))?")
_STATISTICAL = 3  # months by which a statistical year (10-01..09-30) begins before the calendar year it is named by
PARTS_OF_YEAR = {"上半年": (0, 5), "下半年": (6, 11), "前三季度": (0, 8)}  # of a year, in months from 0


@dataclass(frozen=True, order=True)
class Months:
    """The months `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """Return the number of months."""
        return self.last - self.first + 1

    @property
    def previous(self) -> "Months":
        """Return the span of the same length just before this one."""
        return self.moved(-self.length)

    def moved(self, months: int) -> "Months":
        """Return the same span so many months later, or earlier."""
        return Months(self.first + months, self.last + months)

    def holds(self, other: "Months") -> bool:
        """Return whether another span lies wholly within this one."""
        return self.first <= other.first and other.last <= self.last

    def whole(self, length: int) -> range:
        """Return the numbers of the periods of so many months that lie wholly within; a part of one answers nothing."""
        return range(-(-self.first // length), (self.last + 1) // length)

    def aligned(self, length: int) -> bool:
        """Return whether it begins and ends with a period of so many months."""
        return self.first % length == 0 and (self.last + 1) % length == 0

    def __str__(self) -> str:
        """Return its code: 2026M06, 2026Q2, 2026H1, 2026, or both ends of the longest periods it is made of."""
        for length in (YEAR, HALF_YEAR, QUARTER, MONTH):
            if self.length == length and self.aligned(length):
                return format_period(self.first // length, length)
        length = next(length for length in (YEAR, QUARTER, MONTH) if self.aligned(length))
        return "..".join(format_period(number // length, length) for number in (self.first, self.last))


def months_of(number: int, length: int) -> Months:
    """Return the months of a period by its number and its length in months."""
    return Months(number * length, (number + 1) * length - 1)


def period_of(day: date, length: int) -> int:
    """Return the number of the period of so many months in which a day lies."""
    return (day.year * YEAR + day.month - 1) // length


def quarter_at_end(number: int, length: int) -> int:
    """Return the quarter in which a period ends: of a month the one it lies in."""
    return months_of(number, length).last // QUARTER


def last_day_of(number: int, length: int) -> date:
    """Return the last day of a period."""
    year, month = divmod(months_of(number, length).last + 1, YEAR)
    return date(year, month + 1, 1) - timedelta(days=1)


def parse_months(text: str) -> Months:
    """Return the months of a code, or of two with .. between: 2026M06, 2026Q2, 2026H1, 2026, 2026S (10-01..09-30).

    Raises UserError for any other text, and when the first comes after the second.
    """
    ends = [_CODE.fullmatch(end.strip()) for end in text.split("..")]
    spans = [_coded(end) for end in ends if end]
    if len(spans) != len(ends) or len(ends) > 2:
        raise UserError(f"“{text}”不是期间。请写成 2026M06（月）、2026Q2（季度）、2026H1（半年）、2026（年）这样。")
    if spans[0].first > spans[-1].last:
        raise UserError(f"期间“{text}”的起点晚于终点，请对调。")
    return Months(spans[0].first, spans[-1].last)


def _coded(match: re.Match[str]) -> Months:
    start, (month, quarter, half, statistical) = int(match[1]) * YEAR, match.groups()[1:]
    if month:
        return months_of(start + int(month) - 1, MONTH)
    if quarter:
        return months_of(start // QUARTER + int(quarter) - 1, QUARTER)
    if half:
        return months_of(start // HALF_YEAR + int(half) - 1, HALF_YEAR)
    year = Months(start, start + YEAR - 1)
    return year.moved(-_STATISTICAL) if statistical else year


def statistical_year(year: int) -> Months:
    """Return the statistical year named by a calendar year: from October 1 of the year before to September 30."""
    return Months(year * YEAR, year * YEAR + YEAR - 1).moved(-_STATISTICAL)


def parse_period(text: str, length: int) -> int:
    """Return the number of the period of so many months that a code names. Raises UserError for another code."""
    months = parse_months(text)
    if months.length != length or not months.aligned(length):
        example = format_period(period_of(date(2026, 6, 1), length), length)
        raise UserError(f"“{text}”不是{_LENGTHS[length]}。请写成 {example} 这样。")
    return months.first // length


def format_period(number: int, length: int) -> str:
    """Return the code of a period by its number and its length in months: 2026M06, 2026Q2, 2026H1, 2026."""
    year, place = divmod(number, YEAR // length)
    place += 1
    return {MONTH: f"{year}M{place:02d}", QUARTER: f"{year}Q{place}", HALF_YEAR: f"{year}H{place}", YEAR: f"{year}"}[
        length
    ]


def say_period(number: int, length: int) -> str:
    """Return a period in Chinese: 2026年6月, 2026年二季度, 2026年上半年, 2026年."""
    year, place = divmod(number, YEAR // length)
    if length == QUARTER:
        return f"{year}年{ORDINALS[place]}季度"
    return f"{year}年" + {MONTH: f"{place + 1}月", HALF_YEAR: "上下"[place % 2] + "半年", YEAR: ""}[length]


def say_months(span: Months) -> str:
    """Return a span in Chinese: a period's words, 2008—2010年, 2026年前三季度, 2026年2—5月, or both ends."""
    for length in (YEAR, QUARTER, MONTH):
        if span.length == length and span.aligned(length):
            return say_period(span.first // length, length)
    first, last = span.first // YEAR, span.last // YEAR
    if span.aligned(YEAR):
        return f"{first}—{last}年"
    if first != last:
        return _both_ends(span)
    within = span.first - first * YEAR, span.last - first * YEAR
    if part := next((name for name, ends in PARTS_OF_YEAR.items() if ends == within), ""):
        return f"{first}年{part}"
    return _both_ends(span) if span.aligned(QUARTER) else f"{first}年{within[0] + 1}—{within[1] + 1}月"


def _both_ends(span: Months) -> str:
    length = QUARTER if span.aligned(QUARTER) else MONTH
    return "至".join(say_period(month // length, length) for month in (span.first, span.last))
