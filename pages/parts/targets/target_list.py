"""Targets as a list: grouped by state, each with its value, a bar with the pace, and its sentence."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from base.formats import say_attained, say_value
from pages.shared.downloads import copying
from pages.shared.fold import say_rest
from pages.view.links import WHY, address, aim_address, explained
from stats.attainment import Attainment
from stats.attainment.attainment_words import (
    NO_NUMBER,
    NOT_BEGUN,
    STATES,
    say_forecast,
    say_needed,
    say_pace,
    say_reason,
    say_state,
)
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.judging.targets import Target
from stats.judging.verdicts import State
from stats.readings.sentences import say_reading, say_target, say_target_note, say_when

_ORDER: tuple[State, ...] = ("behind", "unlikely", "unknown", "on_pace", "met")
_GOES_WELL = ("met", "on_pace")
_SHARES = (">=", "=")
_AT_FIRST = 3  # targets of the first group on a phone, as look.css says
_ROOM = 1.05  # the track ends a little beyond the largest value on it


def draw_aims(attainments: Sequence[Attainment], catalogue: Catalogue) -> None:
    """Draw the targets, those that are behind first; a phone folds away all but the first few of the first group."""
    early = [attainment for attainment in attainments if attainment.reason == "not_begun"]
    tasks = [attainment for attainment in attainments if attainment.reason == "no_number"]
    judged = [attainment for attainment in attainments if attainment.reason not in ("not_begun", "no_number")]
    groups = [
        *(([attainment for attainment in judged if attainment.state == state], STATES[state]) for state in _ORDER),
        (tasks, ("—", NO_NUMBER)),
        (early, (STATES["on_pace"][0], NOT_BEGUN)),
    ]
    drawn = [(own, headed) for own, headed in groups if own]
    sections = "".join(_group(own, headed, catalogue) for own, headed in drawn)
    rest = len(attainments) - min(len(drawn[0][0]), _AT_FIRST)
    st.html(f'<div class="folded">{sections}{say_rest(rest, "项目标")}</div>')


def draw_aim_table(attainments: Sequence[Attainment], catalogue: Catalogue) -> None:
    """Draw all targets on one screen: what was done, the state and who is responsible, those that are behind first.

    A phone folds away those that are met or on pace.
    """
    ordered = worst_first(attainments)
    rows = "".join(_table_row(attainment, catalogue) for attainment in ordered)
    head = "<tr><th>项目</th><th>完成</th><th>状态</th><th>责任部门</th></tr>"
    table = f'<table class="plain goals"><thead>{head}</thead><tbody>{rows}</tbody></table>'
    rest = sum(attainment.state in _GOES_WELL for attainment in attainments)
    st.html(f'<div class="taken folded">{table}{say_rest(rest, "项")}{copying("目标完成")}</div>')


def worst_first(attainments: Sequence[Attainment]) -> list[Attainment]:
    """Return the targets in the order of their states, those that are behind first."""
    return sorted(attainments, key=lambda attainment: _ORDER.index(attainment.state))


def lines_of(attainment: Attainment, catalogue: Catalogue) -> list[str]:
    """Return what is said of a target: its pace, forecast and shortfall, or why there is no verdict."""
    indicator = catalogue.indicators[attainment.goal.indicator]
    lines = (
        say_pace(attainment, indicator),
        say_forecast(attainment, indicator),
        say_needed(attainment, catalogue),
        say_reason(attainment, indicator),
    )
    return [line for line in lines if line]


def _table_row(attainment: Attainment, catalogue: Catalogue) -> str:
    indicator = catalogue.indicators[attainment.goal.indicator]
    way = escape(aim_address(indicator.code))
    row = '<tr class="later">' if attainment.state in _GOES_WELL else "<tr>"
    return (
        f'{row}<td><a href="{way}" target="_self">{escape(attainment.reading.name)}</a></td>'
        f"<td>{explained(say_reading(attainment.reading, indicator), indicator.code, of_target=True)}"
        f"<small>{escape(say_target(attainment.reading, indicator))}</small></td>"
        f'<td><b class="{attainment.state}">{escape(say_state(attainment))}</b></td>'
        f"<td>{escape(attainment.goal.owner)}</td></tr>"
    )


def _group(own: Sequence[Attainment], headed: tuple[str, str], catalogue: Catalogue) -> str:
    rows = "".join(_aim(attainment, catalogue) for attainment in own)
    head = f'<h3 class="{own[0].state}">{escape(" ".join(headed))}<small>{len(own)}项</small></h3>'
    return f'<section class="aims">{head}<ol>{rows}</ol></section>'


def _aim(attainment: Attainment, catalogue: Catalogue) -> str:
    indicator = catalogue.indicators[attainment.goal.indicator]
    way = escape(address("indicator", figure=indicator.code))
    value = explained(say_reading(attainment.reading, indicator), indicator.code, of_target=True)
    text = "".join(f"<span>{escape(line)}</span>" for line in lines_of(attainment, catalogue))
    return (
        f'<li><div class="what"><a href="{way}" target="_self">{escape(attainment.reading.name)}</a>'
        f'<b class="{attainment.state}">{escape(say_state(attainment))}</b></div>'
        f'<div class="how"><p class="value">{value}'
        f"<small>{escape(_say_share(attainment, indicator))}</small></p>{_track(attainment, indicator)}</div>"
        f'<p class="said">{text}</p><p class="fine">{escape(_say_document(attainment, indicator))}'
        f"　{_course_link(attainment)}"
        f"{explained(WHY, indicator.code, of_target=True)}</p></li>"
    )


def _course_link(attainment: Attainment) -> str:
    """Return the link to a target's course, its candidates and its document."""
    text = (
        "看任务"
        if attainment.goal.comparator == "task"
        else "看目标"
        if attainment.goal.value is None
        else "看进度、差在哪里"
    )
    return f'<a href="{escape(aim_address(attainment.goal.indicator))}" target="_self">{text} ›</a>　'


