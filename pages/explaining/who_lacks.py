"""How many of the returns behind a figure came, and who has not reported."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from access.accounts.roles import Action
from base.periods import Span, format_quarter, quarter_in
from pages.view import cached
from pages.view.filters import View
from pages.view.person import person
from stats.organisations import Missing
from stats.readings import Reading
from stats.readings.lacking import lacking_returns
from stats.readings.sentences import say_cover

_NAMED = 5


def draw_coverage(view: View, reading: Reading, span: Span) -> None:
    """Draw the coverage, the first of those who lack, and the way to all of them."""
    within = Span(span.first, min(span.last, view.data.like(span).last))
    known, whole = cached.catalogue(view.build), reading.unit == view.county.code
    lacking = lacking_returns(reading, within, known, partial(cached.missing, view.build), whole=whole)
    items = "".join(f"<li>{escape(_say(form, entries))}</li>" for form, entries in lacking.items())
    quarter = format_quarter(quarter_in(within.last if reading.as_of is None else reading.as_of))
    way = f'<a class="way" href="submissions?quarter={escape(quarter)}">看全部没报的 ›</a>' if items else ""
    cover = escape(say_cover(reading))
    st.html(f"<h3>报齐情况：{cover}</h3><ul>{items}</ul>{way}")


def _say(form: str, entries: Sequence[Missing]) -> str:
    """Return how many returns of a form are missing and whose; others' unions are counted for a clerk, not named."""
    viewer = person()
    names = dict.fromkeys(entry.unit_name for entry in entries)
    seen = [*dict.fromkeys(entry.unit_name for entry in entries if viewer.may(Action.FOLLOW, [entry.area or None]))][
        :_NAMED
    ]
    named = f"：{'、'.join(seen)}{f'等{len(names):,}家' if len(names) > len(seen) else ''}" if seen else ""
    return f"《{form}》缺{len(entries):,}份{named}"
