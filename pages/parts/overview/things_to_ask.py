"""The three things to ask about: a target off course, who is late, what moved; each with whom to ask and the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from base.formats import PERCENT, say_value
from base.periods import format_quarter
from pages.view import cached
from pages.view.choices import units_below
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.links import address, indicator_address
from stats.attainment.attainment_words import furthest_behind, say_off_track
from stats.readings import Reading
from stats.readings.coverage_words import most_missing, say_overdue
from stats.readings.movements import largest_changes, main_mover

_AREAS = 3  # areas named of those who are late


@dataclass(frozen=True)
class ThingToAsk:
    """A thing to ask about: its field, the sentence, the address it leads to, and whom to ask ("" where not known)."""

    field: str
    sentence: str
    leads_to: str
    whom: str


def draw_things_to_ask(view: View, readings: Sequence[Reading]) -> None:
    """Draw at most three questions; where nothing is off course, late or moved, that is said instead."""
    questions = [question for question in (_target(view), _late(view), _moved(view, readings)) if question]
    if not questions:
        st.html('<p class="asks">目标都在进度上，报表已经报齐，也没有大的变化。</p>')
        return
    st.html(f'<ol class="asks">{"".join(_item(question) for question in questions)}</ol>')


def _item(question: ThingToAsk) -> str:
    whom = f"<small>问：{escape(question.whom)}</small>" if question.whom else ""
    way = escape(question.leads_to)
    return (
        f'<li><b>{escape(question.field)}</b><a href="{way}" target="_self">{escape(question.sentence)}</a>{whom}</li>'
    )


def _target(view: View) -> ThingToAsk | None:
    attainments = cached.attainments(view.build, view.unit.code, view.span.last)
    worst = furthest_behind(attainments)
    if worst is None:
        return None
    sentence = say_off_track(attainments, worst, catalogue_now())
    return ThingToAsk("目标", sentence, address("goals"), worst.goal.owner)


def _late(view: View) -> ThingToAsk | None:
    quarter = view.data.last
    missing = [entry for entry in cached.missing(view.build, quarter) if view.holds(entry.unit, entry.area)]
    if not missing:
        return None
    sentence = f"{say_overdue(missing, quarter)[0].rstrip('。')}{_say_weight(view)}。"
    whom = "、".join(most_missing(missing, _AREAS))
    return ThingToAsk("报送", sentence, f"submissions?quarter={format_quarter(quarter)}", whom)


def _say_weight(view: View) -> str:
    """Return what the missing ones held when they last reported, as a share of all; "" where it is not known."""
    share = cached.missing_share(view.build, view.unit.code, view.data.last)
    size = catalogue_now().items[catalogue_now().reporting.size].name
    return f"，按上次报的数约占{size}的{say_value(share, PERCENT, 1)}" if share else ""


def _moved(view: View, readings: Sequence[Reading]) -> ThingToAsk | None:
    movements = largest_changes(readings, catalogue_now(), 1)
    if not movements:
        return None
    reading = movements[0].reading
    below = units_below(cached.organisations(view.build), view.unit.code, view.span.last)
    parts = cached.readings_of(view.build, tuple(below), view.span, (reading.indicator,), view.against)
    mover = main_mover(reading, parts)
    owner = catalogue_now().indicators[reading.indicator].owner
    whom = "、".join(filter(None, (owner, mover.unit_name if mover else "")))
    return ThingToAsk("变化", movements[0].words, indicator_address(reading), whom)
