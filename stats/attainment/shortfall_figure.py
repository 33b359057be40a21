"""Shortfall figure: the organisations that would close a shortfall, to be shown, traced and downloaded."""

from collections.abc import Callable, Sequence
from itertools import accumulate

from base.formats import MISSING, PERCENT, say_lack, say_value
from base.periods import Span
from stats.attainment import Attainment
from stats.attainment.shortfall import Candidate, Closing
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.lines import reading_lines
from stats.readings.sentences import say_target

CODE = "closing"
_PEOPLE = "人"


def list_candidates(source: Source, attainment: Attainment, closing: Closing) -> Figure:
    """Return the fewest organisations that would reach a target as rows, with a title that states the result."""
    indicator = source.catalogue.indicators[attainment.goal.indicator]
    measure, decimals = attainment.reading.measure, indicator.decimals
    view = Selection(attainment.goal.unit, Span(attainment.clock.now, attainment.clock.now))
    columns = (
        _words("名称", closing.chosen, lambda candidate: candidate.name),
        _words("所在乡镇、园区、系统", closing.chosen, lambda candidate: candidate.area),
        _words("要做的事", closing.chosen, lambda candidate: candidate.move),
        _numbers("能增加", closing.measure, [candidate.adds for candidate in closing.chosen]),
        *_sizes(closing.chosen),
        _words_of("做到这里合计", [say_value(value, measure, decimals) for value in _on_the_way(attainment, closing)]),
    )
    return Figure(
        code=CODE,
        kind="records",
        title=say_closing(source, attainment, closing),
        question="差在哪里，最少要抓哪几家？",
        series=columns if closing.chosen else (),
        measure="",
        note=closing.note,
        indicator=indicator.code,
        cells=tuple(candidate.cell for candidate in closing.chosen),
        **reading_lines(source, view, [attainment.reading]),
    )


def say_closing(source: Source, attainment: Attainment, closing: Closing) -> str:
    """Return the effect of the list: 若这22家都建立工会，企业法人单位建会率可到80.0%（2012年目标≥80.0%）."""
    indicator = source.catalogue.indicators[attainment.goal.indicator]
    if closing.why_not or closing.after is None:
        return f"{attainment.reading.name}：{closing.why_not or '没有数据，算不出来。'}"
    moves = "或".join(dict.fromkeys(candidate.move for candidate in closing.chosen))
    value = say_value(closing.after, attainment.reading.measure, indicator.decimals)
    target = say_target(attainment.reading, indicator)
    among = "个单位" if any(candidate.name == candidate.area for candidate in closing.chosen) else "家"
    text = f"若这{len(closing.chosen):,}{among}都{moves}，{attainment.reading.name}可到{value}（{target}）"
    if closing.enough or attainment.goal.value is None:
        return text
    short = say_lack(attainment.goal.value - closing.after, attainment.reading.measure, indicator.decimals)
    return f"{text}，名单上的全部做到也还差{short}"


def _on_the_way(attainment: Attainment, closing: Closing) -> list[float | None]:
    """Return the cumulative value after each row of the list."""
    reading, sums = attainment.reading, list(accumulate(candidate.adds for candidate in closing.chosen))
    if reading.measure != PERCENT and reading.denominator is None:
        return [None if reading.value is None else reading.value + total for total in sums]
    top, under = reading.numerator, reading.denominator
    return [None if top is None or not under else (top + total) / under for total in sums]


def _words(name: str, chosen: Sequence[Candidate], say: Callable[[Candidate], str]) -> Series:
    return Series(
        name=name,
        measure="",
        marks=tuple(
            Mark(label=say(candidate), value=None, text=say(candidate), key=candidate.unit) for candidate in chosen
        ),
    )


def _words_of(name: str, texts: Sequence[str]) -> Series:
    return Series(name=name, measure="", marks=tuple(Mark(label=words, value=None, text=words) for words in texts))


def _numbers(name: str, measure: str, values: Sequence[float]) -> Series:
    return Series(
        name=name,
        measure=measure,
        marks=tuple(Mark(label="", value=value, text=say_value(value, measure)) for value in values),
    )


def _sizes(chosen: Sequence[Candidate]) -> tuple[Series, ...]:
    """Return the size of each, if any row states it."""
    if all(candidate.size is None for candidate in chosen):
        return ()
    marks = (
        Mark(
            label="",
            value=candidate.size,
            text=MISSING if candidate.size is None else say_value(candidate.size, _PEOPLE),
        )
        for candidate in chosen
    )
    return (Series(name="职工人数", measure=_PEOPLE, marks=tuple(marks)),)
