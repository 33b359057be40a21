"""The order in which marks stand: by value, the largest first, equal ones by pinyin; what is not known comes last."""

from collections.abc import Iterable

from stats.figure import Mark, Source
from stats.warehouse import run_query


def by_value(source: Source, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks in their order."""
    found = list(marks)
    rows = run_query(source.warehouse, "pinyin.sql", names=[mark.label for mark in found])
    places = {row["name"]: place for place, row in enumerate(rows)}
    return tuple(
        sorted(found, key=lambda mark: (mark.value is None, -(mark.value or 0.0), places[mark.label], mark.key))
    )
