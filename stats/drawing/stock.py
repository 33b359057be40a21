"""A stock over the quarters: closing values above, inflow and outflow below, on one time axis."""

from stats.drawing.elements.axis import numbers, stack
from stats.drawing.elements.bars import hatch
from stats.drawing.elements.frame import SMALL, TEXT, Part, Spec, compose, hover, say_mark, straight
from stats.drawing.elements.palette import PATTERNS, Palette
from stats.drawing.elements.pressed import pressed
from stats.figures.elements.figure_model import Figure, Mark, Series, SeriesRole

_HEIGHT = 380  # pixels
_SHARES, _SPACING = (0.55, 0.45), 0.06  # shares of the height
_MOST_WRITTEN = 8  # values written beside the points; more would overlap
_MOST_NAMED = 4  # quarters labelled individually
_FAULT = "△"


def draw_stock(figure: Figure, palette: Palette) -> Spec:
    """Return the drawing; a quarter that does not add up has a triangle with a note, a missing one a gap."""
    closing = figure.series[-1]
    moves = [series for series in figure.series[:-1] if series.role in (SeriesRole.INFLOW, SeriesRole.OUTFLOW)]
    zero = {"color": palette.grey, "width": 1}
    return compose(
        palette,
        _HEIGHT,
        [
            _line(closing, palette) | pressed(figure, len(figure.series) - 1, closing.marks),
            *(
                _bars(series, number, palette) | pressed(figure, figure.series.index(series), series.marks)
                for number, series in enumerate(moves)
            ),
        ],
        **stack(_SHARES, _SPACING, _time_axis(closing), [_level(closing), _flow(moves, closing.measure)]),
        shapes=[straight((0, 1), (0, 0), zero, xref="x2 domain", yref="y2")],
        barmode="relative",
        bargap=0.35,
        showlegend=True,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.02, "yanchor": "bottom", "font": {"size": SMALL}},
        margin={"l": 8, "r": 8, "t": 34, "b": 32},
    )


def _line(closing: Series, palette: Palette) -> Part:
    marks = closing.marks
    return {
        "type": "scatter",
        "name": closing.name,
        "x": list(range(len(marks))),
        "y": [mark.value for mark in marks],
        "xaxis": "x",
        "yaxis": "y",
        "mode": "lines+markers+text",
        "connectgaps": False,
        "line": {"width": 3, "color": palette.ink},
        "marker": {
            "size": [13 if mark.note else 8 for mark in marks],
            "symbol": ["triangle-up-open" if mark.note else "circle" for mark in marks],
            "color": palette.ink,
        },
        "text": [_point_label(mark, len(marks)) for mark in marks],
        "textposition": "top center",
        "textfont": {"size": TEXT, "color": palette.ink},
        "cliponaxis": False,
        **hover(say_mark(mark, f"{mark.label}末") for mark in marks),
    }


def _point_label(mark: Mark, count: int) -> str:
    if mark.value is None:
        return ""
    written = mark.text if count <= _MOST_WRITTEN else ""
    return f"{_FAULT} {written}" if mark.note else written


def _bars(series: Series, number: int, palette: Palette) -> Part:
    sign = -1.0 if series.role == SeriesRole.OUTFLOW else 1.0
    return {
        "type": "bar",
        "name": series.name,
        "x": list(range(len(series.marks))),
        "y": [None if mark.value is None else sign * mark.value for mark in series.marks],
        "xaxis": "x2",
        "yaxis": "y2",
        "marker": {
            "color": palette.series[number % len(palette.series)],
            "pattern": hatch(PATTERNS[number % len(PATTERNS)], palette),
        },
        "text": [mark.text if len(series.marks) <= _MOST_WRITTEN and mark.value else "" for mark in series.marks],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        **hover(say_mark(mark, f"{mark.label}{series.name}") for mark in series.marks),
    }


def _time_axis(closing: Series) -> Part:
    """Label each quarter if there are few, else each year at its first quarter."""
    labels = [mark.label for mark in closing.marks]
    if len(labels) <= _MOST_NAMED:
        named = list(enumerate(labels))
    else:
        years = [(at, label.partition("年")[0] + "年") for at, label in enumerate(labels)]
        named = [(at, year) for at, year in years if at == 0 or year != years[at - 1][1]]
    return {
        "tickvals": [at for at, _ in named],
        "ticktext": [word for _, word in named],
        "tickfont": {"size": SMALL},
        "showgrid": False,
        "range": [-0.6, len(labels) - 0.4],
    }


def _level(closing: Series) -> Part:
    known = [mark.value for mark in closing.marks if mark.value is not None]
    low, high = min(known), max(known)
    room = (high - low) * 0.25 or max(abs(high), 1.0) * 0.1
    return numbers(low, high, closing.measure, 3) | {"range": [low - room, high + room], "automargin": True}


def _flow(moves: list[Series], measure: str) -> Part:
    down, up = _reach(moves, SeriesRole.OUTFLOW), _reach(moves, SeriesRole.INFLOW)
    axis = numbers(-down, up, measure, 4)
    words = [word.lstrip("−") for word in axis["ticktext"]]
    return axis | {"ticktext": words, "range": [-down * 1.15, up * 1.15], "automargin": True}


def _reach(moves: list[Series], role: SeriesRole) -> float:
    """Return the largest extent of the bars in one direction from zero in any quarter."""
    columns = zip(*(series.marks for series in moves if series.role == role), strict=True)
    return max((sum(mark.value or 0.0 for mark in column) for column in columns), default=0.0) or 1.0
