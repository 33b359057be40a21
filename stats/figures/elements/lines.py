"""The lines below a figure: organisation, time, base, coverage, source."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from base.formats import say_coverage
from base.periods import say_span
from stats.catalogue.models import Indicator, Item
from stats.figures.elements.figure_model import Selection, Series, Source
from stats.organisations import organisations_by_code
from stats.readings import Reading
from stats.readings.sentences import say_cover, say_end, say_when


class Lines(TypedDict):
    """The lines, under the names they have in Figure."""

    when: str
    who: str
    base: str
    coverage: str
    source: str


@dataclass(frozen=True)
class ItemTotal:
    """The total of an item: `now` in its unit (None: not known), the quarter of a stock, and the coverage."""

    now: float | None
    as_of: int | None
    reported: int
    expected: int


_NOT_BY_KIND = "（这张图不能按单位类别分，所列为全部）"


def say_who(source: Source, view: Selection, by_kind: bool = False) -> str:
    """Return the organisation and kind of a figure; says so if it can't be split by kind."""
    name = name_of(source, view.unit)
    if not view.kind:
        return f"单位：{name}"
    return f"单位：{name}，{source.catalogue.kinds[view.kind].name}" if by_kind else f"单位：{name}{_NOT_BY_KIND}"


def name_of(source: Source, unit: str) -> str:
    """Return an organisation's name, or its code when it is not in the register."""
    organisation = organisations_by_code(source.warehouse).get(unit)
    return organisation.name if organisation else unit


def say_time(as_of: int | None, view: Selection) -> str:
    """Return the time of an item: the end of the quarter a stock was taken from, or the whole span."""
    return say_span(view.span) if as_of is None else say_end(as_of)


def time_line(as_of: int | None, view: Selection) -> str:
    """Return the line of the time, with the span that is compared with if one was chosen."""
    against = f"，与{say_span(view.against)}相比" if view.against else ""
    return f"时间：{say_time(as_of, view)}{against}"


def source_line(source: Source, forms: Sequence[str]) -> str:
    """Return the line that names the returns and the build the numbers were read from."""
    names = "".join(f"《{source.catalogue.forms[form].name}》" for form in dict.fromkeys(forms))
    warehouse = source.warehouse
    built = f"，{warehouse.built_at[:16].replace('T', ' ')}汇总" if warehouse.built_at else ""
    return f"来源：{names}，第{warehouse.build:,}版数据{built}"


def cover_line(named_covers: Sequence[tuple[str, int, int]]) -> str:
    """Return the line of coverage from names with returns received and expected; one text if they all agree."""
    covers = list(dict.fromkeys((reported, expected) for _, reported, expected in named_covers))
    if len(covers) == 1 and covers[0][1] and not covers[0][0]:
        return f"报齐情况：{say_coverage(*covers[0])}，均未报送"
    lacking = "，未报的不在内" if any(reported < expected for reported, expected in covers) else ""
    if len(covers) == 1:
        return f"报齐情况：{say_coverage(*covers[0])}{lacking}"
    whole = [name for name, reported, expected in named_covers if reported == expected]
    parts = [
        f"{name}{say_coverage(reported, expected)}" for name, reported, expected in named_covers if reported < expected
    ]
    return (
        f"报齐情况：{'；'.join(parts)}{lacking}{'；其余已报齐' if whole and parts else ''}"
        if parts
        else "报齐情况：都已报齐"
    )


def base_line(readings: Sequence[Reading]) -> str:
    """Return the line of the bases; each with its indicator's name if there are several."""
    bases = dict.fromkeys(reading.base for reading in readings)
    if len(bases) == 1:
        return f"口径：{next(iter(bases))}"
    return "口径：" + "；".join(f"{reading.name}——{reading.base}" for reading in readings)


def reading_lines(source: Source, view: Selection, readings: Sequence[Reading], by_kind: bool = False) -> Lines:
    """Return the lines of a figure made of readings, by the names they have in Figure."""
    known = source.catalogue.indicators
    forms = [item.form for reading in readings for item in source.catalogue.parts(known[reading.indicator])]
    times = "、".join(dict.fromkeys(say_when(reading) for reading in readings))
    against = f"，与{say_span(view.against)}相比" if view.against else ""
    return {
        "when": f"时间：{times}{against}",
        "who": say_who(source, view, by_kind),
        "base": base_line(readings),
        "coverage": cover_of_readings(readings),
        "source": source_line(source, forms),
    }


def cover_of_readings(readings: Sequence[Reading]) -> str:
    """Return the line of coverage of readings; of those that the span is too short for, why they have none.

    Own totals are told apart from returns.
    """
    if any(reading.has_own for reading in readings):
        covers = dict.fromkeys(map(say_cover, readings))
        named = (f"{reading.name}{say_cover(reading)}" for reading in readings)
        return f"报齐情况：{next(iter(covers)) if len(covers) == 1 else '；'.join(named)}"
    known = [reading for reading in readings if reading.expected or not reading.absent] or list(readings)
    if all(reading.absent and not reading.expected for reading in known):
        return f"报齐情况：{'、'.join(dict.fromkeys(map(say_cover, known)))}"
    return cover_line([(reading.name, reading.reported, reading.expected) for reading in known])


def item_lines(source: Source, view: Selection, item: Item, whole: ItemTotal, by_kind: bool = False) -> Lines:
    """Return the lines of a figure made of one item, by the names they have in Figure."""
    indicator = counted_by(source, item)
    form = source.catalogue.forms[item.form]
    return {
        "when": time_line(whole.as_of, view),
        "who": say_who(source, view, by_kind),
        "base": f"口径：{indicator.base if indicator else f'{item.name}，以《{form.name}》为准'}",
        "coverage": cover_line([(item.name, whole.reported, whole.expected)]),
        "source": source_line(source, [item.form]),
    }


def counted_by(source: Source, item: Item) -> Indicator | None:
    """Return the indicator that equals this item, by which it can be traced; None when there is none."""
    return next(
        (
            indicator
            for indicator in source.catalogue.indicators.values()
            if indicator.numerator == item.code and not indicator.is_rate and indicator.summary == "total"
        ),
        None,
    )


def measures_of(series: Sequence[Series]) -> str:
    """Return the units of measure of several series, each once, as the line under the figure says them."""
    return "、".join(dict.fromkeys(series.measure for series in series))
