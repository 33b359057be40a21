"""The panel: a figure's formula, coverage, change, contributors, cells and definition, each from its one source."""

from html import escape

import streamlit as st

from base.periods import Span
from pages.explaining.change_parts import draw_change
from pages.explaining.few_cells import draw_few_cells
from pages.explaining.largest_shares import draw_contributors
from pages.explaining.who_lacks import draw_coverage
from pages.shared.definition import draw_definition, draw_formula
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.links import address
from stats.readings import Reading
from stats.readings.sentences import say_context, say_finding


def draw_explanation(view: View, reading: Reading, span: Span | None) -> None:
    """Draw all that explains a reading; `span` is the one asked for where it is not that of the filter bar."""
    catalogue = catalogue_now()
    indicator = catalogue.indicators[reading.indicator]
    under = say_context(reading, indicator)
    st.html(f'<p class="sum"><b>{escape(say_finding(reading, indicator))}</b></p><p class="under">{escape(under)}</p>')
    draw_formula(reading, indicator, catalogue)
    st.html(f'<p class="base">{escape(f"口径：{reading.base}")}</p>')
    draw_coverage(view, reading, span or view.span)
    draw_change(view, reading, span)
    draw_contributors(view, reading, span)
    draw_few_cells(view, reading, span)
    st.html("<h3>这个数的定义</h3>")
    draw_definition(indicator, catalogue)
    way = escape(address("indicator", figure=reading.indicator, unit=reading.unit, span=span))
    st.html(f'<a class="way" href="{way}">看走势、排名和逐季的数 ›</a>{_way_to_unit(view, reading)}')


def _way_to_unit(view: View, reading: Reading) -> str:
    """Return the ways to an organisation that is another than the bar's, as HTML: on this page, and on its own."""
    if reading.unit == view.unit.code:
        return ""
    here = address("", unit=reading.unit, figure=reading.indicator if "figure" in st.query_params else "")
    name, own = escape(reading.unit_name), address("unit", unit=reading.unit)
    ways = ((escape(here), f"这一页只看{name}"), (escape(own), f"{name}的全貌"))
    return "".join(f'<a class="way" href="{way}">{words} ›</a>' for way, words in ways)
