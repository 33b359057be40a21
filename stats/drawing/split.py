"""The parts of a whole as bars from zero, the largest on top; with a second parting each bar is stacked."""

from math import fsum

import plotly.graph_objects as go

from stats.drawing.axis import ticks
from stats.drawing.frame import FEW_TICKS, SMALL, TEXT, finish, hatch, room_for, shorten
from stats.drawing.palette import PATTERNS, Palette
from stats.figure import Figure, Mark, Series
from stats.formats import say_value

_ROW, _EDGE, _LEGEND = 34, 48, 34  # pixels
_LONGEST = 9


def draw_split(figure: Figure, palette: Palette) -> go.Figure:
    """Return the drawing, each bar with its value and its share, or with its sum where it is stacked."""
    stacked = len(figure.series) > 1
    marks = figure.series[0].marks if figure.series else ()
    bars = [_bar(series, palette, number, stacked) for number, series in enumerate(figure.series)]
    drawing = go.Figure(bars)
    totals = [fsum(series.marks[row].value or 0.0 for series in figure.series) for row in range(len(marks))]
    high = max(totals, default=0.0) or 1.0
    if stacked:
        drawing.add_trace(_sums(totals, figure.series[0].measure, palette))
    places, words = ticks(0.0, high, figure.measure, FEW_TICKS)
    drawing.update_xaxes(range=[0, high * 1.02], tickvals=places, ticktext=words, tickfont={"size": SMALL})
    drawing.update_yaxes(
        range=[len(marks) - 0.4, -0.6],
        tickvals=list(range(len(marks))),
        ticktext=[shorten(mark.label, _LONGEST) for mark in marks],
        tickfont={"size": TEXT},
        showgrid=False,
        automargin=True,
    )
    texts = (
        [say_value(total, figure.measure) for total in totals] if stacked else [_write(mark, False) for mark in marks]
    )
    top = _LEGEND * (1 + (len(figure.series) - 1) // 3) if stacked else 0
    return finish(
        drawing,
        palette,
        _ROW * max(len(marks), 1) + _EDGE + top,
        barmode="stack",
        bargap=0.3,
        showlegend=stacked,
        margin={"l": 8, "r": room_for(texts), "t": 8 + top, "b": 32},
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        uniformtext={"minsize": 11, "mode": "hide"},
    )


def _bar(series: Series, palette: Palette, number: int, stacked: bool) -> go.Bar:
    colour = palette.series[number % len(palette.series)]
    return go.Bar(
        name=series.name,
        x=[mark.value for mark in series.marks],
        y=list(range(len(series.marks))),
        orientation="h",
        marker={
            "color": colour,
            "line": {"color": palette.ground, "width": 1},
            "pattern": hatch(PATTERNS[number % len(PATTERNS)] if stacked else "", palette),
        },
        text=[_write(mark, stacked) for mark in series.marks],
        textposition="none" if stacked else "outside",
        textfont={"size": TEXT, "color": palette.ink},
        cliponaxis=False,
        customdata=[[mark.key, _say(series, mark, stacked)] for mark in series.marks],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _sums(totals: list[float], measure: str, palette: Palette) -> go.Scatter:
    return go.Scatter(
        x=totals,
        y=list(range(len(totals))),
        mode="text",
        text=[f" {say_value(total, measure)}" for total in totals],
        textposition="middle right",
        textfont={"size": TEXT, "color": palette.ink},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def _write(mark: Mark, stacked: bool) -> str:
    return mark.text if stacked else f"{mark.text} {mark.note}"


def _say(series: Series, mark: Mark, stacked: bool) -> str:
    return f"{mark.label}，{series.name}：{mark.text}" if stacked else f"{mark.label}：{mark.text}，占{mark.note}"
