"""Indicators under one another, each against its own target."""

from collections.abc import Sequence

from stats.catalogue_boards import RatesPanel
from stats.figure import Figure, Mark, Selection, Series, Source
from stats.figures.lines import measures_of, reading_lines
from stats.formats import NO_DATA
from stats.readings import Reading
from stats.sentences import judge, say_movement, say_reading, say_target, say_when

_SIGNS = {"met": "✓ ", "behind": "△ ", "open": "", "none": ""}
_SHORT = ("behind", "open")  # not met, whether or not it is due
_SAID = 2  # indicators named in the title: they measure different things, so none is the highest


def make_rates(source: Source, panel: RatesPanel, view: Selection) -> Figure:
    """Return indicators in the order declared, each mark with its target and whether it is met."""
    readings = source.readings(view, panel.indicators)
    series = Series("数值", readings[0].measure, tuple(_mark(source, reading, view) for reading in readings))
    return Figure(
        panel.code,
        panel.kind,
        _title(source, readings),
        panel.question,
        (series,),
        measures_of([series]),
        note=panel.note,
        indicator=panel.indicators[0],
        **reading_lines(source, view, readings),
    )


def _mark(source: Source, reading: Reading, view: Selection) -> Mark:
    indicator = source.catalogue.indicators[reading.indicator]
    verdict = judge(reading, indicator)
    target = reading.goal.value if reading.goal else None
    moved = say_movement(reading, indicator) if view.against else ""
    note = (say_target(reading, indicator), f"{_SIGNS[verdict.state]}{verdict.words}", moved)
    return Mark(
        reading.name,
        reading.value,
        say_reading(reading, indicator),
        reading.indicator,
        target,
        "，".join(part for part in note if part),
    )


def _title(source: Source, readings: Sequence[Reading]) -> str:
    known = [reading for reading in readings if reading.value is not None]
    when = say_when(readings[0])
    if not known:
        return f"{when}，{'、'.join(dict.fromkeys(reading.name for reading in readings[:2]))}等{NO_DATA}"
    indicators = source.catalogue.indicators
    begun = [reading for reading in known if reading.judged and reading.judged.clock.begun]
    states = [judge(reading, indicators[reading.indicator]).state for reading in begun]
    aimed = [state for state in states if state != "none"]
    if aimed:
        return f"{when}，{_say_met(aimed)}" + _say_furthest(source, begun)
    first = sorted(known[:_SAID], key=lambda reading: -(reading.value or 0.0))
    return f"{when}，" + "，".join(f"{found.name}{say_reading(found, indicators[found.indicator])}" for found in first)


def _say_met(states: Sequence[str]) -> str:
    met = states.count("met")
    if met in (0, len(states)) and len(states) > 1:
        return f"有目标的{len(states)}项{'都已达到' if met else '都还没有达到'}"
    return f"有目标的{len(states)}项中{met}项已达到"


def _say_furthest(source: Source, known: Sequence[Reading]) -> str:
    """Return the indicator furthest from its target, with how far; "" when all are met."""
    indicators = source.catalogue.indicators
    behind = [found for found in known if judge(found, indicators[found.indicator]).state in _SHORT and found.target]
    if not behind:
        return ""
    worst = min(behind, key=_share)
    indicator = indicators[worst.indicator]
    return f"；差得最远的是{worst.name}，{say_reading(worst, indicator)}，{judge(worst, indicator).words}"


def _share(reading: Reading) -> float:
    value = reading.value or 0.0
    return value / reading.target if reading.target else value
