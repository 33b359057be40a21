"""Organisations as dots against their target, one per row, the largest on top."""

from collections.abc import Sequence
from dataclasses import replace

from base.formats import IN_PART, PERCENT
from stats.drawing.elements.axis import FEW_TICKS, names, numbers
from stats.drawing.elements.bars import lying
from stats.drawing.elements.frame import (
    NO_DATA,
    TEXT,
    Part,
    Spec,
    compose,
    dashed,
    hover,
    room_for,
    say_mark,
    small,
    straight,
    target_ticks,
    texts,
    written,
)
from stats.drawing.elements.palette import Palette
from stats.drawing.elements.pressed import pressed
from stats.figures.elements.figure_model import Figure, Mark, Series
from stats.judging.verdicts import VerdictState

_ROW, _EDGE = 27, 70  # pixels
_DOT, _TICK = 14, 18
_SHAPES = {VerdictState.BEHIND: "triangle-up"}  # all others are circles
_LONGEST = 10  # letters of a name beside the axis
_MANY = 4  # organisations at nothing, from which they share a row


def draw_areas(figure: Figure, palette: Palette) -> Spec:
    """Return the drawing; a press on a dot asks about the organisation's reading, on those in one row about all."""
    series = replace(figure.series[0], marks=_gather(figure.series[0].marks))
    marks = series.marks
    high = max([mark.value for mark in marks if mark.value is not None] + [series.target or 0.0], default=0.0) or 1.0
    right = high * 1.04
    across = numbers(0.0, high, series.measure, FEW_TICKS) | {"range": [0, right], "side": "top"}
    apart = {"ticklabelstandoff": _DOT // 2 + 2}  # a dot at zero must not lie on the name
    return compose(
        palette,
        _ROW * max(len(marks), 1) + _EDGE,
        [trace for trace in _traces(figure, series, palette, right) if trace["x"]],
        xaxis=across,
        yaxis=names(marks, _LONGEST) | apart,
        margin={"l": 8, "r": room_for(map(_value, marks)), "t": 44, "b": 8},
        **_common_target(series, palette),
    )


def _gather(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the marks with those at nothing as one where they are many: 其余11个; their names are in the numbers."""
    none = [mark for mark in marks if mark.value == 0]
    first = marks.index(none[0]) if len(none) >= _MANY else len(marks)
    if len(none) < _MANY or first == 0:
        return tuple(marks)
    partial = any(mark.partial for mark in none)
    row = replace(none[0], label=f"其余{len(none)}个", key="", note="", partial=partial)
    return (*marks[:first], row, *(mark for mark in marks[first:] if mark.value != 0))


def _traces(figure: Figure, series: Series, palette: Palette, right: float) -> list[Part]:
    """Return stems, dots, the values in a column at the right, unknown values, and individual targets."""
    rows = list(enumerate(series.marks))
    known = [(row, mark) for row, mark in rows if mark.value is not None]
    unknown = [(row, mark) for row, mark in rows if mark.value is None]
    own = [(mark.target if mark.target != series.target else None, row) for row, mark in rows]
    return [
        _stems(series, palette),
        _dots(series, palette) | pressed(figure, 0, series.marks),
        texts(
            [(right, row) for row, _ in known],
            [_value(mark) for _, mark in known],
            {"size": TEXT, "color": palette.ink},
        ),
        texts(
            [(0.0, row) for row, _ in unknown], [f" {mark.absent or NO_DATA}" for _, mark in unknown], small(palette)
        ),
        target_ticks(own, _TICK, palette),
    ]


def _value(mark: Mark) -> str:
    """Return the text beside a mark, clear of the dot of the largest, with a note if returns are missing."""
    return f"　{mark.text} {mark.verdict.sign}{IN_PART if mark.partial else ''}"


def _stems(series: Series, palette: Palette) -> Part:
    """Return a thin bar from zero to each dot, so that the length is right as well as the place."""
    values = [mark.value for mark in series.marks]
    return lying(values, list(range(len(values))), 0.12, marker={"color": palette.edge}, hoverinfo="skip")


def _dots(series: Series, palette: Palette) -> Part:
    colours = {VerdictState.MET: palette.met, VerdictState.BEHIND: palette.behind}
    return {
        "type": "scatter",
        "x": [mark.value for mark in series.marks],
        "y": list(range(len(series.marks))),
        "mode": "markers",
        "marker": {
            "size": _DOT,
            "color": [colours.get(mark.verdict, palette.first) for mark in series.marks],
            "symbol": [_SHAPES.get(mark.verdict, "circle") for mark in series.marks],
        },
        "cliponaxis": False,
        **hover(map(say_mark, series.marks)),
    }


def _common_target(series: Series, palette: Palette) -> Part:
    """Return the line of the common target and its label, as parts of the layout."""
    at = series.target
    if at is None:
        return {}
    side = "right" if series.measure == PERCENT and at > 0.5 else "left"
    over = written(series.target_text, at, 1, palette, yref="paper", yshift=20, xanchor=side, font=small(palette))
    line = straight((at, at), (0, 1), dashed(palette), xref="x", yref="y domain")
    return {"shapes": [line], "annotations": [over]}
