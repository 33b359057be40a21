"""The course of indicators over the quarters, each with its target."""

from collections.abc import Mapping, Sequence

from base.formats import say_value
from base.periods import Span, say_span
from stats.catalogue import Catalogue
from stats.catalogue.boards import CoursePanel
from stats.catalogue.models import Indicator
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.lines import measures_of, reading_lines
from stats.figures.moves import say_moves
from stats.organisations import periods
from stats.readings import Reading
from stats.readings.coverage_words import counts_kind, counts_reporters, is_thin, say_reported
from stats.readings.sentences import (
    of_like_seasons,
    say_absence,
    say_absent,
    say_done,
    say_end,
    say_movement,
    say_target,
    say_when,
)
from stats.totals.series import Point, absences, course_span, is_read_by_quarter, quarters_each, several_series

OWN_MARK = "单位总数"
_IN_TITLE = 2  # indicators named in the title


def make_course(source: Source, panel: CoursePanel, view: Selection) -> Figure:
    """Return indicators over all quarters from the first with data to the span's last.

    A stock or rate has its target as a line; a flow's target is for a year and can't be compared with a quarter.
    """
    codes = panel.indicators
    readings = source.readings(view, codes)
    quarters = course_span(source.warehouse, source.catalogue, codes, view.span)
    points = several_series(source.warehouse, source.catalogue, codes, view.unit, quarters)
    known = source.catalogue.indicators
    drawn = tuple(
        course_of(
            points[reading.indicator],
            reading,
            known[reading.indicator],
            quarters,
            absences(source.warehouse, source.catalogue, reading.indicator, view.unit, quarters),
            quarters_each(source.catalogue, known[reading.indicator]),
            periods(source.warehouse).like(quarters).first,
        )
        for reading in readings
    )
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=say_course(readings, points, source),
        question=panel.question or (source.catalogue.indicators[codes[0]].question if len(codes) == 1 else ""),
        series=drawn,
        measure=measures_of(drawn),
        note=panel.note,
        indicator=codes[0],
        **reading_lines(source, view, readings),
    )


def course_of(
    points: Sequence[Point],
    reading: Reading,
    indicator: Indicator,
    quarters: Span,
    absent: Mapping[int, str] | None = None,
    each: int = 1,
    since: int = 0,
) -> Series:
    """Return an indicator as a series over all of `quarters`; one without a value has None, and `absent` says why.

    What is of half-years or years has a mark for each of them, of which `each` is the number of quarters. Where there
    are points before `since`, when returns began, these are own totals, and the quarters between them have no mark.
    """
    by_period, why = {point.period: point for point in points}, absent or {}
    earlier = any(period < since for period in by_period)
    marks = tuple(
        _mark_of(by_period.get(period, Point(period, None, quarters=each)), reading, indicator, why.get(period))
        for period in range(quarters.first + each - 1, quarters.last + 1)
        if (period + 1) % each == 0 and (period in by_period or period >= since or not earlier)
    )
    goal = reading.goal.value if reading.goal and indicator.chart == "line" else None
    aimed = say_target(reading, indicator) if goal is not None else ""
    return Series(
        name=reading.name,
        measure=reading.measure,
        marks=marks,
        target=goal,
        target_text=aimed,
        chart=indicator.chart,
        indicator=indicator.code,
        by_quarter=is_read_by_quarter(indicator),
    )


def _mark_of(point: Point, reading: Reading, indicator: Indicator, why: str | None) -> Mark:
    return Mark(
        label=say_span(point.span),
        value=point.value,
        text=say_value(point.value, reading.measure, indicator.decimals),
        key=str(point.span.months),
        partial=point.partial,
        absent="" if why is None else say_absent(why),
        note=OWN_MARK if point.own else "",
    )


def say_course(readings: Sequence[Reading], points: Mapping[str, Sequence[Point]], source: Source) -> str:
    """Return the title: the first indicators that have data, with their values and the change of a stock.

    The change is measured from the span that the reader chose, not from the beginning of the course.
    """
    catalogue = source.catalogue
    shown = [reading for reading in readings if reading.value] or [
        reading for reading in readings if reading.value is not None
    ]
    shown = [reading for reading in shown if not _is_tautology(reading, catalogue)] or shown
    if not shown:
        return "；".join(_say_none(reading, points[reading.indicator], catalogue) for reading in readings[:_IN_TITLE])
    parts, before = [], ""
    for reading in shown[:_IN_TITLE]:
        when = f"{say_when(reading)}，{_say_reporters(reading, catalogue)}"
        parts.append(f"{'' if when == before else when}{_say_one(reading, source)}")
        before = when
    return "；".join(parts)


def _say_none(reading: Reading, points: Sequence[Point], catalogue: Catalogue) -> str:
    """Return why there is no value, with the last known value and its date."""
    known = [point for point in points if point.value is not None]
    indicator = catalogue.indicators[reading.indicator]
    if not known or indicator.chart == "column":
        return f"{say_when(reading)}，{reading.name}{say_absence(reading)}"
    text = say_value(known[-1].value, reading.measure, indicator.decimals)
    stock = any(item.time == "last" for item in catalogue.parts(indicator))
    then = say_end(known[-1].period) if stock else say_span(known[-1].span)
    return f"{reading.name}{say_when(reading)}{say_absence(reading)}（{then}为{text}）"


def _say_one(reading: Reading, source: Source) -> str:
    indicator = source.catalogue.indicators[reading.indicator]
    done = say_done(reading, indicator)
    if indicator.chart == "column" or not of_like_seasons(reading):
        return done
    lacking = reading.reported < reading.expected and counts_kind(reading, source.catalogue)
    moved = "" if lacking else say_movement(reading, indicator)
    parts = (done, moved, say_moves(source, reading, indicator))
    return "，".join(filter(None, parts))


def _say_reporters(reading: Reading, catalogue: Catalogue) -> str:
    return say_reported(reading, catalogue) if is_thin(reading, catalogue.reporting.say_below) else ""


def _is_tautology(reading: Reading, catalogue: Catalogue) -> bool:
    return bool(_say_reporters(reading, catalogue)) and counts_reporters(reading, catalogue)
