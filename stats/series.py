"""Series: the course of one indicator, quarter by quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stats.catalogue import Catalogue
from stats.catalogue_models import Indicator
from stats.periods import Span
from stats.readings import divide
from stats.totals import Counted, Totals, declared, totals_of
from stats.warehouse import Warehouse


@dataclass(frozen=True)
class Point:
    """An indicator's value in one quarter."""

    period: int
    value: float | None


@dataclass(frozen=True)
class Quarter:
    """An indicator's value in one quarter, and what it is more than in the quarter before and the one a year before."""

    period: int
    value: float | None
    change: float | None
    year_change: float | None


def by_quarter(points: Sequence[Point]) -> list[Quarter]:
    """Return a series with its changes, oldest first; a change is None where either value is not known."""
    values = {point.period: point.value for point in points}
    return [
        Quarter(point.period, point.value, _less(point.value, values.get(point.period - 1)),
                _less(point.value, values.get(point.period - 4)))
        for point in points
    ]  # fmt: skip


def series(warehouse: Warehouse, catalogue: Catalogue, code: str, unit: str, span: Span) -> list[Point]:
    """Return an indicator's value in each quarter of a span in which it was reported, oldest first."""
    return several_series(warehouse, catalogue, [code], unit, span)[code]


def several_series(
    warehouse: Warehouse, catalogue: Catalogue, codes: Sequence[str], unit: str, span: Span
) -> dict[str, list[Point]]:
    """Return the series of several indicators, by code."""
    totals, items = totals_of(warehouse, unit), declared(warehouse).items
    return {code: _points(catalogue.indicator(code), totals, items, span) for code in codes}


def _points(indicator: Indicator, totals: Totals, items: Mapping[str, Counted], span: Span) -> list[Point]:
    parts = [items[code] if code else None for code in (indicator.numerator, indicator.denominator)]
    filed = {quarter for part in parts if part for quarter in totals.quarters(part.form)}
    asked = sorted(quarter for quarter in filed if span.first <= quarter <= span.last)
    return [
        Point(quarter, divide(indicator, *(totals.in_quarter(part, quarter) if part else None for part in parts)))
        for quarter in asked
    ]


def _less(value: float | None, before: float | None) -> float | None:
    return None if value is None or before is None else value - before
