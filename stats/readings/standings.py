"""Standings: organisations ranked by an indicator, with each one's value and rank and the median among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from base.formats import IN_PART, PERCENT, say_value
from base.periods import Span
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.totals.coverage import ReadingScope, divide, reading_scope
from stats.totals.item_parts import ItemPart, lack_alike, least_covered, read_asked
from stats.warehouse import Warehouse

SMALLEST_BASE = 10  # a rate with a smaller base than this jumps with every single case
SMALL_BASE = f"基数不足{SMALLEST_BASE}"
_NOT_COMPARED = ("streak_years",)  # indicators of one organisation's own history


@dataclass(kw_only=True, frozen=True)
class Standing:
    """One organisation's value of an indicator and its rank, 1 the best; None: not known. Equal values share a rank.

    The best is the largest value, or the smallest where the indicator should fall. `reported` and `expected` count
    returns of the part with the lowest coverage, `each` those of every quarter. A value on a `small` base has no rank.
    """

    unit: str
    value: float | None
    numerator: float | None
    denominator: float | None
    reported: int
    expected: int
    place: int | None = None
    each: tuple[tuple[int, int], ...] = ()
    small: bool = False

    @property
    def ranked(self) -> bool:
        """Return whether it takes part in the ranking."""
        return self.value is not None and not self.small


@dataclass(frozen=True)
class Among:
    """One organisation's position: its own standing, how many are ranked, how many share its rank, the median of those.

    `partial` counts those of them some of whose returns are missing, none where the same ones are missing for all.
    """

    own: Standing
    known: int
    alike: int
    median: float
    partial: int = 0


def standings(
    warehouse: Warehouse, catalogue: Catalogue, codes: Sequence[str], units: Sequence[str], span: Span
) -> dict[str, list[Standing]]:
    """Return, for each indicator that can be compared, the organisations by rank; those without a value come last."""
    indicators = [catalogue.indicator(code) for code in codes]
    scopes = [
        reading_scope(warehouse, catalogue, indicator, span)
        for indicator in indicators
        if indicator.summary not in _NOT_COMPARED
    ]
    current = [scope.without_comparison() for scope in scopes]
    parts = read_asked(warehouse, units, [item for scope in current for item in scope.asked]) if current else {}
    return {
        scope.indicator.code: _placed(
            scope.indicator,
            [_standing(scope, catalogue.unit_of(scope.indicator), *scope.parts(part)) for part in parts.values()],
        )
        for scope in current
    }


def is_on_small_base(measure: str, denominator: float | None) -> bool:
    """Return whether a value is a rate whose base is so small that every single case moves it."""
    return measure == PERCENT and (denominator or 0) < SMALLEST_BASE


def among(placed: Sequence[Standing], unit: str) -> Among | None:
    """Return an organisation's position among others; None when it has no value, or no other one is ranked."""
    own = next((standing for standing in placed if standing.unit == unit and standing.value is not None), None)
    values = [standing.value for standing in placed if standing.ranked and standing.value is not None]
    if own is None or len(values) < 2:
        return None
    alike = sum(value == own.value for value in values)
    return Among(own=own, known=len(values), alike=alike, median=median(values), partial=_count_partial(placed))


def _count_partial(standings: Sequence[Standing]) -> int:
    """Return how many of those ranked have incomplete returns; 0 if all have the same coverage."""
    known = [standing for standing in standings if standing.ranked]
    alike = lack_alike((standing.reported, standing.expected, standing.each) for standing in known)
    return 0 if alike else sum(standing.reported < standing.expected for standing in known)


def _standing(scope: ReadingScope, measure: str, top: ItemPart, bottom: ItemPart | None) -> Standing:
    under, least = scope.under(bottom, "now"), least_covered(top, bottom)
    value = None if scope.not_yet(top.now) else divide(scope.indicator, top.now, under)
    return Standing(
        unit=top.unit,
        value=value,
        numerator=top.now,
        denominator=under,
        reported=least.reported,
        expected=least.expected,
        each=least.each,
        small=value is not None and is_on_small_base(measure, under),
    )


def _placed(indicator: Indicator, standings: Sequence[Standing]) -> list[Standing]:
    sign = 1 if indicator.direction == "down" else -1
    ordered = sorted(
        standings,
        key=lambda each: (not each.ranked, each.value is None, sign * (each.value or 0), each.unit),
    )
    places: dict[float | None, int] = {}
    for number, standing in enumerate(ordered, start=1):
        places.setdefault(standing.value, number)
    return [_with_place(each, places[each.value]) if each.ranked else each for each in ordered]


