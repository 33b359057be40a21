"""What all drawings share: fonts, background, axes, margins, and no zooming by touch.

A drawing is composed of plain values, which Plotly validates once. Building it with Plotly's own calls takes several
times as long, while the user waits.
"""

import math
from collections.abc import Iterable
from typing import Any, TypedDict

from base.formats import PERCENT
from stats.drawing.elements.palette import FONT, Palette
from stats.figures.elements.figure_model import Mark

TEXT = 15  # pixels; can be read from the back of a meeting room
SMALL = 13
NO_DATA = "没有数据"
_NARROW = 0x2000  # characters beyond this are about as wide as they are tall
_LEAST = 40  # minimum pixels for the bars beside their names and values
_LABEL_EDGE = 16  # pixels that Plotly leaves beside the labels of an axis
_CLEAR = "rgba(0,0,0,0)"

Part = dict[str, Any]


class Spec(TypedDict):
    """A Plotly specification: traces and layout."""

    data: list[Part]
    layout: Part


def compose(palette: Palette, height: int, data: list[Part], **layout: Any) -> Spec:
    """Return a drawing with the shared look and a fixed height, so that the page does not jump."""
    shared: Part = {
        "template": {},  # every colour is set here; Plotly's template would be copied into each drawing
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 12, "b": 32},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "minreducedwidth": _LEAST,  # otherwise Plotly cuts names off on a phone to keep bars longer
        "paper_bgcolor": _CLEAR,
        "plot_bgcolor": _CLEAR,
        "font": {"family": FONT, "size": TEXT, "color": palette.ink},
        "hoverlabel": {"bgcolor": palette.ground, "bordercolor": palette.edge, "font": {"color": palette.ink}},
    }
    axes = {name: _axis(name, own, palette) for name, own in layout.items() if name.startswith(("xaxis", "yaxis"))}
    margin: Part = layout.get("margin") or shared["margin"]
    lefts = (_left_of(axis) for name, axis in axes.items() if name.startswith("yaxis"))
    return {"data": data, "layout": shared | layout | axes | {"margin": margin | {"l": max(margin["l"], *lefts, 0)}}}


def _left_of(axis: Part) -> int:
    """Return the pixels that the labels of an upright axis need to its left, rather too many than too few.

    Plotly finds that out too, but having found the margin too small it draws everything a second time.
    """
    if not axis.get("automargin"):
        return 0
    size = float(axis.get("tickfont", {}).get("size", TEXT))
    letters = max(map(_letters, axis.get("ticktext", ())), default=0.0)
    return math.ceil(letters * size) + int(axis.get("ticklabelstandoff", 0)) + _LABEL_EDGE


def _letters(words: str) -> float:
    """Return the width of words in widths of a Chinese letter, at most; the widest sign is that of per cent."""
    return sum(1.0 if ord(letter) > _NARROW or letter == PERCENT else 0.6 for letter in words)


def _axis(name: str, own: Part, palette: Palette) -> Part:
    shared: Part = {"fixedrange": True, "zeroline": False, "linecolor": palette.edge, "gridcolor": palette.edge}
    # Margins are computed beforehand. Otherwise Plotly measures every label, which is half of the drawing's time.
    shared |= {"ticklabeloverflow": "allow"}
    return shared | ({"tickangle": 0} if name.startswith("x") else {}) | own


def written(text: str, x: float, y: float, palette: Palette, **other: Any) -> Part:
    """Return an annotation; it stands above the given position by default."""
    font = {"size": TEXT, "color": palette.ink}
    return {"text": text, "x": x, "y": y, "showarrow": False, "yanchor": "bottom", "font": font} | other


def small(palette: Palette) -> Part:
    """Return the font of secondary text."""
    return {"size": SMALL, "color": palette.grey}


def size_of(words: str, most: int) -> int:
    """Return the largest font size in which words fit into so many pixels, if any does."""
    return TEXT if width_of(words) <= most else SMALL


def straight(xs: tuple[float, float], ys: tuple[float, float], line: Part, **other: Any) -> Part:
    """Return a line between two positions, as a shape."""
    return {"type": "line", "x0": xs[0], "x1": xs[1], "y0": ys[0], "y1": ys[1], "line": line} | other


def dashed(palette: Palette) -> Part:
    """Return the line style of a target."""
    return {"dash": "dash", "width": 2, "color": palette.grey}


def texts(places: Iterable[tuple[float, int]], words: list[str], font: Part) -> Part:
    """Return labels to the right of positions (value, row), as a trace."""
    positions = list(places)
    return {
        "type": "scatter",
        "x": [value for value, _ in positions],
        "y": [row for _, row in positions],
        "mode": "text",
        "text": words,
        "textposition": "middle right",
        "textfont": font,
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def target_ticks(marks: Iterable[tuple[float | None, int]], height: int, palette: Palette) -> Part:
    """Return a vertical tick of so many pixels at each target (value, row)."""
    aimed = [(target, row) for target, row in marks if target is not None]
    return {
        "type": "scatter",
        "x": [target for target, _ in aimed],
        "y": [row for _, row in aimed],
        "mode": "markers",
        "marker": {
            "symbol": "line-ns-open",
            "size": height,
            "color": palette.ink,
            "line": {"width": round(height / 6)},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def hover(words: Iterable[str]) -> Part:
    """Return the hover text of a trace's marks, without row numbers and series names."""
    return {"hovertext": list(words), "hoverinfo": "text"}


def say_mark(mark: Mark, label: str = "") -> str:
    """Return the hover text of a mark: its name, or the one given, its number and its note."""
    return f"{label or mark.label}：{mark.shown_text}{f'，{mark.note}' if mark.note else ''}"


def width_of(words: str) -> float:
    """Return the approximate width of words in pixels."""
    return sum(TEXT if ord(letter) > _NARROW else TEXT * 0.6 for letter in words)


def room_for(words: Iterable[str]) -> int:
    """Return the width in pixels that a margin needs for its labels, whatever the width of the drawing."""
    return round(max(map(width_of, words), default=0.0)) + TEXT


def shorten(words: str, most: int) -> str:
    """Return words shortened to a maximum length, with a mark if cut; the table has them in full."""
    return words if len(words) <= most else f"{words[: most - 1]}…"
