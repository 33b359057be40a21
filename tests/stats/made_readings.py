"""Readings made by hand, for what is said and drawn of them."""

from typing import Any

from base.periods import Span, parse_quarter
from stats.catalogue import load_catalogue
from stats.catalogue.models import Indicator
from stats.judging import Judgement
from stats.judging.pace import Clock
from stats.judging.targets import Target
from stats.judging.verdicts import Reason, State, shortfall_of
from stats.readings import Reading, held_against

YEAR = "2010Q1..2010Q4"
DOCUMENT = "《县工会工作会议报告》"


def first_indicator(unit: str, direction: str = "up", **other: Any) -> Indicator:
    """Return the catalogue's first indicator of a unit of measure and direction, changed as told."""
    found = next(
        indicator
        for indicator in load_catalogue().indicators.values()
        if (indicator.unit, indicator.direction, indicator.summary) == (unit, direction, "total")
    )
    return found.model_copy(update=other)


def make_reading(indicator: Indicator, value: float | None, **other: Any) -> Reading:
    """Return a reading of the county for 2010 that everyone reported."""
    plain: dict[str, Any] = {
        "indicator": indicator.code,
        "name": indicator.name,
        "unit": "COUNTY",
        "span": YEAR,
        "value": value,
        "measure": load_catalogue().unit_of(indicator),
        "numerator": value,
        "denominator": None,
        "base": indicator.base,
        "reported": 369,
        "expected": 369,
        "previous": None,
        "change": None,
        "comparable_change": None,
        "target": None,
        "comparator": None,
        "met": None,
        "unit_name": "示例县总工会",
        "as_of": parse_quarter("2010Q4"),
    }
    return Reading(**plain | other)


def target_of_2011(value: float) -> Target:
    """Return a target of the county for 2011: at least so much."""
    return Target(
        indicator="x",
        unit="COUNTY",
        year=2011,
        comparator=">=",
        value=value,
        high=None,
        document="文件",
        owner="组织部",
        due="2011-12-31",
        state="",
        remark="",
    )


def with_target(
    indicator: Indicator, value: float, goal: float | None, met: bool, state: State = "on_pace", **other: Any
) -> Reading:
    """Return a reading held against a target of 2012, met or in the state that is told; "behind" once it is due."""
    told: dict[str, Any] = {"comparator": ">=", "high": None, "remark": "", "due": "2012-12-31"} | other
    told["state"] = told.pop("state_told", "")
    target = Target(
        indicator=indicator.code, unit="COUNTY", year=2012, value=goal, document=DOCUMENT, owner="组织部", **told
    )
    now = target.due_in if state == "behind" else parse_quarter("2010Q4")
    clock = Clock(parse_quarter("2010Q1"), target.due_in, now)
    reason: Reason = "no_verdict" if state == "unknown" else ""
    shortfall = shortfall_of(target, indicator, value)
    judged = Judgement(
        goal=target,
        span=Span(now, now),
        clock=clock,
        way="path",
        state="met" if met else state,
        reason=reason,
        shortfall=shortfall,
    )
    return held_against(make_reading(indicator, value), judged)
