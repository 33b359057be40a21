"""A drawing on a page."""

import json
from collections.abc import Callable
from typing import Any, cast

import orjson
import streamlit as st
from plotly.basedatatypes import BaseFigure
from streamlit.delta_generator_singletons import get_dg_singleton_instance
from streamlit.elements.lib.layout_utils import LayoutConfig
from streamlit.proto.PlotlyChart_pb2 import PlotlyChart

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
    if on_select:
        st.plotly_chart(
            _Ready(spec), theme=None, config=_PLAIN, alt=said, key=key, on_select=on_select, selection_mode="points"
        )
    else:
        _draw_in_place(spec, said, key)


def _draw_in_place(spec: Spec, said: str, key: str) -> None:
    """Draw a drawing that stays where it is in the browser while its numbers change.

    st.plotly_chart calls a drawing by all that is in it, whatever its key: with each change of a filter the browser
    throws every drawing away and builds it anew, twice, which is most of what a reader waits for. So the message is
    written here, under a name that stays; a selection, which belongs to the numbers, is not kept that way.
    """
    message = PlotlyChart(id=f"drawing-{key}", spec=orjson.dumps(spec).decode(), config=json.dumps(_PLAIN), alt=said)
    place = LayoutConfig(width="stretch", height=spec["layout"]["height"])
    get_dg_singleton_instance().main_dg._enqueue("plotly_chart", message, layout_config=place)
