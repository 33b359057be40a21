"""Charts of several series for a PDF: bars and columns in segments, each series with a look of its own."""

from collections.abc import Iterator
from typing import Any

from stats.exports.charts.chart_model import Axis, Chart, ChartSeries
from stats.exports.page.chart import place_chart

_WIDE = 0.62  # a column's share of its quarter
_SHOWN = ("value", "end")

Part = dict[str, Any]


def place_segments(chart: Chart) -> Part:
    """Return a chart as data for Typst: one of a single series as `place_chart` does, others in segments.

    A segment runs from one share of the axis to another and has a `look`, the number of its series in the legend.
    """
    drawn = chart.drawn()
    shown = [series for series in drawn.series if series.role in _SHOWN]
    if drawn.shape == "line" or len(shown) == 1:
        return place_chart(chart) | {"legend": []}
    legend = [series.name for series in shown]
    if drawn.shape == "column":
        return {"shape": "columns", "legend": legend, "zero": _share(0.0, drawn.axis)} | _columns(drawn, shown)
    return {"shape": "segments", "legend": legend, "rows": list(_rows(drawn, shown))}


def _rows(chart: Chart, shown: list[ChartSeries]) -> Iterator[Part]:
    for at, name in enumerate(chart.categories):
        if chart.stacked:
            texts = [series.texts[at] for series in shown if series.values[at] is not None and series.labelled == "all"]
            yield {"name": name, "segments": _stacked(chart, at, shown), "text": "、".join(filter(None, texts))}
            continue
        for look, series in enumerate(shown):
            segments = _segment(chart.axis, 0.0, series.values[at], look)
            yield {"name": "" if look else name, "segments": segments, "text": series.texts[at]}


def _stacked(chart: Chart, at: int, shown: list[ChartSeries]) -> list[Part]:
    """Return the segments of one bar behind each other; a lift moves them without being seen."""
    segments: list[Part] = []
    base = 0.0
    for series in chart.series:
        value = series.values[at]
        if series in shown:
            segments += _segment(chart.axis, base, value, shown.index(series))
        base += value or 0.0
    return segments


def _columns(chart: Chart, shown: list[ChartSeries]) -> Part:
    """Return the segments of every column, upwards and downwards from zero, and the names below."""
    count = len(chart.categories)
    columns = []
    for at in range(count):
        ends = [0.0, 0.0]
        for look, series in enumerate(shown):
            value = series.values[at] or 0.0
            below = value < 0
            for segment in _segment(chart.axis, ends[below], series.values[at], look):
                columns.append(segment | {"x": (at + 0.5) / count, "wide": _WIDE / count})
            ends[below] += value
    names = [{"x": (at + 0.5) / count, "text": chart.categories[at]} for at in range(0, count, max(chart.skip, 4))]
    return {"columns": columns, "names": names}


def _segment(axis: Axis, base: float, value: float | None, look: int) -> list[Part]:
    """Return the segment of a value on a base; none of one that is not known or nothing."""
    if not value:
        return []
    low, high = sorted((_share(base, axis), _share(base + value, axis)))
    return [{"low": low, "high": high, "look": look}]


def _share(value: float, axis: Axis) -> float:
    return min(1.0, max(0.0, (value - axis.low) / (axis.high - axis.low)))
