"""A figure's course over the quarters."""

from html import escape

import streamlit as st

from base.periods import say_span
from pages.shared.plotly_chart import draw_chart, picture_button
from pages.view import cached
from pages.view.filters import View
from pages.view.scripts import bring
from pages.view.stylesheet import palette
from stats.catalogue.models import Indicator
from stats.figures.elements.figure_model import Figure
from stats.readings import Reading


def draw_trend(view: View, reading: Reading, indicator: Indicator) -> Figure:
    """Draw the course of a figure; return what was drawn."""
    figure = cached.course(view.build, indicator.code, view.selection)
    drawing = cached.drawing(figure, palette())
    with st.container(key="panel-trend"):
        st.html(f'<h3 class="says">{escape(figure.title)}</h3>')
        if drawing is not None:
            draw_chart(drawing, figure.title, "trend")
        lines = "".join(f"<li>{escape(line)}</li>" for line in figure.lines)
        name = f"{view.unit.name}{indicator.name}（{say_span(view.span)}）"
        st.html(f'<ul class="lines">{lines}</ul>{picture_button(name) if drawing else ""}')
    bring("picture")
    return figure
