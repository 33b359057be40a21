"""The course over the quarters: small drawings one under the other, each with its own scale and its target."""

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from stats.drawing.axis import ticks
from stats.drawing.frame import SMALL, TEXT, finish
from stats.drawing.palette import Palette
from stats.figure import Figure, Mark, Series

_ROW, _ALONE, _EDGE = 150, 260, 40  # pixels
_HEAD = 0.30  # the share of a row's height kept free for its name


def draw_course(figure: Figure, palette: Palette) -> go.Figure:
    """Return the drawing; columns begin at zero, a line's scale fits its values and its target."""
    rows = len(figure.series)
    height = (_ALONE if rows == 1 else _ROW * rows) + _EDGE
    drawing = make_subplots(rows=rows, cols=1, shared_xaxes=True, vertical_spacing=_HEAD / rows if rows > 1 else 0)
    for row, series in enumerate(figure.series, start=1):
        drawing.add_trace(_trace(series, palette), row=row, col=1)
        _draw_scale(drawing, series, row)
        _draw_target(drawing, series, palette, row)
        write_name(drawing, series, palette, row)
    write_years(drawing, figure.series[0].marks, rows)
    return finish(drawing, palette, height, margin={"l": 8, "r": 16, "t": 34, "b": 32}, hovermode="x")


def _trace(series: Series, palette: Palette) -> go.Scatter | go.Bar:
    shared = {
        "x": list(range(len(series.marks))),
        "y": [mark.value for mark in series.marks],
        "customdata": [f"{mark.label}：{mark.text}" for mark in series.marks],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    if series.chart == "column":
        return go.Bar(marker={"color": palette.first}, **shared)
    return go.Scatter(
        mode="lines+markers",
        connectgaps=False,
        line={"width": 3, "color": palette.first},
        marker={"size": 7, "color": palette.first},
        **shared,
    )


def _draw_scale(drawing: go.Figure, series: Series, row: int) -> None:
    known = [mark.value for mark in series.marks if mark.value is not None]
    values = [*known, *([series.target] if series.target is not None else [])] or [0.0]
    low, high = (min(0.0, *values, 0.0), max(values)) if series.chart == "column" else (min(values), max(values))
    room = (high - low) or abs(high) or 1.0
    low, high = (low if series.chart == "column" else low - room * 0.12), high + room * 0.15
    places, words = ticks(low, high, series.measure, 4)
    drawing.update_yaxes(range=[low, high], tickvals=places, ticktext=words, automargin=True, row=row, col=1)
    drawing.update_yaxes(tickfont={"size": SMALL}, row=row, col=1)


def _draw_target(drawing: go.Figure, series: Series, palette: Palette, row: int) -> None:
    if series.target is None:
        return
    drawing.add_hline(y=series.target, line={"dash": "dash", "width": 2, "color": palette.grey}, row=row, col=1)
    drawing.add_annotation(
        x=0,
        y=series.target,
        xref="x domain" if row == 1 else f"x{row} domain",
        text=series.target_text,
        showarrow=False,
        xanchor="left",
        yanchor="top",
        font={"size": SMALL, "color": palette.grey},
        row=row,
        col=1,
    )


def write_name(drawing: go.Figure, series: Series, palette: Palette, row: int) -> None:
    """Write the indicator's name and its last value over its drawing."""
    last = next((mark for mark in reversed(series.marks) if mark.value is not None), None)
    said = f"<b>{series.name}</b>　{last.label} <b>{last.text}</b>" if last else f"<b>{series.name}</b>　没有数据"
    drawing.add_annotation(
        text=said,
        x=0,
        y=1,
        xref="x domain" if row == 1 else f"x{row} domain",
        yref="y domain" if row == 1 else f"y{row} domain",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        font={"size": TEXT, "color": palette.ink},
    )


def write_years(drawing: go.Figure, marks: tuple[Mark, ...], rows: int) -> None:
    """Write the years under the last drawing, at their first quarter; the quarters where there is no whole year."""
    firsts = [place for place, mark in enumerate(marks) if mark.key.endswith("Q1")]
    every = firsts or range(len(marks))
    words = [f"{marks[place].key[:4]}年" if firsts else marks[place].label for place in every]
    drawing.update_xaxes(tickvals=list(every), ticktext=words, showgrid=False, range=[-0.6, len(marks) - 0.4])
    drawing.update_xaxes(showticklabels=False)
    drawing.update_xaxes(showticklabels=True, tickfont={"size": TEXT}, row=rows, col=1)
