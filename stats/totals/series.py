"""Series: the course of one indicator, quarter by quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from base.periods import Span
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.totals import Counted, Totals, declared, totals_of
from stats.totals.coverage import divide
from stats.warehouse import Warehouse


@dataclass(frozen=True)
class Point:
    """An indicator's value in one quarter."""

    period: int
    value: float | None


@dataclass(frozen=True)
class Quarter:
    """An indicator's value in one quarter, with its change from the quarter before and from a year before."""

    period: int
    value: float | None
    change: float | None
    year_change: float | None


def by_quarter(points: Sequence[Point]) -> list[Quarter]:
    """Return a series with its changes, oldest first; a change is None if either value is unknown."""
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
    parts = [items[code] for code in (indicator.numerator, indicator.denominator) if code]
    forms = list(dict.fromkeys(part.form for part in parts))
    filed = {quarter for form in forms for quarter in totals.quarters(form)}
    asked = sorted(quarter for quarter in filed if span.first <= quarter <= span.last)
    beside = [next((form for form in forms if form != part.form), "") for part in parts]
    pairs = list(zip(parts, beside, strict=True))
    return [
        Point(quarter, _value(indicator, [totals.in_quarter(part, quarter, other) for part, other in pairs]))
        for quarter in asked
    ]


def _value(indicator: Indicator, parts: Sequence[float | None]) -> float | None:
    return divide(indicator, parts[0], parts[1] if len(parts) > 1 else None)


def _less(value: float | None, before: float | None) -> float | None:
    return None if value is None or before is None else value - before
