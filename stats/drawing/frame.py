"""What all drawings share: letters, ground, margins, and that nothing moves under a finger."""

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

from stats.drawing.palette import FONT, Palette

TEXT = 15  # pixels; can be read from the back of a meeting room
SMALL = 13
FEW_TICKS = 3  # as many as have room beside names on a phone
NO_DATA = "没有数据"
_NARROW = 0x2000  # letters beyond are about as wide as they are tall


def finish(drawing: go.Figure, palette: Palette, height: int, **layout: Any) -> go.Figure:
    """Return the drawing with the shared look and a fixed height, so that the page does not jump."""
    drawing.update_layout(
        **{
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 12, "b": 32},
            "showlegend": False,
            "hovermode": "closest",
            "dragmode": False,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": FONT, "size": TEXT, "color": palette.ink},
            "hoverlabel": {"bgcolor": palette.ground, "bordercolor": palette.edge, "font": {"color": palette.ink}},
        }
        | layout
    )
    drawing.update_xaxes(tickangle=0, fixedrange=True, zeroline=False, linecolor=palette.edge, gridcolor=palette.edge)
    drawing.update_yaxes(fixedrange=True, zeroline=False, linecolor=palette.edge, gridcolor=palette.edge)
    return drawing


def hatch(shape: str, palette: Palette) -> dict[str, Any]:
    """Return a pattern laid over a bar's colour, by which series are told apart without it; "" for none."""
    return {
        "shape": shape,
        "fillmode": "overlay",
        "fgcolor": palette.ground,
        "fgopacity": 0.45,
        "size": 7,
        "solidity": 0.25,
    }


def room_for(texts: Iterable[str]) -> int:
    """Return how many pixels a margin needs for texts written in it, whatever the width of the drawing."""
    widths = [sum(TEXT if ord(letter) > _NARROW else TEXT * 0.6 for letter in words) for words in texts]
    return round(max(widths, default=0.0)) + 2 * TEXT


def shorten(words: str, most: int) -> str:
    """Return words short enough for their place; what is cut off is marked and stands in full in the table."""
    return words if len(words) <= most else f"{words[: most - 1]}…"
