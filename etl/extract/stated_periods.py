"""Stated periods: the year and part of it that a sheet's name, a title or a file's name states, as far as it does."""

import re
from dataclasses import dataclass
from datetime import date

from base.errors import UserError
from base.month_spans import HALF_YEAR, QUARTER, YEAR, Months, last_day_of, months_of, parse_period, say_months
from base.text import normalise
from etl.model.values import find_period, with_arabic_dates

_QUARTER = re.compile(r"第?([1-4一二三四])(?:季度|季(?=$|[)\]报表末]))|Q([1-4])(?!\d)", re.IGNORECASE)
_SEVERAL = re.compile(r"[1-4一二三四](?:季度?)?[、,和至到—–~-]第?[1-4一二三四]季")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!\d)")
_ONLY_MONTH = re.compile(r"(?:\d{4}年)?(?:[1-9]月?[—–~至-])?(1[0-2]|[1-9])月份?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年(?!度|全年)|$)")
_HALF = re.compile(r"([上下])半年")
_DAY_OF_SENDING = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:[^\d年]*\d{1,2}月?[—–~至-])?(1[0-2]|[1-9])月")
_FOUR_DIGITS = re.compile(r"(?:19|20)\d\d")
_ORDINAL = "一二三四"
_Part = tuple[int, int]  # first and last month of a part of a year, from 0


@dataclass(frozen=True)
class StatedPeriod:
    """A year, the parts of it that are named (a month, a quarter, a half), and a month of sending, if stated.

    The month of sending is counted from year 0; what was sent in it can't be of a later period.
    """

    year: int | None
    parts: tuple[_Part, ...] = ()
    sent: int | None = None

    def fits(self, months: Months) -> bool:
        """Return whether a period is compatible with it: lies within all that is stated."""
        year = months.first // YEAR
        first, last = months.first - year * YEAR, months.last - year * YEAR
        within = all(begin <= first and last <= end for begin, end in self.parts)
        return self.year in (None, year) and within and (self.sent is None or self.sent >= months.first)

    def sentence(self) -> str:
        """Return the quarter or month in Chinese, "" when only the year or only the part is stated."""
        parts = [part for part in self.parts if part[1] - part[0] < QUARTER]
        if self.year is None or not parts:
            return ""
        return say_months(Months(*parts[0]).moved(self.year * YEAR))


def parse_period_end(text: str, length: int) -> date:
    """Return the last day of the period of so many months that a cell names: 2005, 2005年, 2005Q4, 2005年上半年.

    Raises ValueError for any other text, also for a period of another length.
    """
    plain = normalise(text).rstrip("度底末") if length == YEAR else normalise(text)
    number = int(plain) if length == YEAR and _FOUR_DIGITS.fullmatch(plain) else find_period(plain, length)
    if number is None:
        try:
            number = parse_period(plain, length)
        except UserError:
            raise ValueError(text) from None
    return last_day_of(number, length)


def stated_by_sheet(name: str, length: int = QUARTER) -> StatedPeriod:
    """Return the period in a sheet's name: 2011年三季度, 三季度, 7月, 七月, 上半年, 2011.

    `length` is that of the form's periods in months: in a form of months a month is meant, else its quarter.
    """
    plain = with_arabic_dates(normalise(name))
    month = _ONLY_MONTH.fullmatch(plain)
    parts = _quarter(plain) if month is None else _part((int(month[1]) - 1) // min(length, QUARTER), length)
    return _whole(name, length) or StatedPeriod(_year(plain), (*parts, *_half(plain)))


def stated_by_title(title: str, of_periods: bool = False, length: int = QUARTER) -> StatedPeriod:
    """Return the period in a title. A year alone counts with `of_periods`: in a standing form it may be a target's."""
    plain = normalise(title)
    year = _year(plain) if of_periods else None
    return _whole(title, length) or StatedPeriod(year, (*_quarter(plain), *_half(plain)))


def stated_by_file(name: str, length: int = QUARTER) -> StatedPeriod:
    """Return the period in a file's name; a month is that of sending, before which no period can have begun."""
    plain = with_arabic_dates(normalise(name.rpartition(".")[0] or name))
    quarter = _quarter(plain)
    if quarter and (whole := _whole(plain, length)):
        return whole
    sent = _sent(plain)
    year = None if sent is not None or _MONTH.search(plain) else _year(plain)
    return StatedPeriod(year, (*quarter, *_half(plain)), sent)


def _whole(text: str, length: int) -> StatedPeriod | None:
    for size in (length, QUARTER):
        period = find_period(text, size)
        if period is not None:
            months = months_of(period, size)
            year = months.first // YEAR
            return StatedPeriod(year, ((months.first - year * YEAR, months.last - year * YEAR),))
    return None


def _part(number: int, length: int) -> tuple[_Part]:
    """Return the months of a part of a year, given by number: of a quarter, or in a form of months of a month."""
    months = months_of(number, min(length, QUARTER))
    return ((months.first, months.last),)


def _quarter(plain: str) -> tuple[_Part, ...]:
    quarters = [match[1] or match[2] for match in _QUARTER.finditer(plain)]
    if len({*quarters}) != 1 or _SEVERAL.search(plain):
        return ()
    return _part(_ORDINAL.index(quarters[0]) if quarters[0] in _ORDINAL else int(quarters[0]) - 1, QUARTER)


def _half(plain: str) -> tuple[_Part, ...]:
    halves = {match[1] for match in _HALF.finditer(plain)}
    first = "上下".index(halves.pop()) * HALF_YEAR if len(halves) == 1 else None
    return () if first is None else ((first, first + HALF_YEAR - 1),)


def _sent(plain: str) -> int | None:
    months = [int(year) * 12 + int(month) - 1 for year, month in _DAY_OF_SENDING.findall(plain)]
    return max(months, default=None)


def _year(plain: str) -> int | None:
    years = {int(match[1]) for match in _YEAR.finditer(plain)}
    return years.pop() if len(years) == 1 else None
