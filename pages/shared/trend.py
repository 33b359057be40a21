"""A figure's course over the quarters."""

from html import escape

import streamlit as st

from pages.shared import cached
from pages.shared.filters import View
from pages.shared.look import palette
from stats.catalogue_models import Indicator
from stats.readings import Reading

# The mode bar speaks English and offers nothing that is needed here.
_PLOTLY = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "scrollZoom": False}


def draw_trend(view: View, reading: Reading, indicator: Indicator) -> None:
    figure = cached.course(view.build, indicator.code, view.selection)
    st.markdown(f"**{figure.title}**")
    drawing = cached.drawing(figure, palette())
    if drawing is not None:
        st.plotly_chart(drawing, theme=None, config=_PLOTLY, alt=figure.title, key="trend")
    st.html(f'<p class="base">{escape(figure.base)}</p>')
