"""The course over the quarters: stacked small drawings, each with its own scale and its target."""

from collections.abc import Sequence

from base.formats import IN_PART
from stats.drawing.elements.axis import begins_year, number_of, numbers, stack
from stats.drawing.elements.frame import (
    NO_DATA,
    TEXT,
    Part,
    Spec,
    compose,
    dashed,
    hover,
    size_of,
    small,
    straight,
    written,
)
from stats.drawing.elements.palette import Palette
from stats.drawing.elements.pressed import pressed
from stats.figures.elements.figure_model import Figure, Mark, Series

_ROW, _SINGLE_ROW, _EDGE = 158, 260, 60  # pixels
_HEAD = 0.35  # share of a row's height for its name and last value, one line each
_MOST_NAMED = 4  # quarters or months whose labels have their year
_NARROWEST = 260  # pixels beside the axis on a phone


def draw_course(figure: Figure, palette: Palette) -> Spec:
    """Return the drawing; columns begin at zero, a line's scale fits its values and its target.

    A point with missing returns behind it is hollow, and named.
    """
    rows = list(enumerate(figure.series, start=1))
    spacing = _HEAD / len(rows) if len(rows) > 1 else 0.0
    targets = [(row, series) for row, series in rows if series.target is not None]
    return compose(
        palette,
        (_SINGLE_ROW if len(rows) == 1 else _ROW * len(rows)) + _EDGE,
        [_trace(series, palette, row) | pressed(figure, row - 1, series.marks) for row, series in rows],
        **stack(
            [1.0] * len(rows), spacing, _years(figure.series[0].marks), [_scale(series) for series in figure.series]
        ),
        shapes=[_target_line(series, palette, row) for row, series in targets],
        annotations=[
            *(_target_words(series, palette, row) for row, series in targets),
            *(_name(series, palette, row, figure.when) for row, series in rows),
        ],
        margin={"l": 8, "r": 16, "t": 54, "b": 32},
        hovermode="x",
    )


def _trace(series: Series, palette: Palette, row: int) -> Part:
    part = [mark.partial for mark in series.marks]
    shared = {
        "x": list(range(len(series.marks))),
        "y": [mark.value for mark in series.marks],
        "xaxis": f"x{number_of(row)}",
        "yaxis": f"y{number_of(row)}",
    } | hover(_say_mark(mark) for mark in series.marks)
    if series.chart == "column":
        return {"type": "bar", "marker": _columns(part, palette)} | shared
    marker = {"size": 8, "color": palette.first, "symbol": ["circle-open" if open else "circle" for open in part]}
    line = {"line": {"width": 3, "color": palette.first}, "marker": marker}
    return {"type": "scatter", "mode": "lines+markers", "connectgaps": False} | line | shared


def _columns(part: Sequence[bool], palette: Palette) -> Part:
    """Return the look of columns: one with missing returns is an outline."""
    fills = [palette.ground if open else palette.first for open in part]
    return {"color": fills, "line": {"color": palette.first, "width": 2 if any(part) else 0}}


def _say_mark(mark: Mark) -> str:
    return f"{mark.label}：{mark.shown_text}{f'（{IN_PART}）' if mark.partial else ''}"


def _scale(series: Series) -> Part:
    known = [mark.value for mark in series.marks if mark.value is not None]
    values = [*known, *([series.target] if series.target is not None else [])] or [0.0]
    low, high = min(values), max(values)
    if series.chart == "column":
        low = min(0.0, low)
    room = (high - low) or abs(high) or 1.0
    low, high = (low if series.chart == "column" else low - room * 0.12), high + room * 0.15
    return numbers(low, high, series.measure, 4) | {"range": [low, high], "automargin": True}


def _target_line(series: Series, palette: Palette, row: int) -> Part:
    number, at = number_of(row), series.target or 0.0
    return straight((0, 1), (at, at), dashed(palette), xref=f"x{number} domain", yref=f"y{number}")


def _target_words(series: Series, palette: Palette, row: int) -> Part:
    number = number_of(row)
    place = {"xref": f"x{number} domain", "yref": f"y{number}", "xanchor": "left", "yanchor": "top"}
    return written(series.target_text, 0, series.target or 0.0, palette, **place, font=small(palette))


def _name(series: Series, palette: Palette, row: int, when: str) -> Part:
    """Return the indicator's name over its drawing and its last value under the name, so that both fit on a phone.

    The last quarter of a flow that is read over more is said to be a part of it.
    """
    last = next((mark for mark in reversed(series.marks) if mark.value is not None), None)
    text = series.marks[-1].absent or NO_DATA
    if last:
        part = "其中" if series.chart == "column" and last.label not in when else ""
        text = f"{part}{last.label}　<b>{last.text}</b>{f'　○{IN_PART}' if last.partial else ''}"
    number = number_of(row)
    place = {"xref": f"x{number} domain", "yref": f"y{number} domain", "xanchor": "left", "align": "left"}
    font = {"size": size_of(series.name, _NARROWEST), "color": palette.ink}
    return written(f"<b>{series.name}</b><br>{text}", 0, 1, palette, **place, font=font)


def _years(marks: tuple[Mark, ...]) -> Part:
    """Return the time axis with the years at their first quarter or month; with all where no year begins."""
    firsts = [place for place, mark in enumerate(marks) if begins_year(mark)]
    every = firsts or range(len(marks))
    labels = [mark.label if len(marks) <= _MOST_NAMED else mark.label.partition("年")[2] for mark in marks]
    words = [f"{marks[place].key[:4]}年" if firsts else labels[place] for place in every]
    shown = {"tickvals": list(every), "ticktext": words, "tickfont": {"size": TEXT}}
    return shown | {"showgrid": False, "range": [-0.6, len(marks) - 0.4]}
