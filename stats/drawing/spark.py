"""A sparkline: a series as a small drawing beside a number, without colour or axis."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Literal

_WIDTH, _HEIGHT, _EDGE = 120.0, 36.0, 3.0
_DOTTED = ' stroke-dasharray="2 3"'
_OUTLINE = ' fill="none" stroke="#000" vector-effect="non-scaling-stroke"'


Place = tuple[float, float, bool]  # where a value stands, and whether returns behind it are missing


def draw_spark(
    values: Sequence[float | None], kind: Literal["line", "column"], partial: Collection[int] = frozenset()
) -> str:
    """Return a sparkline as SVG, without colour or axis; "" when there is nothing to compare.

    Values at the positions in `partial` lack returns: a line to them is dotted, a column is an outline.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = (min(known), max(known)) if kind == "line" else (0.0, max(known))
    step = _WIDTH / len(values)
    places = [
        (step * (at + 0.5), _height_of(value, low, high), at in partial)
        for at, value in enumerate(values)
        if value is not None
    ]
    marks = _spark_line(places) if kind == "line" else _spark_columns(places, step)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" '
        f'preserveAspectRatio="none">{marks}</svg>'
    )


def _height_of(value: float, low: float, high: float) -> float:
    room = _HEIGHT - 2 * _EDGE
    share = (value - low) / (high - low) if high > low else 0.5 if value else 0.0  # a constant: in the middle
    return _HEIGHT - _EDGE - share * room


def _spark_line(places: Sequence[Place]) -> str:
    """Return the line in runs, those that touch a value with missing returns dotted."""
    runs: list[tuple[bool, list[Place]]] = []
    for before, after in pairwise(places):
        dotted = before[2] or after[2]
        if not runs or runs[-1][0] != dotted:
            runs.append((dotted, [before]))
        runs[-1][1].append(after)
    return "".join(_run(run, _DOTTED if dotted else "") for dotted, run in runs)


def _run(places: Sequence[Place], dashes: str) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    return (
        '<polyline fill="none" stroke="#000" stroke-width="2.2" vector-effect="non-scaling-stroke" '
        f'stroke-linejoin="round"{dashes} points="{points}"/>'
    )


def _spark_columns(places: Sequence[Place], step: float) -> str:
    return "".join(
        f'<rect x="{x - step * 0.35:.1f}" y="{min(y, _HEIGHT - 1):.1f}" width="{step * 0.7:.1f}" '
        f'height="{max(_HEIGHT - y, 1):.1f}"{_OUTLINE if partial else ""}/>'
        for x, y, partial in places
    )
