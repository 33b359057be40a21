"""Attainment: each target of an organisation at a date, with progress, pace, forecast and shortfall.

The verdict is that of `verdict_on`, as everywhere else.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from base.periods import Span, year_of
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.judging import Judgement
from stats.judging.imputed import Supplied
from stats.judging.pace import Clock, Forecast, Way
from stats.judging.targets import Target, other_targets, read_targets
from stats.judging.verdicts import Reason, State, whole_units
from stats.organisations import periods
from stats.readings import Reading, held_against, read, verdict_on
from stats.warehouse import Warehouse


@dataclass(kw_only=True, frozen=True)
class Attainment:
    """One target at the end of a quarter.

    `reading` is compared with it: over the target's own quarters for a sum, else at that quarter's end. `share` is
    value over target, never capped. `pace` is the expected value by then, `forecast` the expected value when due,
    `needed` the shortfall, all in the indicator's unit (rates 0–1); `needed_count` is the shortfall in whole units of a
    rate's numerator. `reason` says why there is no verdict. `replaced` are targets of earlier documents, `later` those
    of documents issued after that quarter. `supplied` is the value with missing returns imputed from the last ones
    sent, None if none is missing. `way` is the kind of expected progress: from `start` on a straight line, or by the
    season's `shares`.
    """

    goal: Target
    reading: Reading
    clock: Clock
    state: State
    reason: Reason = ""
    share: float | None = None
    pace: float | None = None
    start: float | None = None
    forecast: Forecast | None = None
    needed: float | None = None
    needed_count: int | None = None
    replaced: tuple[Target, ...] = ()
    supplied: Supplied | None = None
    way: Way = "share"
    later: tuple[Target, ...] = ()
    shares: tuple[float, ...] = ()


def attainments(warehouse: Warehouse, catalogue: Catalogue, unit: str, last: int) -> list[Attainment]:
    """Return every target of an organisation that counts at the end of a quarter, in the catalogue's order.

    For each indicator this is the nearest target of that year or a later one; if there is none, that of the last past
    year as it ended. Beyond the data nothing can be judged, so the last quarter with data is used then.
    """
    last = min(last, periods(warehouse).like(Span(last, last)).last)
    set_by_then = [goal for goal in read_targets(warehouse, catalogue, last) if goal.unit == unit]
    places = {code: place for place, code in enumerate(catalogue.indicators)}
    goals = sorted(_nearest(set_by_then, year_of(last)), key=lambda goal: places[goal.indicator])
    return _attained(warehouse, catalogue, [verdict_on(warehouse, catalogue, goal, last) for goal in goals])


def earlier_attainments(warehouse: Warehouse, catalogue: Catalogue, attainment: Attainment) -> list[Attainment]:
    """Return a target's attainment at the end of each quarter, from its first as far as there are data.

    A straight line also includes the quarter before, where it starts.
    """
    first = attainment.clock.first - (attainment.way == "path")
    data = periods(warehouse).like(Span(attainment.clock.now, attainment.clock.now))
    quarters = range(max(first, data.first), min(attainment.clock.now, attainment.clock.due) + 1)
    judgements = [verdict_on(warehouse, catalogue, attainment.goal, quarter) for quarter in quarters]
    return _attained(warehouse, catalogue, judgements)


def _nearest(goals: Sequence[Target], year: int) -> list[Target]:
    """Return for each indicator the target of the year, else of the next year with one, else of the last."""
    nearest: dict[str, Target] = {}
    for goal in sorted(goals, key=lambda goal: (goal.year < year, abs(goal.year - year))):
        nearest.setdefault(goal.indicator, goal)
    return list(nearest.values())


def _attained(warehouse: Warehouse, catalogue: Catalogue, judgements: Sequence[Judgement]) -> list[Attainment]:
    readings = _read_each(warehouse, catalogue, judgements)
    return [
        _attainment(warehouse, catalogue, judgement, held_against(reading, judgement))
        for judgement, reading in zip(judgements, readings, strict=True)
    ]


def _attainment(warehouse: Warehouse, catalogue: Catalogue, judgement: Judgement, reading: Reading) -> Attainment:
    goal = judgement.goal
    replaced, later = other_targets(warehouse, catalogue, goal)
    needed, needed_count = _lacking(judgement, catalogue.indicators[goal.indicator], reading)
    return Attainment(
        goal=judgement.goal,
        reading=reading,
        clock=judgement.clock,
        state=judgement.state,
        reason=judgement.reason,
        share=reading.value / judgement.goal.value if reading.value is not None and judgement.goal.value else None,
        pace=judgement.pace,
        start=judgement.start,
        forecast=judgement.forecast,
        needed=needed,
        needed_count=needed_count,
        replaced=tuple(replaced),
        supplied=judgement.supplied,
        way=judgement.way,
        later=tuple(later),
        shares=judgement.shares,
    )


def _read_each(warehouse: Warehouse, catalogue: Catalogue, judgements: Sequence[Judgement]) -> list[Reading]:
    """Return the reading that each verdict is on; those of one organisation and span are read together."""
    together: dict[tuple[str, Span], list[str]] = defaultdict(list)
    for judgement in judgements:
        together[judgement.goal.unit, judgement.span].append(judgement.goal.indicator)
    readings = {
        (unit, span, reading.indicator): reading
        for (unit, span), codes in together.items()
        for reading in read(warehouse, catalogue, unit, span, codes)
    }
    return [readings[judgement.goal.unit, judgement.span, judgement.goal.indicator] for judgement in judgements]


def _lacking(judgement: Judgement, indicator: Indicator, reading: Reading) -> tuple[float | None, int | None]:
    """Return the shortfall in the indicator's unit and, for a rate, in whole units of its numerator."""
    shortfall = judgement.shortfall
    if not shortfall or reading.value is None:
        return shortfall, None
    if not indicator.is_rate or reading.denominator is None or reading.numerator is None:
        return shortfall, None
    exact = (reading.value + shortfall) * reading.denominator - reading.numerator
    return shortfall, whole_units(exact)
