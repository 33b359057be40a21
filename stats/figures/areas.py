"""The direct children of an organisation side by side: each one's value against its target."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from base.formats import IN_PART, NO_DATA, say_value
from stats.catalogue.boards import AreasPanel
from stats.catalogue.models import Indicator
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.lines import cover_of_readings, reading_lines
from stats.figures.elements.order import MOST_SHOWN, by_value
from stats.judging.targets import Target
from stats.judging.verdicts import VerdictState
from stats.organisations import Organisation, organisations_by_code, organisations_by_parent
from stats.readings import AREA_LEVELS, Reading, read_units, verdict_on
from stats.readings.coverage_words import is_thin, say_reported
from stats.readings.levels import totals_ahead
from stats.readings.origins import of_own
from stats.readings.sentences import say_absence, say_absent, say_cover, say_movement, say_reading, say_target, say_when
from stats.totals.item_parts import lack_alike

_WORDS = {
    VerdictState.MET: "达到目标",
    VerdictState.BEHIND: "未达目标",
    VerdictState.OPEN: "尚未达到目标",
    VerdictState.NONE: "",
}
_NAMED = 6  # of those whose returns are not all there
_LAST = 5  # named of those that come last
_GROUPS = {"town": "乡镇", "park": "园区", "system": "系统"}


def make_areas(source: Source, panel: AreasPanel, view: Selection) -> Figure:
    """Return one indicator for every direct child of the selected organisation, sorted by value.

    A single union is shown among those under the same parent. A rate is compared with the target of the organisation
    itself, else with that of the whole; a count only with its own.
    """
    indicator = source.catalogue.indicator(panel.indicator)
    shown = compared_units(source, view)
    whole = source.readings(view, [indicator.code])[0]
    codes = [organisation.code for organisation in shown]
    readings = _read(source, view, codes, indicator.code)
    alike = lack_alike(
        (reading.reported, reading.expected, reading.each) for reading in readings if reading.value is not None
    )
    verdicts = judge_each(source, readings, whole, view)
    marks = by_value(source, [_mark(source, reading, whole, view, alike, verdicts) for reading in readings])
    goal = whole.goal.value if whole.goal and indicator.is_rate else None
    target = say_target(whole, indicator) if goal is not None else ""
    lines = reading_lines(source, view, [whole], _all_unions(shown))
    if readings:
        lines["coverage"] = _cover(whole, readings, marks, alike)
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=_title(marks, whole, indicator, f"{_say_common(source, whole, readings, alike)}{say_group(shown)}"),
        question=panel.question or indicator.question,
        series=(Series(name=indicator.name, measure=whole.measure, marks=marks, target=goal, target_text=target),),
        measure=whole.measure,
        note=panel.note,
        indicator=indicator.code,
        **lines,
    )


def _read(source: Source, view: Selection, codes: Sequence[str], indicator: str) -> list[Reading]:
    """Return the readings of those shown; for very many only this indicator is read, not all that boards compare."""
    if len(codes) > MOST_SHOWN:
        if view.against is None:  # no change is said
            return source.unchanged_of(codes, view, [indicator])
        return read_units(source.warehouse, source.catalogue, codes, view.span, [indicator], view.against)
    return source.readings_of(codes, view, indicator)


def compared_units(source: Source, view: Selection) -> list[Organisation]:
    """Return the direct children of the selected organisation open at the span's end; for a union its siblings.

    Unions are restricted to the selected kind.
    """
    below_of, unit = organisations_by_parent(source.warehouse), organisations_by_code(source.warehouse)[view.unit]
    for parent in filter(None, (unit.code, unit.parent)):
        below = [organisation for organisation in below_of.get(parent, ()) if organisation.open_in(view.span.last)]
        if below:
            every = not _all_unions(below)
            return [organisation for organisation in below if every or _is_kind(source, organisation, view.kind)]
    return []


def _is_kind(source: Source, organisation: Organisation, kind: str) -> bool:
    return not kind or organisation.category in source.catalogue.categories(kind)


def _all_unions(organisations: Sequence[Organisation]) -> bool:
    return bool(organisations) and all(organisation.level not in AREA_LEVELS for organisation in organisations)


def _say_common(source: Source, whole: Reading, readings: Sequence[Reading], alike: bool) -> str:
    """Return who reported where the same returns lack of all; "" elsewhere."""
    level = source.catalogue.reporting.say_below
    thin = any(is_thin(reading, level) for reading in readings)
    return say_reported(whole, source.catalogue) if alike and thin else ""


def _mark(
    source: Source,
    reading: Reading,
    whole: Reading,
    view: Selection,
    alike: bool,
    verdicts: Mapping[str, VerdictState],
) -> Mark:
    indicator = source.catalogue.indicators[reading.indicator]
    goal = _goal_for(reading, whole, indicator)
    verdict = verdicts.get(reading.unit, VerdictState.NONE)
    text = f"{verdict.sign} {_WORDS[verdict]}".strip()
    thin = not alike and is_thin(reading, source.catalogue.reporting.say_below)
    partial = f"{IN_PART}（{say_cover(reading)}）" if thin else ""
    return Mark(
        label=reading.unit_name,
        value=reading.value,
        text=say_reading(reading, indicator),
        key=reading.unit,
        target=goal.value if goal else None,
        note="，".join(
            filter(None, (text, partial, of_own(reading), say_movement(reading, indicator) if view.against else ""))
        ),
        verdict=verdict,
        partial=thin,
        absent=say_absent(reading.absent) if reading.value is None else "",
    )


def _goal_for(reading: Reading, whole: Reading, indicator: Indicator) -> Target | None:
    return reading.goal or (whole.goal if indicator.is_rate else None)


def judge_each(source: Source, readings: Sequence[Reading], whole: Reading, view: Selection) -> dict[str, VerdictState]:
    """Return the verdicts on those that have a target, by organisation."""
    indicator = source.catalogue.indicators[whole.indicator]
    goals = {reading.unit: goal for reading in readings if (goal := _goal_for(reading, whole, indicator))}
    return {unit: _judge(source, goals[unit], unit, view) for unit in totals_ahead(source.warehouse, list(goals))}


def _judge(source: Source, goal: Target, unit: str, view: Selection) -> VerdictState:
    """Return the verdict on a target; only one that is due is behind here."""
    judgement = verdict_on(source.warehouse, source.catalogue, goal, view.span.last, unit)
    if judgement.met is None:
        return VerdictState.NONE
    return VerdictState.MET if judgement.met else VerdictState.BEHIND if judgement.clock.over else VerdictState.OPEN


def _title(marks: Sequence[Mark], whole: Reading, indicator: Indicator, group: str) -> str:
    known = [mark for mark in marks if mark.value is not None]
    if not known:
        return f"{say_when(whole)}，各单位的{indicator.name}{say_absence(whole)}"
    without, partial = len(marks) - len(known), sum(mark.partial for mark in known)
    parts = [
        say_when(whole),
        _say_met(known, whole, indicator, group),
        say_ends(known, indicator, whole.measure, without),
        f"{partial}个{IN_PART}" if partial else "",
        _say_without(marks, "个"),
    ]
    return "，".join(part for part in parts if part)


def _say_met(known: Sequence[Mark], whole: Reading, indicator: Indicator, group: str) -> str:
    with_verdict = [mark for mark in known if mark.verdict != VerdictState.NONE]
    if not with_verdict:
        return f"{group}的{indicator.name}"
    met = sum(mark.verdict == VerdictState.MET for mark in with_verdict)
    goals = {mark.target for mark in with_verdict}
    bound = f"{say_value(goals.pop(), whole.measure, indicator.decimals)}的" if len(goals) == 1 else "各自的"
    text = f"{met}个达到" if met else "没有一个达到"
    return f"{group}中{text}{indicator.name}{bound}目标"


def say_ends(known: Sequence[Mark], indicator: Indicator, measure: str, without: int = 0) -> str:
    """Return a sentence on the highest and the lowest organisation; marks are sorted, `without` more are unknown."""
    high, low = known[0], known[-1]
    if high.value == low.value and len(known) > 1:
        return f"{f'有数据的{len(known)}个' if without else ''}都是{high.text}"
    if len(known) == 1:
        return f"{'只' if without else ''}{high.label}{'有数，为' if without else ''}{high.text}"
    most, least = ("最高", "最低") if indicator.is_rate else ("最多", "最少")
    first, last = (_say_equal(known, end, indicator, measure) for end in (high, low))
    return f"{most}的是{first}，{least}的是{last}"


def say_last(marks: Sequence[Mark], indicator: Indicator) -> str:
    """Return who comes last, the worst first: 最低的5个：甲镇（12.0%），乙乡、丙乡（15.0%），…; and their equals.

    "" where nothing is better or worse, and where it would name everybody.
    """
    known = [mark for mark in marks if mark.value is not None]
    worst = sorted(known, key=lambda mark: mark.value or 0.0, reverse=indicator.direction == "down")
    last = [mark for at, mark in enumerate(worst) if at < _LAST or mark.value == worst[_LAST - 1].value]
    if indicator.direction == "none" or len(last) == len(known):
        return ""
    least, most = ("最低", "最高") if indicator.is_rate else ("最少", "最多")
    groups = (_name_equal(list(equal)) for _, equal in groupby(last, key=lambda mark: mark.value))
    return f"{most if indicator.direction == 'down' else least}的{len(last)}个：{'，'.join(groups)}"


def _name_equal(equal: Sequence[Mark]) -> str:
    """Return the names of those with one value, at most as many as are named, and the value."""
    names = "、".join(f"{mark.label}{IN_PART if mark.partial else ''}" for mark in equal[:_LAST])
    return f"{names}{f'等{len(equal)}个' if len(equal) > _LAST else ''}（{equal[0].text}）"


def _say_equal(known: Sequence[Mark], shown: Mark, indicator: Indicator, measure: str) -> str:
    """Return an organisation with its value, and how many share it; one that only rounds to its target is marked 近."""
    same = [mark for mark in known if mark.value == shown.value]
    names = f"{same[0].label}等{len(same)}个" if len(same) > 1 else shown.label
    short = shown.target is not None and shown.value is not None and shown.value < shown.target
    near = "近" if short and shown.text == say_value(shown.target, measure, indicator.decimals) else ""
    partial = sum(mark.partial for mark in same)
    whose = f"其中{partial}个" if partial < len(same) else "都" if partial > 1 else ""
    return f"{names}（{near}{shown.text}{f'，{whose}{IN_PART}' if partial else ''}）"


def _say_without(marks: Sequence[Mark], count: str) -> str:
    """Return how many have no number, by the reason: 2个未报送，1个分母为零."""
    reasons = Counter(mark.absent or NO_DATA for mark in marks if mark.value is None)
    return "，".join(f"{number}{count}{reason}" for reason, number in reasons.items())


def say_group(organisations: Sequence[Organisation]) -> str:
    """Return how many organisations of which levels: 20个乡镇、园区, 37家基层工会."""
    names = [
        name for level, name in _GROUPS.items() if any(organisation.level == level for organisation in organisations)
    ]
    return f"{len(organisations)}个{'、'.join(names)}" if names else f"{len(organisations)}家基层工会"


def _cover(whole: Reading, readings: Sequence[Reading], marks: Sequence[Mark], alike: bool) -> str:
    """Return the line of coverage: the total, who has no data, and whose returns are incomplete."""
    partial = [
        reading
        for reading in readings
        if reading.value is not None and reading.reported < reading.expected and not alike
    ]
    named = "、".join(f"{reading.unit_name}{say_cover(reading)}" for reading in partial[:_NAMED])
    more = f"等{len(partial)}个" if len(partial) > _NAMED else ""
    parts = (
        cover_of_readings([whole]),
        _say_without(marks, "个单位"),
        f"{IN_PART}的有{named}{more}" if partial else "",
    )
    return "；".join(part for part in parts if part)
