"""Pace: how far a target should be by a date (序时进度), and where it is heading. Pure arithmetic, no rounding."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import fsum
from statistics import mean
from typing import Literal

from stats.catalogue_rules import Season

# A target is gone towards in even shares of its time, by the shares of earlier years, entered at once each year, on a
# straight line from where it began, or held at any time.
Way = Literal["share", "season", "yearly", "path", "level"]
RECENT = 4  # quarters whose changes a trend is drawn from


@dataclass(frozen=True)
class Clock:
    """The quarters of a target: the first that counts, the one in which it is due, and the one that is looked at."""

    first: int
    due: int
    now: int

    @property
    def elapsed(self) -> float:
        """Return the share of the time that has gone by, 0–1, in whole quarters."""
        return min(max((self.now - self.first + 1) / (self.due - self.first + 1), 0.0), 1.0)

    @property
    def left(self) -> int:
        """Return how many quarters are left until it is due."""
        return max(self.due - self.now, 0)

    @property
    def begun(self) -> bool:
        """Return whether any of its quarters has come."""
        return self.now >= self.first

    @property
    def over(self) -> bool:
        """Return whether the quarter in which it is due has come."""
        return self.now >= self.due


@dataclass(frozen=True)
class Forecast:
    """What a value comes to by the time it is due; `low` and `high` are its band, None where there is none.

    `method` is season (the share that the same quarters had of earlier years, `basis` of them), year_end (how the same
    quarter of earlier years, `basis` of them, stood to their ends), even (as fast as so far) or trend (the mean change
    of the last quarters, `basis` of them).
    """

    value: float
    low: float | None
    high: float | None
    method: str
    basis: int


def path(start: float, goal: float, clock: Clock) -> float:
    """Return where a state that was `start` should be by now to be `goal` when due: on the straight line between."""
    return start + (goal - start) * clock.elapsed


def should_be(way: Way, start: float | None, goal: float, clock: Clock, shares: Sequence[float] = ()) -> float | None:
    """Return what it should be by now; None before its time has begun, and of what is entered once a year.

    `shares` are those of a season, quarter by quarter. A path of unknown start asks for the goal.
    """
    if not clock.begun or way == "yearly":
        return None
    if way == "season":
        return goal * shares[min(clock.now - clock.first, len(shares) - 1)]
    if way == "share":
        return goal * clock.elapsed
    return goal if way == "level" or start is None else path(start, goal, clock)


def season_shares(years: Sequence[Sequence[float]], rule: Season) -> tuple[float, ...]:
    """Return which share of a year had come by the end of each quarter, where earlier years show a season; else none.

    `years` are the quarters of earlier whole years. Too few years, too little in one or shares too far apart show none.
    """
    known = [list(accumulate(year)) for year in years if fsum(year) > 0]
    if len(known) < rule.years or any(year[-1] < rule.fewest for year in known):
        return ()
    by_quarter = list(zip(*([part / year[-1] for part in year] for year in known), strict=True))
    if any(max(shares) - min(shares) > rule.apart for shares in by_quarter):
        return ()
    whole = fsum(year[-1] for year in known)
    return tuple(fsum(parts) / whole for parts in zip(*known, strict=True))


def by_season(so_far: float, years: Sequence[tuple[float, float]]) -> Forecast | None:
    """Return a year's sum from what the same quarters came to in earlier whole years: (those quarters, the year).

    The value rests on all those years together, the band on each of them. None where they say nothing: no such year,
    or nothing came in those quarters of any.
    """
    known = [(part, whole) for part, whole in years if whole > 0]
    part, whole = fsum(one[0] for one in known), fsum(one[1] for one in known)
    if not part:
        return None
    each = [so_far * year / quarters for quarters, year in known if quarters > 0]
    banded = len(known) > 1 and len(each) == len(known)
    low, high = (min(each), max(each)) if banded else (None, None)
    return Forecast(so_far * whole / part, low, high, "season", len(known))


def by_year_end(so_far: float, years: Sequence[tuple[float, float]], most: float | None) -> Forecast | None:
    """Return what a state that begins anew each year comes to at its end, at most `most`.

    `years` are earlier years: (what it was in the same quarter, what it was at the end). As `by_season` otherwise.
    """
    found = by_season(so_far, years)
    if found is None:
        return None
    value, low, high = (
        one if one is None or most is None else min(one, most) for one in (found.value, found.low, found.high)
    )
    return Forecast(value or 0.0, low, high, "year_end", found.basis)


def evenly(so_far: float, clock: Clock) -> Forecast | None:
    """Return a sum that goes on as fast as so far; None before anything can have come."""
    return Forecast(so_far / clock.elapsed, None, None, "even", 0) if clock.elapsed else None


def by_trend(values: Sequence[float], clock: Clock, least: float, most: float | None) -> Forecast | None:
    """Return a state that goes on changing as in the last quarters, between `least` and `most`.

    The band goes on as in the slowest and the fastest of them. None for less than three values: two make no trend.
    """
    recent = values[-(RECENT + 1) :]
    steps = [after - before for before, after in zip(recent, recent[1:], strict=False)]
    if len(steps) < 2:
        return None

    def reach(step: float) -> float:
        value = max(recent[-1] + step * clock.left, least)
        return value if most is None else min(value, most)

    return Forecast(reach(mean(steps)), reach(min(steps)), reach(max(steps)), "trend", len(steps))
