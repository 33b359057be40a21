"""The first lines of a page: organisation, time and coverage, then the finding."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from base.periods import say_quarter, say_span
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from stats.organisations import EXAMPLE
from stats.readings import Reading
from stats.readings.sentences import say_cover


def draw_summary(view: View, readings: Sequence[Reading]) -> None:
    """Draw the first line: organisation, span, the end of the data, coverage, and a mark for example data.

    The coverage is that of the first reading.
    """
    texts = [
        f"<b>{escape(view.unit.name)}</b>",
        f"<b>{say_span(view.span)}</b>",
        f"与{say_span(view.against)}相比" if view.against else "",
        f"只看{catalogue_now().kinds[view.kind].name}" if view.kind else "",
        f"数据截至{say_quarter(view.known_until)}",
        _say_built(view),
        _say_cover(readings),
    ]
    draw_about(view.county.name, texts)


def draw_about(county: str, texts: Sequence[str]) -> None:
    """Draw the subject of a page as a line of HTML parts, with a mark for example data."""
    example = ['<span class="example">示例数据，并非真实情况</span>'] if county.startswith(EXAMPLE) else []
    st.html(f'<p class="about">{"".join(f"<span>{words}</span>" for words in [*texts, *example] if words)}</p>')


def draw_finding(words: str, under: str = "") -> None:
    below = f'<p class="under">{escape(under)}</p>' if under else ""
    st.html(f'<h1 class="finding">{escape(words)}</h1>{below}')


def draw_part(title: str, aside: str = "") -> None:
    st.html(f'<h2 class="part">{escape(title)}<small>{escape(aside)}</small></h2>')


def _say_built(view: View) -> str:
    built = cached.warehouse(view.build).built_at
    return f"{built[:16].replace('T', ' ')}汇总" if built else ""


def _say_cover(readings: Sequence[Reading]) -> str:
    return f"{readings[0].name}{say_cover(readings[0])}" if readings else ""
