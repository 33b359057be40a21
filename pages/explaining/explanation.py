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
    """Return the way to the organisation where it is another than the bar's, as HTML."""
    if reading.unit == view.unit.code:
        return ""
    return f'<a class="way" href="{escape(address("unit", unit=reading.unit))}">看{escape(reading.unit_name)} ›</a>'
