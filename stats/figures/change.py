"""Why a stock changed between two quarter ends: parts that add up to the change exactly, each with its unions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from base.errors import UserError
from base.formats import NO_DATA, change_verb, say_change, say_value, sign_change
from base.periods import format_quarter
from stats.catalogue.boards import ChangePanel
from stats.catalogue.models import Item
from stats.figures.elements.cover import Cover, cover_of
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.lines import counted_by, cover_line, say_who, source_line
from stats.readings.coverage_words import counts_rows
from stats.readings.sentences import say_end
from stats.totals import declared, quarters_known, totals_of
from stats.warehouse import run_query

MOST_NAMED = 8  # organisations listed per part, those with the largest changes
# The parts in the order of the drawing, as change_parts.sql names them.
PARTS = {
    "growth": "两期都报的单位",
    "founded": "新建",
    "moved_in": "调入",
    "caught_up": "上期未报本期已报",
    "ended": "撤并",
    "moved_out": "调出",
    "late": "本期未报",
    "asked": "报送范围变动",
    "elsewhere": "不在册仍有数",
}
_BY_RETURNS = ("caught_up", "late")  # parts caused by who reported, not by a change of any unit
_TOLERANCE = 0.005  # sums of amounts to the cent may differ by floating-point error
_SEVERAL = "家"
_OWN = "期初或期末用的是单位上报的总数，下面没有逐家的数，分不出变化在哪里"
_TRAPS = {
    "late": "本期未报不是减少，报来以后会补回",
    "ended": "并入别处的单位，人数计在并入后单位的增长里",
}


@dataclass(kw_only=True, frozen=True)
class ChangePart:
    """A part of a change: its sum in the item's unit, the number of organisations, and those with the largest changes.

    `corrected` is how much of the sum comes from corrections of the same quarter.
    """

    code: str
    total: float
    organisations: int
    moved: int
    corrected: float
    largest: tuple[tuple[str, str, float], ...]  # code, name, value


@dataclass(kw_only=True, frozen=True)
class _Ends:
    """The two quarter ends that are compared, with their values; None if nobody reported."""

    then: int | None
    now: int | None
    before: float | None = None
    after: float | None = None
    reported: int = 0
    expected: int = 0
    within: bool = False  # there are no data before the span, so its own first quarter is used
    own: bool = False  # an organisation's own total stands in one of the two, which has no parts


def make_change(source: Source, panel: ChangePanel, view: Selection) -> Figure:
    """Return the change of a stock from the end of the span before (or `against`) to the end of the span, in parts.

    The first series runs from the opening over the parts to the closing, all in the item's unit; the others list the
    organisations with the largest changes of a part. Raises UserError for an item that is not a stock of a roster, and
    when the parts don't add up to the change.
    """
    item = source.catalogue.items[panel.item]
    if item.time != "last" or source.catalogue.forms[item.form].ledger:
        raise UserError(f"“{item.name}”不是按单位逐家报送的期末数，不能分解它的变化。")
    ends = _find_ends(source, item, view)
    known = ends.then is not None and ends.before is not None and ends.after is not None and not ends.own
    parts = read_change(source, item, view.unit, ends.then or 0, ends.now or 0) if known else []
    _demand_sum(item, parts, ends)
    measure = source.catalogue.measures[item.measure].name
    indicator = counted_by(source, item)
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=_title(
            source, item, ends, parts, cover_of(source, item.form, view, ends.reported, ends.expected, ends.now)
        ),
        question=panel.question,
        series=_series(item, measure, ends, parts) if known else (),
        measure=measure,
        when=_say_ends(ends, view),
        who=say_who(source, view),
        base=f"口径：{indicator.base if indicator else item.name}；各部分之和等于期末减期初",
        coverage=cover_line([(item.name, ends.reported, ends.expected)]),
        source=source_line(source, [item.form]),
        note=_OWN if ends.own else _say_note(parts, panel),
        indicator=indicator.code if indicator else "",
        item=item.code,
    )


def read_change(source: Source, item: Item, unit: str, then: int, now: int) -> list[ChangePart]:
    """Return the parts of an item's change between the ends of two quarters, in their order in PARTS."""
    rows = run_query(
        source.warehouse, "change_parts.sql", item=item.code, unit=unit, before=then, now=now, most=MOST_NAMED
    )
    by_part: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_part.setdefault(row["part"], []).append(row)
    return [_part(code, by_part[code]) for code in PARTS if code in by_part]


def _part(code: str, rows: Sequence[dict[str, Any]]) -> ChangePart:
    first = rows[0]
    largest = tuple((row["unit"], row["unit_name"], row["value"]) for row in rows if row["value"])
    return ChangePart(
        code=code,
        total=first["total"],
        organisations=first["organisations"],
        moved=first["moved"],
        corrected=first["corrected"],
        largest=largest,
    )


def _find_ends(source: Source, item: Item, view: Selection) -> _Ends:
    """Return the last quarters of both spans in which anyone reported the form, with the item's values."""
    before = view.against or view.span.previous
    totals, counted = totals_of(source.warehouse, view.unit), declared(source.warehouse).items[item.code]
    known = [quarters_known(source.warehouse, [counted], span) for span in (view.span, before)]
    now, then = (max(quarters, default=None) for quarters in known)
    within = then is None and view.against is None
    if within:
        first = min(known[0], default=None)
        then = None if first == now else first
    before_value, after = (None if end is None else totals.in_quarter(counted, end) for end in (then, now))
    reported, expected = totals.count_of(counted, [] if now is None else [now])
    return _Ends(
        then=then,
        now=now,
        before=before_value,
        after=after,
        reported=reported,
        expected=expected,
        within=within and then is not None,
        own=any(totals.origin(counted, [end]) for end in (then, now) if end is not None),
    )


