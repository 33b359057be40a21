"""Stated periods: the year and quarter that a sheet's name, a title or a file's name states, as far as it does."""

import re
from dataclasses import dataclass

from base.periods import say_quarter
from base.text import normalise
from etl.model.values import find_quarter

_QUARTER = re.compile(r"第?([1-4一二三四])(?:季度|季(?=$|[)\]报表末]))|Q([1-4])(?!\d)", re.IGNORECASE)
_SEVERAL = re.compile(r"[1-4一二三四](?:季度?)?[、,和至到—–~-]第?[1-4一二三四]季")
_MONTH = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?!\d)")
_ONLY_MONTH = re.compile(r"(?:\d{4}年)?(?:[1-9]月?[—–~至-])?(1[0-2]|[1-9])月份?")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年(?!度|全年)|$)")
_ORDINAL = "一二三四"


@dataclass(frozen=True)
class SaidPeriod:
    """A year and a quarter of it (0 to 3), each None if not stated."""

    year: int | None
    quarter: int | None

    def fits(self, period: int) -> bool:
        """Return whether a quarter is compatible with it."""
        return self.year in (None, period // 4) and self.quarter in (None, period % 4)

    def sentence(self) -> str:
        """Return the quarter in Chinese, "" when only the year or only the quarter is stated."""
        return "" if self.year is None or self.quarter is None else say_quarter(self.year * 4 + self.quarter)


def said_by_sheet(name: str) -> SaidPeriod:
    """Return the period in a sheet's name: 2011年三季度, 三季度, 7月, 2011."""
    plain = normalise(name)
    month = _ONLY_MONTH.fullmatch(plain)
    return _whole(name) or SaidPeriod(_year(plain), (int(month[1]) - 1) // 3 if month else _quarter(plain))


def said_by_title(title: str) -> SaidPeriod:
    """Return the period in a title; a year alone is ignored, since it may belong to the table's subject."""
    return _whole(title) or SaidPeriod(None, _quarter(normalise(title)))


def said_by_file(name: str) -> SaidPeriod:
    """Return the period in a file's name; a month is ignored with its year, since it may be the day of sending."""
    plain = normalise(name.rpartition(".")[0] or name)
    quarter = _quarter(plain)
    if quarter is not None and (whole := _whole(plain)):
        return whole
    return SaidPeriod(None if _MONTH.search(plain) else _year(plain), quarter)


def _whole(text: str) -> SaidPeriod | None:
    period = find_quarter(text)
    return None if period is None else SaidPeriod(period // 4, period % 4)


def _quarter(plain: str) -> int | None:
    found = [match[1] or match[2] for match in _QUARTER.finditer(plain)]
    if len({*found}) != 1 or _SEVERAL.search(plain):
        return None
    return _ORDINAL.index(found[0]) if found[0] in _ORDINAL else int(found[0]) - 1


def _year(plain: str) -> int | None:
    found = {int(match[1]) for match in _YEAR.finditer(plain)}
    return found.pop() if len(found) == 1 else None
