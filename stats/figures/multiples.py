"""One indicator of the direct children of an organisation over the quarters: a series each, on one scale."""

from collections.abc import Sequence
from dataclasses import replace

from base.periods import Span
from stats.catalogue.boards import MultiplesPanel
from stats.figures.areas import compared_units, say_ends, say_group
from stats.figures.course import course_of
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.lines import reading_lines
from stats.figures.elements.order import by_value, ends_of
from stats.organisations import organisations_by_code, periods
from stats.readings import Reading
from stats.readings.levels import held_to
from stats.readings.sentences import say_absence, say_reading, say_when
from stats.totals import totals_of_each
from stats.totals.series import course_span, quarters_each, series_of_each


def make_multiples(source: Source, panel: MultiplesPanel, view: Selection) -> Figure:
    """Return one series an organisation over all quarters up to the span's last, the largest at its end first.

    A rate without a target of its own has that of the whole as its line.
    """
    indicator, shown = source.catalogue.indicator(panel.indicator), compared_units(source, view)
    whole_unit = shown[0].parent if shown else view.unit
    whole = source.readings(replace(view, unit=whole_unit), [indicator.code])[0]
    readings = _read(source, panel, view, [unit.code for unit in shown])
    marks = by_value(source, [_last(source, reading) for reading in readings.values()])
    quarters = course_span(source.warehouse, source.catalogue, [indicator.code], view.span)
    drawn, rest = ends_of(marks)
    series = _courses(source, [readings[mark.key] for mark in drawn], whole, quarters, view.span.last)
    known = [mark for mark in marks if mark.value is not None]
    head = f"{say_when(whole)}，{say_group(shown)}的{indicator.name}"
    ends = say_ends(known, indicator, whole.measure, len(marks) - len(known)) if known else ""
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=f"{head}，{ends}" if ends else f"{say_when(whole)}，各单位的{indicator.name}{say_absence(whole)}",
        question=panel.question or indicator.question,
        series=series,
        measure=whole.measure,
        note="；".join(filter(None, (panel.note, rest))),
        indicator=indicator.code,
        **reading_lines(source, view, [whole]),
    )


def _read(source: Source, panel: MultiplesPanel, view: Selection, units: list[str]) -> dict[str, Reading]:
    if not units:
        return {}
    return {reading.unit: reading for reading in source.unchanged_of(units, view, [panel.indicator])}


def _last(source: Source, reading: Reading) -> Mark:
    text = say_reading(reading, source.catalogue.indicators[reading.indicator])
    partial = reading.reported < reading.expected
    return Mark(label=reading.unit_name, value=reading.value, text=text, key=reading.unit, partial=partial)


def _courses(
    source: Source, readings: Sequence[Reading], whole: Reading, quarters: Span, last: int
) -> tuple[Series, ...]:
    warehouse, catalogue, code = source.warehouse, source.catalogue, whole.indicator
    units = [reading.unit for reading in readings]
    if whole.goal or any(reading.goal for reading in readings):
        totals_of_each(warehouse, units)  # each verdict needs those of its own organisation
    held = [held_to(warehouse, catalogue, reading, whole, last) for reading in readings]
    courses, named = series_of_each(warehouse, catalogue, code, units, quarters), organisations_by_code(warehouse)
    indicator, each = catalogue.indicators[code], quarters_each(catalogue, catalogue.indicators[code])
    drawn = [
        course_of(points, reading, indicator, quarters, absent, each, periods(warehouse).like(quarters).first)
        for reading, (points, absent) in zip(held, (courses[unit] for unit in units), strict=True)
    ]
    return tuple(replace(course, name=named[unit].name, key=unit) for course, unit in zip(drawn, units, strict=True))
