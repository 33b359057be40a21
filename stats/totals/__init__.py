"""Totals: the sums of items for an organisation, quarter by quarter, and the returns behind them.

What is reported by the month is there for its months too, under their own numbers (base/periods.py).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from cachetools import LRUCache

from base.month_spans import MONTH, QUARTER
from base.periods import Span, length_of
from stats.organisations import node_range, organisations, periods
from stats.totals.declared_items import Counted, DeclaredItems, declared
from stats.totals.own_totals import OwnTotals, own_spans, read_own_totals, span_known
from stats.totals.totals_model import Returns, Totals
from stats.warehouse import Warehouse, run_query

__all__ = [
    "Counted", "DeclaredItems", "Needed", "Totals", "county_of", "declared", "ever_known", "gaps", "last_filed",
    "months_filed", "quarters_filed", "quarters_known", "read_needed", "read_totals", "totals_of", "totals_of_each",
]  # fmt: skip

_BUILDS = 3  # builds whose declarations are cached: a build never changes
_ORGANISATIONS = 300  # organisations whose totals are cached: every figure of a page needs the same one's
_KEPT: "LRUCache[tuple[Warehouse, str], Totals]" = LRUCache(_ORGANISATIONS)
_READING = Lock()  # pages read from several threads


def totals_of(warehouse: Warehouse, unit: str) -> Totals:
    """Return all totals of one organisation, over all quarters with data."""
    return totals_of_each(warehouse, [unit])[unit]


def totals_of_each(warehouse: Warehouse, units: Sequence[str]) -> dict[str, Totals]:
    """Return all totals of several organisations; reading those not cached together takes hardly longer than one."""
    with _READING:
        totals_by_unit = {unit: kept for unit in units if (kept := _KEPT.get((warehouse, unit)))}
    lacking = [unit for unit in units if unit not in totals_by_unit]
    if lacking:
        read = read_totals(warehouse, lacking, periods(warehouse))
        with _READING:
            _KEPT.update({(warehouse, unit): totals for unit, totals in read.items()})
        totals_by_unit |= read
    return totals_by_unit


def read_totals(warehouse: Warehouse, units: Sequence[str], span: Span) -> dict[str, Totals]:
    """Return the totals of several organisations in the quarters of a span, of all items."""
    quarters = list(range(span.first, span.last + 1))
    parameters = {"units": list(units), "first": span.first, "last": span.last}
    return _totals(
        warehouse,
        units,
        values=run_query(warehouse, "totals.sql", **parameters),
        returns=run_query(warehouse, "returns.sql", **parameters),
        left_out=_read_left_out(warehouse, units, quarters, ()),
        own=read_own_totals(warehouse, units),
    )


@dataclass(frozen=True)
class Needed:
    """Which totals are needed: the quarters of each item, those of each form whose returns count, and what is left out.

    `two_forms` are the items that stand in a rate of two forms, each with its quarters.
    """

    items: Collection[tuple[str, int]]
    forms: Collection[tuple[str, int]]
    two_forms: Collection[tuple[str, int]]


def read_needed(warehouse: Warehouse, units: Sequence[str], needed: Needed) -> dict[str, Totals]:
    """Return the totals of several organisations, with nothing in them but what is needed."""
    asked = {"units": list(units), **node_range(warehouse, units)}
    items, forms = ({"codes": [code for code, _ in pairs], "quarters": [quarter for _, quarter in pairs]}
                    for pairs in (needed.items, _with_months(warehouse, needed.forms)))  # fmt: skip
    quarters = sorted({quarter for _, quarter in needed.two_forms})
    return _totals(
        warehouse,
        units,
        values=run_query(warehouse, "totals_asked.sql", **asked, **items),
        returns=run_query(warehouse, "returns_asked.sql", **asked, **forms),
        left_out=_read_left_out(warehouse, units, quarters, sorted({item for item, _ in needed.two_forms})),
        own=read_own_totals(warehouse, units, {code for code, _ in needed.items}),
    )


def _with_months(warehouse: Warehouse, forms: Collection[tuple[str, int]]) -> set[tuple[str, int]]:
    """Return quarters of forms, and the months of those that are sent by the month: each month's return counts."""
    by_month = {item.form for item in declared(warehouse).items.values() if item.months < QUARTER}
    spans = [(form, Span(quarter, quarter).months) for form, quarter in forms if form in by_month]
    return {*forms, *((form, month) for form, each in spans for month in range(each.first, each.last + 1))}


