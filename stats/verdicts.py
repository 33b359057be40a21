"""Verdicts: whether a target is met, on pace, behind, hardly to be reached, or can't be told. Pure.

A target that goes upwards is met when reached, before its time on pace when it is as far as it should be by then. One
that goes downwards ("<=", or "=" where less is better) is for a year's sum never met before the year is over, for more
may come, and behind for good once it is over; for a state it is met when it is there. A range is gone towards from
below; what is above it is behind. "=" where more is better is a planned figure: passed is met. What is entered once a
year has no pace: before the year is over only the forecast tells.

What lies behind its pace by less than one whole thing is not behind. Where the pace asks for no more, but a forecast
that rests on other evidence does not reach the target, it will hardly be reached.

Where returns are lacking it is judged again as it may be with them, once for each way to reckon that. Behind by one and
not by another can't be told; where all agree that it is not behind, the least of them stands.
"""

from collections.abc import Sequence
from typing import Literal

from stats.catalogue_models import Indicator
from stats.pace import Clock
from stats.targets import Target, is_met
from stats.unreported import Held

State = Literal["met", "on_pace", "unlikely", "behind", "unknown"]
Reason = Literal["", "no_number", "no_data", "not_begun", "no_verdict", "lacking", "no_past"]
SMALLEST = 1e-9  # what binary fractions lose
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
    """Return the verdict on a value by its pace, and why where it can't be told.

    `grows` says that the value adds up in the course of a year. `others` are what the value may be with the returns
    that are lacking; None stands for: as if those who sent none were like the others. `least` is how much one whole
    thing adds to the value, 0 where it is measured. Without a pace nothing is asked before it is due.
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


def gap_to(goal: Target, indicator: Indicator, value: float) -> float | None:
    """Return what a value lacks of its target, 0 where it is met, less than 0 of what is too much; None: no number."""
    if goal.value is None or goal.comparator in ("task", "text"):
        return None
    if is_met(goal, indicator, value):
        return 0.0
    if goal.comparator == "range" and goal.high is not None and value > goal.high:
        return goal.high - value
    return goal.value - value


def misses(goal: Target, indicator: Indicator, foretold: float, printed: float = SMALLEST) -> bool:
    """Return whether what a value comes to when due is not what the target asks; within `printed` it reads alike."""
    if goal.value is None:
        return False
    short = goal.value - foretold if _from_below(goal, indicator) else foretold - goal.value
    return short > max(printed, SMALLEST)


def _hold(
    goal: Target, indicator: Indicator, value: float, clock: Clock, pace: float | None, grows: bool, least: float
) -> State:
    met = is_met(goal, indicator, value)
    asked = goal.value if pace is None and not _from_below(goal, indicator) else pace
    if _from_below(goal, indicator):
        past = goal.comparator == "range" and goal.high is not None and value > goal.high
        near = asked is None or _is_near(asked - value, least)
        return "met" if met else "on_pace" if not clock.over and near and not past else "behind"
    if met and (clock.over or not grows):
        return "met"
    near = asked is None or _is_near(value - asked, least)
    return "on_pace" if not clock.over and near and (met or not grows) else "behind"


def _is_near(short: float, least: float) -> bool:
    """Return whether a value is as far as it should be, or short of it by less than one whole thing."""
    return short < least - SMALLEST or short <= SMALLEST


def _from_below(goal: Target, indicator: Indicator) -> bool:
    return goal.comparator in (">=", "range") or (goal.comparator == "=" and indicator.direction == "up")


def with_all(reading: Held, indicator: Indicator) -> float:
    """Return what a value could be with the returns that are lacking, if those who sent none are like the others."""
    value = reading.value or 0.0
    if not reading.expected or reading.reported >= reading.expected or reading.left_out:
        return value  # of a rate whose two parts leave out the same ones, the others change nothing
    came = reading.reported / reading.expected
    if not came:
        return float("inf")
    most = indicator.valid.max if indicator.is_rate else None
    return value / came if most is None else min(value / came, most)
