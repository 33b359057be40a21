"""Organisations as dots against their target, one a row, the largest on top."""

import plotly.graph_objects as go

from stats.drawing.axis import ticks
from stats.drawing.frame import FEW_TICKS, NO_DATA, SMALL, TEXT, finish, room_for, shorten
from stats.drawing.palette import Palette
from stats.figure import Figure, Mark, Series
from stats.formats import PERCENT

_ROW, _EDGE = 27, 70  # pixels
_DOT = 14
_LONGEST = 10  # letters of a name beside the axis
_SIGNS = ("✓", "△")  # what a mark's note begins with when it is judged


def draw_areas(figure: Figure, palette: Palette) -> go.Figure:
    """Return the drawing; a click on a dot gives the organisation's code as customdata[0]."""
    series = figure.series[0]
    marks = series.marks
    high = max([mark.value for mark in marks if mark.value is not None] + [series.target or 0.0], default=0.0) or 1.0
    right = high * 1.04
    drawing = go.Figure([_stems(series, palette), _dots(series, palette), _values(series, palette, right)])
    drawing.add_trace(_unknown(series, palette))
    _draw_targets(drawing, series, palette)
    places, words = ticks(0.0, high, series.measure, FEW_TICKS)
    drawing.update_xaxes(range=[0, right], tickvals=places, ticktext=words, side="top", tickfont={"size": SMALL})
    drawing.update_yaxes(
        range=[len(marks) - 0.4, -0.6],
        tickvals=list(range(len(marks))),
        ticktext=[shorten(mark.label, _LONGEST) for mark in marks],
        tickfont={"size": TEXT},
        showgrid=False,
        automargin=True,
        ticklabelstandoff=_DOT // 2 + 2,  # a dot at zero must not lie on the name
    )
    margin = {"l": 8, "r": room_for(f"{mark.text}　" for mark in marks), "t": 44, "b": 8}
    return finish(drawing, palette, _ROW * max(len(marks), 1) + _EDGE, margin=margin)


def sign_of(mark: Mark) -> str:
    """Return the sign a mark is judged by, "" when it is not judged."""
    return mark.note[:1] if mark.note.startswith(_SIGNS) else ""


def _stems(series: Series, palette: Palette) -> go.Bar:
    """Return a thin bar from zero to each dot, so that the length is right as well as the place."""
    return go.Bar(
        x=[mark.value for mark in series.marks],
        y=list(range(len(series.marks))),
        orientation="h",
        width=0.12,
        marker={"color": palette.edge},
        hoverinfo="skip",
    )


def _dots(series: Series, palette: Palette) -> go.Scatter:
    colours = {"✓": palette.met, "△": palette.behind, "": palette.first}
    shapes = {"✓": "circle", "△": "triangle-up", "": "circle"}
    signs = [sign_of(mark) for mark in series.marks]
    return go.Scatter(
        x=[mark.value for mark in series.marks],
        y=list(range(len(series.marks))),
        mode="markers",
        marker={"size": _DOT, "color": [colours[sign] for sign in signs], "symbol": [shapes[sign] for sign in signs]},
        customdata=[[mark.key, mark.label] for mark in series.marks],
        hovertext=[_say(mark) for mark in series.marks],
        hoverinfo="text",
        cliponaxis=False,
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def _values(series: Series, palette: Palette, right: float) -> go.Scatter:
    """Return the values in a column at the right, where neither dots nor the target's line run through them."""
    known = [(place, mark) for place, mark in enumerate(series.marks) if mark.value is not None]
    return go.Scatter(
        x=[right] * len(known),
        y=[place for place, _ in known],
        mode="text",
        text=[f" {mark.text} {sign_of(mark)}" for _, mark in known],
        textposition="middle right",
        textfont={"size": TEXT, "color": palette.ink},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _unknown(series: Series, palette: Palette) -> go.Scatter:
    places = [place for place, mark in enumerate(series.marks) if mark.value is None]
    return go.Scatter(
        x=[0] * len(places),
        y=places,
        mode="text",
        text=[f" {NO_DATA}"] * len(places),
        textposition="middle right",
        textfont={"size": SMALL, "color": palette.grey},
        hoverinfo="skip",
    )


def _draw_targets(drawing: go.Figure, series: Series, palette: Palette) -> None:
    """Draw the common target as a line, targets of their own as a tick each."""
    if series.target is not None:
        drawing.add_vline(x=series.target, line={"dash": "dash", "width": 2, "color": palette.grey})
        drawing.add_annotation(
            x=series.target,
            y=1,
            yref="paper",
            yshift=20,
            text=series.target_text,
            showarrow=False,
            xanchor="right" if series.measure == PERCENT and series.target > 0.5 else "left",
            yanchor="bottom",
            font={"size": SMALL, "color": palette.grey},
        )
    own = [
        (mark.target, place)
        for place, mark in enumerate(series.marks)
        if mark.target is not None and mark.target != series.target
    ]
    drawing.add_scatter(
        x=[target for target, _ in own],
        y=[place for _, place in own],
        mode="markers",
        marker={"symbol": "line-ns-open", "size": 18, "color": palette.ink, "line": {"width": 3}},
        hoverinfo="skip",
    )


def _say(mark: Mark) -> str:
    return f"{mark.label}：{mark.text}{f'，{mark.note}' if mark.note else ''}"
