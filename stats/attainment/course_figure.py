"""The course of one target as a figure: value quarter by quarter, pace, forecast and target."""

from dataclasses import replace

from base.formats import say_value
from base.periods import Span, format_quarter, say_quarter
from stats.attainment import Attainment, earlier_attainments
from stats.attainment.attainment_words import say_forecast, say_needed, say_pace, say_reason, say_state_words
from stats.catalogue.models import Indicator
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, SeriesRole, Source
from stats.figures.elements.lines import reading_lines
from stats.judging.pace import should_be
from stats.readings.sentences import say_absence, say_end, say_reading, say_target

CODE, KIND = "aim", "aim"
REACHED, PACE, FORECAST, SUPPLIED = "实际", "按时间应达到", "预计", "补上没报的"
_NAMES = {SeriesRole.PACE: PACE, SeriesRole.SUPPLIED: SUPPLIED, SeriesRole.FORECAST: FORECAST}


def course_of_aim(source: Source, attainment: Attainment) -> Figure:
    """Return a target's course from its start to the quarter in which it is due.

    Series: the value (for a sum: since the year began), the pace, the value with missing returns imputed, and the
    forecast; the last two only if there are any. None without a number.
    """
    indicator = source.catalogue.indicators[attainment.goal.indicator]
    view = Selection(attainment.goal.unit, Span(attainment.clock.now, attainment.clock.now))
    lines = [
        say_forecast(attainment, indicator),
        say_needed(attainment, source.catalogue),
        say_reason(attainment, indicator),
    ]
    return Figure(
        code=CODE,
        kind=KIND,
        title=_say_title(attainment, indicator),
        question=f"{attainment.reading.name}按时间进度走到哪里了？",
        series=_series(source, attainment, indicator) if attainment.goal.value is not None else (),
        measure=attainment.reading.measure,
        note="；".join(line for line in lines if line),
        indicator=indicator.code,
        **reading_lines(source, view, [attainment.reading]),
    )


def _say_title(attainment: Attainment, indicator: Indicator) -> str:
    if attainment.goal.comparator == "task":
        return f"{attainment.reading.name}：{say_target(attainment.reading, indicator)}，{say_state_words(attainment)}"
    value = (
        say_absence(attainment.reading)
        if attainment.reading.value is None
        else say_reading(attainment.reading, indicator)
    )
    parts = (f"{attainment.reading.name}{value}", say_pace(attainment, indicator) or say_state_words(attainment))
    clock = attainment.clock
    return f"截至{say_end(min(clock.now, max(clock.due, clock.first)))}，{'，'.join(parts)}"


def _series(source: Source, attainment: Attainment, indicator: Indicator) -> tuple[Series, ...]:
    earlier = {
        attainment_then.clock.now: attainment_then
        for attainment_then in earlier_attainments(source.warehouse, source.catalogue, attainment)
    }
    quarters = range(attainment.clock.first - (attainment.way == "path"), attainment.clock.due + 1)
    reached = {quarter: earlier[quarter].reading.value if quarter in earlier else None for quarter in quarters}
    more = {
        quarter: attainment_then.supplied.value
        for quarter, attainment_then in earlier.items()
        if attainment_then.supplied
    }
    heads = {attainment.clock.due: attainment.forecast.value} if attainment.forecast else {}
    paces = {quarter: _pace(attainment, quarter) for quarter in quarters}
    first = _marks(reached, attainment, indicator)
    goal = say_target(attainment.reading, indicator)
    return (
        Series(
            name=REACHED,
            measure=attainment.reading.measure,
            marks=first,
            target=attainment.goal.value,
            target_text=goal,
        ),
        *(
            Series(
                name=_NAMES[role],
                measure=attainment.reading.measure,
                marks=_marks({q: known.get(q) for q in quarters}, attainment, indicator),
                role=role,
            )
            for role, known in (
                (SeriesRole.PACE, paces),
                (SeriesRole.SUPPLIED, more),
                (SeriesRole.FORECAST, heads),
            )
            if any(value is not None for value in known.values())
        ),
    )


def _pace(attainment: Attainment, quarter: int) -> float | None:
    """Return the expected value at a quarter's end; a straight line begins at its starting value."""
    if quarter < attainment.clock.first:
        return attainment.start
    return should_be(
        attainment.way,
        attainment.start,
        attainment.goal.value or 0.0,
        replace(attainment.clock, now=quarter),
        attainment.shares,
    )


def _marks(values: dict[int, float | None], attainment: Attainment, indicator: Indicator) -> tuple[Mark, ...]:
    return tuple(
        Mark(
            label=say_quarter(quarter),
            value=value,
            text=say_value(value, attainment.reading.measure, indicator.decimals),
            key=format_quarter(quarter),
        )
        for quarter, value in values.items()
    )
