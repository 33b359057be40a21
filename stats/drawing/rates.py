"""Rates as bullet charts: a bar to the value, a tick at the target, name and verdict above it."""

from base.formats import PERCENT
from stats.drawing.elements.axis import numbers
from stats.drawing.elements.bars import over_bar, tracked
from stats.drawing.elements.frame import NO_DATA, Part, Spec, compose, say_mark, shorten, size_of, target_ticks
from stats.drawing.elements.palette import Palette
from stats.drawing.elements.pressed import pressed
from stats.figures.elements.figure_model import Figure, Mark

_ROW, _EDGE = 62, 40  # pixels
_WIDE, _RISE = 0.3, 0.25  # a bar and its words, in rows
_TICK = 22
_WHOLE = 1.0
_LONGEST = 17  # letters of a name, in small ones
_NARROWEST = 215  # pixels for it on a phone
_MARGIN = {"l": 20, "r": 28, "t": 12, "b": 32}  # the axis' first and last labels extend beyond its ends


def draw_rates(figure: Figure, palette: Palette) -> Spec:
    """Return the drawing; all bars begin at zero and share one scale, which reaches to 100% at least."""
    series = figure.series[0]
    marks = series.marks
    known = [n for mark in marks for n in (mark.value, mark.target) if n is not None]
    high = max([*known, *([_WHOLE] if series.measure == PERCENT else [])], default=1.0) or 1.0
    ticks = target_ticks([(mark.target, row) for row, mark in enumerate(marks)], _TICK, palette)
    return compose(
        palette,
        _ROW * max(len(marks), 1) + _EDGE,
        [
            *tracked(marks, [say_mark(mark) for mark in marks], high, _WIDE, palette, **pressed(figure, 0, marks)),
            ticks,
        ],
        xaxis=numbers(0.0, high, series.measure) | {"range": [0, high * 1.01], "showgrid": False},
        yaxis={"range": [len(marks) - 0.7, -0.75], "visible": False},
        annotations=[words for row, mark in enumerate(marks) for words in _written(row, mark, palette)],
        barmode="overlay",
        margin=_MARGIN,
    )


def _written(row: int, mark: Mark, palette: Palette) -> list[Part]:
    """Return the labels above the bar: the name on the left, smaller if it is long, the verdict on the right."""
    sign = mark.verdict.sign
    value = f"<b>{mark.text}</b>" if mark.value is not None else mark.absent or NO_DATA
    words = (shorten(mark.label, _LONGEST), f"{sign} {value}" if sign else value)
    name, verdict = over_bar(row - _RISE, words, palette)
    return [name | {"font": name["font"] | {"size": size_of(mark.label, _NARROWEST)}}, verdict]
