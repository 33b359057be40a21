"""The parts of a whole as bars from zero, the largest on top; with a second split each bar is stacked."""

from math import ceil, fsum

from base.formats import say_value
from stats.drawing.elements.axis import FEW_TICKS, names, numbers
from stats.drawing.elements.bars import hatch, lying
from stats.drawing.elements.frame import SMALL, TEXT, Part, Spec, compose, hover, room_for, texts
from stats.drawing.elements.palette import PATTERNS, Palette
from stats.drawing.elements.pressed import pressed
from stats.figures.elements.figure_model import Figure, Mark, Series

_ROW, _EDGE = 34, 48  # pixels
_LEGEND_ROW, _LEGEND_EDGE = 22, 12
_LONGEST = 9


def draw_split(figure: Figure, palette: Palette) -> Spec:
    """Return the drawing, each bar with its value and its share, or with its sum if it is stacked."""
    stacked = len(figure.series) > 1
    marks = figure.series[0].marks
    totals = [fsum(series.marks[row].value or 0.0 for series in figure.series) for row in range(len(marks))]
    sums = [say_value(total, figure.measure) for total in totals] if stacked else []
    bars = [
        _bar(series, palette, number, stacked) | pressed(figure, number, series.marks)
        for number, series in enumerate(figure.series)
    ]
    high = max(totals, default=0.0) or 1.0
    names_of_parts = [series.name for series in figure.series] if stacked else []
    top = _LEGEND_EDGE + _LEGEND_ROW * ceil(len(names_of_parts) / 2) if stacked else 0  # two beside each other
    return compose(
        palette,
        _ROW * max(len(marks), 1) + _EDGE + top,
        [*bars, *([_sums(totals, sums, palette)] if stacked else [])],
        xaxis=numbers(0.0, high, figure.measure, FEW_TICKS) | {"range": [0, high * 1.02]},
        yaxis=names(marks, _LONGEST),
        barmode="stack",
        bargap=0.3,
        showlegend=stacked,
        margin={"l": 8, "r": room_for(sums or map(_with_share, marks)), "t": 8 + top, "b": 32},
        legend=_legend(names_of_parts),
        uniformtext={"minsize": 11, "mode": "hide"},
    )


def _legend(parts: list[str]) -> Part:
    """Return a legend with entries no wider than their words, so that short ones stand side by side on a phone."""
    place = {"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal"}
    width = SMALL * max(map(len, parts), default=0)
    return place | {"font": {"size": SMALL}, "entrywidthmode": "pixels", "entrywidth": width}


def _bar(series: Series, palette: Palette, number: int, stacked: bool) -> Part:
    colour = palette.series[number % len(palette.series)]
    shape = PATTERNS[number % len(PATTERNS)] if stacked else ""
    line = {"color": palette.ground, "width": 1}
    return lying(
        [mark.value for mark in series.marks],
        list(range(len(series.marks))),
        None,
        name=series.name,
        marker={"color": colour, "line": line, "pattern": hatch(shape, palette)},
        text=[mark.text if stacked else _with_share(mark) for mark in series.marks],
        textposition="none" if stacked else "outside",
        textfont={"size": TEXT, "color": palette.ink},
        cliponaxis=False,
        **hover(_say(series, mark, stacked) for mark in series.marks),
    )


def _sums(totals: list[float], words: list[str], palette: Palette) -> Part:
    places = [(total, row) for row, total in enumerate(totals)]
    return texts(places, [f" {word}" for word in words], {"size": TEXT, "color": palette.ink})


def _with_share(mark: Mark) -> str:
    return f"{mark.text} {mark.note}"


def _say(series: Series, mark: Mark, stacked: bool) -> str:
    return f"{mark.label}，{series.name}：{mark.text}" if stacked else f"{mark.label}：{mark.text}，占{mark.note}"
