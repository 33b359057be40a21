"""The order of marks: by value, the largest first, equal ones by pinyin; unknown ones come last."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from stats.figures.elements.figure_model import Figure, Mark, Source
from stats.warehouse import Warehouse, run_query

_FIRST, _LAST = 40, 20  # organisations shown if there are too many
MOST_SHOWN = _FIRST + _LAST
_LISTS = 100  # lists of names whose order is cached: the same ones are in many figures


def first_and_last(figure: Figure) -> Figure:
    """Return a figure of very many organisations with only the first and the last of them, and a note that says so.

    Of a matrix the first are those that lack most. Downloads contain all of them.
    """
    if figure.kind == "matrix" and len(figure.series) > 1 + _FIRST:
        text = f"这里只列缺得最多的{_FIRST}个单位，全部{len(figure.series) - 1:,}个见下载的文件"
        return replace(figure, series=figure.series[: 1 + _FIRST], note=_and(figure.note, text))
    count = max((len(series.marks) for series in figure.series), default=0)
    if figure.kind not in ("areas", "ladder", "distances") or count <= MOST_SHOWN:
        return figure
    series = tuple(replace(series, marks=series.marks[:_FIRST] + series.marks[-_LAST:]) for series in figure.series)
    text = f"这里只列前{_FIRST}个和后{_LAST}个单位，全部{count:,}个见下载的文件"
    return replace(figure, series=series, note=_and(figure.note, text))


def ends_of(marks: Sequence[Mark]) -> tuple[tuple[Mark, ...], str]:
    """Return the first and the last of very many marks, for what each costs a reading, and a note that says so."""
    if len(marks) <= MOST_SHOWN:
        return tuple(marks), ""
    return (*marks[:_FIRST], *marks[-_LAST:]), f"只画前{_FIRST}个和后{_LAST}个单位，共{len(marks):,}个"


def _and(note: str, text: str) -> str:
    return "；".join(filter(None, (note, text)))


def by_value(source: Source, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks sorted."""
    listed = list(marks)
    places = _places_by_sound(source, listed)
    return tuple(
        sorted(listed, key=lambda mark: (mark.value is None, -(mark.value or 0.0), places.get(mark.label, 0), mark.key))
    )


def _places_by_sound(source: Source, marks: Sequence[Mark]) -> Mapping[str, int]:
    """Return the order of the names, if any share their value with another one."""
    counts = Counter(mark.value for mark in marks)
    if all(count == 1 for count in counts.values()):
        return {}
    return places_by_sound(source.warehouse, frozenset(mark.label for mark in marks))


@lru_cache(maxsize=_LISTS)
def places_by_sound(warehouse: Warehouse, names: frozenset[str]) -> Mapping[str, int]:
    """Return the position of each name in the order of their pronunciation (pinyin)."""
    rows = run_query(warehouse, "pinyin.sql", names=list(names))
    return {row["name"]: place for place, row in enumerate(rows)}
