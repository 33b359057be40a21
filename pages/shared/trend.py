"""A figure's course over the quarters."""

import streamlit as st

from pages.shared import cached
from pages.shared.filters import View
from stats.catalogue_models import Indicator
from stats.figures import draw, trend
from stats.periods import Span
from stats.readings import Reading

# The mode bar speaks English and offers nothing that is needed here.
_PLOTLY = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "scrollZoom": False}


def draw_trend(view: View, reading: Reading, indicator: Indicator) -> None:
    quarters = Span(view.data.first, view.span.last)
    points = cached.series(view.build, indicator.code, view.unit.code, quarters)
    figure = trend(points, reading, indicator, quarters)
    st.markdown(f"**{figure.title}**")
    st.plotly_chart(draw(figure), config=_PLOTLY, alt=figure.title, key="trend")
    st.caption(figure.note)
