"""Rates as bullets: a bar to the value, a tick at the target, the name and the verdict written over it."""

import plotly.graph_objects as go

from stats.drawing.axis import ticks
from stats.drawing.frame import NO_DATA, SMALL, TEXT, finish
from stats.drawing.palette import Palette
from stats.figure import Figure, Mark
from stats.formats import PERCENT

_ROW, _EDGE = 62, 40  # pixels
_WHOLE = 1.0
_MARGIN = {"l": 20, "r": 28, "t": 12, "b": 32}  # the axis' first and last words stand over its ends


def draw_rates(figure: Figure, palette: Palette) -> go.Figure:
    """Return the drawing; all bars begin at zero and share one scale, which reaches to 100% at least."""
    series = figure.series[0]
    rows = list(range(len(series.marks)))
    known = [n for mark in series.marks for n in (mark.value, mark.target) if n is not None]
    high = max([*known, *([_WHOLE] if series.measure == PERCENT else [])], default=1.0) or 1.0
    drawing = go.Figure(
        [
            go.Bar(
                x=[high] * len(rows),
                y=rows,
                orientation="h",
                width=0.3,
                marker={"color": palette.soft},
                hoverinfo="skip",
            ),
            go.Bar(
                x=[mark.value for mark in series.marks],
                y=rows,
                orientation="h",
                width=0.3,
                marker={"color": palette.first},
                customdata=[_say(mark) for mark in series.marks],
                hovertemplate="%{customdata}<extra></extra>",
            ),
            _targets(series.marks, palette),
        ]
    )
    for row, mark in zip(rows, series.marks, strict=True):
        _write(drawing, row, mark, palette)
    places, words = ticks(0.0, high, series.measure)
    drawing.update_xaxes(range=[0, high * 1.01], tickvals=places, ticktext=words, showgrid=False)
    drawing.update_xaxes(tickfont={"size": SMALL})
    drawing.update_yaxes(range=[len(rows) - 0.7, -0.75], visible=False)
    return finish(drawing, palette, _ROW * max(len(rows), 1) + _EDGE, barmode="overlay", margin=_MARGIN)


def _targets(marks: tuple[Mark, ...], palette: Palette) -> go.Scatter:
    aimed = [(mark.target, row) for row, mark in enumerate(marks) if mark.target is not None]
    return go.Scatter(
        x=[target for target, _ in aimed],
        y=[row for _, row in aimed],
        mode="markers",
        marker={"symbol": "line-ns-open", "size": 22, "color": palette.ink, "line": {"width": 4, "color": palette.ink}},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _write(drawing: go.Figure, row: int, mark: Mark, palette: Palette) -> None:
    value = f"<b>{mark.text}</b>" if mark.value is not None else NO_DATA
    for words, side in ((mark.label, "left"), (f"{_sign(mark)}{value}", "right")):
        drawing.add_annotation(
            x=0 if side == "left" else 1,
            y=row - 0.25,
            xref="paper",
            text=words,
            showarrow=False,
            xanchor=side,
            yanchor="bottom",
            font={"size": TEXT, "color": palette.ink},
        )


def _sign(mark: Mark) -> str:
    return next((f"{sign} " for sign in ("✓", "△") if sign in mark.note), "")


def _say(mark: Mark) -> str:
    return f"{mark.label}：{mark.text}{f'，{mark.note}' if mark.note else ''}"
