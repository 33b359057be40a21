"""Item parts: the sums of items for organisations, with who reported, in a span and the one it is compared with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from base.month_spans import QUARTER
from base.periods import Span
from stats.organisations import node_range, periods
from stats.totals import (
    Counted,
    Needed,
    Totals,
    declared,
    last_filed,
    quarters_filed,
    quarters_known,
    read_needed,
    totals_of,
)
from stats.totals.own_totals import ADDED_UP, Origin, is_known, own_spans, span_known
from stats.warehouse import Warehouse, run_query


@dataclass(kw_only=True, frozen=True)
class AskedItem:
    """A request for one item: its sum in `now` and in `before`; without `before` nothing is compared.

    `due` is the span whose returns are counted, where it is longer than the span that is summed: what a ledger holds on
    a day was reported over several quarters. `other_form` is the form of a rate's other part: organisations with a
    missing return of either form are then excluded, so that both parts cover the same ones. `other_item` is a rate's
    other part where own totals are there of either: both are taken from the same quarter. `same_season`: only the same
    quarter of another year may be compared with.
    """

    item: str
    now: Span
    before: Span | None = None
    due: Span | None = None
    other_form: str = ""
    other_item: str = ""
    same_season: bool = False

    def __hash__(self) -> int:
        """Return the hash of the code, which Python keeps: a part is looked up for each of many organisations."""
        return hash(self.item)


class OwnShare(NamedTuple):
    """Whether own totals stand in a number and in the one before.

    `longer` is how many quarters an own total has of which the span holds a part, where nothing else is known.
    `unlike`: it stands in one part of a rate alone, and the two are of different organisations.
    """

    now: Origin
    before: Origin
    longer: int | None
    unlike: bool = False


@dataclass(kw_only=True, frozen=True)
class ItemPart:
    """The sum of one item for one organisation, now and in the span it is compared with.

    `now_matched` and `before_matched` cover only those who reported both times. `reported` and `expected` are returns
    of the item's form in the span; `complete` is true when none was missing in either span. `as_of` is the quarter a
    stock was taken from: the last of the span in which anyone reported the form. `left_out` is what is excluded from
    `now` because a return of the rate's other part is missing. `each` are the returns quarter by quarter.
    `begun`: of a form of months some have come, but of no quarter all. `own` says what own totals are in
    it, where there are any of the item.
    """

    unit: str
    item: str
    stock: bool
    now: float | None
    before: float | None
    now_matched: float | None
    before_matched: float | None
    reported: int
    expected: int
    complete: bool
    as_of: int | None
    left_out: float = 0.0
    each: tuple[tuple[int, int], ...] = ()
    begun: bool = False
    own: OwnShare | None = None

    @property
    def origin(self) -> Origin:
        """Return whether own totals stand in `now`."""
        return self.own.now if self.own else ADDED_UP


Matched = Mapping[tuple[str, int], tuple[float | None, float | None]]


@dataclass(kw_only=True, frozen=True)
class _Quarters:
    """The quarters or months an item is taken from, now and before, those whose returns count, and those compared.

    One for a stock, all for a flow; none when not known.
    """

    asked: AskedItem
    item: Counted
    now: Sequence[int]
    before: Sequence[int]
    due: Sequence[int]
    pairs: Sequence[tuple[int, int]]

    @property
    def begun(self) -> Sequence[int]:
        """Return the quarters of which a part may have come, of a form of months."""
        return self.due if self.item.months < QUARTER else ()


def read_parts(
    warehouse: Warehouse, units: Sequence[str], span: Span, before: Span | None, items: Sequence[str] = ()
) -> dict[str, dict[str, ItemPart]]:
    """Return the sums of the named items, or all, in a span and in the one before, by organisation and item."""
    requests = [AskedItem(item=code, now=span, before=before) for code in items or declared(warehouse).items]
    by_unit = read_asked(warehouse, units, requests)
    return {unit: {requests.item: part for requests, part in parts.items()} for unit, parts in by_unit.items()}


def read_asked(
    warehouse: Warehouse, units: Sequence[str], items: Sequence[AskedItem]
) -> dict[str, dict[AskedItem, ItemPart]]:
    """Return the requested parts by organisation, in a few queries however many are requested."""
    quarters = [_quarters(warehouse, fromkey) for fromkey in dict.fromkeys(items)]
    others = [declared(warehouse).items.get(each.asked.other_item) for each in quarters]
    matched = _read_matched(warehouse, units, quarters)
    return {
        totals.unit: {
            item_quarters.asked: _part(totals, item_quarters, others[at], matched.get((totals.unit, at)))
            for at, item_quarters in enumerate(quarters)
        }
        for totals in _read(warehouse, units, quarters)
    }


def _read(warehouse: Warehouse, units: Sequence[str], quarters: Sequence[_Quarters]) -> Iterable[Totals]:
    """Return the totals of organisations: for a single one all, which are cached; for several what is needed."""
    if len(units) == 1:
        return [totals_of(warehouse, units[0])]
    needed = Needed(
        items={(each.item.code, quarter) for each in quarters for quarter in (*each.now, *each.before, *each.begun)},
        forms={(each.item.form, quarter) for each in quarters for quarter in (*each.now, *each.before, *each.due)},
        two_forms={
            (each.item.code, quarter)
            for each in quarters
            if each.asked.other_form
            for quarter in (*each.now, *each.before)
        },
    )
    return read_needed(warehouse, units, needed).values()


def _quarters(warehouse: Warehouse, request: AskedItem) -> _Quarters:
    item = declared(warehouse).items[request.item]
    return _of_stock(warehouse, item, request) if item.stock else _of_flow(warehouse, item, request)


def _of_stock(warehouse: Warehouse, item: Counted, request: AskedItem) -> _Quarters:
    """Return the last quarters in which the form was reported; for a rate of two forms, in which both were."""
    spans = (request.now, request.before)
    ends = [_last_whole(warehouse, item, span, request) if span else None for span in spans]
    now, before = ([] if end is None else [end] for end in ends)
    pairs = list(zip(now, before, strict=False))
    due: Sequence[int] = (
        range(request.due.first, now[0] + 1) if request.due and now else now or _last(request.now, warehouse)
    )
    other_season = request.same_season and any((end - earlier) % request.now.a_year for end, earlier in pairs)
    if other_season or (request.due and any(_has_gap(warehouse, item, *pair) for pair in pairs)):
        if not other_season and any(own.last in {*now, *before} for own in own_spans(warehouse).get(item.code, ())):
            return _Quarters(asked=request, item=item, now=now, before=before, due=due, pairs=[])
        return _Quarters(asked=request, item=item, now=now, before=[], due=due, pairs=[])
    return _Quarters(asked=request, item=item, now=now, before=before, due=due, pairs=pairs)


def _last_whole(warehouse: Warehouse, item: Counted, span: Span, request: AskedItem) -> int | None:
    """Return the last quarter of a span in which both parts are known, if what was reported is of the span alone."""
    if request.other_item:
        parts = [item, declared(warehouse).items[request.other_item]]
        end = max(quarters_known(warehouse, parts, span), default=None)
    elif request.other_form:
        end = last_filed(warehouse, item.form, span, request.other_form)
    else:
        end = max(quarters_known(warehouse, [item], span), default=None)
    return end if end is None or end - item.quarters + 1 >= span.first else None


def _last(span: Span, warehouse: Warehouse) -> list[int]:
    """Return the last quarter of a span with data; if nobody filed the form, that quarter's returns are missing."""
    return [*_within(span, periods(warehouse).like(span))][-1:]


