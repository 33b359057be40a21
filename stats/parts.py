"""Parts: what items add up to for organisations, with who reported, in a span and the one it is compared with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from stats.organisations import periods
from stats.periods import Span
from stats.totals import Counted, Totals, declared, last_filed, read_totals, totals_of
from stats.warehouse import Warehouse, run_query

Matched = Mapping[tuple[str, str], tuple[float | None, float | None]]


@dataclass(frozen=True)
class Part:
    """What one item adds up to for one organisation, now and in the span it is compared with.

    `now_matched` and `before_matched` count only those who reported both times. `reported` and `expected` are returns
    of the item's form in the span; `complete` tells that nobody's was missing in either. `as_of` is the quarter that a
    stock was taken from: the last of the span in which anyone at all filed the form.
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


@dataclass(frozen=True)
class _Quarters:
    """The quarters that an item is taken from, now and before, and which are held against each other.

    One of a stock, all of a flow; none when not known.
    """

    item: Counted
    now: Sequence[int]
    before: Sequence[int]
    pairs: Sequence[tuple[int, int]]


def read_parts(
    warehouse: Warehouse, units: Sequence[str], span: Span, before: Span | None, items: Sequence[str] = ()
) -> dict[str, dict[str, Part]]:
    """Return what the named items, or all, add up to in a span and in the one before, by organisation and item.

    Without a span before nothing is compared, and what belongs to it is None.
    """
    known = declared(warehouse).items
    quarters = [_quarters(warehouse, known[code], span, before) for code in items or known]
    matched = _read_matched(warehouse, units, quarters) if before else {}
    return {
        totals.unit: {one.item.code: _part(totals, one, matched) for one in quarters}
        for totals in _read(warehouse, units, quarters)
    }


def _read(warehouse: Warehouse, units: Sequence[str], quarters: Sequence[_Quarters]) -> Iterable[Totals]:
    """Return the organisations' totals: all there is of a single one, which is kept; of several what is asked for."""
    if len(units) == 1:
        return [totals_of(warehouse, units[0])]
    wanted = [quarter for one in quarters for quarter in (*one.now, *one.before)] or [0]
    items = [one.item.code for one in quarters]
    return read_totals(warehouse, units, Span(min(wanted), max(wanted)), items).values()


def _quarters(warehouse: Warehouse, item: Counted, span: Span, before: Span | None) -> _Quarters:
    """Return an item's quarters. Against a sum from before there are data, a part of one, nothing is held."""
    if item.stock:
        ends = [last_filed(warehouse, item.form, one) if one else None for one in (span, before)]
        now, earlier = ([] if end is None else [end] for end in ends)
        return _Quarters(item, now, earlier, list(zip(now, earlier, strict=False)))
    known = periods(warehouse)
    flow = _within(span, known)
    if before is None or before.first < known.first:
        return _Quarters(item, flow, (), ())
    against, apart = _within(before, known), span.first - before.first
    return _Quarters(item, flow, against, [(now, now - apart) for now in flow if now - apart in against])


def _within(span: Span, known: Span) -> Sequence[int]:
    return range(max(span.first, known.first), min(span.last, known.last) + 1)


def _part(totals: Totals, quarters: _Quarters, matched: Matched) -> Part:
    item = quarters.item
    reported, expected = totals.came(item.form, quarters.now)
    earlier, due = totals.came(item.form, quarters.before)
    return Part(
        totals.unit,
        item.code,
        item.stock,
        totals.value(item, quarters.now),
        totals.value(item, quarters.before),
        *matched.get((totals.unit, item.code), (None, None)),
        reported,
        expected,
        bool(expected and due) and reported == expected and earlier == due,
        quarters.now[0] if item.stock and quarters.now else None,
    )


def _read_matched(warehouse: Warehouse, units: Sequence[str], quarters: Sequence[_Quarters]) -> Matched:
    pairs = [(one.item.id, *pair) for one in quarters for pair in one.pairs]
    item, now, before = ([pair[place] for pair in pairs] for place in range(3))
    rows = run_query(warehouse, "matched.sql", units=list(units), item=item, now=now, before=before)
    return {(row["unit"], row["item"]): (row["now"], row["before"]) for row in rows}


def least_covered(*parts: Part | None) -> Part:
    """Return the part of which the smallest share of returns came: an indicator is covered as little as it is."""
    return min((part for part in parts if part), key=lambda part: part.reported / (part.expected or 1))
