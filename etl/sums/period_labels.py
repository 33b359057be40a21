"""Period labels: quarters, halves and years are sums if their months or quarters are there too."""

import re
from collections.abc import Sequence

from base.text import normalise

_YEAR = r"(?:\d{4}年?[./-]?)?"
_MONTH = re.compile(rf"{_YEAR}(?:1[0-2]|0?[1-9]|[一二三四五六七八九十]{{1,2}})月份?")
_QUARTER = re.compile(rf"{_YEAR}(?:第?[一二三四1-4]季度?|Q[1-4]|[1-4]Q)", re.IGNORECASE)
_HALF = re.compile(rf"{_YEAR}[上下]半年|前三季度")
_WHOLE = re.compile(rf"{_YEAR}(?:全年|年度|本年)|\d{{4}}年全年")
_FEW = 2  # one alone does not make columns of months


def period_rank(labels: Sequence[str]) -> list[int]:
    """Return 2 for each label of a year, 1 of a quarter or half, with at least two of its parts present; 0 for others.

    Parts are the months or quarters of the period.
    """
    plain = [normalise(label) for label in labels]
    months = sum(bool(_MONTH.fullmatch(label)) for label in plain) >= _FEW
    quarters = sum(bool(_QUARTER.fullmatch(label)) for label in plain) >= _FEW
    halves = sum(bool(_HALF.fullmatch(label)) for label in plain) >= _FEW
    return [_rank(label, months, quarters, halves) for label in plain]


def _rank(label: str, months: bool, quarters: bool, halves: bool) -> int:
    if _WHOLE.fullmatch(label):
        return 2 if months or quarters or halves else 0
    if _HALF.fullmatch(label):
        return int(months or quarters)
    return int(months and bool(_QUARTER.fullmatch(label)))
