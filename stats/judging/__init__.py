"""Judging: the verdict on a target at the end of a quarter, used by screens, papers and commands alike.

A sum over a year (流量) is compared with the share that the same quarters had in earlier years if these show a season,
else with an even share. What is entered once a year, such as a contest, has no pace: it is judged by how earlier years
went on. So is a rate of sums, such as collected of due: both its parts grow with the year, so that nothing can be said
of its pace but by a season. Another state (存量) or a rate is compared with the straight line from its value before the
target was set. A target without a number, or one that missing returns could decide, can't be judged, which is not the
same as being behind.
"""

from collections.abc import Callable
from dataclasses import dataclass

from base.formats import PERCENT, counts
from base.month_spans import MONTH, QUARTER
from base.periods import Span, ended_quarter, first_quarter, length_of
from stats.catalogue import Catalogue
from stats.judging.imputed import Held, Supplied, supplied
from stats.judging.pace import (
    Clock,
    Forecast,
    Way,
    by_season,
    by_trend,
    by_year_end,
    evenly,
    season_of_rate,
    season_shares,
    should_be,
)
from stats.judging.targets import Target, adds_up, of_a_year, of_sums
from stats.judging.verdicts import Reason, State, from_below, judge, misses, shortfall_of, values_with_all
from stats.organisations import periods
from stats.totals import Counted, Totals, declared, totals_of
from stats.totals.coverage import divide
from stats.totals.series import Point, series
from stats.warehouse import Warehouse

Values = Callable[[Span], Held]  # returns an organisation's value of the target's indicator in a span


@dataclass(kw_only=True, frozen=True)
class Judgement:
    """A target's verdict at the end of a quarter, and its evidence.

    `goal` is the target as of then, `span` the quarters of its value. `pace` is the expected value by then, `forecast`
    the expected value when due, `start` the start of a straight line, `shares` a season's shares quarter by quarter.
    `reason` says why there is no verdict. `supplied` is the value with missing returns imputed from the last ones sent,
    None if none is missing; `shortfall` is the shortfall (`shortfall_of`). `way` is the kind of expected progress.
    """

    goal: Target
    span: Span
    clock: Clock
    way: Way
    state: State
    reason: Reason = ""
    pace: float | None = None
    start: float | None = None
    shares: tuple[float, ...] = ()
    forecast: Forecast | None = None
    supplied: Supplied | None = None
    shortfall: float | None = None

    @property
    def met(self) -> bool | None:
        """Return whether it is met, before it is due whether the value already reaches it; None if unknown."""
        if self.reason in ("not_begun", "no_start"):
            return None if self.shortfall is None else not self.shortfall
        return None if self.state == "unknown" else self.state == "met"

    @property
    def exceeds_range(self) -> bool:
        """Return whether the value is above the range it should be in."""
        return self.goal.comparator == "range" and self.shortfall is not None and self.shortfall < 0


def judge_target(
    warehouse: Warehouse, catalogue: Catalogue, goal: Target, unit: str, last: int, values: Values
) -> Judgement:
    """Return the verdict on a target at the end of a quarter, at most the last one with data.

    At the end of a month what is reported by the month is judged by months, all else as of the quarter before.
    """
    last = min(last, periods(warehouse).like(Span(last, last)).last)
    monthly = catalogue.months_each(catalogue.indicator(goal.indicator)) == MONTH
    return _Judge(warehouse, catalogue, goal, unit, last if monthly else ended_quarter(last), values).judged()


