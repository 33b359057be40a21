"""Attainment: each target of an organisation at a date: how far, how far it should be, where it heads, what is lacking.

A sum of a year (流量) is held against an even share of its target, and so is a state that begins anew each year, such
as who entered a contest; another state (存量) or a rate against the straight line from where it stood before the target
was set; a rate of sums, such as what was collected of what was due, against its target at any time. A target without a
number, or whose returns are lacking so that they could decide it, can't be told: that is kept apart from being behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor

from stats.catalogue import Catalogue
from stats.catalogue_models import Indicator
from stats.organisations import periods
from stats.pace import Clock, Forecast, Way, by_season, by_trend, by_year_end, evenly, should_be
from stats.periods import Span, quarter_of, year_of
from stats.readings import Reading, read
from stats.series import series
from stats.targets import Target, is_flow, is_met, read_targets, replaced_targets
from stats.totals import Totals, totals_of
from stats.unreported import Supplied, supplied
from stats.verdicts import SMALLEST, Reason, State, judge, with_all
from stats.warehouse import Warehouse


@dataclass(frozen=True)
class Attainment:
    """One target at the end of a quarter.

    `reading` is what is held against it: of the target's own quarters for a sum, else at that quarter's end. `share` is
    value over target, never capped. `pace` is what it should be by then, `forecast` what it comes to when due, `needed`
    what is lacking, all in the indicator's unit (rates 0–1); `needed_count` is what is lacking in whole units of a
    rate's numerator. `reason` says why it can't be told. `replaced` are targets of earlier documents. `supplied` is the
    value with what those last sent whose returns are lacking, None where none is. `way` is how the target is gone
    towards, from `start` where that is a path.
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


def attainments(warehouse: Warehouse, catalogue: Catalogue, unit: str, last: int) -> list[Attainment]:
    """Return every target of an organisation that counts at the end of a quarter, in the catalogue's order.

    These are the targets of that year and of later ones, of each indicator the nearest; where none is set for a later
    year, those of years gone by count as they ended. What lies beyond the data can't be judged: then it is the last
    quarter with data that is looked at.
    """
    last = min(last, periods(warehouse).last)
    reader = _Reader(warehouse, catalogue, last)
    goals = _nearest([goal for goal in read_targets(warehouse, catalogue) if goal.unit == unit], year_of(last))
    places = {code: place for place, code in enumerate(catalogue.indicators)}
    return [reader.read(goal) for goal in sorted(goals, key=lambda goal: places[goal.indicator])]


def earlier_attainments(warehouse: Warehouse, catalogue: Catalogue, found: Attainment) -> list[Attainment]:
    """Return a target at the end of each quarter from its first to the one looked at, as far as there are data.

    Of a path the quarter before is told too, from which it sets out.
    """
    first = found.clock.first - (found.way == "path")
    quarters = range(max(first, periods(warehouse).first), min(found.clock.now, found.clock.due) + 1)
    return [_Reader(warehouse, catalogue, quarter).read(found.goal) for quarter in quarters]


def _nearest(goals: Sequence[Target], year: int) -> list[Target]:
    """Return of each indicator the target of the year, else of the next year with one, else of the last."""
    found: dict[str, Target] = {}
    for goal in sorted(goals, key=lambda goal: (goal.year < year, abs(goal.year - year))):
        found.setdefault(goal.indicator, goal)
    return list(found.values())