def _with_place(standing: Standing, place: int) -> Standing:
    return Standing(  # written out, for among thousands of organisations replacing takes three times as long
        unit=standing.unit,
        value=standing.value,
        numerator=standing.numerator,
        denominator=standing.denominator,
        reported=standing.reported,
        expected=standing.expected,
        small=standing.small,
        place=place,
        each=standing.each,
    )


def largest(units: Sequence[str], placed: Sequence[Standing], most: int) -> list[str]:
    """Return at most so many organisations, those with the largest values, in their original order."""
    if len(units) <= most:
        return list(units)
    known = sorted(
        (standing for standing in placed if standing.value is not None), key=lambda standing: -(standing.value or 0)
    )
    wanted = {standing.unit for standing in known[:most]}
    return [unit for unit in units if unit in wanted]


def first_looked_at(indicators: Sequence[Indicator], placed: Mapping[str, Sequence[Standing]]) -> list[Indicator]:
    """Return the indicators with the one by which organisations are looked at first: the first rate that should rise.

    A rate, because large organisations have more of everything; one that some organisation has. The others follow in
    their order; where there is no such rate, all stay in it.
    """
    rates = (
        indicator
        for indicator in indicators
        if indicator.is_rate
        and indicator.direction == "up"
        and any(standing.value is not None for standing in placed.get(indicator.code, ()))
    )
    first = next(rates, indicators[0])
    return [first, *(indicator for indicator in indicators if indicator != first)]


def lowest_first(units: Sequence[str], placed: Sequence[Standing]) -> list[str]:
    """Return organisations by value, the lowest first; those without a value come last; equal ones keep their order."""
    values = {standing.unit: standing.value for standing in placed}
    return sorted(units, key=lambda unit: (values.get(unit) is None, values.get(unit) or 0.0))


def share_of_largest(standings: Sequence[Standing]) -> list[float]:
    """Return each value as a share of the largest (0–1), for bars that begin at zero; 0 for none and for negatives."""
    largest = max((standing.value for standing in standings if standing.value is not None), default=0.0)
    return [max(0.0, (standing.value or 0.0) / largest) if largest > 0 else 0.0 for standing in standings]


def say_rank(position: Among) -> str:
    """Return a rank among others: 第3/18, 并列第1/18 where others have the same value; none on a small base."""
    if position.own.small:
        return f"{SMALL_BASE}，不排名"
    return f"{'并列' if position.alike > 1 else ''}第{position.own.place}/{position.known:,}"


def say_place(position: Among) -> str:
    """Return a rank among others, with a mark where returns of the organisation are missing: 第3/18（未报全）."""
    ranked = not position.own.small and _in_part(position)
    return f"{say_rank(position)}（{IN_PART}）" if ranked else say_rank(position)


def say_place_among(position: Among, peers: str) -> str:
    """Return a rank among peers as part of a sentence: 在蒋家嘴镇的私营工会（8家）里排第3."""
    if position.own.small:
        return f"{SMALL_BASE}，不在{peers}里排名"
    partial = f"，其中{position.partial:,}家{IN_PART}" if position.partial else ""
    text = f"在{peers}（{position.known:,}家{partial}）里{'并列' if position.alike > 1 else '排'}第{position.own.place}"
    return f"{text}（本单位{IN_PART}）" if _in_part(position) else text


def _in_part(position: Among) -> bool:
    return bool(position.partial) and position.own.reported < position.own.expected


def say_spread(standings: Sequence[Standing], indicator: Indicator, measure: str) -> str:
    """Return the spread of organisations: largest, smallest and median of those with a value, and who has none."""
    values = [standing.value for standing in standings if standing.value is not None]
    if not values:
        return "都没有数据"
    ends = (("最大", max(values)), ("中位数", median(values)), ("最小", min(values)))
    text = "，".join(f"{name}{say_value(value, measure, indicator.decimals)}" for name, value in ends)
    without = len(standings) - len(values)
    partial = _count_partial(standings)
    counted = f"{len(values):,}家有数据{f'（其中{partial:,}家{IN_PART}）' if partial else ''}：{text}"
    small = sum(standing.small for standing in standings)
    unranked = (
        f"{without:,}家没有数据，不排名" if without else "",
        f"{small:,}家{SMALL_BASE}，不排名" if small else "",
    )
    return "；另有".join(filter(None, (counted, *unranked)))
