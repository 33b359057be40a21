"""Verdicts: whether a target is met, on pace, behind, or can't be told. Pure.

A target that goes upwards is met when reached, before its time on pace when it is as far as it should be by then. One
that goes downwards ("<=", or "=" where less is better) is for a year's sum never met before the year is over, for more
may come, and behind for good once it is over; for a state it is met when it is there. A range is gone towards from
below; what is above it is behind. "=" where more is better is a planned figure: passed is met.

Where returns are lacking it is judged again as it may be with them, once for each way to reckon that. Behind by one and
not by another can't be told; where all agree that it is not behind, the least of them stands.
"""

from collections.abc import Sequence
from typing import Literal

from stats.catalogue_models import Indicator
from stats.pace import Clock
from stats.readings import Reading
from stats.targets import Target, is_met

State = Literal["met", "on_pace", "behind", "unknown"]
Reason = Literal["", "no_number", "no_data", "not_begun", "no_verdict", "lacking"]
SMALLEST = 1e-9  # what binary fractions lose
_RANKS: tuple[State, ...] = ("behind", "on_pace", "met")


def judge(
    goal: Target,
    indicator: Indicator,
    reading: Reading,
    clock: Clock,
    pace: float | None,
    grows: bool,
    others: Sequence[float] | None = None,
) -> tuple[State, Reason]:
    """Return the verdict on a value, and why where it can't be told.

    `grows` says that the value adds up in the course of a year. `others` are what the value may be with the returns
    that are lacking; None stands for: as if those who sent none were like the others.
    """
    task = goal.comparator == "task"
    if task and goal.state == "done":
        return "met", ""
    if not task and (goal.value is None or indicator.direction == "none"):
        return "unknown", "no_number" if goal.value is None else "no_verdict"
    if not clock.begun:
        return "unknown", "not_begun"
    if task:
        return "behind" if clock.over else "on_pace", ""
    if reading.value is None or pace is None:
        return "unknown", "no_data"
    values = [reading.value, *([with_all(reading, indicator)] if others is None else others)]
    states = {_hold(goal, indicator, value, clock, pace, grows) for value in values}
    if "behind" in states and len(states) > 1:
        return "unknown", "lacking"
    return min(states, key=_RANKS.index), ""


def _hold(goal: Target, indicator: Indicator, value: float, clock: Clock, pace: float, grows: bool) -> State:
    met = is_met(goal, indicator, value)
    if _from_below(goal, indicator):
        past = goal.comparator == "range" and goal.high is not None and value > goal.high
        on_pace = not clock.over and value >= pace - SMALLEST and not past
        return "met" if met else "on_pace" if on_pace else "behind"
    if met and (clock.over or not grows):
        return "met"
    return "on_pace" if not clock.over and value <= pace + SMALLEST and (met or not grows) else "behind"


def _from_below(goal: Target, indicator: Indicator) -> bool:
    return goal.comparator in (">=", "range") or (goal.comparator == "=" and indicator.direction == "up")


def with_all(reading: Reading, indicator: Indicator) -> float:
    """Return what a value could be with the returns that are lacking, if those who sent none are like the others."""
    value = reading.value or 0.0
    if not reading.expected or reading.reported >= reading.expected or reading.left_out:
        return value  # of a rate whose two parts leave out the same ones, the others change nothing
    came = reading.reported / reading.expected
    if not came:
        return float("inf")
    most = indicator.valid.max if indicator.is_rate else None
    return value / came if most is None else min(value / came, most)