def _read_left_out(
    warehouse: Warehouse, units: Sequence[str], quarters: Sequence[int], items: Sequence[str]
) -> list[dict[str, Any]]:
    """Return what rates of two forms leave out in some quarters, of the named items or of all."""
    if gaps(warehouse).isdisjoint(quarters):
        return []
    parameters = {"units": list(units), "quarters": list(quarters), "items": list(items)}
    return run_query(warehouse, "left_out.sql", **parameters, **node_range(warehouse, units))


@lru_cache(maxsize=_BUILDS)
def gaps(warehouse: Warehouse) -> frozenset[int]:
    """Return the quarters in which anything may be left out: a return lacks of a form of a rate of two forms."""
    return frozenset(row["period"] for row in run_query(warehouse, "gaps.sql"))


def _totals(
    warehouse: Warehouse,
    units: Sequence[str],
    *,
    values: Iterable[dict[str, Any]],
    returns: Iterable[dict[str, Any]],
    left_out: Iterable[dict[str, Any]],
    own: Mapping[str, OwnTotals],
) -> dict[str, Totals]:
    by_item: dict[str, dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in values:
        by_item[row["unit"]][row["item"]][row["period"]] = row["value"]
    by_form: dict[str, dict[str, dict[int, tuple[int, int]]]] = defaultdict(lambda: defaultdict(dict))
    for row in returns:
        by_form[row["unit"]][row["form"]][row["period"]] = (row["reported"], row["expected"])
    by_part: dict[str, dict[tuple[str, str], dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    under: dict[str, dict[tuple[str, str], dict[tuple[int, int], float]]] = defaultdict(lambda: defaultdict(dict))
    for row in left_out:
        held = by_part[row["unit"]][row["item"], row["beside"]]
        held[row["period"]] = held.get(row["period"], 0.0) + row["value"]
        if row["ending"] is not None:
            under[row["unit"]][row["item"], row["beside"]][row["ending"], row["period"]] = row["value"]
    by_county = _filed_by_county(warehouse, units, by_form)
    return {
        unit: Totals(
            unit=unit,
            values=by_item[unit],
            returns=by_form[unit] | by_county,
            left_out=by_part[unit],
            left_out_under=under[unit],
            own=own.get(unit, {}),
        )
        for unit in units
    }


def _filed_by_county(
    warehouse: Warehouse, units: Sequence[str], returns: Mapping[str, Mapping[str, Returns]]
) -> dict[str, Returns]:
    county = county_of(warehouse)
    known = returns[county] if county in units else totals_of(warehouse, county).returns
    return {form: known.get(form, {}) for form in declared(warehouse).by_county}


@lru_cache(maxsize=_BUILDS)
def county_of(warehouse: Warehouse) -> str:
    """Return the code of the county, the root of all organisations."""
    return next(organisation.code for organisation in organisations(warehouse) if not organisation.parent)


def quarters_filed(warehouse: Warehouse, form: str, span: Span) -> list[int]:
    """Return the quarters, or months, of a span in which anyone reported a form, oldest first."""
    filed = totals_of(warehouse, county_of(warehouse)).quarters(form)
    return [quarter for quarter in filed if span.first <= quarter <= span.last]


def months_filed(warehouse: Warehouse) -> Span | None:
    """Return the first and the last month that anyone sent a form of months for; None where nobody did."""
    totals = totals_of(warehouse, county_of(warehouse))
    months = {period for form in totals.returns for period in totals.quarters(form) if length_of(period) == MONTH}
    return Span(min(months), max(months)) if months else None


def data_like(warehouse: Warehouse, span: Span) -> Span:
    """Return the periods with data, of the length that a span has: the months end with the last one anyone sent."""
    data = periods(warehouse).like(span)
    months = months_filed(warehouse) if span.each == MONTH else None
    return Span(data.first, months.last) if months else data


def quarters_known(warehouse: Warehouse, items: Iterable[Counted], span: Span) -> list[int]:
    """Return the quarters of a span for which all items are known: a return came, or an own total ends there."""
    held = []
    for item in items:
        ends = [own.last for own in own_spans(warehouse).get(item.code, ()) if span.first <= own.last <= span.last]
        held.append({*quarters_filed(warehouse, item.form, span), *ends})
    return sorted(set.intersection(*held))


def ever_known(warehouse: Warehouse, items: Iterable[str]) -> frozenset[str]:
    """Return those of the items of which anybody ever reported anything."""
    counted = declared(warehouse).items
    return frozenset(code for code in items if quarters_known(warehouse, [counted[code]], span_known(warehouse, code)))


def last_filed(warehouse: Warehouse, form: str, span: Span, *others: str) -> int | None:
    """Return the last quarter or month of a span in which a form and all `others` were reported by anyone, or None."""
    filed = [set(quarters_filed(warehouse, name, span)) for name in (form, *others)]
    return max(set.intersection(*filed), default=None)
