"""A stock over the quarters: above what there is at each end, below what came and what went, on one axis of time."""

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from stats.drawing.axis import ticks
from stats.drawing.frame import SMALL, TEXT, finish
from stats.drawing.palette import PATTERNS, Palette
from stats.figure import Figure, Mark, Series
from stats.figures.stock import MINUS, PLUS

_HEIGHT = 380  # pixels
_MOST_WRITTEN = 8  # values written beside the points; with more of them they would touch
_MOST_NAMED = 4  # quarters named one by one
_FAULT = "△"


def draw_stock(figure: Figure, palette: Palette) -> go.Figure:
    """Return the drawing; a quarter that does not add up has a triangle and its words, a missing one a gap."""
    closing = figure.series[-1]
    drawing = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[0.55, 0.45], vertical_spacing=0.06)
    drawing.add_trace(_line(closing, palette), row=1, col=1)
    moves = [series for series in figure.series[:-1] if series.name.startswith((PLUS, MINUS))]
    for number, series in enumerate(moves):
        drawing.add_trace(_bars(series, number, palette), row=2, col=1)
    _time_axis(drawing, closing)
    _value_axes(drawing, closing, moves)
    drawing.add_hline(y=0, line={"color": palette.grey, "width": 1}, row=2, col=1)
    return finish(
        drawing,
        palette,
        _HEIGHT,
        barmode="relative",
        bargap=0.35,
        showlegend=True,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom", "font": {"size": SMALL}},
        margin={"l": 8, "r": 8, "t": 34, "b": 32},
    )


def _line(closing: Series, palette: Palette) -> go.Scatter:
    marks = closing.marks
    return go.Scatter(
        name=closing.name,
        x=list(range(len(marks))),
        y=[mark.value for mark in marks],
        mode="lines+markers+text",
        connectgaps=False,
        line={"width": 3, "color": palette.ink},
        marker={
            "size": [13 if mark.note else 8 for mark in marks],
            "symbol": ["triangle-up-open" if mark.note else "circle" for mark in marks],
            "color": palette.ink,
        },
        text=[_beside(mark, len(marks)) for mark in marks],
        textposition="top center",
        textfont={"size": TEXT, "color": palette.ink},
        customdata=[
            [mark.key, f"{mark.label}末：{mark.text}{f'，{mark.note}' if mark.note else ''}"] for mark in marks
        ],
        hovertemplate="%{customdata[1]}<extra></extra>",
        cliponaxis=False,
    )


def _beside(mark: Mark, count: int) -> str:
    if mark.value is None:
        return ""
    written = mark.text if count <= _MOST_WRITTEN else ""
    return f"{_FAULT} {written}" if mark.note else written


def _bars(series: Series, number: int, palette: Palette) -> go.Bar:
    sign = -1.0 if series.name.startswith(MINUS) else 1.0
    return go.Bar(
        name=series.name,
        x=list(range(len(series.marks))),
        y=[None if mark.value is None else sign * mark.value for mark in series.marks],
        marker={
            "color": palette.series[number % len(palette.series)],
            "pattern": {"shape": PATTERNS[number % len(PATTERNS)], "fgopacity": 0.4, "size": 7},
        },
        text=[mark.text if len(series.marks) <= _MOST_WRITTEN and mark.value else "" for mark in series.marks],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        customdata=[[mark.key, f"{mark.label}{series.name}：{mark.text}"] for mark in series.marks],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _time_axis(drawing: go.Figure, closing: Series) -> None:
    """Name each quarter where there are few, else each year at its first quarter."""
    labels = [mark.label for mark in closing.marks]
    if len(labels) <= _MOST_NAMED:
        named = list(enumerate(labels))
    else:
        years = [(at, label.partition("年")[0] + "年") for at, label in enumerate(labels)]
        named = [(at, year) for at, year in years if at == 0 or year != years[at - 1][1]]
    drawing.update_xaxes(
        tickvals=[at for at, _ in named],
        ticktext=[word for _, word in named],
        tickfont={"size": SMALL},
        showgrid=False,
        range=[-0.6, len(labels) - 0.4],
    )


def _value_axes(drawing: go.Figure, closing: Series, moves: list[Series]) -> None:
    known = [mark.value for mark in closing.marks if mark.value is not None]
    low, high = min(known), max(known)
    room = (high - low) * 0.25 or max(abs(high), 1.0) * 0.1
    places, words = ticks(low, high, closing.measure, 3)
    drawing.update_yaxes(
        range=[low - room, high + room], tickvals=places, ticktext=words, automargin=True, row=1, col=1
    )
    down, up = _reach(moves, MINUS), _reach(moves, PLUS)
    places, words = ticks(-down, up, closing.measure, 4)
    drawing.update_yaxes(
        range=[-down * 1.15, up * 1.15],
        tickvals=places,
        ticktext=[word.lstrip("−") for word in words],
        automargin=True,
        row=2,
        col=1,
    )


def _reach(moves: list[Series], sign: str) -> float:
    """Return how far the bars of one direction reach from zero in any quarter."""
    columns = zip(*(series.marks for series in moves if series.name.startswith(sign)), strict=True)
    return max((sum(mark.value or 0.0 for mark in column) for column in columns), default=0.0) or 1.0
