"""Series: the course of one indicator, quarter by quarter."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from stats.catalogue import Catalogue
from stats.periods import Span
from stats.readings import divide
from stats.warehouse import Warehouse, run_query


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
    indicators = {code: catalogue.indicator(code) for code in codes}
    parts: dict[str, dict[int, dict[str, float | None]]] = {code: defaultdict(dict) for code in codes}
    rows = run_query(warehouse, "series.sql", indicators=list(codes), unit=unit, first=span.first, last=span.last)
    for row in rows:
        parts[row["indicator"]][row["period"]][row["role"]] = row["value"]
    return {
        code: [
            Point(period, divide(indicators[code], roles.get("numerator"), roles.get("denominator")))
            for period, roles in sorted(found.items())
        ]
        for code, found in parts.items()
    }


def _less(value: float | None, before: float | None) -> float | None:
    return None if value is None or before is None else value - before
