"""The direct children of an organisation by indicators: each value with its distance to the target, or to the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from base.formats import MISSING, PERCENT, say_lack, say_value
from stats.catalogue.arranged_boards import named_on
from stats.catalogue.boards import DistancesPanel
from stats.catalogue.models import Indicator
from stats.figures.areas import compared_units, say_group
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.lines import measures_of, name_of, reading_lines
from stats.figures.elements.order import MOST_SHOWN
from stats.judging.verdicts import VerdictState
from stats.organisations import Organisation, organisations_by_code
from stats.readings import Reading
from stats.readings.levels import distance_to, distance_to_target, held_to, say_side, totals_ahead
from stats.readings.origins import of_own
from stats.readings.sentences import Verdict, judge, say_absent, say_cover, say_reading, say_target, say_when
from stats.readings.standings import SMALL_BASE, is_on_small_base
from stats.totals import totals_of_each

_BEHIND, _ITEMS, _COUNTY = "落后的项数", "项", "全县"
_RULE = "定了目标的与目标比，没有定目标的比率与{whole}比；数目没有目标的只列占{whole}的份额；{small}的比率不比"


def make_distances(source: Source, panel: DistancesPanel, view: Selection) -> Figure:
    """Return how many figures each organisation is behind in as the first series, then one series an indicator.

    A rate without a target of its own is held against that of the whole, which is the organisation that those shown
    are part of. Those that are behind in most figures come first.
    """
    asked = named_on(panel, source.catalogue.indicators.values())
    indicators = [source.catalogue.indicator(code) for code in asked]
    shown = compared_units(source, view)
    codes, whole = [indicator.code for indicator in indicators], shown[0].parent if shown else view.unit
    above = source.readings(replace(view, unit=whole), codes)
    below = _read(source, view, [unit.code for unit in shown], codes)
    held, named = _hold(source, above, below, view.span.last), _name_whole(source, whole)
    columns = [
        _column(source, reading, [held[unit.code, reading.indicator] for unit in shown], named) for reading in above
    ]
    series = _worst_first((_counted(shown, columns), *columns))
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=_title(above, shown, series[0].marks),
        question=panel.question,
        series=series,
        measure=measures_of(series),
        note="；".join(filter(None, (_RULE.format(whole=named, small=SMALL_BASE), panel.note))),
        **reading_lines(source, view, above),
    )


def _read(
    source: Source, view: Selection, units: Sequence[str], codes: Sequence[str]
) -> Mapping[tuple[str, str], Reading]:
    """Return the readings by organisation and indicator."""
    if not units:
        return {}
    if len(units) <= MOST_SHOWN:
        totals_of_each(source.warehouse, units)  # each verdict needs those of its own organisation
    return {(reading.unit, reading.indicator): reading for reading in source.unchanged_of(units, view, codes)}


def _hold(
    source: Source, above: Sequence[Reading], below: Mapping[tuple[str, str], Reading], last: int
) -> dict[tuple[str, str], Reading]:
    """Return the readings with the targets that they are held to, those of one organisation after the other."""
    rates = {code for code, indicator in source.catalogue.indicators.items() if indicator.is_rate}
    units = list(dict.fromkeys(unit for unit, _ in below))
    aimed = any(whole.goal and whole.indicator in rates for whole in above)
    return {
        (unit, whole.indicator): held_to(source.warehouse, source.catalogue, below[unit, whole.indicator], whole, last)
        for unit in (totals_ahead(source.warehouse, units) if aimed else units)
        for whole in above
    }


def _name_whole(source: Source, code: str) -> str:
    whole = organisations_by_code(source.warehouse)[code]
    return _COUNTY if whole.level == "county" else name_of(source, code)


def _column(source: Source, whole: Reading, held: Sequence[Reading], named: str) -> Series:
    indicator = source.catalogue.indicators[whole.indicator]
    aimed = indicator.is_rate and whole.goal is not None and whole.goal.value is not None
    return Series(
        name=indicator.name,
        measure=whole.measure,
        marks=tuple(_mark(source, reading, whole, named) for reading in held),
        target=whole.goal.value if whole.goal and aimed else None,
        target_text=say_target(whole, indicator) if aimed else "",
        indicator=indicator.code,
    )


def _mark(source: Source, reading: Reading, whole: Reading, named: str) -> Mark:
    if reading.value is None:
        absent = say_absent(reading.absent, reading.expected)
        return Mark(label=reading.unit_name, value=None, text=MISSING, key=reading.unit, absent=absent)
    indicator = source.catalogue.indicators[reading.indicator]
    note, behind, verdict = _distance(source, reading, whole, named)
    partial = reading.reported < reading.expected
    return Mark(
        label=reading.unit_name,
        value=reading.value,
        text=say_reading(reading, indicator),
        key=reading.unit,
        target=reading.goal.value if reading.goal else None,
        note="，".join(filter(None, (note, say_cover(reading) if partial else of_own(reading)))),
        verdict=verdict,
        partial=partial,
        behind=behind,
    )


def _distance(source: Source, reading: Reading, whole: Reading, named: str) -> tuple[str, float | None, VerdictState]:
    """Return the distance in words with its sign, how far it is behind, and whether that is late."""
    indicator = source.catalogue.indicators[reading.indicator]
    own = reading.goal is not None and reading.goal.unit == reading.unit
    if not own and is_on_small_base(reading.measure, reading.denominator):
        return f"{SMALL_BASE}，不比", None, VerdictState.NONE
    if reading.goal:
        return _to_target(source, reading, judge(reading, indicator))
    if not indicator.is_rate:
        return _say_share(reading, whole, indicator, named), None, VerdictState.NONE
    distance = distance_to(source.catalogue, reading, whole.value) if whole.value is not None else None
    if distance is None:
        return "", None, VerdictState.NONE
    state = VerdictState.BEHIND if distance.behind else VerdictState.NONE
    short = (
        None
        if distance.behind is None
        else distance.difference
        if indicator.direction == "up"
        else -distance.difference
    )
    return say_side(reading, distance, named, indicator.decimals), short, state


def _to_target(source: Source, reading: Reading, verdict: Verdict) -> tuple[str, float | None, VerdictState]:
    distance = distance_to_target(source.catalogue, reading)
    if distance is None:
        return f"{verdict.state.sign} {verdict.words}".strip(), None, verdict.state
    if not distance.behind:
        late = verdict.state == VerdictState.BEHIND
        return ("△ 预计难以保持" if late else "✓ 达到目标"), -abs(distance.difference), verdict.state
    indicator = source.catalogue.indicators[reading.indicator]
    size = say_lack(abs(distance.difference), reading.measure, indicator.decimals)
    words = f"{verdict.state.sign} {'离目标差' if distance.difference > 0 else '高出目标'}{size}".strip()
    open_ended = reading.judged is not None and reading.judged.reason == "lacking"
    return f"{words}{'，未报齐暂不判断' if open_ended else ''}", abs(distance.difference), verdict.state


def _say_share(reading: Reading, whole: Reading, indicator: Indicator, named: str) -> str:
    """Return the share that a count has of the whole's; "" for what does not add up."""
    if indicator.summary != "total" or not whole.value or reading.value is None:
        return ""
    return f"占{named}{say_value(reading.value / whole.value, PERCENT, 1)}"


