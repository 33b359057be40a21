"""Targets by the day they are due: the day stated in the document, else the end of their year."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from stats.catalogue.models import Indicator
from stats.due_days import DueEntry, DueKind, DueState
from stats.figures.elements.figure_model import Source
from stats.judging.targets import Target, read_targets
from stats.organisations import Organisation, organisations_by_code, periods
from stats.readings import verdict_on
from stats.readings.sentences import say_end, say_goal

_NAMED = 3  # organisations named


def targets_due(source: Source, unit: str, year: int, today: date) -> list[DueEntry]:
    """Return the targets in force of an organisation and of those below it that are due in a year.

    The organisation's own are an entry each, those of one indicator and day below it one entry together.
    """
    known = organisations_by_code(source.warehouse)
    within = [goal for goal in read_targets(source.warehouse, source.catalogue) if _is_within(known, goal.unit, unit)]
    due = sorted(
        (goal for goal in within if _day(goal).year == year),
        key=lambda goal: (_day(goal), goal.unit != unit, goal.indicator, goal.year, goal.unit),
    )
    groups = groupby(due, key=lambda goal: (_day(goal), goal.unit == unit, goal.indicator, goal.year))
    return [entry for (_, own, _, _), goals in groups for entry in _entries(source, list(goals), own, today)]


def _day(goal: Target) -> date:
    return date.fromisoformat(goal.due) if goal.due else date(goal.year, 12, 31)


def _is_within(known: Mapping[str, Organisation], code: str, unit: str) -> bool:
    while code in known and code != unit:
        code = known[code].parent
    return code == unit


def _entries(source: Source, goals: Sequence[Target], own: bool, today: date) -> Iterator[DueEntry]:
    indicator = source.catalogue.indicators[goals[0].indicator]
    measure, day = source.catalogue.unit_of(indicator), _day(goals[0])
    states = [_state(source, goal, today) for goal in goals]
    aimed = say_goal(goals[0], indicator, measure) if own else f"{goals[0].year}年分解到下面的目标"
    dated = "" if goals[0].due else "（没有写日期，按年末）"
    late = [goal for goal, (state, _) in zip(goals, states, strict=True) if state == DueState.LATE]
    done = sum(state == DueState.DONE for state, _ in states)
    yield DueEntry(
        day=day,
        kind=DueKind.TARGET,
        what=f"{indicator.name}：{aimed}{dated}",
        whom=_say_whom(source, goals[0], indicator) if own else _name(source, late or goals),
        state=states[0][0] if own else _worst(states),
        words=states[0][1]
        if own
        else f"{len(goals)}个单位，已达到{done}个{f'，到期没有达到{len(late)}个' if late else ''}",
        code=indicator.code,
        unit=goals[0].unit if own else "",
    )


def _worst(states: Sequence[tuple[DueState, str]]) -> DueState:
    present = {state for state, _ in states}
    return next(state for state in (DueState.LATE, DueState.OPEN, DueState.DONE) if state in present)


def _state(source: Source, goal: Target, today: date) -> tuple[DueState, str]:
    """Return the state of a target by the data there are: one that is past is late only where they reach its day."""
    last = periods(source.warehouse).last
    judgement = verdict_on(source.warehouse, source.catalogue, goal, min(goal.due_in, last))
    if judgement.state == "met":
        return DueState.DONE, "已达到"
    if _day(goal) >= today:
        return DueState.OPEN, "还没有到期"
    if last < goal.due_in:
        return DueState.OPEN, f"已过期，数据只到{say_end(last)}，还不能判断"
    if judgement.state == "unknown":
        return DueState.OPEN, "已过期，没有数可以判断"
    return DueState.LATE, "到期没有达到"


def _say_whom(source: Source, goal: Target, indicator: Indicator) -> str:
    name = organisations_by_code(source.warehouse)[goal.unit].name
    return "，".join(filter(None, (name, goal.owner or indicator.owner)))


def _name(source: Source, goals: Sequence[Target]) -> str:
    names = [organisations_by_code(source.warehouse)[goal.unit].name for goal in goals]
    return "、".join(names[:_NAMED]) + (f"等{len(names)}个单位" if len(names) > _NAMED else "")
