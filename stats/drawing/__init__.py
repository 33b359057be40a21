"""Drawings: a figure as a Plotly specification, one file per kind. A list of records is a table and has none."""

from collections.abc import Callable

from stats.drawing.aim import draw_aim
from stats.drawing.areas import draw_areas
from stats.drawing.change import draw_change
from stats.drawing.course import draw_course
from stats.drawing.elements.frame import Spec
from stats.drawing.elements.palette import Palette
from stats.drawing.funnel import draw_funnel
from stats.drawing.matrix import draw_first_series
from stats.drawing.multiples import draw_multiples
from stats.drawing.rates import draw_rates
from stats.drawing.response import draw_response
from stats.drawing.split import draw_split
from stats.drawing.stock import draw_stock
from stats.figures.elements.figure_model import Figure

_DRAWERS: dict[str, Callable[[Figure, Palette], Spec]] = {
    "ageing": draw_split,
    "aim": draw_aim,
    "areas": draw_areas,
    "change": draw_change,
    "course": draw_course,
    "distances": draw_first_series,
    "funnel": draw_funnel,
    "ladder": draw_first_series,
    "matrix": draw_first_series,
    "multiples": draw_multiples,
    "rates": draw_rates,
    "response": draw_response,
    "split": draw_split,
    "stock": draw_stock,
}


def draw(figure: Figure, palette: Palette) -> Spec | None:
    """Return the drawing of a figure in the theme's colours; None when it is a table or has no known number."""
    drawer = _DRAWERS.get(figure.kind)
    return drawer(figure, palette) if drawer and figure.known else None
