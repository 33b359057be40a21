"""Verdicts: whether a target is met, on pace, behind, unlikely to be reached, or can't be judged. Pure functions.

An upward target is met when reached, and on pace before that if it is where it should be. A downward one ("<=", or "="
where less is better): a year's sum is never met before the year is over, since more may come, and stays behind once it
is exceeded; a state is met while it is low enough. A range is approached from below; above it is behind. "=" where more
is better is a planned figure, which is met when passed. What is entered once a year has no pace: before the year is
over only the forecast counts. A straight line whose start is unknown has no pace either.

A shortfall against the pace of less than one whole unit is not behind. If the pace is met, but a forecast with other
evidence does not reach the target, it is unlikely to be reached.

If returns are missing, the target is judged again with each estimate of them. If one says behind and another does not,
it can't be judged; if all agree that it is not behind, the least favourable verdict is used.
"""

from collections.abc import Sequence
from enum import StrEnum
from math import ceil, floor
from typing import Literal

from stats.catalogue.models import Indicator
from stats.judging.imputed import Held, Supplied
from stats.judging.pace import Clock
from stats.judging.targets import Target, is_met

State = Literal["met", "on_pace", "unlikely", "behind", "unknown"]
Reason = Literal["", "no_number", "no_data", "not_begun", "no_verdict", "lacking", "no_past", "no_start"]


class VerdictState(StrEnum):
    """A verdict as a screen marks it: by sign, colour and words. `OPEN` is neither met nor late, `NONE` not judged."""

    MET = "met"
    BEHIND = "behind"
    OPEN = "open"
    NONE = "none"

    @property
    def sign(self) -> str:
        """Return the sign printed before the words of a verdict, "" for none."""
        return _SIGNS.get(self, "")


_SIGNS = {VerdictState.MET: "✓", VerdictState.BEHIND: "△"}
SMALLEST = 1e-9  # floating-point error
_RANKS: tuple[State, ...] = ("behind", "unlikely", "on_pace", "met")


def judge(
    goal: Target,
    indicator: Indicator,
    reading: Held,
    clock: Clock,
    pace: float | None,
    grows: bool,
    others: Sequence[float] | None = None,
    least: float = 0.0,
) -> tuple[State, Reason]:
    """Return the verdict on a value by its pace, and the reason if there is none.

    `grows` means that the value accumulates over a year. `others` are possible values with the missing returns; None
    stands for the assumption that they are like the others. `least` is how much one whole unit adds to the value, 0 if
    it is measured. Without a pace nothing is expected before it is due.
    """
    task = goal.comparator == "task"
    if task and goal.state == "done":
        return "met", ""
    if not clock.begun:
        return "unknown", "not_begun"
    if not task and (goal.value is None or indicator.direction == "none"):
        return "unknown", "no_number" if goal.value is None else "no_verdict"
    if task:
        return "behind" if clock.over else "on_pace", ""
    if reading.value is None:
        return "unknown", "no_data"
    values = [reading.value, *([with_all(reading, indicator)] if others is None else others)]
    states = {_hold(goal, indicator, value, clock, pace, grows, least) for value in values}
    if "behind" in states and len(states) > 1:
        return "unknown", "lacking"
    return min(states, key=_RANKS.index), ""


def shortfall_of(goal: Target, indicator: Indicator, value: float) -> float | None:
    """Return a value's shortfall against its target: 0 if met, negative if too much; None without a number."""
    if goal.value is None or goal.comparator in ("task", "text"):
        return None
    if is_met(goal, indicator, value):
        return 0.0
    if goal.comparator == "range" and goal.high is not None and value > goal.high:
        return goal.high - value
    return goal.value - value


def whole_units(distance: float) -> int:
    """Return the whole units that close a distance: rounded up, downwards where it is negative."""
    return ceil(distance - SMALLEST) if distance > 0 else floor(distance + SMALLEST)


def misses(goal: Target, indicator: Indicator, foretold: float, printed: float = SMALLEST) -> bool:
    """Return whether a forecast misses the target; a difference within `printed` is not visible and does not count."""
    if goal.value is None:
        return False
    short = goal.value - foretold if from_below(goal, indicator) else foretold - goal.value
    return short > max(printed, SMALLEST)


def _hold(
    goal: Target, indicator: Indicator, value: float, clock: Clock, pace: float | None, grows: bool, least: float
) -> State:
    met = is_met(goal, indicator, value)
    required = goal.value if pace is None and not from_below(goal, indicator) else pace
    if from_below(goal, indicator):
        beyond = goal.comparator == "range" and goal.high is not None and value > goal.high
        near = required is None or _is_near(required - value, least)
        return "met" if met else "on_pace" if not clock.over and near and not beyond else "behind"
    if met and (clock.over or not grows):
        return "met"
    near = required is None or _is_near(value - required, least)
    return "on_pace" if not clock.over and near and (met or not grows) else "behind"


def _is_near(short: float, least: float) -> bool:
    """Return whether a value reaches its pace, or falls short of it by less than one whole unit."""
    return short < least - SMALLEST or short <= SMALLEST


def from_below(goal: Target, indicator: Indicator) -> bool:
    """Return whether a target is approached from below."""
    return goal.comparator in (">=", "range") or (goal.comparator == "=" and indicator.direction == "up")


def with_all(reading: Held, indicator: Indicator) -> float:
    """Return the value with the missing returns, assuming that they are like the others."""
    value = reading.value or 0.0
    if not reading.expected or reading.reported >= reading.expected or reading.left_out:
        return value  # a rate whose parts exclude the same organisations does not change
    share = reading.reported / reading.expected
    if not share:
        return float("inf")
    most = indicator.valid.max if indicator.is_rate else None
    return value / share if most is None else min(value / share, most)


def values_with_all(more: Supplied | None, reading: Held, indicator: Indicator) -> Sequence[float] | None:
    """Return possible values with the missing returns; None if only their number is known.

    `judge` then assumes that they are like the others. If some reporters never sent a return, that assumption is added
    as a second value.
    """
    if more is None:
        return None
    return [more.value, *([with_all(reading, indicator)] if more.never else [])]