def _say_share(attainment: Attainment, indicator: Indicator) -> str:
    """Return the time of the value, the target, and the share reached if that is meaningful."""
    goal, target = attainment.goal, f"{say_when(attainment.reading)}；{say_target(attainment.reading, indicator)}"
    if attainment.share is None or goal.comparator not in _SHARES or indicator.is_rate or not attainment.clock.begun:
        return target
    return f"{target}，完成{say_attained(attainment.reading.value or 0.0, goal.value or 0.0)}"


def _track(attainment: Attainment, indicator: Indicator) -> str:
    """Return a bar of the value with a tick at the pace and one at the target; the words beside it say the same."""
    goal, value, pace = attainment.goal.value, attainment.reading.value, attainment.pace
    if goal is None or value is None:
        return ""
    end = max(goal, attainment.goal.high or 0.0, value, pace or 0.0) * _ROOM or 1.0
    ticks = _tick("goal", goal / end, "目标", _say(goal, attainment, indicator))
    if pace is not None and not attainment.clock.over and pace != goal:
        ticks += _tick("pace", pace / end, "应到", "")
    return f'<div class="track" aria-hidden="true"><div style="width:{value / end:.1%}"></div>{ticks}</div>'


def _tick(kind: str, place: float, name: str, words: str) -> str:
    return f'<i class="{escape(kind)}" style="left:{place:.1%}"><small>{escape(name + words)}</small></i>'


def _say(value: float, attainment: Attainment, indicator: Indicator) -> str:
    return say_value(value, attainment.reading.measure, indicator.decimals)


def _say_document(attainment: Attainment, indicator: Indicator) -> str:
    """Return the document of the target, who is responsible for it, and what earlier documents set."""
    note = "；".join(filter(None, (say_target_note(attainment.reading), f"责任部门：{attainment.goal.owner}")))
    before = (
        f"{target.document}{_say_set('原定', target, attainment, indicator)}，以发文在后的为准"
        for target in attainment.replaced
    )
    after = (
        f"{target.set_on}起{target.document}{_say_set('改定', target, attainment, indicator)}"
        for target in attainment.later
    )
    return "；".join([note, *before, *after])


def _say_set(verb: str, other: Target, attainment: Attainment, indicator: Indicator) -> str:
    return "没有定数量" if other.value is None else f"{verb}{_say(other.value, attainment, indicator)}"
