"""The course of one target: the value as a line, the pace dashed, the target across, the forecast."""

from stats.drawing.elements.axis import ends_year, numbers
from stats.drawing.elements.frame import SMALL, TEXT, Part, Spec, compose, dashed, hover, small, straight, written
from stats.drawing.elements.palette import Palette
from stats.drawing.elements.pressed import pressed
from stats.figures.elements.figure_model import Figure, Mark, SeriesRole

_HEIGHT = 330  # pixels
_ROOM = 0.12  # share of the scale kept free above and below
_MOST_NAMED = 4  # quarters labelled individually
# How each series is drawn: line or markers, and its symbol.
_STYLES = {
    SeriesRole.VALUE: ("lines+markers", "circle"),
    SeriesRole.PACE: ("lines", "line-ew-open"),
    SeriesRole.SUPPLIED: ("markers", "circle-open"),
    SeriesRole.FORECAST: ("markers", "diamond-open"),
}


def draw_aim(figure: Figure, palette: Palette) -> Spec:
    """Return the drawing; its lines differ by dash and symbol and are named in a legend."""
    reached = figure.series[0]
    goal = reached.target or 0.0
    words = {"xref": "x domain", "yref": "y", "xanchor": "left"}
    return compose(
        palette,
        _HEIGHT,
        [_trace(figure, at, palette) for at in range(len(figure.series))],
        xaxis=_quarters(reached.marks),
        yaxis=_scale(figure),
        shapes=[straight((0, 1), (goal, goal), {"width": 2, "color": palette.ink}, xref="x domain", yref="y")],
        annotations=[written(reached.target_text, 0, goal, palette, **words, font=small(palette))],
        hovermode="x",
        showlegend=True,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1.04, "yanchor": "bottom", "font": {"size": SMALL}},
        margin={"l": 8, "r": 30, "t": 40, "b": 32},
    )


def _trace(figure: Figure, at: int, palette: Palette) -> Part:
    series = figure.series[at]
    mode, symbol = _STYLES[series.role]
    colour = palette.grey if series.role == SeriesRole.PACE else palette.first
    return {
        "type": "scatter",
        "name": series.name,
        "x": list(range(len(series.marks))),
        "y": [mark.value for mark in series.marks],
        "mode": mode,
        "connectgaps": False,
        "line": dashed(palette) if series.role == SeriesRole.PACE else {"width": 3, "color": colour},
        "marker": {"size": 13 if mode == "markers" else 8, "symbol": symbol, "color": colour},
        "cliponaxis": False,
        **pressed(figure, at, series.marks),
        **hover(f"{mark.label}末{series.name}：{mark.text}" for mark in series.marks),
    }


def _quarters(marks: tuple[Mark, ...]) -> Part:
    """Return the time axis: each quarter labelled if there are few, else those in which a year ends."""
    few = len(marks) <= _MOST_NAMED
    places = [place for place, mark in enumerate(marks) if few or ends_year(mark)]
    words = [marks[place].label.partition("年")[2] if few else f"{marks[place].key[:4]}年末" for place in places]
    shown = {"tickvals": places, "ticktext": words, "tickfont": {"size": TEXT}}
    return shown | {"showgrid": False, "range": [-0.4, len(marks) - 0.6]}


def _scale(figure: Figure) -> Part:
    known = [mark.value for mark in figure.marks() if mark.value is not None]
    low, high = min([*known, figure.series[0].target or 0.0]), max([*known, figure.series[0].target or 0.0])
    room = ((high - low) or abs(high) or 1.0) * _ROOM
    low = max(low - room, 0.0) if low >= 0 else low - room
    return numbers(low, high + room, figure.measure, 4) | {"range": [low, high + room], "automargin": True}
