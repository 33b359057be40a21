"""Corrections since: how many files changed the data behind a figure after it was given out.

A correction is a file taken in after the build that the figure came from, for a return that had come before, with
other values of what the figure counts; each file is one, however many cells it changed. A return that came late is none
and is counted apart. Where a figure has changed without either, its files were withdrawn or its
definition changed, and the number of corrections is not known.
"""

from dataclasses import dataclass

from base.month_spans import QUARTER
from base.periods import parse_span
from stats.papers.cited_figures import Registered, files_taken_in
from stats.readings import Reading
from stats.warehouse import Warehouse, run_query


@dataclass(frozen=True)
class CorrectionsSince:
    """How many files corrected the data behind a figure and how many brought late returns; None for not known."""

    corrected: int | None
    late: int = 0


def corrections_since(registered: Registered, now: Reading, warehouse: Warehouse) -> CorrectionsSince:
    """Return how often the data behind a figure were corrected between its registration and a reading of it now."""
    since = files_taken_in(warehouse.store, registered.build, warehouse.build)
    span = parse_span(registered.span)
    first, last = (
        (now.as_of, now.as_of) if now.as_of is not None else (span.months.first // QUARTER, span.months.last // QUARTER)
    )
    arguments = {"indicator": registered.subject, "unit": registered.unit, "first": first, "last": last}
    rows = run_query(warehouse, "corrections.sql", since=since, **arguments) if since else []
    corrected = sum(row["corrects"] for row in rows)
    if not rows and registered.value != now.value:
        return CorrectionsSince(None)
    return CorrectionsSince(corrected, len(rows) - corrected)


def say_corrections(since: CorrectionsSince, registered: Registered, now: Reading) -> str:
    """Return the count in words, without a stop: 其间数据更正过2次."""
    was = "" if registered.value == now.value else f"，当时是{registered.text}"
    if since.corrected is None:
        return f"其间数据有变动{was}；撤回过报表，或者改过口径，更正次数查不出来"
    late = f"，另有{since.late}份报表是后来才报的" if since.late else ""
    return f"其间数据更正过{since.corrected}次{late}{was}"
