"""A drawing on a page."""

from collections.abc import Callable
from typing import Any, cast

import streamlit as st
from plotly.basedatatypes import BaseFigure

from stats.drawing.frame import Spec

# The mode bar speaks English; what it offers stands below the drawing.
_PLAIN = {"displayModeBar": False, "displaylogo": False, "showSendToCloud": False, "scrollZoom": False}


class _Ready(BaseFigure):  # type: ignore[misc]  # Plotly has no types
    """A drawing that is sent as it is.

    Streamlit checks what it is given value by value, 8 ms a chart, unless it is a figure of Plotly's own. Every kind of
    drawing is checked by the tests.
    """

    def __init__(self, spec: Spec) -> None:
        self._spec = spec

    def to_dict(self) -> dict[str, Any]:
        return cast(dict[str, Any], self._spec)


def draw_chart(spec: Spec, said: str, key: str, on_select: Callable[[], None] | None = None) -> None:
    """Draw a drawing; `said` is what is read aloud, `on_select` is called after a click on one of its marks."""
    st.plotly_chart(
        _Ready(spec),
        theme=None,
        config=_PLAIN,
        alt=said,
        key=key,
        on_select=on_select or "ignore",
        selection_mode="points",
    )
