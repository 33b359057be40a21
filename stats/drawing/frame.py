"""What all drawings share: letters, ground, axes, margins, and that nothing moves under a finger.

A drawing is put together of plain values, which Plotly reads and checks once. Built up by Plotly's own calls it takes
several times as long, and the reader waits for it.
"""

from collections.abc import Iterable
from typing import Any, TypedDict

from stats.drawing.palette import FONT, Palette
from stats.figure import Mark

TEXT = 15  # pixels; can be read from the back of a meeting room
SMALL = 13
NO_DATA = "没有数据"
SIGNS = ("✓", "△")  # what a mark's note has in it when it is judged
_NARROW = 0x2000  # letters beyond are about as wide as they are tall
_LEAST = 40  # pixels that are left for the bars beside their names and values
_CLEAR = "rgba(0,0,0,0)"

Part = dict[str, Any]


class Spec(TypedDict):
    """A drawing as Plotly writes it: its traces, and what surrounds them."""

    data: list[Part]
    layout: Part


def compose(palette: Palette, height: int, data: list[Part], **layout: Any) -> Spec:
    """Return a drawing with the shared look and a fixed height, so that the page does not jump."""
    shared: Part = {
        "template": {},  # every colour is set here; Plotly's own would be copied into each drawing
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 12, "b": 32},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "minreducedwidth": _LEAST,  # else names are cut off on a phone, for the sake of longer bars
        "paper_bgcolor": _CLEAR,
        "plot_bgcolor": _CLEAR,
        "font": {"family": FONT, "size": TEXT, "color": palette.ink},
        "hoverlabel": {"bgcolor": palette.ground, "bordercolor": palette.edge, "font": {"color": palette.ink}},
    }
    axes = {name: _axis(name, own, palette) for name, own in layout.items() if name.startswith(("xaxis", "yaxis"))}
    return {"data": data, "layout": shared | layout | axes}


def _axis(name: str, own: Part, palette: Palette) -> Part:
    shared: Part = {"fixedrange": True, "zeroline": False, "linecolor": palette.edge, "gridcolor": palette.edge}
    # Room for the words is made beforehand. Otherwise Plotly measures each of them again, half of the drawing's time.
    shared |= {"ticklabeloverflow": "allow"}
    return shared | ({"tickangle": 0} if name.startswith("x") else {}) | own


def written(text: str, x: float, y: float, palette: Palette, **other: Any) -> Part:
    """Return words written on a drawing; they stand over the place named unless told otherwise."""
    font = {"size": TEXT, "color": palette.ink}
    return {"text": text, "x": x, "y": y, "showarrow": False, "yanchor": "bottom", "font": font} | other


def small(palette: Palette) -> Part:
    """Return the letters of what stands beside the matter."""
    return {"size": SMALL, "color": palette.grey}


def size_of(words: str, most: int) -> int:
    """Return the size of letters in which words have room in so many pixels, if any has."""
    return TEXT if width_of(words) <= most else SMALL


def straight(xs: tuple[float, float], ys: tuple[float, float], line: Part, **other: Any) -> Part:
    """Return a line from one place to another, as a shape."""
    return {"type": "line", "x0": xs[0], "x1": xs[1], "y0": ys[0], "y1": ys[1], "line": line} | other


def dashed(palette: Palette) -> Part:
    """Return how the line of a target is drawn."""
    return {"dash": "dash", "width": 2, "color": palette.grey}


def texts(places: Iterable[tuple[float, int]], words: list[str], font: Part) -> Part:
    """Return words to the right of places (value, row), as a trace."""
    found = list(places)
    return {
        "type": "scatter",
        "x": [value for value, _ in found],
        "y": [row for _, row in found],
        "mode": "text",
        "text": words,
        "textposition": "middle right",
        "textfont": font,
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def target_ticks(marks: Iterable[tuple[float | None, int]], height: int, palette: Palette) -> Part:
    """Return an upright tick of so many pixels at each target (value, row) there is."""
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
    """Return what a trace's marks say under the pointer, and nothing besides: no number of a row, no series' name."""
    return {"hovertext": list(words), "hoverinfo": "text"}


def say_mark(mark: Mark, label: str = "") -> str:
    """Return what a mark says under the pointer: its name, or the one given, its number and its note."""
    return f"{label or mark.label}：{mark.text}{f'，{mark.note}' if mark.note else ''}"


def sign_of(mark: Mark) -> str:
    """Return the sign a mark is judged by, "" when it is not judged."""
    return next((sign for sign in SIGNS if sign in mark.note), "")


def width_of(words: str) -> float:
    """Return about how many pixels words are wide."""
    return sum(TEXT if ord(letter) > _NARROW else TEXT * 0.6 for letter in words)


def room_for(words: Iterable[str]) -> int:
    """Return how many pixels a margin needs for words written in it, whatever the width of the drawing."""
    return round(max(map(width_of, words), default=0.0)) + TEXT


def shorten(words: str, most: int) -> str:
    """Return words short enough for their place; what is cut off is marked and stands in full in the table."""
    return words if len(words) <= most else f"{words[: most - 1]}…"