class _Reader:
    """Reads targets of a build at the end of one quarter."""

    def __init__(self, warehouse: Warehouse, catalogue: Catalogue, last: int) -> None:
        self._warehouse = warehouse
        self._catalogue = catalogue
        self._last = last

    def read(self, goal: Target) -> Attainment:
        indicator = self._catalogue.indicators[goal.indicator]
        goal, clock, way = goal.as_of(self._last), self._clock(goal, indicator), self._way(indicator)
        reading = self._reading(goal, indicator, clock)
        start = self._start(goal, indicator, clock) if way == "path" else None
        pace = None if goal.value is None else should_be(way, start, goal.value, clock)
        more = self._supplied(goal, indicator, reading, clock)
        others = _others(more, reading, indicator)
        state, reason = judge(goal, indicator, reading, clock, pace, way == "share", others)
        return Attainment(
            goal,
            reading,
            clock,
            state,
            reason,
            reading.value / goal.value if reading.value is not None and goal.value else None,
            pace,
            start,
            self._forecast(goal, indicator, reading, clock),
            *_lacking(goal, indicator, reading),
            tuple(replaced_targets(self._warehouse, self._catalogue, goal)),
            more,
            way,
        )

    def _way(self, indicator: Indicator) -> Way:
        if self._of_sums(indicator):
            return "level"
        return "share" if self._adds_up(indicator) or self._restarts(indicator) else "path"

    def _adds_up(self, indicator: Indicator) -> bool:
        """Return whether a year's quarters add up to the value, be it a plain sum or so many a year."""
        return is_flow(self._catalogue, indicator) or indicator.summary == "per_year"

    def _restarts(self, indicator: Indicator) -> bool:
        """Return whether what is counted begins anew each year, as a contest that is entered for a year."""
        top = self._catalogue.parts(indicator)[0]
        return top.time == "last" and self._catalogue.forms[top.form].restarts

    def _of_sums(self, indicator: Indicator) -> bool:
        parts = self._catalogue.parts(indicator)
        return indicator.is_rate and parts[0].time == "sum"

    def _clock(self, goal: Target, indicator: Indicator) -> Clock:
        """Return a target's quarters: of its year for what adds up, else from the one in which it was set."""
        first = goal.year * 4
        if self._way(indicator) == "path" and goal.set_on:
            first = quarter_of(date.fromisoformat(goal.set_on))
        return Clock(min(first, goal.due_in), goal.due_in, self._last)

    def _reading(self, goal: Target, indicator: Indicator, clock: Clock) -> Reading:
        """Return the value that is held against a target: of its own quarters for sums, else at the quarter's end."""
        span = self._span(goal, indicator, clock)
        found = read(self._warehouse, self._catalogue, goal.unit, span, [indicator.code])[0]
        met = is_met(goal, indicator, found.value)
        return replace(found, goal=goal, target=goal.value, comparator=goal.comparator, met=met)

    def _span(self, goal: Target, indicator: Indicator, clock: Clock) -> Span:
        end = min(self._last, max(clock.due, clock.first)) if goal.comparator != "task" else self._last
        sums = self._adds_up(indicator) or self._of_sums(indicator)
        return Span(min(clock.first, end) if sums and clock.begun else end, end)

    def _supplied(self, goal: Target, indicator: Indicator, reading: Reading, clock: Clock) -> Supplied | None:
        if goal.value is None or not clock.begun or indicator.summary == "streak_years":
            return None
        span = self._span(goal, indicator, clock)
        return supplied(self._warehouse, self._catalogue, indicator, reading, span)

    def _start(self, goal: Target, indicator: Indicator, clock: Clock) -> float | None:
        """Return what a state was at the end of the quarter before its target was set; None where that isn't known.

        A count that nobody reported before it was aimed at begins with nothing.
        """
        before = Span(clock.first - 1, clock.first - 1)
        known = before.first >= periods(self._warehouse).first
        found = read(self._warehouse, self._catalogue, goal.unit, before, [goal.indicator])[0].value if known else None
        return 0.0 if found is None and known and not indicator.is_rate else found

    def _forecast(self, goal: Target, indicator: Indicator, reading: Reading, clock: Clock) -> Forecast | None:
        if reading.value is None or goal.value is None or clock.over or not clock.begun or self._of_sums(indicator):
            return None
        if self._adds_up(indicator):
            return by_season(reading.value, self._earlier_years(goal, clock)) or self._even(goal, reading.value, clock)
        if reading.reported < reading.expected:
            return None  # who did not report would look like a fall that goes on
        most = indicator.valid.max if indicator.is_rate else None
        if self._restarts(indicator):
            return by_year_end(reading.value, self._earlier_ends(goal, clock), most)
        return by_trend(self._course(goal), clock, indicator.valid.min or 0.0, most)

    def _course(self, goal: Target) -> list[float]:
        """Return a state's values in the quarters for which all returns came, oldest first."""
        known = Span(periods(self._warehouse).first, self._last)
        totals = totals_of(self._warehouse, goal.unit)
        forms = {item.form for item in self._catalogue.parts(self._catalogue.indicators[goal.indicator])}
        points = series(self._warehouse, self._catalogue, goal.indicator, goal.unit, known)
        return [
            point.value
            for point in points
            if point.value is not None and all(_all_came(totals, form, point.period) for form in forms)
        ]

    def _even(self, goal: Target, value: float, clock: Clock) -> Forecast | None:
        """Return the even forecast, unless in earlier years all of it came later: then so far says nothing."""
        later = any(whole > 0 for _, whole in self._earlier_years(goal, clock))
        return None if later else evenly(value, clock)

    def _earlier_years(self, goal: Target, clock: Clock) -> list[tuple[float, float]]:
        """Return, for each earlier whole year with data, the sum of the same quarters and that of all of them."""
        first, found = periods(self._warehouse).first, []
        for back in range(4, clock.first - first + 1, 4):
            years = (Span(clock.first - back, end - back) for end in (clock.now, clock.due))
            values = [
                read(self._warehouse, self._catalogue, goal.unit, span, [goal.indicator])[0].numerator for span in years
            ]
            if None not in values:
                found.append((values[0] or 0.0, values[1] or 0.0))
        return found

    def _earlier_ends(self, goal: Target, clock: Clock) -> list[tuple[float, float]]:
        """Return, for each earlier whole year with data, what a state was in the same quarter and at the year's end."""
        known = Span(periods(self._warehouse).first, self._last)
        points = series(self._warehouse, self._catalogue, goal.indicator, goal.unit, known)
        values = {point.period: point.value for point in points}
        years = (
            (values.get(clock.now - back), values.get(clock.due - back))
            for back in range(4, clock.first - known.first + 1, 4)
        )
        return [(then, end) for then, end in years if then is not None and end is not None]


def _all_came(totals: Totals, form: str, quarter: int) -> bool:
    """Return whether every return of a form that was expected in a quarter came."""
    reported, expected = totals.came(form, [quarter])
    return reported >= expected


def _others(more: Supplied | None, reading: Reading, indicator: Indicator) -> list[float] | None:
    """Return what a value may be with the returns that are lacking; None where nothing more than their number is known.

    Of who never sent a return nothing is known, so it may also be as if all that are lacking were like the others.
    """
    if more is None:
        return None
    return [more.value, *([with_all(reading, indicator)] if more.never else [])]


def _lacking(goal: Target, indicator: Indicator, reading: Reading) -> tuple[float | None, int | None]:
    """Return what is lacking to the target in the indicator's unit and, for a rate, in whole units of its numerator."""
    if reading.value is None or goal.value is None or goal.comparator in ("task", "text"):
        return None, None
    if is_met(goal, indicator, reading.value):
        return 0.0, None
    gap = goal.value - reading.value
    if goal.comparator == "range" and goal.high is not None and reading.value > goal.high:
        gap = goal.high - reading.value
    if not indicator.is_rate or reading.denominator is None or reading.numerator is None:
        return gap, None
    exact = (reading.value + gap) * reading.denominator - reading.numerator
    return gap, ceil(exact - SMALLEST) if exact > 0 else floor(exact + SMALLEST)
