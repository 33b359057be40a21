"""Levels: how far a value lies from its target, from its peers' median or from the whole, and what would close it.

What closes a distance is added to a count, or to the numerator of a rate with its denominator unchanged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from base.formats import PERCENT, counts, say_lack, say_value
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.judging.verdicts import SMALLEST, shortfall_of, whole_units
from stats.readings import Reading, held_against, verdict_on
from stats.readings.sentences import judge, say_target
from stats.readings.standings import Among, Standing, among
from stats.totals import totals_of_each
from stats.warehouse import Warehouse

_UP, _NEITHER = "up", "none"
_TOGETHER = 100  # organisations; a third of those whose totals are kept


@dataclass(kw_only=True, frozen=True)
class Distance:
    """How far a value lies from a level.

    `difference` is the level minus the value, in the indicator's unit (rates 0–1). `behind` says whether the value has
    still to reach the level, None where there is no better or worse. `units` is what then has to be added to the count
    or to the numerator, negative where it has to fall: whole units of what is counted, 0 where nothing is lacking.
    """

    level: float
    difference: float
    behind: bool | None
    units: float = 0.0


@dataclass(kw_only=True, frozen=True)
class PeerComparison:
    """One figure of an organisation beside its peers': its reading with its target, its position, and both distances.

    A rate without a target of its own is held against the one of the whole.
    """

    reading: Reading
    position: Among | None
    to_target: Distance | None
    to_median: Distance | None


def compare(catalogue: Catalogue, held: Reading, placed: Sequence[Standing]) -> PeerComparison:
    """Return a figure, with the target it is held to, beside those of its peers, who are given by their standings."""
    position = among(placed, held.unit)
    median = distance_to(catalogue, held, position.median) if position and not position.own.small else None
    return PeerComparison(
        reading=held, position=position, to_target=distance_to_target(catalogue, held), to_median=median
    )


def totals_ahead(warehouse: Warehouse, units: Sequence[str], together: int = _TOGETHER) -> Iterator[str]:
    """Yield organisations that are then judged; their totals are read beforehand, those of many together.

    A verdict on one whose totals are not there reads them alone, which takes thirty times as long.
    """
    for at in range(0, len(units), together):
        totals_of_each(warehouse, units[at : at + together])
        yield from units[at : at + together]


def held_to(warehouse: Warehouse, catalogue: Catalogue, reading: Reading, whole: Reading | None, last: int) -> Reading:
    """Return a reading with its target: its own, for a rate otherwise the one of the whole, for a count none.

    The verdict is that at the end of the quarter `last`.
    """
    goal = whole.goal if whole else None
    if reading.goal or goal is None or not catalogue.indicators[reading.indicator].is_rate:
        return reading
    return held_against(reading, verdict_on(warehouse, catalogue, goal, last, reading.unit))


def distance_to_target(catalogue: Catalogue, reading: Reading) -> Distance | None:
    """Return how far a reading lies from its target; None without a number, and before its time has begun."""
    goal, judged = reading.goal, reading.judged
    if goal is None or goal.value is None or reading.value is None or judged is None or judged.shortfall is None:
        return None
    short = shortfall_of(goal, catalogue.indicators[reading.indicator], reading.value)
    if not short:
        return Distance(level=goal.value, difference=goal.value - reading.value, behind=False)
    level = reading.value + short
    return Distance(level=level, difference=short, behind=True, units=_units(catalogue, reading, level))


def distance_to(catalogue: Catalogue, reading: Reading, level: float) -> Distance | None:
    """Return how far a reading lies from a level, such as the median of its peers; None where it has no value."""
    if reading.value is None:
        return None
    difference = level - reading.value
    direction = catalogue.indicators[reading.indicator].direction
    short = difference if direction == _UP else -difference
    behind = None if direction == _NEITHER else short > SMALLEST
    return Distance(
        level=level, difference=difference, behind=behind, units=_units(catalogue, reading, level) if behind else 0.0
    )


def _units(catalogue: Catalogue, reading: Reading, level: float) -> float:
    indicator = catalogue.indicators[reading.indicator]
    rate = indicator.is_rate and reading.denominator is not None and reading.numerator is not None
    exact = level * (reading.denominator or 0) - (reading.numerator or 0) if rate else level - (reading.value or 0.0)
    return float(whole_units(exact)) if counts(_measure(catalogue, indicator)) else exact


def _measure(catalogue: Catalogue, indicator: Indicator) -> str:
    """Return the unit of measure of what is added: that of a rate's numerator, or the indicator's own."""
    if not indicator.is_rate:
        return catalogue.unit_of(indicator)
    return catalogue.measures[catalogue.parts(indicator)[0].measure].name


def say_closing(catalogue: Catalogue, reading: Reading, distance: Distance) -> str:
    """Return what would close a distance: 还差12人; of a rate which part has to grow while the other stays as it is."""
    if not distance.behind or not distance.units:
        return ""
    indicator = catalogue.indicators[reading.indicator]
    size = say_value(abs(distance.units), _measure(catalogue, indicator))
    if not indicator.is_rate:
        return f"{'还差' if distance.units > 0 else '要减少'}{size}"
    top, bottom = catalogue.parts(indicator)
    under = say_value(reading.denominator, catalogue.measures[bottom.measure].name)
    return f"{top.name}{'还差' if distance.units > 0 else '要减少'}{size}（{bottom.name}{under}不变）"


def say_median(level: float, measure: str, indicator: Indicator) -> str:
    """Return a median: that of an even number of counts can lie halfway between two, 9.5家."""
    return say_value(level, measure, _decimals(level, indicator))


def _decimals(level: float, indicator: Indicator) -> int:
    return indicator.decimals if indicator.is_rate or level.is_integer() else max(indicator.decimals, 1)


def say_median_distance(catalogue: Catalogue, reading: Reading, distance: Distance | None) -> str:
    """Return in words how a reading lies to the median of its peers, and what would close the distance."""
    if distance is None:
        return ""
    indicator = catalogue.indicators[reading.indicator]
    if abs(distance.difference) <= SMALLEST:
        return "等于中位数"
    size = say_lack(abs(distance.difference), reading.measure, _decimals(distance.level, indicator))
    side = f"{_than(reading, distance)}{size}"
    return "：".join(filter(None, (f"比中位数{side}", say_closing(catalogue, reading, distance))))


def say_target_distance(catalogue: Catalogue, compared: PeerComparison, whose: str = "") -> str:
    """Return a target, the verdict on it and what would reach it; `whose` names who set it where it is another's."""
    reading = compared.reading
    if reading.goal is None:
        return "没有定目标"
    indicator = catalogue.indicators[reading.indicator]
    verdict = judge(reading, indicator)
    closing = say_closing(catalogue, reading, compared.to_target) if compared.to_target else ""
    judged = f"{verdict.state.sign} {verdict.words}".strip()
    return "；".join(filter(None, (f"{whose}{say_target(reading, indicator)} {judged}".strip(), closing)))


def say_side(reading: Reading, distance: Distance, whole: str, decimals: int) -> str:
    """Return with a sign and in words how a rate lies to that of the whole: − 比全县低4.8个百分点."""
    if abs(distance.difference) <= SMALLEST:
        return f"与{whole}持平"
    sign = "+" if distance.difference < 0 else "−"
    return f"{sign} 比{whole}{_than(reading, distance)}{say_lack(abs(distance.difference), reading.measure, decimals)}"


def _than(reading: Reading, distance: Distance) -> str:
    if reading.measure == PERCENT:
        return "低" if distance.difference > 0 else "高"
    return "少" if distance.difference > 0 else "多"
