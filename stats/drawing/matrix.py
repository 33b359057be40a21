"""Who has what: a bar an item with the share that has it, or a bar an area with how many items it has."""

from base.formats import PERCENT
from stats.drawing.elements.axis import FEW_TICKS, names, numbers
from stats.drawing.elements.bars import tracked
from stats.drawing.elements.frame import NO_DATA, TEXT, Spec, compose, room_for, say_mark, small, texts
from stats.drawing.elements.palette import Palette
from stats.drawing.elements.pressed import pressed
from stats.figures.elements.figure_model import Figure

_ROW, _EDGE = 32, 44  # pixels
_WIDE = 0.62  # a bar's share of its row
_LONGEST = 9  # letters of a name beside the axis
_WHOLE = 1.0


def draw_first_series(figure: Figure, palette: Palette) -> Spec:
    """Return bars of the figure's first series, each with its number; the table holds all others."""
    series = figure.series[0]
    marks = list(enumerate(series.marks))
    known = [mark.value for mark in series.marks if mark.value is not None]
    high = _WHOLE if series.measure == PERCENT else max(known, default=_WHOLE) or _WHOLE
    labels = [(row, f" {mark.text}") for row, mark in marks if mark.value is not None]
    without = [(row, f" {mark.absent or NO_DATA}") for row, mark in marks if mark.value is None]
    return compose(
        palette,
        _ROW * max(len(marks), 1) + _EDGE,
        [
            *tracked(
                series.marks,
                [say_mark(mark) for mark in series.marks],
                high,
                _WIDE,
                palette,
                **pressed(figure, 0, series.marks),
            ),
            texts(
                [(high, row) for row, _ in labels], [text for _, text in labels], {"size": TEXT, "color": palette.ink}
            ),
            texts([(0.0, row) for row, _ in without], [text for _, text in without], small(palette)),
        ],
        xaxis=numbers(0.0, high, series.measure, FEW_TICKS) | {"range": [0, high * 1.01], "showgrid": False},
        yaxis=names(series.marks, _LONGEST),
        barmode="overlay",
        margin={"l": 8, "r": room_for(text for _, text in labels), "t": 12, "b": 32},
    )
