"""Stated periods: the year and quarter that a sheet's name, a title or a file's name states, as far as it does."""

import re
from dataclasses import dataclass

from base.periods import say_quarter
from base.text import normalise
from etl.model.values import find_quarter, with_arabic_dates

_QUARTER = re.compile(r"第?([1-4一二三四])(?:季度|季(?=$|[)\]报表末]))|Q([1-4])(?!\d)", re.IGNORECASE)
_SEVERAL = re.compile(r"[1-4一二三四](?:季度?)?[、,和至到—–~-]第?[1-4一二三四]季")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!\d)")
_ONLY_MONTH = re.compile(r"(?:\d{4}年)?(?:[1-9]月?[—–~至-])?(1[0-2]|[1-9])月份?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年(?!度|全年)|$)")
_HALF = re.compile(r"([上下])半年")
_DAY_OF_SENDING = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:[^\d年]*\d{1,2}月?[—–~至-])?(1[0-2]|[1-9])月")
_ORDINAL = "一二三四"


@dataclass(frozen=True)
class StatedPeriod:
    """A year, a quarter (0 to 3) and a half (0 or 1) of it, and a month of sending; each None if not stated.

    The month is counted from year 0; what was sent in it can't be of a later quarter.
    """

    year: int | None
    quarter: int | None
    half: int | None = None
    sent: int | None = None

    def fits(self, period: int) -> bool:
        """Return whether a quarter is compatible with it."""
        pairs = ((self.year, period // 4), (self.quarter, period % 4), (self.half, period % 4 // 2))
        return all(stated in (None, own) for stated, own in pairs) and (self.sent is None or self.sent >= period * 3)

    def sentence(self) -> str:
        """Return the quarter in Chinese, "" when only the year or only the quarter is stated."""
        return "" if self.year is None or self.quarter is None else say_quarter(self.year * 4 + self.quarter)


def stated_by_sheet(name: str) -> StatedPeriod:
    """Return the period in a sheet's name: 2011年三季度, 三季度, 7月, 七月, 上半年, 2011."""
    plain = with_arabic_dates(normalise(name))
    month = _ONLY_MONTH.fullmatch(plain)
    quarter = (int(month[1]) - 1) // 3 if month else _quarter(plain)
    return _whole(name) or StatedPeriod(_year(plain), quarter, _half(plain))


def stated_by_title(title: str, of_quarters: bool = False) -> StatedPeriod:
    """Return the period in a title. A year alone counts in forms of quarters only: it may be that of a target."""
    plain = normalise(title)
    return _whole(title) or StatedPeriod(_year(plain) if of_quarters else None, _quarter(plain), _half(plain))


def stated_by_file(name: str) -> StatedPeriod:
    """Return the period in a file's name; a month is that of sending, before which no quarter can have begun."""
    plain = with_arabic_dates(normalise(name.rpartition(".")[0] or name))
    quarter = _quarter(plain)
    if quarter is not None and (whole := _whole(plain)):
        return whole
    sent = _sent(plain)
    year = None if sent is not None or _MONTH.search(plain) else _year(plain)
    return StatedPeriod(year, quarter, _half(plain), sent)


def _whole(text: str) -> StatedPeriod | None:
    period = find_quarter(text)
    return None if period is None else StatedPeriod(period // 4, period % 4)


def _quarter(plain: str) -> int | None:
    quarters = [match[1] or match[2] for match in _QUARTER.finditer(plain)]
    if len({*quarters}) != 1 or _SEVERAL.search(plain):
        return None
    return _ORDINAL.index(quarters[0]) if quarters[0] in _ORDINAL else int(quarters[0]) - 1


def _half(plain: str) -> int | None:
    halves = {match[1] for match in _HALF.finditer(plain)}
    return "上下".index(halves.pop()) if len(halves) == 1 else None


def _sent(plain: str) -> int | None:
    months = [int(year) * 12 + int(month) - 1 for year, month in _DAY_OF_SENDING.findall(plain)]
    return max(months, default=None)


def _year(plain: str) -> int | None:
    years = {int(match[1]) for match in _YEAR.finditer(plain)}
    return years.pop() if len(years) == 1 else None
