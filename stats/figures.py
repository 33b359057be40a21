"""Readings as pictures: what is to be shown (a Figure), and its drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from stats.catalogue_models import Indicator
from stats.formats import PERCENT, say_change, say_value
from stats.periods import Span, say_quarter
from stats.readings import Reading
from stats.sentences import say_reading, say_target, say_when
from stats.series import Point

_GREY = "#7d8794"  # stands out from both themes' ground
_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_EDGE = 120.0, 36.0, 3.0


@dataclass(frozen=True)
class Figure:
    """One indicator over quarters. `title` says what is to be seen, `note` on what base; a quarter may lack a value."""

    kind: Literal["line", "column"]
    periods: tuple[int, ...]
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    measure: str
    title: str
    note: str
    target: float | None = None
    target_text: str = ""


def trend(points: Sequence[Point], reading: Reading, indicator: Indicator, span: Span) -> Figure:
    """Return an indicator's quarters as a figure over the whole of `span`; a stock or rate has its target as a line."""
    by_period = {point.period: point.value for point in points}
    periods = tuple(range(span.first, span.last + 1))
    values = tuple(by_period.get(period) for period in periods)
    texts = tuple(say_value(value, reading.measure, indicator.decimals) for value in values)
    level = indicator.chart == "line"
    goal = reading.goal.value if reading.goal and level else None
    return Figure(
        indicator.chart,
        periods,
        values,
        texts,
        reading.measure,
        _say_trend(points, reading, indicator),
        f"口径：{reading.base}",
        goal,
        say_target(reading, indicator) if goal is not None else "",
    )


def draw(figure: Figure) -> go.Figure:
    """Return the Plotly drawing of a figure. Colours of the series are the theme's."""
    drawing = go.Figure(_trace(figure))
    if figure.target is not None:
        drawing.add_hline(
            y=figure.target,
            line={"dash": "dash", "width": 1.5, "color": _GREY},
            annotation={"text": figure.target_text, "font": {"size": 13}, "yanchor": "bottom"},
            annotation_position="top left",
        )
    years = [period for period in figure.periods if period % 4 == 0] or list(figure.periods)
    drawing.update_layout(
        height=300,
        margin={"l": 8, "r": 8, "t": 16, "b": 8},
        showlegend=False,
        hovermode="x",
        font={"size": 14},
        dragmode=False,
        xaxis={
            "tickmode": "array",
            "tickvals": years,
            "ticktext": [f"{period // 4}年" for period in years],
            "showgrid": False,
            "tickfont": {"size": 14},
            "fixedrange": True,
        },
        yaxis={
            "tickformat": ".0%" if figure.measure == PERCENT else ",",
            "rangemode": _range_mode(figure),
            "fixedrange": True,
            "automargin": True,
            "tickfont": {"size": 14},
        },
    )
    return drawing


def draw_spark(values: Sequence[float | None], kind: Literal["line", "column"]) -> str:
    """Return a small drawing of a series as SVG, without colour or axis; "" when there is nothing to compare."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = (min(known), max(known)) if kind == "line" else (0.0, max(known))
    step = _SPARK_WIDTH / len(values)
    places = [(step * (at + 0.5), _height_of(value, low, high)) for at, value in enumerate(values) if value is not None]
    marks = _spark_line(places) if kind == "line" else _spark_columns(places, step)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SPARK_WIDTH:g} {_SPARK_HEIGHT:g}" '
        f'preserveAspectRatio="none">{marks}</svg>'
    )


def _trace(figure: Figure) -> go.Scatter | go.Bar:
    shared = {
        "x": list(figure.periods),
        "y": list(figure.values),
        "customdata": [
            f"{say_quarter(period)}：{text}" for period, text in zip(figure.periods, figure.texts, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    if figure.kind == "column":
        return go.Bar(**shared)
    return go.Scatter(mode="lines+markers", connectgaps=False, line={"width": 3}, marker={"size": 7}, **shared)


def _range_mode(figure: Figure) -> str:
    """Return where the value axis starts: columns must start at zero; a line's shape matters, not its length."""
    return "tozero" if figure.kind == "column" else "normal"


def _say_trend(points: Sequence[Point], reading: Reading, indicator: Indicator) -> str:
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return f"{reading.name}只有不足两个季度的数据，看不出走势"
    if indicator.chart == "column":
        return f"{say_when(reading)}{reading.name}{say_reading(reading, indicator)}，逐季如下"
    first, last = known[0], known[-1]
    change = say_change((last.value or 0) - (first.value or 0), reading.measure, indicator.decimals)
    start, end = (say_value(point.value, reading.measure, indicator.decimals) for point in (first, last))
    return f"{reading.name}从{say_quarter(first.period)}的{start}到{say_quarter(last.period)}的{end}，{change}"


def _height_of(value: float, low: float, high: float) -> float:
    room = _SPARK_HEIGHT - 2 * _SPARK_EDGE
    share = (value - low) / (high - low) if high > low else 0.5
    return _SPARK_HEIGHT - _SPARK_EDGE - share * room


def _spark_line(places: Sequence[tuple[float, float]]) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return (
        '<polyline fill="none" stroke="#000" stroke-width="2.2" vector-effect="non-scaling-stroke" '
        f'stroke-linejoin="round" points="{points}"/>'
    )


def _spark_columns(places: Sequence[tuple[float, float]], step: float) -> str:
    return "".join(
        f'<rect x="{x - step * 0.35:.1f}" y="{min(y, _SPARK_HEIGHT - 1):.1f}" width="{step * 0.7:.1f}" '
        f'height="{max(_SPARK_HEIGHT - y, 1):.1f}"/>'
        for x, y in places
    )
