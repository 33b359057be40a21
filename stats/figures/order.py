"""The order in which marks stand: by value, the largest first, equal ones by pinyin; what is not known comes last."""

from collections import Counter
from collections.abc import Iterable, Sequence

from stats.figure import Mark, Source
from stats.warehouse import run_query


def by_value(source: Source, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks in their order."""
    found = list(marks)
    places = _places_by_sound(source, found)
    return tuple(
        sorted(found, key=lambda mark: (mark.value is None, -(mark.value or 0.0), places.get(mark.label, 0), mark.key))
    )


def _places_by_sound(source: Source, marks: Sequence[Mark]) -> dict[str, int]:
    """Return the order of the names that share their value with another one."""
    counts = Counter(mark.value for mark in marks)
    names = [mark.label for mark in marks if counts[mark.value] > 1]
    rows = run_query(source.warehouse, "pinyin.sql", names=names) if names else []
    return {row["name"]: place for place, row in enumerate(rows)}