def _counted(shown: Sequence[Organisation], columns: Sequence[Series]) -> Series:
    """Return in how many figures each organisation is behind."""
    marks = []
    for at, unit in enumerate(shown):
        cells = [column.marks[at] for column in columns]
        held = sum(cell.behind is not None or cell.verdict != VerdictState.NONE for cell in cells)
        late = float(sum(cell.verdict == VerdictState.BEHIND for cell in cells))
        marks.append(
            Mark(
                label=unit.name,
                value=late if held else None,
                text=say_value(late, _ITEMS),
                key=unit.code,
                note=f"共比{held}项" if held else "",
                absent="" if held else "没有可比的数",
                behind=late if held else None,
            )
        )
    return Series(name=_BEHIND, measure=_ITEMS, marks=tuple(marks))


def _worst_first(series: Sequence[Series]) -> tuple[Series, ...]:
    counts = series[0].marks
    order = sorted(range(len(counts)), key=lambda at: (counts[at].value is None, -(counts[at].value or 0.0)))
    return tuple(replace(column, marks=tuple(column.marks[at] for at in order)) for column in series)


def _title(above: Sequence[Reading], shown: Sequence[Organisation], counts: Sequence[Mark]) -> str:
    when = say_when(above[0]) if above else ""
    known = [mark for mark in counts if mark.value is not None]
    if not known:
        return f"{when}，各单位的主要数字还没有可比的"
    most, least = (pick(mark.value or 0.0 for mark in known) for pick in (max, min))
    head = f"{when}，{say_group(shown)}的{len(above)}项数字"
    if most == least:
        return f"{head}，各有{say_value(most, _ITEMS)}落后"
    return f"{head}，落后最多的是{_name(known, most)}，最少的是{_name(known, least)}"


def _name(known: Sequence[Mark], value: float) -> str:
    same = [mark.label for mark in known if mark.value == value]
    return f"{same[0]}{f'等{len(same)}个' if len(same) > 1 else ''}（{say_value(value, _ITEMS)}）"
