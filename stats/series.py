"""Series: the course of one indicator, quarter by quarter."""

from collections import defaultdict
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


def series(warehouse: Warehouse, catalogue: Catalogue, code: str, unit: str, span: Span) -> list[Point]:
    """Return an indicator's value in each quarter of a span in which it was reported, oldest first."""
    indicator = catalogue.indicator(code)
    parts: dict[int, dict[str, float | None]] = defaultdict(dict)
    rows = run_query(warehouse, "series.sql", indicator=code, unit=unit, first=span.first, last=span.last)
    for row in rows:
        parts[row["period"]][row["role"]] = row["value"]
    return [
        Point(period, divide(indicator, roles.get("numerator"), roles.get("denominator")))
        for period, roles in sorted(parts.items())
    ]