def _has_gap(warehouse: Warehouse, item: Counted, end: int, earlier: int) -> bool:
    """Return whether between two quarters there is one whose changes nobody reported."""
    return len(quarters_filed(warehouse, item.form, Span(earlier, end))) <= end - earlier


def _of_flow(warehouse: Warehouse, item: Counted, request: AskedItem) -> _Quarters:
    """Return the quarters to sum. A span that begins before there are data is incomplete and not compared with."""
    span, before = request.now, request.before
    known = span_known(warehouse, item.code).like(span)
    flow, due = item.whole(_within(span, known)), _within(request.due or span, known)
    if before is None or before.first < known.first or not is_known(warehouse, item.code, before):
        return _Quarters(asked=request, item=item, now=flow, before=(), due=due, pairs=())
    earlier, apart = item.whole(_within(before, known)), span.first - before.first
    return _Quarters(
        asked=request,
        item=item,
        now=flow,
        before=earlier,
        due=due,
        pairs=[(now, now - apart) for now in flow if now - apart in earlier],
    )


def _within(span: Span, known: Span) -> Sequence[int]:
    return range(max(span.first, known.first), min(span.last, known.last) + 1)


def _part(
    totals: Totals, quarters: _Quarters, other: Counted | None, matched: tuple[float | None, float | None] | None
) -> ItemPart:
    item, other_form = quarters.item, quarters.asked.other_form
    each = totals.each_of(item, quarters.due, other_form)
    reported, expected = _add_up(each)
    if item.stock and reported == expected and quarters.now and quarters.due != quarters.now:
        # nothing missing before: count those of the quarter itself
        each = totals.each_of(item, quarters.now)
        reported, expected = _add_up(each)
    earlier, due_before = totals.count_of(item, quarters.before) if reported == expected else (0, 0)
    part = ItemPart(
        unit=totals.unit,
        item=item.code,
        stock=item.stock,
        now=totals.value(item, quarters.now, other_form, other),
        before=totals.value(item, quarters.before, other_form, other) if quarters.before else None,
        now_matched=matched[0] if matched else None,
        before_matched=matched[1] if matched else None,
        reported=reported,
        expected=expected,
        complete=bool(expected and due_before) and reported == expected and earlier == due_before,
        as_of=quarters.now[0] if item.stock and quarters.now else None,
        left_out=totals.left_out_of(item, quarters.now, other_form) if other_form else 0.0,
        each=each,
        begun=any(quarter in totals.values.get(item.code, {}) for quarter in quarters.begun),
    )
    return _with_own(part, totals, quarters, other) if item.code in totals.own else part


