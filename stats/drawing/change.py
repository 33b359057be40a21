"""Why a number changed, as a waterfall from the opening to the closing: each bar begins where the last ended.

The parts are small compared with the whole, so the axis shows only their range, and says so.
"""

from stats.drawing.elements.axis import numbers
from stats.drawing.elements.bars import aside, hatch, lying, over_bar
from stats.drawing.elements.frame import Part, Spec, compose, hover, say_mark, small, straight
from stats.drawing.elements.palette import PATTERNS, Palette
from stats.drawing.elements.pressed import pressed
from stats.figures.elements.figure_model import Figure, Mark

_ROW, _EDGE = 56, 58  # pixels
_WIDE, _RISE = 0.34, 0.2  # a bar and its words, in rows
_FEW_TICKS = 4
_AXIS = "横轴只画变化所在的一段，不从零开始"
_FOOT = 28  # pixels for these words, under the axis' own


def draw_change(figure: Figure, palette: Palette) -> Spec:
    """Return the drawing: opening and closing as diamonds, parts as bars with their sign, their unions beside them."""
    marks = figure.series[0].marks
    bases, ends = _course(marks)
    low, high = min(*bases, *ends), max(*bases, *ends)
    room = (high - low) * 0.06 or 1.0
    across = numbers(low, high, figure.measure, _FEW_TICKS) | {"range": [low - room, high + room]}
    cut = {"title": {"text": _AXIS, "font": small(palette), "standoff": 6}} if low > room else {}
    foot = _FOOT if cut else 0
    return compose(
        palette,
        _ROW * len(marks) + _EDGE + foot,
        [
            _bars(marks, bases, palette) | pressed(figure, 0, marks[1:-1]),
            _ends(marks, palette) | pressed(figure, 0, (marks[0], marks[-1])),
        ],
        xaxis=across | cut,
        yaxis={"range": [len(marks) - 0.6, -0.8], "visible": False},
        annotations=[text for row, mark in enumerate(marks) for text in _written(row, mark, palette)],
        shapes=[_join(row, at, palette) for row, at in enumerate(ends[:-1])],
        barmode="overlay",
        margin={"l": 8, "r": 8, "t": 12, "b": 32 + foot},
    )


def _course(marks: tuple[Mark, ...]) -> tuple[list[float], list[float]]:
    """Return the start and the end of each mark."""
    at = marks[0].value or 0.0
    bases, ends = [at], [at]
    for mark in marks[1:-1]:
        bases.append(at)
        at += mark.value or 0.0
        ends.append(at)
    closing = marks[-1].value or 0.0
    return [*bases, closing], [*ends, closing]


def _bars(marks: tuple[Mark, ...], bases: list[float], palette: Palette) -> Part:
    parts = marks[1:-1]
    falls = [(mark.value or 0.0) < 0 for mark in parts]
    return lying(
        [mark.value for mark in parts],
        list(range(1, len(marks) - 1)),
        _WIDE,
        base=bases[1:-1],
        marker={
            "color": [palette.series[1] if fall else palette.first for fall in falls],
            "pattern": hatch([PATTERNS[1] if fall else PATTERNS[0] for fall in falls], palette),
        },
        **hover(map(say_mark, parts)),
    )


def _ends(marks: tuple[Mark, ...], palette: Palette) -> Part:
    both = (marks[0], marks[-1])
    return {
        "type": "scatter",
        "x": [mark.value for mark in both],
        "y": [0, len(marks) - 1],
        "mode": "markers",
        "marker": {"symbol": "diamond", "size": 16, "color": palette.ink},
        "cliponaxis": False,
        **hover(map(say_mark, both)),
    }


def _join(row: int, at: float, palette: Palette) -> Part:
    line = {"color": palette.grey, "width": 1, "dash": "dot"}
    return straight((at, at), (row, row + 1), line, layer="below")


def _written(row: int, mark: Mark, palette: Palette) -> list[Part]:
    """Return the part's name and its unions on the left over the bar, the number on the right."""
    words = (f"{mark.label}{aside(mark.aside, palette)}", f"<b>{mark.text}</b>")
    return over_bar(row - _RISE, words, palette, bgcolor=palette.ground)
