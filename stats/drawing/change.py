"""Why a number moved: step by step from the opening to the closing, each part a bar that begins where the last ended.

The parts are small beside the whole, so the axis shows only the stretch in which they lie, and says so.
"""

import plotly.graph_objects as go

from stats.drawing.axis import ticks
from stats.drawing.frame import SMALL, TEXT, finish
from stats.drawing.palette import PATTERNS, Palette
from stats.figure import Figure, Mark

_ROW, _EDGE = 56, 58  # pixels
_FEW_TICKS = 4
_AXIS = "横轴只画变化所在的一段，不从零开始"


def draw_change(figure: Figure, palette: Palette) -> go.Figure:
    """Return the drawing: opening and closing as diamonds, parts as bars with their sign, their unions beside them."""
    marks = figure.series[0].marks
    bases, ends = _course(marks)
    low, high = min(*bases, *ends), max(*bases, *ends)
    room = (high - low) * 0.06 or 1.0
    drawing = go.Figure([_bars(marks, bases, palette), _ends(marks, palette)])
    for row, mark in enumerate(marks):
        _write(drawing, row, mark, palette)
        if row + 1 < len(marks):
            _join(drawing, row, ends[row], palette)
    places, words = ticks(low, high, figure.measure, _FEW_TICKS)
    cut = low > room
    drawing.update_xaxes(range=[low - room, high + room], tickvals=places, ticktext=words, tickfont={"size": SMALL})
    drawing.update_xaxes(title={"text": _AXIS if cut else "", "font": {"size": SMALL, "color": palette.grey}})
    drawing.update_yaxes(range=[len(marks) - 0.6, -0.8], visible=False)
    return finish(drawing, palette, _ROW * len(marks) + _EDGE + (18 if cut else 0), barmode="overlay")


def _course(marks: tuple[Mark, ...]) -> tuple[list[float], list[float]]:
    """Return where each mark begins and where it ends."""
    at = marks[0].value or 0.0
    bases, ends = [at], [at]
    for mark in marks[1:-1]:
        bases.append(at)
        at += mark.value or 0.0
        ends.append(at)
    closing = marks[-1].value or 0.0
    return [*bases, closing], [*ends, closing]


def _bars(marks: tuple[Mark, ...], bases: list[float], palette: Palette) -> go.Bar:
    rows = range(1, len(marks) - 1)
    falls = [(marks[row].value or 0.0) < 0 for row in rows]
    return go.Bar(
        x=[marks[row].value for row in rows],
        y=list(rows),
        base=[bases[row] for row in rows],
        orientation="h",
        width=0.34,
        marker={
            "color": [palette.series[1] if fall else palette.first for fall in falls],
            "pattern": {"shape": [PATTERNS[1] if fall else PATTERNS[0] for fall in falls], "fgopacity": 0.4, "size": 7},
        },
        customdata=[[marks[row].key, _say(marks[row])] for row in rows],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )


def _ends(marks: tuple[Mark, ...], palette: Palette) -> go.Scatter:
    both = (0, len(marks) - 1)
    return go.Scatter(
        x=[marks[row].value for row in both],
        y=list(both),
        mode="markers",
        marker={"symbol": "diamond", "size": 16, "color": palette.ink},
        customdata=[[marks[row].key, _say(marks[row])] for row in both],
        hovertemplate="%{customdata[1]}<extra></extra>",
        cliponaxis=False,
    )


def _join(drawing: go.Figure, row: int, at: float, palette: Palette) -> None:
    line = {"color": palette.grey, "width": 1, "dash": "dot"}
    drawing.add_shape(type="line", x0=at, x1=at, y0=row, y1=row + 1, line=line, layer="below")


def _write(drawing: go.Figure, row: int, mark: Mark, palette: Palette) -> None:
    """Write the part's name and its unions on the left over the bar, the number on the right."""
    organisations = mark.note.partition("，")[0]
    beside = f"<span style='color:{palette.grey}'>　{organisations}</span>" if organisations else ""
    for words, side in ((f"{mark.label}{beside}", "left"), (f"<b>{mark.text}</b>", "right")):
        drawing.add_annotation(
            x=0 if side == "left" else 1,
            y=row - 0.2,
            xref="paper",
            text=words,
            showarrow=False,
            xanchor=side,
            yanchor="bottom",
            bgcolor=palette.ground,
            font={"size": TEXT, "color": palette.ink},
        )


def _say(mark: Mark) -> str:
    return f"{mark.label}：{mark.text}{f'，{mark.note}' if mark.note else ''}"
