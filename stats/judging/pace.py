"""Pace: the expected progress of a target by a date (序时进度), and its forecast. Pure arithmetic, no rounding."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum
from statistics import mean
from typing import Literal

from stats.catalogue.form_rules import Season

# Expected progress is linear over the target's time, by the shares of earlier years, none (entered at once each year),
# on a straight line from its starting value, or none (a rate both of whose parts grow, in a county without a season).
Way = Literal["share", "season", "yearly", "path", "growing"]
RECENT = 4  # quarters whose changes make a trend


@dataclass(frozen=True)
class Clock:
    """The quarters of a target: the first that counts, the one in which it is due, and the current one."""

    first: int
    due: int
    now: int

    def by(self, quarters: int) -> "Clock":
        """Return the same clock in half-years or years, of so many quarters."""
        return self if quarters == 1 else Clock(self.first // quarters, self.due // quarters, self.now // quarters)

    @property
    def elapsed(self) -> float:
        """Return the elapsed share of the time, 0–1, in whole quarters."""
        return min(max((self.now - self.first + 1) / (self.due - self.first + 1), 0.0), 1.0)

    @property
    def left(self) -> int:
        """Return the number of quarters left until it is due."""
        return max(self.due - self.now, 0)

    @property
    def begun(self) -> bool:
        """Return whether its first quarter has begun."""
        return self.now >= self.first

    @property
    def over(self) -> bool:
        """Return whether the quarter in which it is due is reached."""
        return self.now >= self.due


@dataclass(frozen=True)
class Forecast:
    """The expected value when it is due; `low` and `high` are its range, None where there is none.

    `method` is season (the share that the same quarters had in `basis` earlier years), year_end (the ratio of the same
    quarter to the year's end in `basis` earlier years), even (the rate so far) or trend (the mean change of the last
    `basis` quarters).
    """

    value: float
    low: float | None
    high: float | None
    method: str
    basis: int


def path(start: float, goal: float, clock: Clock) -> float:
    """Return the value now on the straight line from `start` to `goal` at the due date."""
    return start + (goal - start) * clock.elapsed


def should_be(way: Way, start: float | None, goal: float, clock: Clock, shares: Sequence[float] = ()) -> float | None:
    """Return the expected value by now; None before its time has begun, for what is entered once a year or just grows.

    `shares` are those of a season, quarter by quarter. A straight line with unknown start expects nothing.
    """
    if not clock.begun or way in ("yearly", "growing"):
        return None
    if way == "season":
        return goal * shares[min(clock.now - clock.first, len(shares) - 1)]
    if way == "share":
        return goal * clock.elapsed
    return None if start is None else path(start, goal, clock)


def season_shares(years: Sequence[Sequence[float]], rule: Season) -> tuple[float, ...]:
    """Return the cumulative share of a year by the end of each quarter if earlier years show a season; else none.

    `years` are the quarters of earlier whole years. There is no season with too few years, too small a sum in one, or
    shares too far apart.
    """
    known = [list(accumulate(year)) for year in years if fsum(year) > 0]
    if any(year[-1] < rule.fewest for year in known):
        return ()
    return _shares_of_last(known, rule)


def season_of_rate(years: Sequence[Sequence[float]], rule: Season) -> tuple[float, ...]:
    """Return what share of its year-end value a rate has by the end of each quarter, at most 1; none without a season.

    `years` are its values since the year began, in the quarters of earlier whole years. Both parts of such a rate grow,
    so that it need not be low early in the year.
    """
    shares = _shares_of_last([year for year in years if year[-1] > 0], rule)
    return tuple(min(share, 1.0) for share in shares)


def _shares_of_last(years: Sequence[Sequence[float]], rule: Season) -> tuple[float, ...]:
    """Return the share of the last value in each quarter over all years; none if they are too few or too far apart."""
    if len(years) < rule.years:
        return ()
    by_quarter = list(zip(*([part / year[-1] for part in year] for year in years), strict=True))
    if any(max(shares) - min(shares) > rule.apart for shares in by_quarter):
        return ()
    whole = fsum(year[-1] for year in years)
    return tuple(fsum(parts) / whole for parts in zip(*years, strict=True))


def by_season(so_far: float, years: Sequence[tuple[float, float]]) -> Forecast | None:
    """Return a year's sum forecast from earlier whole years, given as (sum of the same quarters, sum of the year).

    The value uses all those years together, the range each of them. None if there is no such year, or the sum of those
    quarters was zero in all.
    """
    known = [(part, whole) for part, whole in years if whole > 0]
    part, whole = fsum(pair[0] for pair in known), fsum(pair[1] for pair in known)
    if not part:
        return None
    each = [so_far * year / quarters for quarters, year in known if quarters > 0]
    banded = len(known) > 1 and len(each) == len(known)
    low, high = (min(each), max(each)) if banded else (None, None)
    return Forecast(value=so_far * whole / part, low=low, high=high, method="season", basis=len(known))


def by_year_end(so_far: float, years: Sequence[tuple[float, float]], most: float | None) -> Forecast | None:
    """Return the forecast of a state that restarts each year at the year's end, at most `most`.

    `years` are earlier years: (value in the same quarter, value at the end). Otherwise like `by_season`.
    """
    forecast = by_season(so_far, years)
    if forecast is None:
        return None
    value, low, high = (
        bound if bound is None or most is None else min(bound, most)
        for bound in (forecast.value, forecast.low, forecast.high)
    )
    return Forecast(value=value or 0.0, low=low, high=high, method="year_end", basis=forecast.basis)


def evenly(so_far: float, clock: Clock) -> Forecast | None:
    """Return a sum extrapolated at the rate so far; None before the first quarter."""
    return (
        Forecast(value=so_far / clock.elapsed, low=None, high=None, method="even", basis=0) if clock.elapsed else None
    )


def by_trend(values: Sequence[float], clock: Clock, least: float, most: float | None) -> Forecast | None:
    """Return a state extrapolated with the mean change of the last quarters, between `least` and `most`.

    The range uses the slowest and the fastest of them. None for less than three values: two make no trend.
    """
    recent = values[-(RECENT + 1) :]
    steps = [after - before for before, after in zip(recent, recent[1:], strict=False)]
    if len(steps) < 2:
        return None

    def reach(step: float) -> float:
        value = max(recent[-1] + step * clock.left, least)
        return value if most is None else min(value, most)

    return Forecast(
        value=reach(mean(steps)), low=reach(min(steps)), high=reach(max(steps)), method="trend", basis=len(steps)
    )
