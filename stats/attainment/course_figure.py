"""The course of one target as a figure: value quarter by quarter, pace, forecast and target."""

from dataclasses import replace

from base.formats import say_value
from base.periods import Span, format_quarter, say_quarter
from stats.attainment import Attainment, earlier_attainments
from stats.attainment.attainment_words import say_forecast, say_needed, say_pace, say_reason, say_state_words
from stats.catalogue.models import Indicator
from stats.figures.figure_model import Figure, Mark, Selection, Series, SeriesRole, Source
from stats.figures.lines import reading_lines
from stats.judging.pace import should_be
from stats.readings.sentences import say_absence, say_end, say_reading, say_target

CODE, KIND = "aim", "aim"
REACHED, PACE, FORECAST, SUPPLIED = "实际", "序时应达到", "预计", "补上没报的"
_NAMES = {SeriesRole.PACE: PACE, SeriesRole.SUPPLIED: SUPPLIED, SeriesRole.FORECAST: FORECAST}


def course_of_aim(source: Source, found: Attainment) -> Figure:
    """Return a target's course from its start to the quarter in which it is due.

    Series: the value (for a sum: since the year began), the pace, the value with missing returns imputed, and the
    forecast; the last two only if there are any. None without a number.
    """
    indicator = source.catalogue.indicators[found.goal.indicator]
    view = Selection(found.goal.unit, Span(found.clock.now, found.clock.now))
    lines = [say_forecast(found, indicator), say_needed(found, source.catalogue), say_reason(found, indicator)]
    return Figure(
        code=CODE,
        kind=KIND,
        title=_say_title(found, indicator),
        question=f"{found.reading.name}按序时走到哪里了？",
        series=_series(source, found, indicator) if found.goal.value is not None else (),
        measure=found.reading.measure,
        note="；".join(line for line in lines if line),
        indicator=indicator.code,
        **reading_lines(source, view, [found.reading]),
    )


def _say_title(found: Attainment, indicator: Indicator) -> str:
    if found.goal.comparator == "task":
        return f"{found.reading.name}：{say_target(found.reading, indicator)}，{say_state_words(found)}"
    value = say_absence(found.reading) if found.reading.value is None else say_reading(found.reading, indicator)
    said = (f"{found.reading.name}{value}", say_pace(found, indicator) or say_state_words(found))
    return f"截至{say_end(min(found.clock.now, max(found.clock.due, found.clock.first)))}，{'，'.join(said)}"


def _series(source: Source, found: Attainment, indicator: Indicator) -> tuple[Series, ...]:
    past = {one.clock.now: one for one in earlier_attainments(source.warehouse, source.catalogue, found)}
    quarters = range(found.clock.first - (found.way == "path"), found.clock.due + 1)
    reached = {quarter: past[quarter].reading.value if quarter in past else None for quarter in quarters}
    more = {quarter: one.supplied.value for quarter, one in past.items() if one.supplied}
    heads = {found.clock.due: found.forecast.value} if found.forecast else {}
    asked = {quarter: _pace(found, quarter) for quarter in quarters}
    first = _marks(reached, found, indicator)
    goal = say_target(found.reading, indicator)
    return (
        Series(name=REACHED, measure=found.reading.measure, marks=first, target=found.goal.value, target_text=goal),
        *(
            Series(
                name=_NAMES[role],
                measure=found.reading.measure,
                marks=_marks({q: known.get(q) for q in quarters}, found, indicator),
                role=role,
            )
            for role, known in (
                (SeriesRole.PACE, asked),
                (SeriesRole.SUPPLIED, more),
                (SeriesRole.FORECAST, heads),
            )
            if any(value is not None for value in known.values())
        ),
    )


def _pace(found: Attainment, quarter: int) -> float | None:
    """Return the expected value at a quarter's end; a straight line begins at its starting value."""
    if quarter < found.clock.first:
        return found.start
    return should_be(found.way, found.start, found.goal.value or 0.0, replace(found.clock, now=quarter), found.shares)


def _marks(values: dict[int, float | None], found: Attainment, indicator: Indicator) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            label=say_quarter(quarter),
            value=value,
            text=say_value(value, found.reading.measure, indicator.decimals),
            key=format_quarter(quarter),
        )
        for quarter, value in values.items()
    )
