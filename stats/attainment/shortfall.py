"""Shortfall: the fewest organisations whose action would reach a target, and what each would add."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from base.periods import Span, ended_quarter, last_day
from stats.attainment import Attainment
from stats.catalogue.form_rules import Move
from stats.catalogue.models import Indicator
from stats.figures.elements.conditions import codes_allowed
from stats.figures.elements.figure_model import Source
from stats.figures.elements.order import places_by_sound
from stats.figures.records import by_column, cell_of, read_others
from stats.judging.verdicts import SMALLEST
from stats.organisations import organisations_by_code
from stats.readings.trace import CellRef
from stats.totals import last_filed
from stats.warehouse import run_query

_ALL = 1_000_000  # rows: the list is cut where the shortfall is closed
_NAMED = 3  # names listed of those whose returns are missing
AS_LAST_YEAR = "做到上年同期的水平"
PAY_UP = "补齐应有的数"
WITHOUT_NUMBER = "任务类目标，按完成情况判断"


@dataclass(kw_only=True, frozen=True)
class Candidate:
    """An organisation that could help: `adds` is what its action adds to the numerator, or to a count, in its unit.

    `size` is its number of workers, or another measure of size; None if its row does not say. `cell` leads to its row,
    None if it is not a row of a list.
    """

    name: str
    unit: str
    area: str
    move: str
    adds: float
    size: float | None = None
    cell: CellRef | None = None


@dataclass(kw_only=True, frozen=True)
class Closing:
    """The fewest candidates that close a shortfall, those that add most first, and the resulting value.

    `enough` says whether they close it; if not, the list holds all candidates. `known` is how many there are. `measure`
    is the unit of what each adds. `why_not` is a sentence if there is nothing to list, `note` a caveat.
    """

    chosen: tuple[Candidate, ...]
    after: float | None
    enough: bool
    known: int
    measure: str
    why_not: str = ""
    note: str = ""


def close_shortfall(source: Source, attainment: Attainment) -> Closing:
    """Return who could close a target's shortfall, by the moves its indicator declares or by last year's values.

    In a rate only the numerator changes; the resulting value is computed again and divided last.
    """
    indicator = source.catalogue.indicators[attainment.goal.indicator]
    item = source.catalogue.parts(indicator)[0]
    measure = source.catalogue.measures[item.measure].name
    wanted = _wanted(attainment, indicator)
    if not wanted or wanted <= 0 or indicator.direction == "none":
        return Closing(
            chosen=(),
            after=attainment.reading.value,
            enough=True,
            known=0,
            measure=measure,
            why_not=_say_nothing_lacking(attainment, indicator),
        )
    candidates = _largest_first(source, list(_candidates(source, attainment, indicator)))
    if not candidates:
        return Closing(
            chosen=(),
            after=attainment.reading.value,
            enough=False,
            known=0,
            measure=measure,
            why_not="没有可以逐家列出的对象，要由负责部门另行安排。",
        )
    chosen = fewest(candidates, wanted)
    total = sum(candidate.adds for candidate in chosen)
    late = _say_late(source, attainment, item.form, chosen) if not indicator.moves else ""
    late = late or _say_incomplete(attainment)
    return Closing(
        chosen=tuple(chosen),
        after=_after(attainment, indicator, total),
        enough=total >= wanted - SMALLEST,
        known=len(candidates),
        measure=measure,
        note="；".join(dict.fromkeys(filter(None, (*(move.note for move in indicator.moves), late)))),
    )


def fewest(candidates: Sequence[Candidate], wanted: float) -> list[Candidate]:
    """Return the fewest candidates, those that add most first, that together add what is wanted; else all."""
    for count, total in enumerate(accumulate(candidate.adds for candidate in candidates), start=1):
        if total >= wanted - SMALLEST:
            return list(candidates[:count])
    return list(candidates)


def _largest_first(source: Source, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates sorted by what they add, then by size, both descending, then by pinyin."""
    places = places_by_sound(source.warehouse, frozenset(candidate.name for candidate in candidates))
    return sorted(
        candidates,
        key=lambda candidate: (-candidate.adds, -(candidate.size or 0.0), places[candidate.name], candidate.unit),
    )


def _wanted(attainment: Attainment, indicator: Indicator) -> float | None:
    """Return what has to be added to a count, or to the numerator of a rate with its denominator unchanged."""
    reading = attainment.reading
    if attainment.needed is None or reading.value is None:
        return None
    if not indicator.is_rate or reading.denominator is None or reading.numerator is None:
        return attainment.needed
    return (reading.value + attainment.needed) * reading.denominator - reading.numerator


def _after(attainment: Attainment, indicator: Indicator, total: float) -> float | None:
    reading = attainment.reading
    if not indicator.is_rate:
        return None if reading.value is None else reading.value + total
    if not reading.denominator or reading.numerator is None:
        return None
    return (reading.numerator + total) / reading.denominator


def _say_nothing_lacking(attainment: Attainment, indicator: Indicator) -> str:
    if attainment.goal.value is None:
        return f"{WITHOUT_NUMBER}。"
    if indicator.direction == "none":
        return "多了不一定好，不列名单。"
    return "目标已经达到，不差。" if attainment.needed == 0 else ""


