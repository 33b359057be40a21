"""Own totals: numbers that an area or the county reported of itself, without those below it.

Where one stands in a figure, what those below it add up to does not count: a number comes from the organisation itself
or from below it, never from both. A year's total of what adds up answers only spans that hold the whole year; for any
other the returns below it count, as far as there are any.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from base.periods import Span
from stats.organisations import periods
from stats.warehouse import Warehouse, run_query

_BUILDS = 3  # builds whose periods of own totals are cached: a build never changes


@dataclass(frozen=True, kw_only=True)
class OwnTotal:
    """What own totals of a period are in the figure of an organisation.

    `value` is None where none came of those that may have one; `whole` says that it is the organisation's own, else it
    is the sum of `totals` own totals of those below. `instead` is what the returns count for that it replaces, by
    quarter, and `returns` how many came and were due besides, (1, 1) for its own.
    """

    first: int
    value: float | None
    totals: int
    whole: bool
    instead: Mapping[int, float] = field(default_factory=dict)
    returns: Mapping[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """Where a number comes from: the organisation's own total alone (`whole`), in part, and how many of those below.

    All are false and zero for a number that is added up from returns.
    """

    whole: bool = False
    partly: bool = False
    below: int = 0

    def __bool__(self) -> bool:
        """Return whether any own total stands in it."""
        return self.whole or self.partly or self.below > 0

    @property
    def kind(self) -> Literal["", "own", "partly"]:
        """Return whether it is the organisation's own, in part from own totals, or added up from returns ("")."""
        return "own" if self.whole else "partly" if self else ""


ADDED_UP = Origin()  # of nearly all numbers, which are told from others by identity
OwnTotals = Mapping[str, Mapping[int, OwnTotal]]  # by item and the last quarter of the period


class OwnSpan(NamedTuple):
    """The quarters an own total is of, and the first that has to be read for it to count: of a stock the last one."""

    first: int
    since: int
    last: int


@lru_cache(maxsize=_BUILDS)
def own_spans(warehouse: Warehouse) -> Mapping[str, Sequence[OwnSpan]]:
    """Return the periods of which anybody's own total counts, by item, oldest first; empty where there are none."""
    spans: dict[str, list[OwnSpan]] = defaultdict(list)
    for row in run_query(warehouse, "own_spans.sql"):
        spans[row.pop("item")].append(OwnSpan(**row))
    return dict(spans)


def span_known(warehouse: Warehouse, *items: str) -> Span:
    """Return the quarters from the first with data of items to the last; own totals may lie before and after returns.

    Between the two there may be quarters of which nothing is known.
    """
    data, own = periods(warehouse), [span for item in items for span in own_spans(warehouse).get(item, ())]
    return Span(min([data.first, *(span.first for span in own)]), max([data.last, *(span.last for span in own)]))


def is_known(warehouse: Warehouse, item: str, span: Span) -> bool:
    """Return whether of each quarter of a span either returns may have come, or an own total of the item has."""
    own = own_spans(warehouse).get(item, ())
    return not own or known_part(warehouse, (item,), span) == span


def known_part(warehouse: Warehouse, items: Iterable[str], span: Span) -> Span | None:
    """Return the last quarters of a span in a row of which returns, or own totals, may tell all items; None for none.

    Without own totals these are the quarters between the first and the last return.
    """
    data, spans = periods(warehouse).like(span), own_spans(warehouse)
    returned = range(max(span.first, data.first), min(span.last, data.last) + 1)
    if not spans:
        return Span(returned.start, returned.stop - 1) if returned else None
    known = {*range(span.first, span.last + 1)}
    for item in items:
        own = [
            each for each in own_spans(warehouse).get(item, ()) if each.since >= span.first and each.last <= span.last
        ]
        known &= {*returned, *(quarter for each in own for quarter in range(each.first, each.last + 1))}
    if not known:
        return None
    last = max(known)
    first = next(quarter for quarter in range(last, span.first - 2, -1) if quarter - 1 not in known)
    return Span(first, last)


def read_own_totals(warehouse: Warehouse, units: Sequence[str], items: Collection[str] = ()) -> dict[str, OwnTotals]:
    """Return the own totals in the figures of several organisations, of the named items or of all."""
    known = own_spans(warehouse)
    if not known or (items and known.keys().isdisjoint(items)):
        return {}
    rows = run_query(warehouse, "own_totals.sql", units=list(units), items=sorted(items))
    totals: dict[str, dict[str, dict[int, OwnTotal]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        held = totals[row["unit"]][row["item"]]
        held[row["ending"]] = _with(held.get(row["ending"]), row)
    return dict(totals)


def _with(before: OwnTotal | None, row: Mapping[str, Any]) -> OwnTotal:
    own = before or OwnTotal(first=row["first"], value=row["value"], totals=row["totals"], whole=row["whole"])
    quarter = row["period"]
    return replace(
        own,
        instead={**own.instead, quarter: row["instead"]},
        returns={**own.returns, quarter: (row["reported"], row["expected"])},
    )


def origin_of(within: Iterable[OwnTotal], quarters: Collection[int], stock: bool) -> Origin:
    """Return the origin of a number over quarters, given the own totals that lie within them."""
    having = [own for own in within if own.value is not None]
    below = max((own.totals for own in having if not own.whole), default=0)
    own = [total for total in having if total.whole]
    covered = {quarter for total in own for quarter in (total.returns if stock else _quarters(total))}
    whole = bool(own) and covered >= {*quarters}
    return Origin(whole, bool(own) and not whole, below)


def _quarters(own: OwnTotal) -> range:
    return range(own.first, max(own.returns, default=own.first) + 1)