class _Judge:
    """Judges one target of one organisation at the end of one quarter, or month."""

    def __init__(
        self, warehouse: Warehouse, catalogue: Catalogue, goal: Target, unit: str, last: int, values: Values
    ) -> None:
        self._warehouse, self._catalogue = warehouse, catalogue
        self._indicator = catalogue.indicators[goal.indicator]
        self._goal, self._unit, self._values = goal.as_of(last), unit, values
        self._quarters = max(catalogue.months_each(self._indicator) // QUARTER, 1)
        self._length, self._data = length_of(last), periods(warehouse).like(Span(last, last))
        self._last = (last + 1) // self._quarters * self._quarters - 1  # what is of a year is judged at its end
        self._yearly = adds_up(catalogue, self._indicator) or self._restarts
        self._clock = self._clock_of(goal)
        self._shares = self._season() if self._clock.begun and of_a_year(catalogue, self._indicator) else ()
        self._way = self._way_of()

    def judged(self) -> Judgement:
        """Return the verdict."""
        goal, clock, span = self._goal, self._clock, self._span()
        held = self._values(span)
        start = self._start() if self._way == "path" else None
        pace = None if goal.value is None else should_be(self._way, start, goal.value, clock, self._shares)
        more = self._supplied(held, span)
        grows, least = self._yearly and not self._of_sums, self._least(held)
        others = values_with_all(more, held, self._indicator)
        state, reason = judge(goal, self._indicator, held, clock, pace, grows, others, least)
        forecast = self._forecast(held, more)
        # what an earlier year reached is not part of it
        starts_over = not clock.begun and (self._yearly or self._of_sums)
        shortfall = None if held.value is None or starts_over else shortfall_of(goal, self._indicator, held.value)
        if self._way == "path" and start is None and goal.value is not None:
            state, reason = self._without_pace(state, reason)
        if state == "on_pace" and goal.comparator != "task":
            state, reason, forecast = self._agreed(state, forecast)
        return Judgement(
            goal=goal,
            span=span,
            clock=clock,
            way=self._way,
            state=state,
            reason=reason,
            pace=pace,
            start=start,
            shares=self._shares,
            forecast=forecast,
            supplied=more,
            shortfall=shortfall,
        )

    def _without_pace(self, state: State, reason: Reason) -> tuple[State, Reason]:
        """Return the state without a pace, for a straight line whose start is unknown."""
        late = state == "behind" and not self._clock.over and not from_below(self._goal, self._indicator)
        return ("on_pace", "") if late else (state, reason)

    def _agreed(self, state: State, forecast: Forecast | None) -> tuple[State, Reason, Forecast | None]:
        """Return the state reconciled with the forecast, which decides if it rests on other evidence than the pace.

        If it only continues the pace, a shortfall of less than one whole unit predicts nothing.
        """
        if forecast is None and self._way in ("yearly", "growing"):
            return "unknown", "no_past", None
        missed = forecast is not None and misses(self._goal, self._indicator, forecast.value, self._printed)
        if self._way == "path" and self._start() is None and not missed:
            return "unknown", "no_start", forecast
        if not missed:
            return state, "", forecast
        return (state, "", None) if self._way in ("share", "season") else ("unlikely", "", forecast)

    @property
    def _printed(self) -> float:
        """Return the distance from a target within which a value is printed as the target itself."""
        size = 0.01 if self._catalogue.unit_of(self._indicator) == PERCENT else 1.0
        return float(size * 10**-self._indicator.decimals / 2)

    @property
    def _of_sums(self) -> bool:
        return of_sums(self._catalogue, self._indicator)

    @property
    def _restarts(self) -> bool:
        """Return whether the count restarts each year, such as contests that are entered for a year."""
        top = self._catalogue.parts(self._indicator)[0]
        return top.time == "last" and self._catalogue.forms[top.form].restarts

    def _way_of(self) -> Way:
        if self._of_sums:
            return "season" if self._shares else "growing"
        if self._restarts and self._catalogue.forms[self._catalogue.parts(self._indicator)[0].form].yearly:
            return "yearly"
        return "season" if self._shares else "share" if self._yearly else "path"

    def _clock_of(self, goal: Target) -> Clock:
        """Return a target's periods: those of its year for a sum, else from the one in which it was set."""
        since, due, begin = goal.set_period(self._length), goal.due_period(self._length), goal.year * self._data.a_year
        if since > self._last:  # nobody had set it yet
            return Clock(max(since, begin), max(since, due), self._last)
        path = not self._yearly and not self._of_sums and since
        return Clock(min(since if path else begin, due), due, self._last)

    def _span(self) -> Span:
        clock = self._clock
        end = min(self._last, max(clock.due, clock.first)) if self._goal.comparator != "task" else self._last
        summed = of_a_year(self._catalogue, self._indicator)
        first = clock.first if clock.begun else first_quarter(end, "year")  # before it begins, the current year
        return Span(min(first, end) if summed else end - self._quarters + 1, end)

    def _least(self, held: Held) -> float:
        """Return how much one whole unit adds to the value; 0 if it is measured."""
        top = self._catalogue.measures[self._catalogue.parts(self._indicator)[0].measure].name
        return (divide(self._indicator, 1.0, held.denominator) or 0.0) if counts(top) else 0.0

    def _supplied(self, held: Held, span: Span) -> Supplied | None:
        if self._goal.value is None or not self._clock.begun or self._indicator.summary == "streak_years":
            return None
        return supplied(self._warehouse, self._catalogue, self._indicator, held, span)

    def _start(self) -> float | None:
        """Return a state's value at the end of the quarter before its target was set; None if unknown.

        A count that nobody reported before it had a target starts at zero.
        """
        before = self._clock.first - 1
        if before < self._data.first:
            return None
        start = self._values(Span(before - self._quarters + 1, before)).value
        return 0.0 if start is None and not self._indicator.is_rate else start

    def _forecast(self, held: Held, more: Supplied | None) -> Forecast | None:
        if held.value is None or self._goal.value is None or self._clock.over or not self._clock.begun:
            return None
        so_far = more.value if more else held.value
        most = self._indicator.valid.max if self._indicator.is_rate else None
        if self._of_sums:
            return by_year_end(so_far, self._earlier_shares(), most)
        if adds_up(self._catalogue, self._indicator):
            return self._forecast_sum(so_far)
        if held.reported < held.expected:
            return None  # missing returns would look like a continuing fall
        if self._restarts:
            return by_year_end(so_far, self._earlier_ends(), most)
        return by_trend(self._course(), self._clock.by(self._quarters), self._indicator.valid.min or 0.0, most)

    def _forecast_sum(self, so_far: float) -> Forecast | None:
        """Return a sum's forecast by season, else at the rate so far, unless it all came later in earlier years."""
        years = [(sum(year[: self._clock.now - self._clock.first + 1]), sum(year)) for year in self._earlier_years()]
        if self._shares:
            return by_season(so_far, years)
        later = any(whole > 0 for _, whole in years) and not any(part for part, _ in years)
        return None if later else evenly(so_far, self._clock)

    def _season(self) -> tuple[float, ...]:
        if self._of_sums:
            return season_of_rate(self._earlier_rates(), self._catalogue.reporting.season)
        return season_shares(self._earlier_years(), self._catalogue.reporting.season)

    def _earlier_quarters(self) -> list[range]:
        """Return the target's quarters in each earlier whole year since there are data, the latest first."""
        first, clock, year = self._data.first, self._clock, self._data.a_year
        return [range(clock.first - back, clock.due - back + 1) for back in range(year, clock.first - first + 1, year)]

    def _earlier_rates(self) -> list[list[float]]:
        """Return a rate of sums since the year began, in each of the target's quarters of earlier years with data."""
        years = (
            [self._values(Span(quarters[0], quarter)).value for quarter in quarters]
            for quarters in self._earlier_quarters()
        )
        return [[value for value in year if value is not None] for year in years if None not in year]

    def _earlier_shares(self) -> list[tuple[float, float]]:
        """Return, for each year of a season, the rate of sums in the same quarter and at the year's end."""
        at = self._clock.now - self._clock.first
        return [(year[at], year[-1]) for year in self._earlier_rates()] if self._shares else []

    def _earlier_years(self) -> list[list[float]]:
        """Return, for each earlier whole year with data, the sums of each of the target's quarters."""
        top = self._catalogue.parts(self._indicator)[0]
        totals, item = totals_of(self._warehouse, self._unit), declared(self._warehouse).items[top.code]
        years = []
        for quarters in self._earlier_quarters():
            values = [totals.in_quarter(item, quarter) for quarter in quarters]
            if any(value is not None for value in values):
                years.append([value or 0.0 for value in values])
        return years

    def _earlier_ends(self) -> list[tuple[float, float]]:
        """Return, for each earlier whole year with data, a state's value in the same quarter and at the year's end."""
        values, at = {point.period: point.value for point in self._points()}, self._clock.now - self._clock.first
        years = ((values.get(quarters[at]), values.get(quarters[-1])) for quarters in self._earlier_quarters())
        return [(then, end) for then, end in years if then is not None and end is not None]

    def _points(self) -> list[Point]:
        known = Span(self._data.first, self._last)
        return series(self._warehouse, self._catalogue, self._indicator.code, self._unit, known)

    def _course(self) -> list[float]:
        """Return a state's values in the quarters with all returns, oldest first."""
        totals = totals_of(self._warehouse, self._unit)
        items = [declared(self._warehouse).items[item.code] for item in self._catalogue.parts(self._indicator)]
        return [
            point.value
            for point in self._points()
            if point.value is not None and all(_all_came(totals, item, point.span) for item in items)
        ]


def _all_came(totals: Totals, item: Counted, span: Span) -> bool:
    """Return whether all that was expected of an item was received for a span."""
    reported, expected = totals.count_of(item, range(span.first, span.last + 1))
    return reported >= expected