def _candidates(source: Source, attainment: Attainment, indicator: Indicator) -> Iterator[Candidate]:
    if indicator.moves:
        yield from _each_row_once(pair for move in indicator.moves for pair in _rows(source, attainment, move))
        return
    parts = source.catalogue.parts(indicator)
    if parts and parts[0].time == "sum" and not indicator.is_rate and indicator.summary == "total":
        yield from _behind_last_year(source, attainment, parts[0].code)
    elif indicator.is_rate and {part.time for part in parts} == {"sum"} and len({part.form for part in parts}) == 1:
        yield from _owing(source, attainment, parts[0].code, parts[1].code)


def _each_row_once(rows: Iterable[tuple[int, Candidate]]) -> Iterator[Candidate]:
    """Yield what each row of a return adds, once even if several moves name it."""
    seen: set[int] = set()
    for record, candidate in rows:
        if record not in seen:
            seen.add(record)
            yield candidate


def _rows(source: Source, attainment: Attainment, move: Move) -> Iterator[tuple[int, Candidate]]:
    """Yield the rows that a move selects, each with its number, in the last quarter up to the date with the form."""
    form = source.catalogue.forms[move.form]
    span = Span(0, ended_quarter(attainment.clock.now))
    as_of = last_filed(source.warehouse, form.code, span)
    other = last_filed(source.warehouse, move.lacking.form, span) if move.lacking else as_of
    if as_of is None or other is None:
        return
    others = read_others(source, move.lacking, other) if move.lacking else []
    size = form.size or ""
    for row in _query(source, attainment, move, as_of, others, size):
        fields = json.loads(row["fields"])
        adds = _number(fields, move.adds) - _number(fields, move.less) if move.adds else 1.0
        if adds > SMALLEST:
            known = fields.get(size) if size else None
            name = str(fields.get(form.label or form.key[0]) or row["unit_name"])
            cell = cell_of(source, row, as_of)
            yield (
                row["record"],
                Candidate(
                    name=name, unit=row["unit"], area=row["area_name"], move=move.name, adds=adds, size=known, cell=cell
                ),
            )


def _query(
    source: Source, attainment: Attainment, move: Move, as_of: int, others: list[str], size: str
) -> list[dict[str, Any]]:
    form, end = source.catalogue.forms[move.form], last_day(as_of)
    return run_query(
        source.warehouse,
        "rows_in_force.sql",
        form=form.code,
        period=as_of,
        since=0,
        unit=attainment.goal.unit,
        conditions=codes_allowed(source, form, move.where),
        by=by_column(form, move.lacking),
        others=others,
        date=None,
        **{"from": end, "until": end, "undated": False, "renewed": []},
        short_of=move.adds if move.less else None,
        short_by=move.less,
        sort=move.adds or size or form.key[0],
        largest_first=bool(move.adds or size),
        total="",
        ended=None,
        done_if=[],
        as_of=end,
        most=_ALL,
    )


def _number(fields: dict[str, Any], column: str | None) -> float:
    value = fields.get(column) if column else None
    return float(value) if isinstance(value, int | float) else 0.0


def _behind_last_year(source: Source, attainment: Attainment, item: str) -> Iterator[Candidate]:
    """Yield the organisations below that did less than in the same quarters of the year before."""
    span = _quarters(attainment)
    now = _own(source, attainment, item, span)
    for code, before in _own(source, attainment, item, span.year_before).items():
        yield from _below(source, code, AS_LAST_YEAR, before - now.get(code, 0.0), span)


def _owing(source: Source, attainment: Attainment, top: str, bottom: str) -> Iterator[Candidate]:
    """Yield the organisations below whose numerator falls short of its denominator."""
    span = _quarters(attainment)
    had = _own(source, attainment, top, span)
    for code, due in _own(source, attainment, bottom, span).items():
        yield from _below(source, code, PAY_UP, due - had.get(code, 0.0), span)


def _quarters(attainment: Attainment) -> Span:
    return Span(attainment.clock.first, min(attainment.clock.now, attainment.clock.due))


def _own(source: Source, attainment: Attainment, item: str, span: Span) -> Mapping[str, float]:
    """Return the own values of each organisation below, by code."""
    parameters = {"unit": attainment.goal.unit, "item": item, "first": span.first, "last": span.last}
    return {row["unit"]: row["value"] for row in run_query(source.warehouse, "own_values.sql", **parameters)}


def _below(source: Source, code: str, move: str, adds: float, span: Span) -> Iterator[Candidate]:
    """Yield an organisation that is still open and would add something."""
    known = organisations_by_code(source.warehouse)
    organisation = known[code]
    if adds > SMALLEST and organisation.open_in(span.last):
        parent = known.get(organisation.parent)
        yield Candidate(
            name=organisation.name,
            unit=code,
            area=parent.name if organisation.level == "union" and parent else organisation.name,
            move=move,
            adds=adds,
        )


def _say_incomplete(attainment: Attainment) -> str:
    missing = attainment.reading.expected - attainment.reading.reported
    return f"还有{missing:,}份报表没报，报齐以后差额会变，先催报" if missing > 0 else ""


def _say_late(source: Source, attainment: Attainment, form: str, chosen: Sequence[Candidate]) -> str:
    """Return whose returns in the list are missing, so that their actions may only be unreported; "" for nobody."""
    span = _quarters(attainment)
    missing = {
        row["unit"]
        for quarter in range(span.first, span.last + 1)
        for row in run_query(source.warehouse, "missing.sql", period=quarter)
        if row["form"] == form
    }
    late = [candidate.name for candidate in chosen if candidate.unit in missing]
    count = f"等{len(late):,}个单位" if len(late) > _NAMED else ""
    return f"{'、'.join(late[:_NAMED])}{count}有报表没报，先催报" if late else ""
