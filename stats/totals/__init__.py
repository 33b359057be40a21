"""Totals: the sums of items for an organisation, quarter by quarter, and the returns behind them.

What is reported by the month is there for its months too, under their own numbers (base/periods.py).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum
from threading import Lock
from typing import Any

from cachetools import LRUCache

from base.month_spans import MONTH, QUARTER
from base.periods import Span, length_of
from stats.organisations import node_range, organisations, periods
from stats.warehouse import Warehouse, run_query

_BUILDS = 3  # builds whose declarations are cached: a build never changes
_ORGANISATIONS = 300  # organisations whose totals are cached: every figure of a page needs the same one's
_KEPT: "LRUCache[tuple[Warehouse, str], Totals]" = LRUCache(_ORGANISATIONS)
_READING = Lock()  # pages read from several threads

ByQuarter = Mapping[int, float]
Returns = Mapping[int, tuple[int, int]]


@dataclass(kw_only=True, frozen=True)
class Counted:
    """An item in a build: its number there, its form, whether it is a stock and whether a blank counts as zero.

    `months` is the length of its form's periods.
    """

    code: str
    id: int
    form: str
    stock: bool
    zero_when_reported: bool
    months: int

    @property
    def quarters(self) -> int:
        """Return how many quarters a number of it is of; one also where its form is sent by the month."""
        return max(self.months // QUARTER, 1)

    def whole(self, quarters: Sequence[int]) -> Sequence[int]:
        """Return those of consecutive quarters in which a number of this item ends that is of them alone."""
        if self.quarters == 1:
            return quarters
        return [end for end in quarters if (end + 1) % self.quarters == 0 and end - self.quarters + 1 >= quarters[0]]


@dataclass(frozen=True)
class DeclaredItems:
    """The declarations a build was made with: its items by code, and the forms that the county files for everybody."""

    items: Mapping[str, Counted]
    by_county: frozenset[str]


@dataclass(frozen=True)
class Totals:
    """The sum of each item for one organisation in each quarter or month, and how many returns came and were expected.

    `values` are in the item's stored unit, by item and quarter; `returns` are pairs of reported and expected, by form
    and quarter. A return of the county itself covers every organisation below it. `left_out` is the part of an item
    that a rate of two forms excludes, by the item and the other form, and by quarter.
    """

    unit: str
    values: Mapping[str, ByQuarter]
    returns: Mapping[str, Returns]
    left_out: Mapping[tuple[str, str], ByQuarter]

    def value(self, item: Counted, quarters: Iterable[int], other_form: str = "") -> float | None:
        """Return the sum of an item over quarters; None when there is no number and a blank does not count as zero.

        With `other_form`, the other form of a rate, only over organisations with no return of either form missing.
        """
        values, without = self.values.get(item.code, {}), self.left_out.get((item.code, other_form), {})
        if item.months < QUARTER:  # some of a quarter's months are not the quarter; a month that nobody sent is none
            quarters = [quarter for quarter in quarters if self.count_returns(item.form, [quarter])[0]]
        known = [values[quarter] - without.get(quarter, 0.0) for quarter in quarters if quarter in values]
        if known:
            return fsum(known)
        return 0.0 if item.zero_when_reported and self.count_returns(item.form, quarters)[0] else None

    def left_out_of(self, item: Counted, quarters: Iterable[int], other_form: str) -> float:
        """Return the part of an item over quarters that a rate with its other part from another form excludes."""
        without = self.left_out.get((item.code, other_form), {})
        return fsum(without.get(quarter, 0.0) for quarter in quarters)

    def in_quarter(self, item: Counted, quarter: int, other_form: str = "") -> float | None:
        """Return an item's value in one quarter, as `value` does; None if nobody reported its form, or for several."""
        if item.quarters > 1:
            return None
        return self.value(item, [quarter], other_form) if self.count_returns(item.form, [quarter])[0] else None

    def count_returns(self, form: str, quarters: Iterable[int]) -> tuple[int, int]:
        """Return the numbers of returns of a form that were reported and expected in quarters."""
        reported = expected = 0
        for came, due in self.each_return(form, quarters):
            reported, expected = reported + came, expected + due
        return reported, expected

    def each_return(self, form: str, quarters: Iterable[int]) -> tuple[tuple[int, int], ...]:
        """Return the numbers of returns of a form that were reported and expected, quarter by quarter."""
        returns = self.returns.get(form, {})
        return tuple([returns.get(quarter, (0, 0)) for quarter in quarters])

    def quarters(self, form: str) -> list[int]:
        """Return the quarters, and then the months, in which anyone reported a form, oldest first."""
        return sorted(quarter for quarter, (reported, _) in self.returns.get(form, {}).items() if reported)


@lru_cache(maxsize=_BUILDS)
def declared(warehouse: Warehouse) -> DeclaredItems:
    """Return the items and forms a build was made with."""
    rows = run_query(warehouse, "items.sql")
    fields = ("id", "form", "stock", "zero_when_reported", "months")
    items = {
        row["item"]: Counted(code=row["item"], **{name: row[name] for name in fields}) for row in rows if row["item"]
    }
    return DeclaredItems(items, frozenset(row["form"] for row in rows if row["by_county"]))


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
                    for pairs in (needed.items, needed.forms))  # fmt: skip
    quarters = sorted({quarter for _, quarter in needed.two_forms})
    return _totals(
        warehouse,
        units,
        values=run_query(warehouse, "totals_asked.sql", **asked, **items),
        returns=run_query(warehouse, "returns_asked.sql", **asked, **forms),
        left_out=_read_left_out(warehouse, units, quarters, sorted({item for item, _ in needed.two_forms})),
    )


def _read_left_out(
    warehouse: Warehouse, units: Sequence[str], quarters: Sequence[int], items: Sequence[str]
) -> list[dict[str, Any]]:
    """Return what rates of two forms leave out in some quarters, of the named items or of all."""
    if not quarters:
        return []
    parameters = {"units": list(units), "quarters": list(quarters), "items": list(items)}
    return run_query(warehouse, "left_out.sql", **parameters, **node_range(warehouse, units))


def _totals(
    warehouse: Warehouse,
    units: Sequence[str],
    *,
    values: Iterable[dict[str, Any]],
    returns: Iterable[dict[str, Any]],
    left_out: Iterable[dict[str, Any]],
) -> dict[str, Totals]:
    by_item: dict[str, dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in values:
        by_item[row["unit"]][row["item"]][row["period"]] = row["value"]
    by_form: dict[str, dict[str, dict[int, tuple[int, int]]]] = defaultdict(lambda: defaultdict(dict))
    for row in returns:
        by_form[row["unit"]][row["form"]][row["period"]] = (row["reported"], row["expected"])
    by_part: dict[str, dict[tuple[str, str], dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in left_out:
        by_part[row["unit"]][row["item"], row["beside"]][row["period"]] = row["value"]
    by_county = _filed_by_county(warehouse, units, by_form)
    return {unit: Totals(unit, by_item[unit], by_form[unit] | by_county, by_part[unit]) for unit in units}


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


def last_filed(warehouse: Warehouse, form: str, span: Span, *others: str) -> int | None:
    """Return the last quarter or month of a span in which a form and all `others` were reported by anyone, or None."""
    filed = [set(quarters_filed(warehouse, name, span)) for name in (form, *others)]
    return max(set.intersection(*filed), default=None)
