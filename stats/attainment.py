"""Attainment: each target of an organisation at a date: how far, how far it should be, where it heads, what is lacking.

The verdict is that of `verdict_on`, as everywhere; here it stands beside what was reached and what is lacking.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from stats.catalogue import Catalogue
from stats.catalogue_models import Indicator
from stats.judging import Judged
from stats.organisations import periods
from stats.pace import Clock, Forecast, Way
from stats.periods import year_of
from stats.readings import Reading, held_against, read, verdict_on
from stats.targets import Target, other_targets, read_targets
from stats.unreported import Supplied
from stats.verdicts import SMALLEST, Reason, State
from stats.warehouse import Warehouse


@dataclass(frozen=True)
class Attainment:
    """One target at the end of a quarter.

    `reading` is what is held against it: of the target's own quarters for a sum, else at that quarter's end. `share` is
    value over target, never capped. `pace` is what it should be by then, `forecast` what it comes to when due, `needed`
    what is lacking, all in the indicator's unit (rates 0–1); `needed_count` is what is lacking in whole units of a
    rate's numerator. `reason` says why it can't be told. `replaced` are targets of earlier documents, `later` those
    that a document issued after that quarter set in its place. `supplied` is the value with what those last sent whose
    returns are lacking, None where none is. `way` is how the target is gone towards, from `start` where that is a path,
    by `shares` quarter by quarter where that is a season.
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

    These are the targets of that year and of later ones, of each indicator the nearest; where none is set for a later
    year, those of years gone by count as they ended. What lies beyond the data can't be judged: then it is the last
    quarter with data that is looked at.
    """
    last = min(last, periods(warehouse).last)
    set_by_then = [goal for goal in read_targets(warehouse, catalogue, last) if goal.unit == unit]
    places = {code: place for place, code in enumerate(catalogue.indicators)}
    goals = sorted(_nearest(set_by_then, year_of(last)), key=lambda goal: places[goal.indicator])
    return [_attained(warehouse, catalogue, goal, last) for goal in goals]


def earlier_attainments(warehouse: Warehouse, catalogue: Catalogue, found: Attainment) -> list[Attainment]:
    """Return a target at the end of each quarter from its first to the one looked at, as far as there are data.

    Of a path the quarter before is told too, from which it sets out.
    """
    first = found.clock.first - (found.way == "path")
    quarters = range(max(first, periods(warehouse).first), min(found.clock.now, found.clock.due) + 1)
    return [_attained(warehouse, catalogue, found.goal, quarter) for quarter in quarters]


def _nearest(goals: Sequence[Target], year: int) -> list[Target]:
    """Return of each indicator the target of the year, else of the next year with one, else of the last."""
    found: dict[str, Target] = {}
    for goal in sorted(goals, key=lambda goal: (goal.year < year, abs(goal.year - year))):
        found.setdefault(goal.indicator, goal)
    return list(found.values())


def _attained(warehouse: Warehouse, catalogue: Catalogue, goal: Target, last: int) -> Attainment:
    judged = verdict_on(warehouse, catalogue, goal, last)
    reading = held_against(_read_plain(warehouse, catalogue, judged), judged)
    replaced, later = other_targets(warehouse, catalogue, goal)
    return Attainment(
        judged.goal,
        reading,
        judged.clock,
        judged.state,
        judged.reason,
        reading.value / judged.goal.value if reading.value is not None and judged.goal.value else None,
        judged.pace,
        judged.start,
        judged.forecast,
        *_lacking(judged, catalogue.indicators[goal.indicator], reading),
        tuple(replaced),
        judged.supplied,
        judged.way,
        tuple(later),
        judged.shares,
    )


def _read_plain(warehouse: Warehouse, catalogue: Catalogue, judged: Judged) -> Reading:
    return read(warehouse, catalogue, judged.goal.unit, judged.span, [judged.goal.indicator])[0]


def _lacking(judged: Judged, indicator: Indicator, reading: Reading) -> tuple[float | None, int | None]:
    """Return what is lacking to the target in the indicator's unit and, for a rate, in whole units of its numerator."""
    gap = judged.gap
    if not gap or reading.value is None:
        return gap, None
    if not indicator.is_rate or reading.denominator is None or reading.numerator is None:
        return gap, None
    exact = (reading.value + gap) * reading.denominator - reading.numerator
    return gap, ceil(exact - SMALLEST) if exact > 0 else floor(exact + SMALLEST)
