"""A drawing as Plotly's own object: every value in it is checked, and may be asked for by name."""

import plotly.graph_objects as go

import stats.drawing
from stats.drawing.palette import Palette
from stats.figure import Figure


def draw(figure: Figure, palette: Palette) -> go.Figure | None:
    """Return the drawing of a figure; None when it has none. Raises ValueError for a value that Plotly refuses."""
    spec = stats.drawing.draw(figure, palette)
    return go.Figure(spec) if spec else None