def _with_own(part: ItemPart, totals: Totals, quarters: _Quarters, other: Counted | None) -> ItemPart:
    """Return a part with what own totals are in it; it is comparable where both numbers are the organisation's own."""
    now, before = (totals.origin(quarters.item, taken) for taken in (quarters.now, quarters.before))
    longer = totals.longer_than(quarters.item, quarters.now) if part.now is None else None
    unlike = bool(other and totals.unlike(quarters.item, other, quarters.now))
    share = replace(part, own=OwnShare(now, before, longer, unlike))
    if now.whole and part.stock:
        each = totals.each_of(quarters.item, quarters.now)
        reported, expected = totals.count_of(quarters.item, quarters.now)
        share = replace(share, each=each, reported=reported, expected=expected)
    if not now and not before:
        return share
    matched = (part.now, part.before) if now.whole and before.whole else (None, None)
    return replace(share, now_matched=matched[0], before_matched=matched[1])


def _add_up(each: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return each[0] if len(each) == 1 else (sum(came for came, _ in each), sum(due for _, due in each))


def _read_matched(warehouse: Warehouse, units: Sequence[str], quarters: Sequence[_Quarters]) -> Matched:
    pairs = [(at, quarters.item.id, *pair) for at, quarters in enumerate(quarters) for pair in quarters.pairs]
    if not pairs:
        return {}
    numbers, item, now, before = ([pair[place] for pair in pairs] for place in range(4))
    asked = {"units": list(units), "asked": numbers, "item": item, "now": now, "before": before}
    rows = run_query(warehouse, "matched.sql", **asked, **node_range(warehouse, units))
    return {(row["unit"], row["asked"]): (row["now"], row["before"]) for row in rows}


def lack_alike(lacking: Iterable[tuple[int, int, tuple[tuple[int, int], ...]]]) -> bool:
    """Return whether the same returns are missing for all organisations, so that none is at a disadvantage.

    `lacking` are the returns reported and expected of each, in all and quarter by quarter: of two that each sent one of
    two quarters it need not be the same one.
    """
    return len(set(lacking)) <= 1


def least_covered(top: ItemPart, bottom: ItemPart | None) -> ItemPart:
    """Return the part with the lowest coverage: an indicator's coverage is that of its least covered part."""
    if bottom is None or top.reported / (top.expected or 1) <= bottom.reported / (bottom.expected or 1):
        return top
    return bottom
