"""The course of indicators over the quarters, each with its target."""

from collections.abc import Sequence

from stats.catalogue_boards import CoursePanel
from stats.catalogue_models import Indicator
from stats.figure import Figure, Mark, Selection, Series, Source
from stats.figures.lines import measures_of, reading_lines
from stats.formats import NO_DATA, say_change, say_value
from stats.organisations import periods
from stats.periods import Span, format_quarter, say_quarter
from stats.readings import Reading
from stats.sentences import say_absence, say_end, say_reading, say_target, say_when
from stats.series import Point, several_series

_SAID = 2  # of how many indicators the title speaks


def make_course(source: Source, panel: CoursePanel, view: Selection) -> Figure:
    """Return indicators over all quarters from the first with data to the span's last.

    A stock or rate has its target as a line; a flow's target is for a year and no measure of a quarter.
    """
    codes = panel.indicators
    readings = source.readings(view, codes)
    quarters = Span(min(periods(source.warehouse).first, view.span.first), view.span.last)
    points = several_series(source.warehouse, source.catalogue, codes, view.unit, quarters)
    known = source.catalogue.indicators
    several = len(readings) > 1
    drawn = tuple(course_of(points[r.indicator], r, known[r.indicator], quarters) for r in readings)
    said = [say_course(points[r.indicator], r, known[r.indicator], several) for r in readings[:_SAID]]
    return Figure(
        panel.code,
        panel.kind,
        "；".join(said),
        panel.question or (source.catalogue.indicators[codes[0]].question if len(codes) == 1 else ""),
        drawn,
        measures_of(drawn),
        note=panel.note,
        indicator=codes[0],
        **reading_lines(source, view, readings),
    )


def course_of(points: Sequence[Point], reading: Reading, indicator: Indicator, quarters: Span) -> Series:
    """Return an indicator's quarters as a series over the whole of `quarters`; a quarter without returns has None."""
    by_period = {point.period: point.value for point in points}
    marks = tuple(
        Mark(
            say_quarter(period),
            by_period.get(period),
            say_value(by_period.get(period), reading.measure, indicator.decimals),
            format_quarter(period),
        )
        for period in range(quarters.first, quarters.last + 1)
    )
    goal = reading.goal.value if reading.goal and indicator.chart == "line" else None
    aimed = say_target(reading, indicator) if goal is not None else ""
    return Series(reading.name, reading.measure, marks, goal, aimed, indicator.chart)


def say_course(points: Sequence[Point], reading: Reading, indicator: Indicator, short: bool = False) -> str:
    """Return how an indicator went: from where to where, or how much it came to in the span."""
    known = [point for point in points if point.value is not None]
    if not known:
        return f"{reading.name}{NO_DATA}"
    if reading.value is None and indicator.chart == "line":
        told = say_value(known[-1].value, reading.measure, indicator.decimals)
        return f"{reading.name}{say_when(reading)}{say_absence(reading)}（{say_end(known[-1].period)}为{told}）"
    if len(known) < 2:
        return f"{reading.name}只有{say_quarter(known[0].period)}的数据，看不出走势"
    if indicator.chart == "column":
        said = say_absence(reading) if reading.value is None else say_reading(reading, indicator)
        return f"{say_when(reading)}{reading.name}{said}"
    first, last = known[0], known[-1]
    change = say_change((last.value or 0) - (first.value or 0), reading.measure, indicator.decimals)
    start, end = (say_value(point.value, reading.measure, indicator.decimals) for point in (first, last))
    if short:
        return f"{reading.name}{end}，比{say_quarter(first.period)}{change}"
    return f"{reading.name}从{say_quarter(first.period)}的{start}到{say_quarter(last.period)}的{end}，{change}"
