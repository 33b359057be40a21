"""A figure's course over the quarters."""

from html import escape

import streamlit as st

from pages.shared.plotly_chart import draw_chart
from pages.view import cached
from pages.view.filters import View
from pages.view.foreign_text import as_written
from pages.view.stylesheet import palette
from stats.catalogue.models import Indicator
from stats.readings import Reading


def draw_trend(view: View, reading: Reading, indicator: Indicator) -> None:
    figure = cached.course(view.build, indicator.code, view.selection)
    st.markdown(f"**{as_written(figure.title)}**")
    drawing = cached.drawing(figure, palette())
    if drawing is not None:
        draw_chart(drawing, figure.title, "trend")
    st.html(f'<p class="base">{escape(figure.base)}</p>')
