"""How far a ledger's rows have come: a bar a stage, as long as its number of rows, with the days a step takes."""

import plotly.graph_objects as go

from stats.drawing.frame import TEXT, finish
from stats.drawing.palette import Palette
from stats.figure import Figure, Mark, Series
from stats.figures.funnel import DAYS, WAITING

_ROW, _EDGE = 58, 24  # pixels
_WARNING = "△"


def draw_funnel(figure: Figure, palette: Palette) -> go.Figure:
    """Return the drawing, all bars from zero on one scale; overdue rows are told by a sign and in words."""
    reached = figure.series[0].marks
    others = {series.name: series for series in figure.series[1:]}
    rows = list(range(len(reached)))
    high = max((mark.value or 0.0 for mark in reached), default=1.0) or 1.0
    drawing = go.Figure(
        [
            go.Bar(
                x=[high] * len(rows),
                y=rows,
                orientation="h",
                width=0.32,
                marker={"color": palette.soft},
                hoverinfo="skip",
            ),
            go.Bar(
                x=[mark.value for mark in reached],
                y=rows,
                orientation="h",
                width=0.32,
                marker={"color": palette.first},
                customdata=[[mark.key, _say(mark, row, others)] for row, mark in enumerate(reached)],
                hovertemplate="%{customdata[1]}<extra></extra>",
            ),
        ]
    )
    for row, mark in enumerate(reached):
        _write(drawing, row, mark, others, palette)
    drawing.update_xaxes(range=[0, high * 1.01], visible=False)
    drawing.update_yaxes(range=[len(rows) - 0.6, -0.8], visible=False)
    return finish(drawing, palette, _ROW * max(len(rows), 1) + _EDGE, barmode="overlay")


def _write(drawing: go.Figure, row: int, mark: Mark, others: dict[str, Series], palette: Palette) -> None:
    """Write the stage with its usual days on the left over the bar, rows and overdue ones on the right."""
    days, waiting = _of(others, DAYS, row), _of(others, WAITING, row)
    step = f"<span style='color:{palette.grey}'>　{days.text}</span>" if days and days.value is not None else ""
    overdue = f"{_WARNING} 超期未办{waiting.text}　" if waiting and waiting.value else ""
    for words, side in ((f"{mark.label}{step}", "left"), (f"{overdue}<b>{mark.text}</b>", "right")):
        drawing.add_annotation(
            x=0 if side == "left" else 1,
            y=row - 0.19,
            xref="paper",
            text=words,
            showarrow=False,
            xanchor=side,
            yanchor="bottom",
            font={"size": TEXT, "color": palette.ink},
        )


def _of(others: dict[str, Series], name: str, row: int) -> Mark | None:
    return others[name].marks[row] if name in others else None


def _say(mark: Mark, row: int, others: dict[str, Series]) -> str:
    days = _of(others, DAYS, row)
    step = f"，从上一步到这一步一般{days.text}（{days.note}）" if days and days.value is not None else ""
    return f"{mark.label}：{mark.text}{f'，{mark.note}' if mark.note else ''}{step}"
