"""Indicators under one another, each against its own target."""

from collections.abc import Sequence

from stats.catalogue.boards import RatesPanel
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.lines import measures_of, reading_lines
from stats.readings import Reading
from stats.readings.coverage_words import is_thin, say_reported
from stats.readings.sentences import judge, say_absence, say_movement, say_reading, say_target, say_when

_SHORT = ("behind", "open")  # not met, whether or not it is due
_IN_TITLE = 2  # indicators named in the title: they measure different things, so none is the highest


def make_rates(source: Source, panel: RatesPanel, view: Selection) -> Figure:
    """Return indicators in the order declared, each mark with its target and whether it is met."""
    readings = source.readings(view, panel.indicators)
    series = Series(
        name="数值", measure=readings[0].measure, marks=tuple(_mark(source, reading, view) for reading in readings)
    )
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=_title(source, readings),
        question=panel.question,
        series=(series,),
        measure=measures_of([series]),
        note=panel.note,
        indicator=panel.indicators[0],
        **reading_lines(source, view, readings),
    )


def _mark(source: Source, reading: Reading, view: Selection) -> Mark:
    indicator = source.catalogue.indicators[reading.indicator]
    verdict = judge(reading, indicator)
    target = reading.goal.value if reading.goal else None
    moved = say_movement(reading, indicator) if view.against else ""
    note = (say_target(reading, indicator), f"{verdict.state.sign} {verdict.words}".strip(), moved)
    return Mark(
        label=reading.name,
        value=reading.value,
        text=say_reading(reading, indicator),
        key=reading.indicator,
        target=target,
        note="，".join(part for part in note if part),
        verdict=verdict.state,
        absent=say_absence(reading) if reading.value is None else "",
    )


def _title(source: Source, readings: Sequence[Reading]) -> str:
    known = [reading for reading in readings if reading.value is not None]
    if not known:
        return _say_none(readings)
    aimed = [reading for reading in known if _say_rate(source, reading) != "none"]
    if aimed:
        return _say_aimed(source, aimed)
    first = sorted(known[:_IN_TITLE], key=lambda reading: -(reading.value or 0.0))
    by_time: dict[str, list[str]] = {}
    for reading in first:
        before = f"{say_when(reading)}，{_say_reporters(source, reading)}"
        by_time.setdefault(before, []).append(f"{reading.name}{_say_value(source, reading)}")
    return "；".join(f"{before}{'，'.join(values)}" for before, values in by_time.items())


def _say_none(readings: Sequence[Reading]) -> str:
    """Return that none of the indicators is known, and why: those of one reason together."""
    names: dict[str, dict[str, None]] = {}
    for reading in readings:
        names.setdefault(say_absence(reading), {})[reading.name] = None
    text = "；".join(f"{_say_names([*named])}{reason}" for reason, named in names.items())
    return f"{say_when(readings[0])}，{text}"


def _say_names(names: Sequence[str]) -> str:
    return "、".join(names[:_IN_TITLE]) + (f"等{len(names)}项" if len(names) > _IN_TITLE else "")


def _say_rate(source: Source, reading: Reading) -> str:
    """Return the state of a reading's target, as on screen; none where it has none or its time has not begun."""
    if not reading.judged or not reading.judged.clock.begun:
        return "none"
    return judge(reading, source.catalogue.indicators[reading.indicator]).state


def _say_aimed(source: Source, aimed: Sequence[Reading]) -> str:
    """Return how many of those with a target reached it, and which is furthest from its own, with how far."""
    when = say_when(aimed[0])
    held = [reading for reading in aimed if reading.judged and reading.judged.reason == "lacking"]
    short = [reading for reading in aimed if reading not in held and _say_rate(source, reading) in _SHORT]
    met = len(aimed) - len(held) - len(short)
    text = f"{when}，有目标的{len(aimed)}项{_say_met(len(aimed), met, len(held))}"
    if not short:
        return text
    furthest = max(short, key=lambda reading: abs(reading.judged.shortfall or 0.0) if reading.judged else 0.0)
    verdict = judge(furthest, source.catalogue.indicators[furthest.indicator]).words
    later = "" if say_when(furthest) == when else f"{say_when(furthest)}，"
    reporters, value = f"{later}{_say_reporters(source, furthest)}", _say_value(source, furthest)
    if len(short) > 1:
        return f"{text}；离目标最远的是{furthest.name}，{reporters}{value}，{verdict}"
    return f"{text}{'：' if len(aimed) == 1 else '；'}{reporters}{furthest.name}{value}，{verdict}"


def _say_met(count: int, met: int, held: int) -> str:
    waiting = f"，{held}项有报表没报、暂不判断" if held else ""
    if held == count:
        return "有报表没报，暂不判断"
    if held:
        return f"中{f'{met}项已达到' if met else '没有一项已达到'}{waiting}"
    if met in (0, count):
        return f"{'都' if count > 1 else ''}{'已达到' if met else '还没有达到'}"
    return f"中{met}项已达到"


def _say_value(source: Source, reading: Reading) -> str:
    return say_reading(reading, source.catalogue.indicators[reading.indicator])


def _say_reporters(source: Source, reading: Reading) -> str:
    catalogue = source.catalogue
    return say_reported(reading, catalogue) if is_thin(reading, catalogue.reporting.say_below) else ""
