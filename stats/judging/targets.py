"""Targets: what was set, which one applies to a span, and whether a value meets it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from base.month_spans import QUARTER, YEAR, period_of
from base.periods import Span, length_of, quarter_in, year_of
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.warehouse import Warehouse, run_query

_BUILDS = 3  # builds whose targets are cached: a build never changes, and every figure needs them
_QUARTERS = 100  # quarters for whose ends the targets in force are cached
_UP_TO_REACH = (">=", "=")


@dataclass(kw_only=True, frozen=True)
class Target:
    """A target of one indicator for one organisation and year.

    `comparator` is one of >=, <=, =, range, task, text (wording without a number). Rates are 0–1, money in 元. For a
    task, `state` is todo, doing or done. `set_on` is the day its document was issued or, if that is not stated, the day
    it was first filed. `task_states` are a task's reported states, oldest first, each with the quarter from
    which it counts.
    """

    indicator: str
    unit: str
    year: int
    comparator: str
    value: float | None
    high: float | None
    document: str
    owner: str
    due: str
    state: str
    remark: str
    set_on: str = ""
    task_states: tuple[tuple[int, str], ...] = ()

    @property
    def due_in(self) -> int:
        """Return the quarter in which it is due: that of its due date, else the last of its year."""
        return self.due_period(QUARTER)

    @property
    def since(self) -> int:
        """Return the quarter in which it was set, from whose end on it counts; 0 if that is not known."""
        return self.set_period(QUARTER)

    def due_period(self, months: int) -> int:
        """Return the quarter, or the month, in which it is due, by the length in months."""
        return period_of(date.fromisoformat(self.due) if self.due else date(self.year, YEAR, 31), months)

    def set_period(self, months: int) -> int:
        """Return the quarter, or the month, in which it was set, by the length in months; 0 if that is not known."""
        return period_of(date.fromisoformat(self.set_on), months) if self.set_on else 0

    def set_by(self, period: int) -> bool:
        """Return whether it was set by the end of a quarter or month, or it is not known when."""
        return self.set_period(length_of(period)) <= period

    @property
    def of(self) -> tuple[str, str, int]:
        """Return what it is a target for: indicator, organisation and year."""
        return self.indicator, self.unit, self.year

    def as_of(self, quarter: int) -> "Target":
        """Return the target with the state its task was reported in by the end of a quarter or month, "" for none."""
        quarter = quarter_in(quarter)
        if not self.task_states:
            return self
        return replace(self, state=next((state for since, state in reversed(self.task_states) if since <= quarter), ""))


@lru_cache(maxsize=_BUILDS)
def _all_targets(warehouse: Warehouse, catalogue: Catalogue) -> tuple[Target, ...]:
    """Return the targets of all documents; for each target the earlier document comes first."""
    return tuple(_in_stored_unit(catalogue, row) for row in run_query(warehouse, "targets.sql"))


@lru_cache(maxsize=_QUARTERS)
def read_targets(warehouse: Warehouse, catalogue: Catalogue, quarter: int | None = None) -> tuple[Target, ...]:
    """Return the targets in force at the end of a quarter or month, by default now: those of the document issued last.

    A target that no document had set by then is returned as it was first set; its time has not begun.
    """
    by_key: dict[tuple[str, str, int], Target] = {}
    for goal in _all_targets(warehouse, catalogue):
        if goal.of not in by_key or quarter is None or goal.set_by(quarter):
            by_key[goal.of] = goal
    return tuple(by_key.values())


def targets_set(warehouse: Warehouse, catalogue: Catalogue, unit: str, quarter: int) -> list[Target]:
    """Return every target that a document had set for an organisation by a quarter's end, replaced ones included."""
    return [goal for goal in _all_targets(warehouse, catalogue) if goal.unit == unit and goal.set_by(quarter)]


def other_targets(warehouse: Warehouse, catalogue: Catalogue, goal: Target) -> tuple[list[Target], list[Target]]:
    """Return the same target in other documents: those before its own, and those that replace it, earliest first."""
    same = [target for target in _all_targets(warehouse, catalogue) if target.of == goal.of]
    place = next(number for number, target in enumerate(same) if target.document == goal.document)
    return same[:place], same[place + 1 :]


def replaced_targets(warehouse: Warehouse, catalogue: Catalogue, goal: Target) -> list[Target]:
    """Return the targets of earlier documents for the same indicator, organisation and year, the earliest first."""
    return other_targets(warehouse, catalogue, goal)[0]


def _in_stored_unit(catalogue: Catalogue, row: dict[str, Any]) -> Target:
    """Return a target in the unit its indicator is stored in: 60 万元 becomes 600,000 元."""
    scale = catalogue.spellings(catalogue.indicators[row["indicator"]]).get(row.pop("measure"), 1.0)
    scaled = {name: None if row[name] is None else row[name] * scale for name in ("value", "high")}
    states = tuple((task["quarter"], task["state"]) for task in row.pop("told"))
    return Target(**row | scaled | {"task_states": states})


def target_for(
    targets: Sequence[Target], catalogue: Catalogue, indicator: Indicator, unit: str, span: Span
) -> Target | None:
    """Return the target that a value of this span may be compared with, or None.

    A stock or a rate of stocks is compared with the nearest target year not before the span's end. A sum over a year is
    compared with the target of its own year only, and only when the span starts with that year: a three-year sum can't
    be measured against a one-year target.
    """
    year = year_of(span.last)
    own = sorted(
        (
            target
            for target in targets
            if target.indicator == indicator.code and target.unit == unit and target.year >= year
        ),
        key=lambda target: target.year,
    )
    of_year = of_a_year(catalogue, indicator)
    if not own or (of_year and (own[0].year != year or span.first != year * span.a_year)):
        return None
    return own[0].as_of(span.last)


def is_met(target: Target, indicator: Indicator, value: float | None) -> bool | None:
    """Return whether a value meets its target; None if unknown.

    "=" is a planned figure: it is met when reached, for an indicator whose direction is up, and by equality otherwise.
    """
    if target.comparator == "task":
        return target.state == "done"
    if value is None or target.value is None:
        return None
    if target.comparator == "range":
        return target.value <= value <= (target.high if target.high is not None else target.value)
    if target.comparator == "<=" or (target.comparator == "=" and indicator.direction == "down"):
        return value <= target.value
    if target.comparator in _UP_TO_REACH and (target.comparator == ">=" or indicator.direction == "up"):
        return value >= target.value
    return value == target.value


def is_flow(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Return whether an indicator's quarters add up, so that its target is for a year's sum."""
    parts = catalogue.parts(indicator)
    return bool(parts) and parts[0].time == "sum" and indicator.summary == "total"


def of_sums(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Return whether an indicator is a rate of sums, such as what was collected of what was due."""
    return indicator.is_rate and catalogue.parts(indicator)[0].time == "sum"


def adds_up(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Return whether a year's quarters add up to the value, as a plain sum or as so many a year."""
    return is_flow(catalogue, indicator) or indicator.summary == "per_year"


def of_a_year(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Return whether a target's value is accumulated from its year's first quarter on, and not a state at one date."""
    return adds_up(catalogue, indicator) or of_sums(catalogue, indicator)
