"""A sparkline: a series as a small drawing beside a number, without colour or axis."""

from collections.abc import Sequence
from typing import Literal

_WIDTH, _HEIGHT, _EDGE = 120.0, 36.0, 3.0


def draw_spark(values: Sequence[float | None], kind: Literal["line", "column"]) -> str:
    """Return a sparkline as SVG, without colour or axis; "" when there is nothing to compare."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = (min(known), max(known)) if kind == "line" else (0.0, max(known))
    step = _WIDTH / len(values)
    places = [(step * (at + 0.5), _height_of(value, low, high)) for at, value in enumerate(values) if value is not None]
    marks = _spark_line(places) if kind == "line" else _spark_columns(places, step)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" '
        f'preserveAspectRatio="none">{marks}</svg>'
    )


def _height_of(value: float, low: float, high: float) -> float:
    room = _HEIGHT - 2 * _EDGE
    share = (value - low) / (high - low) if high > low else 0.5 if value else 0.0  # a constant: in the middle
    return _HEIGHT - _EDGE - share * room


def _spark_line(places: Sequence[tuple[float, float]]) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return (
        '<polyline fill="none" stroke="#000" stroke-width="2.2" vector-effect="non-scaling-stroke" '
        f'stroke-linejoin="round" points="{points}"/>'
    )


def _spark_columns(places: Sequence[tuple[float, float]], step: float) -> str:
    return "".join(
        f'<rect x="{x - step * 0.35:.1f}" y="{min(y, _HEIGHT - 1):.1f}" width="{step * 0.7:.1f}" '
        f'height="{max(_HEIGHT - y, 1):.1f}"/>'
        for x, y in places
    )
