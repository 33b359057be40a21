"""Drawings as Plotly's own objects, which validate every value; and the drawings of a page."""

import json
from typing import Any

import plotly.graph_objects as go
from streamlit.testing.v1 import AppTest

import stats.drawing
from stats.drawing.elements.palette import Palette
from stats.figures.elements.figure_model import Figure

DRAWING = "drawing"  # name of the component that draws
PALETTE = Palette(
    ink="#111",
    grey="#666",
    edge="#ccc",
    soft="#eee",
    ground="#fff",
    met="#070",
    behind="#700",
    series=("#15a", "#c61", "#383"),
)


def draw(figure: Figure, palette: Palette) -> go.Figure | None:
    """Return the drawing of a figure, None if it has none. Raises ValueError for a value that Plotly refuses."""
    spec = stats.drawing.draw(figure, palette)
    return go.Figure(spec) if spec else None


def drawings_on(app: AppTest) -> list[dict[str, Any]]:
    """Return the input of each drawing of a page: its spec, its description, whether its marks are links."""
    mounted = [found.proto for found in app.get("bidi_component")]
    return [json.loads(proto.json or proto.mixed.json) for proto in mounted if proto.component_name == DRAWING]
