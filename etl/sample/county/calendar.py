"""The sample's quarters and the days in them."""

from datetime import date, timedelta
from random import Random

from base.periods import parse_quarter

FIRST = parse_quarter("2008Q1")
YEAR_END = parse_quarter("2010Q4")  # what the report calls 截止目前 (as of now)
LAST = parse_quarter("2011Q2")
QUARTERS = range(FIRST, LAST + 1)
REGISTER_STARTS = date(2008, 1, 1)  # the first day of the registers


def quarter_of(day: date) -> int:
    """Return the quarter a day lies in."""
    return day.year * 4 + (day.month - 1) // 3


def first_day(quarter: int) -> date:
    """Return the first day of a quarter."""
    return date(quarter // 4, quarter % 4 * 3 + 1, 1)


def last_day(quarter: int) -> date:
    """Return the last day of a quarter."""
    return first_day(quarter + 1) - timedelta(days=1)


def some_day(quarter: int, rng: Random) -> date:
    """Return a random day between the 3rd of a quarter's first month and the 25th of its last."""
    return first_day(quarter) + timedelta(days=rng.randint(2, 84))


def say_day(day: date) -> str:
    """Return a day in Chinese, such as 2011年1月8日."""
    return f"{day.year}年{day.month}月{day.day}日"
