"""Splitting a target (目标分解) among the organisations below so that together they reach the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum
from typing import Literal

from base.formats import balance
from base.periods import Span, first_quarter
from stats.catalogue import Catalogue
from stats.organisations import organisations_by_parent
from stats.readings import read_units
from stats.totals.item_parts import read_parts
from stats.warehouse import Warehouse

Method = Literal["base", "last_year", "same", "points"]
COUNT_METHODS: Mapping[Method, str] = {"base": "按会员人数", "last_year": "按上年完成数"}
RATE_METHODS: Mapping[Method, str] = {"same": "各地同一比率", "points": "各地提高同样的百分点"}
_STEPS = 60  # bisection steps; far below any digit that is printed


@dataclass(frozen=True)
class Share:
    """One organisation below: its present value, its base (for a rate the denominator), and last year's value.

    None: not known. All in stored units, rates 0–1.
    """

    code: str
    name: str
    now: float | None
    base: float | None
    last_year: float | None = None


def shares_below(warehouse: Warehouse, catalogue: Catalogue, code: str, unit: str, last: int) -> list[Share]:
    """Return the open direct children of an organisation, with the weights for splitting a target.

    `now` is the year so far, `last_year` the whole year before. The base of a count is the organisation's size, by the
    item that reporting.yml names.
    """
    indicator = catalogue.indicator(code)
    below = [
        organisation for organisation in organisations_by_parent(warehouse).get(unit, ()) if organisation.open_in(last)
    ]
    codes, year = [organisation.code for organisation in below], Span(first_quarter(last, "year"), last)
    whole = Span(year.first - year.a_year, year.first - 1)
    now = read_units(warehouse, catalogue, codes, year, [code]) if codes else []
    before = read_units(warehouse, catalogue, codes, whole, [code]) if codes else []
    size = catalogue.reporting.size
    sizes = read_parts(warehouse, codes, Span(last, last), None, [size]) if codes else {}
    return [
        Share(
            code=organisation.code,
            name=organisation.name,
            now=reading.value,
            base=reading.denominator if indicator.is_rate else sizes[organisation.code][size].now,
            last_year=earlier.value,
        )
        for organisation, reading, earlier in zip(below, now, before, strict=True)
    ]


def break_down(goal: float, shares: Sequence[Share], method: Method, decimals: int = 0) -> list[float | None]:
    """Return each one's target, in order; None if nothing is known about it.

    A count is split so that the parts add up to it exactly (最大余额法); one without a base gets nothing. For a rate
    each gets the same target, or its present value plus the same number of points that lets all together reach the
    goal, 100% at most.
    """
    if method == "same":
        return [goal if share.base else None for share in shares]
    if method == "points":
        return _raise_alike(goal, shares)
    weights = [(share.base if method == "base" else share.last_year) or 0.0 for share in shares]
    total = fsum(weights)
    if not total:
        return [None for _ in shares]
    parts = balance([Decimal(str(goal)) * Decimal(str(weight)) / Decimal(str(total)) for weight in weights], decimals)
    return [float(part) for part in parts]


def together(values: Sequence[float | None], shares: Sequence[Share], rate: bool) -> float | None:
    """Return the combined value: the sum, or for a rate the mean weighted by the bases.

    None if nothing is known. One without a value counts with its present value.
    """
    if not rate:
        known = [value for value in values if value is not None]
        return fsum(known) if known else None
    held = [
        ((value if value is not None else share.now), share.base) for value, share in zip(values, shares, strict=True)
    ]
    known_rates = [(value, base) for value, base in held if value is not None and base]
    bases = fsum(base for _, base in known_rates)
    return fsum(value * base for value, base in known_rates) / bases if bases else None


def _raise_alike(goal: float, shares: Sequence[Share]) -> list[float | None]:
    """Return each one's value raised by the same points so that together they reach the goal, found by bisection."""

    def raised(points: float) -> list[float | None]:
        return [min(share.now + points, 1.0) if share.now is not None and share.base else None for share in shares]

    low, high = 0.0, 1.0
    if (together(raised(low), shares, rate=True) or 0.0) >= goal:
        return raised(low)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        reached = together(raised(middle), shares, rate=True)
        low, high = (middle, high) if reached is None or reached < goal else (low, middle)
    return raised(high)
