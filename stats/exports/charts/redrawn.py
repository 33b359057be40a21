"""Redrawn: whether the charts of a paper still draw the registered numbers."""

from collections.abc import Iterable, Mapping

from base.formats import say_exact
from stats.catalogue import Catalogue
from stats.exports.charts.chart_model import Chart
from stats.exports.charts.from_figure import charts_of
from stats.papers.chart_numbers import Drawn
from stats.papers.cited_figures import Registered
from stats.papers.recheck import figure_of
from stats.papers.retyped import Retyped
from stats.warehouse import Warehouse

_TOLERANCE = 1e-6


def redrawn(
    drawn: Iterable[Drawn], known: Mapping[str, Registered], warehouse: Warehouse, catalogue: Catalogue
) -> dict[str, list[Retyped]]:
    """Return by reference the numbers a chart draws differently; a chart with corrected data can't be compared."""
    drawn_of: dict[str, list[Drawn]] = {}
    for number in drawn:
        if number.ref in known:
            drawn_of.setdefault(number.ref, []).append(number)
    by_reference: dict[str, list[Retyped]] = {}
    for ref, numbers in drawn_of.items():
        figure = figure_of(warehouse, catalogue, known[ref])
        points = _points(charts_of(figure)) if figure else {}
        wrong = [wrong_number for number in numbers for wrong_number in _held(number, points)]
        if wrong:
            by_reference[ref] = wrong
    return by_reference


def _points(charts: Iterable[Chart]) -> dict[tuple[str, int], tuple[str, float | None, str]]:
    """Return what should be drawn by series and point: the point's name, its value and its unit of measure."""
    return {
        (series.name, at): (name, series.values[at], chart.measure)
        for chart in (chart.drawn() for chart in charts)
        for series in chart.series
        for at, name in enumerate(chart.categories)
    }


def _held(number: Drawn, points: Mapping[tuple[str, int], tuple[str, float | None, str]]) -> list[Retyped]:
    if (number.series, number.point) not in points:
        return []
    name, value, measure = points[number.series, number.point]
    if value is not None and abs(value - number.value) <= _TOLERANCE * max(1.0, abs(value)):
        return []
    where = f"图中{number.series}（{name}）"
    share = 100 if measure == "%" else 1
    drawn, registered = (say_exact(each if each is None else each * share, measure) for each in (number.value, value))
    return [Retyped(f"{where}{drawn}", registered)]
