"""Breaking a target down (目标分解): what each organisation below is to reach, so that all together reach the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum
from typing import Literal

from stats.catalogue import Catalogue
from stats.formats import balance
from stats.organisations import organisations_by_parent
from stats.parts import read_parts
from stats.periods import Span, year_of
from stats.readings import read_units
from stats.warehouse import Warehouse

Method = Literal["base", "last_year", "same", "points"]
COUNT_METHODS: Mapping[Method, str] = {"base": "按会员人数", "last_year": "按上年完成数"}
RATE_METHODS: Mapping[Method, str] = {"same": "各地同一比率", "points": "各地提高同样的百分点"}
_STEPS = 60  # halvings; far below any digit that is printed


@dataclass(frozen=True)
class Share:
    """One organisation below: what it has now, its base (for a rate the denominator), and what it did last year.

    None: not known. All in stored units, rates 0–1.
    """

    code: str
    name: str
    now: float | None
    base: float | None
    last_year: float | None = None


def shares_below(warehouse: Warehouse, catalogue: Catalogue, code: str, unit: str, last: int) -> list[Share]:
    """Return the organisations just below that are open, with what a target of theirs may be parted by.

    `now` is of the year so far, `last_year` of the whole year before. The base of a count is how large an organisation
    is, by the item that reporting.yml names.
    """
    indicator = catalogue.indicator(code)
    below = [one for one in organisations_by_parent(warehouse).get(unit, ()) if one.open_in(last)]
    codes, year = [one.code for one in below], year_of(last) * 4
    now = read_units(warehouse, catalogue, codes, Span(year, last), [code]) if codes else []
    before = read_units(warehouse, catalogue, codes, Span(year - 4, year - 1), [code]) if codes else []
    size = catalogue.reporting.size
    sizes = read_parts(warehouse, codes, Span(last, last), None, [size]) if codes else {}
    return [
        Share(
            one.code,
            one.name,
            found.value,
            found.denominator if indicator.is_rate else sizes[one.code][size].now,
            earlier.value,
        )
        for one, found, earlier in zip(below, now, before, strict=True)
    ]


def break_down(goal: float, shares: Sequence[Share], method: Method, decimals: int = 0) -> list[float | None]:
    """Return what each is to reach, in their order; None for one of whom nothing is known.

    A count is parted so that the parts add up to it exactly (最大余额法); who has no base gets nothing. Of a rate each
    gets the same, or as many points more than it has as it takes for all together to reach the goal, 100% at most.
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
    """Return what all reach together by these values: their sum, or for a rate the whole by their bases.

    None where nothing is known. One without a value counts with what it has now.
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
    """Return what each has and so many points more that all together reach the goal: found by halving."""

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