def _demand_sum(item: Item, parts: Sequence[ChangePart], ends: _Ends) -> None:
    """Raise UserError when the parts don't add up to the change: such a figure must not be shown."""
    if ends.after is None or ends.before is None or ends.own:
        return
    change, added = ends.after - ends.before, fsum(part.total for part in parts)
    if abs(change - added) > _TOLERANCE:
        raise UserError(f"“{item.name}”变化{change:g}，各部分相加为{added:g}，两者不一致。请管理员重建数据。")


def _series(item: Item, measure: str, ends: _Ends, parts: Sequence[ChangePart]) -> tuple[Series, ...]:
    assert ends.then is not None and ends.now is not None  # only what is known is drawn
    steps = (
        Mark(
            label=say_end(ends.then),
            value=ends.before,
            text=say_value(ends.before, measure),
            key=format_quarter(ends.then),
        ),
        *(_step(part, measure) for part in parts if part.moved),
        Mark(
            label=say_end(ends.now), value=ends.after, text=say_value(ends.after, measure), key=format_quarter(ends.now)
        ),
    )
    return (
        Series(name=item.name, measure=measure, marks=steps),
        *(_named(part, measure) for part in parts if part.moved),
    )


def _step(part: ChangePart, measure: str) -> Mark:
    text = sign_change(part.total, measure)
    count = f"{part.organisations:,}{_SEVERAL}"
    note = f"{count}{_say_moved(part, measure)}"
    return Mark(label=PARTS[part.code], value=part.total, text=text, key=part.code, note=note, aside=count)


def _say_moved(part: ChangePart, measure: str) -> str:
    changed = f"，其中{part.moved:,}{_SEVERAL}有变化" if part.moved < part.organisations else ""
    corrected = f"，含后来更正{sign_change(part.corrected, measure)}" if abs(part.corrected) > _TOLERANCE else ""
    return f"{changed}{corrected}"


def _named(part: ChangePart, measure: str) -> Series:
    """Return the organisations of a part with the largest changes, and the rest last, so that the series adds up."""
    marks = [
        Mark(label=name, value=value, text=sign_change(value, measure), key=code) for code, name, value in part.largest
    ]
    rest = part.moved - len(marks)
    if rest:
        value = part.total - fsum(value for _, _, value in part.largest)
        marks.append(Mark(label=f"其余{rest:,}{_SEVERAL}", value=value, text=sign_change(value, measure)))
    return Series(name=PARTS[part.code], measure=measure, marks=tuple(marks))


def _title(source: Source, item: Item, ends: _Ends, parts: Sequence[ChangePart], cover: Cover) -> str:
    if ends.now is None or ends.after is None:
        return f"{f'{say_end(ends.now)}，' if ends.now is not None else ''}{item.name}{cover.absence}，看不出变化"
    measure = source.catalogue.measures[item.measure].name
    counts = counts_rows(item, source.catalogue)
    value = "" if counts and cover.words else f"{item.name}{say_value(ends.after, measure)}"
    text = f"{say_end(ends.now)}，{cover.words}{value}"
    if ends.then is None or ends.before is None:
        return f"{text}，前一期{NO_DATA}，看不出变化"
    change = ends.after - ends.before
    moved = say_change(change, measure)
    text += f"，{'比' if change_verb(change, measure) else '与'}{say_end(ends.then)}{moved}"
    if any(part.moved for part in parts if part.code in _BY_RETURNS):
        return f"{text}，其中{_say_like(parts, measure, counts)}"
    same_way = [part for part in parts if part.total * change > 0]
    if not same_way:
        return text
    main = max(same_way, key=lambda part: abs(part.total))
    return f"{text}，主要是{PARTS[main.code]}（{main.organisations:,}{_SEVERAL}）{say_change(main.total, measure)}"


def _say_like(parts: Sequence[ChangePart], measure: str, counts: bool) -> str:
    """Return, for a change partly due to who reported, the change of those who reported both times and of the others.

    If the figure counts those who reported, the first part is always zero and is left out.
    """
    growth = fsum(part.total for part in parts if part.code == "growth")
    others = [part for part in parts if part.code in _BY_RETURNS and part.moved]
    named = [
        f"{PARTS[other.code]}（{other.organisations:,}{_SEVERAL}）{say_change(other.total, measure)}"
        for other in others
    ]
    return "，".join(([] if counts else [f"{PARTS['growth']}{say_change(growth, measure)}"]) + named)


def _say_ends(ends: _Ends, view: Selection) -> str:
    if ends.now is None or ends.then is None:
        return f"时间：{say_end(view.span.last)}"
    before = "（更早没有数据，以本期间第一个季度末为起点）" if ends.within else ""
    return f"时间：{say_end(ends.then)}至{say_end(ends.now)}{before}"


def _say_note(parts: Sequence[ChangePart], panel: ChangePanel) -> str:
    traps = (_TRAPS.get(part.code, "") for part in parts if part.moved)
    return "；".join(filter(None, (panel.note, *traps)))
