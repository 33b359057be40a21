"""Which organisations below make up most of a figure."""

from html import escape

import streamlit as st

from base.formats import PERCENT, say_value
from base.periods import Span
from pages.view import cached
from pages.view.choices import units_below
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from stats.readings import Reading
from stats.readings.contributors import Contributors, contributors_to
from stats.readings.movements import sign_movement
from stats.readings.sentences import say_reading

_SHOWN = 5


def draw_contributors(view: View, reading: Reading, span: Span | None) -> None:
    """Draw the organisations with the largest shares, and the rest; nothing for a union, which has nobody below."""
    shares = contributors_of(view, reading, span)
    if shares is None:
        return
    indicator = catalogue_now().indicators[reading.indicator]
    heading = "占分子" if indicator.is_rate else "占比"
    rows = "".join(
        f"<tr><td>{escape(part.unit_name)}</td><td class=strong>{escape(say_reading(part, indicator))}</td>"
        f"<td>{say_value(portion, PERCENT, 1)}</td><td>{escape(sign_movement(part, indicator))}</td></tr>"
        for part, portion in shares.largest
    )
    st.html(
        "<h3>主要由哪些单位构成</h3>"
        '<table class="plain parts"><thead>'
        f"<tr><th>单位</th><th>数值</th><th>{heading}</th><th>比上期</th></tr></thead>"
        f"<tbody>{rows}{_rest(shares)}</tbody></table>"
    )


def contributors_of(view: View, reading: Reading, span: Span | None) -> Contributors | None:
    """Return the largest contributors among the direct children of the reading's organisation; None if it has none."""
    shown = span or view.span
    below = units_below(cached.organisations(view.build), reading.unit, shown.last)
    if not below:
        return None
    against = view.against if span is None else None
    parts = cached.readings_of(view.build, tuple(below), shown, (reading.indicator,), against)
    return contributors_to(reading, parts, catalogue_now().indicators[reading.indicator], _SHOWN)


def _rest(shares: Contributors) -> str:
    if not shares.others:
        return ""
    return f"<tr><td>其余{shares.others:,}家</td><td></td><td>{say_value(shares.rest, PERCENT, 1)}</td><td></td></tr>"
