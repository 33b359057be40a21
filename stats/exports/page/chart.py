"""A chart of the one-page brief: the positions of its marks as shares of width and height, for Typst to draw."""

from typing import Any

from stats.drawing.elements.axis import say_tick
from stats.exports.charts.chart_model import Axis, Chart, ChartSeries

_LETTERS = {12: 0.85, 20: 0.78}  # sizes of the letters beside bars, by how many bars there are at most
_LEAST_LETTERS = 0.7
_MOST_TICKS = 5
_WIDE = 0.62  # a column's share of its quarter

Part = dict[str, Any]


def place_chart(chart: Chart) -> Part:
    """Return the chart as data: bars as rows, a course as points between 0 and 1; what is not known has no place."""
    drawn = chart.drawn()
    return _bars(drawn) if drawn.shape == "bar" else _course(drawn)


def _bars(chart: Chart) -> Part:
    values = chart.series[0]
    targets = _target(chart)
    rows = [
        {
            "name": name,
            "value": _share(value, chart.axis),
            "target": _share(targets.values[at] if targets else None, chart.axis),
            "text": values.texts[at],
        }
        for at, (name, value) in enumerate(zip(chart.categories, values.values, strict=True))
    ]
    letters = next((size for most, size in _LETTERS.items() if len(rows) <= most), _LEAST_LETTERS)
    return {"shape": "bar", "rows": rows, "letters": letters}


def _course(chart: Chart) -> Part:
    values, targets = chart.series[0], _target(chart)
    count = len(values.values)
    shares = [_share(value, chart.axis) for value in values.values]
    points: list[Part | None] = [
        None if share is None else {"x": (at + 0.5) / count, "y": share, "hollow": at in chart.hollow}
        for at, share in enumerate(shares)
    ]
    known = [point for point in points if point]
    columns = [point | {"wide": _WIDE / count} for point in known] if chart.shape == "column" else []
    aimed = _share(targets.values[0], chart.axis) if targets else None
    return {
        "shape": "course",
        "ticks": _ticks(chart),
        "columns": columns,
        "lines": [] if columns else _pieces(points),
        "target": None if aimed is None or targets is None else {"at": aimed, "text": targets.name},
        "labels": [point | {"text": text} for at, text in values.labels().items() if (point := points[at])],
        "names": _names(chart),
    }


def _target(chart: Chart) -> ChartSeries | None:
    return next((series for series in chart.series if series.role == "target"), None)


def _share(value: float | None, axis: Axis) -> float | None:
    return None if value is None else (value - axis.low) / (axis.high - axis.low)


def _pieces(points: list[Part | None]) -> list[list[Part]]:
    """Return the points in runs without a gap."""
    pieces: list[list[Part]] = [[]]
    for point in points:
        if point:
            pieces[-1].append(point)
        elif pieces[-1]:
            pieces.append([])
    return [piece for piece in pieces if piece]


def _ticks(chart: Chart) -> list[Part]:
    axis = chart.axis
    count = round((axis.high - axis.low) / axis.step)
    every = -(-count // _MOST_TICKS)
    values = [axis.low + number * axis.step for number in range(0, count + 1, every)]
    largest = max(abs(axis.low), abs(axis.high))
    return [{"at": _share(value, axis), "text": say_tick(value, chart.measure, largest)} for value in values]


def _names(chart: Chart) -> list[Part]:
    """Return the names along the axis: the years in their middle, or every so many quarters."""
    groups, count, at = chart.grouped(), len(chart.categories), 0
    if not groups[0][1]:
        shown = range(0, count, chart.skip)
        return [{"x": (place + 0.5) / count, "text": chart.categories[place]} for place in shown]
    names = []
    for year, quarters in groups:
        names.append({"x": (at + len(quarters) / 2) / count, "text": year})
        at += len(quarters)
    return names
