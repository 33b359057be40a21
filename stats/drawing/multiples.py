"""Small drawings of the same indicator, one an organisation, in columns and all on one scale.

`layout.meta.narrow` holds what a narrow screen has instead: fewer columns, of which the first rows are shown at first.
"""

from base.formats import IN_PART
from stats.drawing.elements.axis import FEW_TICKS, begins_year, number_of, numbers
from stats.drawing.elements.frame import (
    NO_DATA,
    SMALL,
    Part,
    Spec,
    compose,
    dashed,
    hover,
    shorten,
    small,
    straight,
    written,
)
from stats.drawing.elements.palette import Palette
from stats.drawing.elements.pressed import pressed
from stats.figures.elements.figure_model import Figure, Mark, Series

_WIDE, _NARROW = 4, 2  # columns
_FOLDED = 2  # rows shown at first on a narrow screen
_ROW, _EDGE, _TOP = 144, 44, 30  # pixels
_HEAD = 0.48  # share of a row's height for the name and the last value, clear of the drawing above on a slide too
_BETWEEN = 0.05  # of the width between columns
_LONGEST = 9  # letters of a name


def draw_multiples(figure: Figure, palette: Palette) -> Spec:
    """Return the drawing; a point with missing returns is hollow, and a press on one asks about its reading."""
    spec = compose(
        palette,
        _height(figure, _WIDE),
        [
            _trace(series, palette, at) | pressed(figure, at - 1, series.marks)
            for at, series in enumerate(figure.series, start=1)
        ],
        **_axes(figure),
        shapes=[
            _target(series, palette, at)
            for at, series in enumerate(figure.series, start=1)
            if series.target is not None
        ],
        annotations=[_name(series, palette, at) for at, series in enumerate(figure.series, start=1)],
        margin={"l": 8, "r": 16, "t": _TOP, "b": _EDGE - 12},
    )
    _put(spec["layout"], _places(figure, _WIDE))
    narrow = {name: spec["layout"][name] | place for name, place in _places(figure, _NARROW).items()}
    spec["layout"]["meta"] = {
        "narrow": {"height": _height(figure, _NARROW)} | narrow,
        "folded": _ROW * _FOLDED + _TOP,
        "more": max(0, len(figure.series) - _FOLDED * _NARROW),
    }
    return spec


def _height(figure: Figure, columns: int) -> int:
    return _ROW * -(-len(figure.series) // columns) + _EDGE


def _places(figure: Figure, columns: int) -> dict[str, Part]:
    """Return the place of each axis, row by row from the top; labelled at the edges and where it is folded."""
    rows = -(-len(figure.series) // columns)
    wide, tall = (1 - _BETWEEN * (columns - 1)) / columns, 1 / rows
    axes: dict[str, Part] = {}
    for at in range(len(figure.series)):
        row, column = divmod(at, columns)
        left, top = column * (wide + _BETWEEN), 1 - row * tall
        number = number_of(at + 1)
        lowest = at + columns >= len(figure.series) or (columns == _NARROW and row == _FOLDED - 1)
        axes[f"xaxis{number}"] = {"domain": [left, min(left + wide, 1.0)], "showticklabels": lowest}
        axes[f"yaxis{number}"] = {"domain": [max(top - tall, 0.0), top - tall * _HEAD], "showticklabels": column == 0}
    return axes


def _put(layout: Part, axes: dict[str, Part]) -> None:
    for name, place in axes.items():
        layout[name] |= place


def _axes(figure: Figure) -> Part:
    """Return the axes, all alike."""
    low, high = _reach(figure)
    axes: Part = {}
    for at, series in enumerate(figure.series, start=1):
        number = number_of(at)
        axes[f"xaxis{number}"] = {"anchor": f"y{number}", **_years(series.marks)}
        axes[f"yaxis{number}"] = {
            "anchor": f"x{number}",
            **numbers(low, high, figure.measure, FEW_TICKS),
            "range": [low, high],
            "automargin": True,
        }
    return axes


def _reach(figure: Figure) -> tuple[float, float]:
    """Return the ends of the common scale: columns begin at zero, lines shortly below the lowest value."""
    values = [mark.value for mark in figure.marks() if mark.value is not None]
    values += [series.target for series in figure.series if series.target is not None]
    low, high = min(values), max(values)
    if any(series.chart == "column" for series in figure.series):
        low = min(0.0, low)
        return low, high + ((high - low) or 1.0) * 0.1
    room = (high - low) or abs(high) or 1.0
    return low - room * 0.1, high + room * 0.1


def _trace(series: Series, palette: Palette, at: int) -> Part:
    part = [mark.partial for mark in series.marks]
    shared = {
        "x": list(range(len(series.marks))),
        "y": [mark.value for mark in series.marks],
        "xaxis": f"x{number_of(at)}",
        "yaxis": f"y{number_of(at)}",
    } | hover(_say(series, mark) for mark in series.marks)
    if series.chart == "column":
        fills = [palette.ground if hollow else palette.first for hollow in part]
        edge = {"color": palette.first, "width": 1.5 if any(part) else 0}
        return {"type": "bar", "marker": {"color": fills, "line": edge}} | shared
    marker: Part = {
        "size": 6,
        "color": palette.first,
        "symbol": ["circle-open" if hollow else "circle" for hollow in part],
    }
    line: Part = {"line": {"width": 2, "color": palette.first}, "marker": marker}
    return {"type": "scatter", "mode": "lines+markers", "connectgaps": False} | line | shared


def _say(series: Series, mark: Mark) -> str:
    return f"{series.name}，{mark.label}：{mark.shown_text}{f'（{IN_PART}）' if mark.partial else ''}"


def _target(series: Series, palette: Palette, at: int) -> Part:
    number, level = number_of(at), series.target or 0.0
    line = dashed(palette) | {"width": 1}
    return straight((0, 1), (level, level), line, xref=f"x{number} domain", yref=f"y{number}")


def _name(series: Series, palette: Palette, at: int) -> Part:
    """Return the organisation's name over its drawing, and its last value under the name."""
    last = next((mark for mark in reversed(series.marks) if mark.value is not None), None)
    text = f"{last.text}{f' ○{IN_PART}' if last.partial else ''}" if last else series.marks[-1].absent or NO_DATA
    number = number_of(at)
    place = {"xref": f"x{number} domain", "yref": f"y{number} domain", "xanchor": "left", "align": "left"}
    words = f"<b>{shorten(series.name, _LONGEST)}</b><br>{text}"
    return written(words, 0, 1, palette, **place, font=small(palette) | {"color": palette.ink})


def _years(marks: tuple[Mark, ...]) -> Part:
    """Return the time axis with the years where they begin; with the ends alone if there is no whole year."""
    firsts = [place for place, mark in enumerate(marks) if begins_year(mark)]
    every = firsts or [0]
    words = [f"{marks[place].key[2:4]}年" if firsts else marks[place].label for place in every]
    shown = {"tickvals": every, "ticktext": words, "tickfont": {"size": SMALL}}
    return shown | {"showgrid": False, "range": [-0.6, len(marks) - 0.4]}
