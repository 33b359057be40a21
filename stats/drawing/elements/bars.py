"""Horizontal bars, one per row: their patterns, the track behind them, and the labels above them."""

from collections.abc import Sequence
from typing import Any

from stats.drawing.elements.frame import Part, hover, written
from stats.drawing.elements.palette import Palette
from stats.figures.elements.figure_model import Mark


def tracked(
    marks: Sequence[Mark], texts: list[str], high: float, width: float, palette: Palette, **other: Any
) -> list[Part]:
    """Return one bar per mark, on a track as long as the largest value; `other` are further parts of the bars."""
    rows = list(range(len(marks)))
    track = lying([high] * len(rows), rows, width, marker={"color": palette.soft}, hoverinfo="skip")
    values = [mark.value for mark in marks]
    return [track, lying(values, rows, width, marker={"color": palette.first}, **hover(texts), **other)]


def lying(values: list[float | None] | list[float], rows: list[int], width: float | None, **other: Any) -> Part:
    """Return horizontal bars of a share of the row's height; None leaves it to the gap between bars."""
    bars = {"type": "bar", "orientation": "h", "x": values, "y": rows} | other
    return bars if width is None else bars | {"width": width}


def over_bar(row: float, words: tuple[str, str], palette: Palette, **other: Any) -> list[Part]:
    """Return labels above a bar that reaches up to `row`, the first at the left end and the second at the right."""
    sides = ((0.0, "left"), (1.0, "right"))
    return [
        written(text, x, row, palette, xref="paper", xanchor=side, **other)
        for text, (x, side) in zip(words, sides, strict=True)
    ]


def aside(words: str, palette: Palette) -> str:
    """Return words in grey to be appended to a label, "" for none."""
    return f"<span style='color:{palette.grey}'>　{words}</span>" if words else ""


def hatch(shape: str | list[str], palette: Palette) -> Part:
    """Return a pattern for a bar's colour, or each bar's, so that series differ without colour too."""
    return {
        "shape": shape,
        "fillmode": "overlay",
        "fgcolor": palette.ground,
        "fgopacity": 0.45,
        "size": 7,
        "solidity": 0.25,
    }
