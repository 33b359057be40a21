"""Parts: what items add up to for organisations, with who reported, in a span and the one it is compared with."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from stats.periods import Span
from stats.warehouse import Warehouse, run_query


@dataclass(frozen=True)
class Part:
    """What one item adds up to for one organisation, now and in the span it is compared with."""

    unit: str
    item: str
    stock: bool
    now: float | None
    before: float | None
    now_matched: float | None
    before_matched: float | None
    reported: int
    expected: int
    complete: bool
    as_of: int | None


def read_parts(
    warehouse: Warehouse, units: Sequence[str], span: Span, before: Span, items: Sequence[str] = ()
) -> dict[str, dict[str, Part]]:
    """Return what the named items, or all, add up to in a span and in the one before, by organisation and item."""
    parts: dict[str, dict[str, Part]] = defaultdict(dict)
    asked = {"units": list(units), "items": list(items), "first": span.first, "last": span.last}
    for row in run_query(warehouse, "read.sql", **asked, before_first=before.first, before_last=before.last):
        parts[row["unit"]][row["item"]] = Part(**row)
    return parts


@lru_cache(maxsize=500)  # a build never changes, and every figure of a form asks for it
def last_filed(warehouse: Warehouse, form: str, span: Span) -> int | None:
    """Return the last quarter of a span in which anyone at all filed a form; None when nobody did."""
    row = run_query(warehouse, "last_filed.sql", form=form, first=span.first, last=span.last)[0]
    period: int | None = row["period"]
    return period


def read_coverage(warehouse: Warehouse, form: str, unit: str, period: int) -> tuple[int, int]:
    """Return how many returns of a form came of how many expected, at and below an organisation in one quarter.

    What the county itself files covers every organisation below it.
    """
    row = run_query(warehouse, "coverage.sql", form=form, unit=unit, period=period)[0]
    return row["reported"], row["expected"]
