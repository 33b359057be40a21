"""The totals of one organisation: the sums of its items, the returns behind them, and own totals in their place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from base.month_spans import QUARTER
from base.periods import Span
from stats.totals.declared_items import Counted
from stats.totals.own_totals import ADDED_UP, Origin, OwnTotal, OwnTotals, origin_of

ByQuarter = Mapping[int, float]
Returns = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Totals:
    """The sum of each item for one organisation in each quarter or month, and how many returns came and were expected.

    `values` are in the item's stored unit, by item and quarter; `returns` are pairs of reported and expected, by form
    and quarter. A return of the county itself covers every organisation below it. `left_out` is the part of an item
    that a rate of two forms excludes, by the item and the other form, and by quarter; `left_out_under` what of it
    stands under an own total, by the last quarter of that one's period as well. `own` are the own totals that take the
    place of what is below them; they are not in `values`.
    """

    unit: str
    values: Mapping[str, ByQuarter]
    returns: Mapping[str, Returns]
    left_out: Mapping[tuple[str, str], ByQuarter]
    left_out_under: Mapping[tuple[str, str], Mapping[tuple[int, int], float]]
    own: OwnTotals

    def value(
        self, item: Counted, quarters: Iterable[int], other_form: str = "", other: Counted | None = None
    ) -> float | None:
        """Return the sum of an item over quarters; None when there is no number and a blank does not count as zero.

        With `other_form`, the other form of a rate, only over organisations with no return of either form missing. With
        `other`, a rate's other part, none where the two are of different organisations.
        """
        quarters = list(quarters)
        if other and self.unlike(item, other, quarters):
            return None
        values, without = self.values.get(item.code, {}), self.left_out.get((item.code, other_form), {})
        own = self.own_within(item, quarters) if self.own else {}
        if item.months < QUARTER:  # some of a quarter's months are not the quarter; a month that nobody sent is none
            quarters = [quarter for quarter in quarters if self.count_returns(item.form, [quarter])[0]]
        known = [values[quarter] - without.get(quarter, 0.0) for quarter in quarters if quarter in values]
        if own:
            known += self._in_place(item, own, quarters, other_form)
        if known:
            return fsum(known)
        return 0.0 if item.zero_when_reported and self.count_returns(item.form, quarters)[0] else None

    def own_within(self, item: Counted, quarters: Sequence[int]) -> Mapping[int, OwnTotal]:
        """Return the own totals of an item that lie wholly within quarters, by their last one; a stock's that end so.

        Those of periods of which none came are among them, without a value.
        """
        held = self.own.get(item.code)
        if not held:
            return {}
        among, step = {*quarters}, item.quarters
        return {
            ending: own
            for ending, own in held.items()
            if ending in among and (item.stock or among.issuperset(range(own.first + step - 1, ending, step)))
        }

    def _in_place(
        self, item: Counted, own: Mapping[int, OwnTotal], quarters: Sequence[int], other_form: str
    ) -> list[float]:
        """Return the own totals, and with the opposite sign what was added up of those for whom they stand."""
        left_out = self.left_out_under.get((item.code, other_form), {})
        added = [total.value for total in own.values() if total.value is not None]
        replaced = [
            left_out.get((ending, quarter), 0.0) - amount
            for ending, total in own.items()
            for quarter, amount in total.instead.items()
            if total.value is not None and quarter in quarters
        ]
        return [*added, *replaced] if added else []

    def origin(self, item: Counted, quarters: Sequence[int]) -> Origin:
        """Return whether the number of an item over quarters is the organisation's own, or added up, or both."""
        own = self.own_within(item, quarters) if self.own else {}
        return (origin_of(own.values(), quarters, item.stock) or ADDED_UP) if own else ADDED_UP

    def unlike(self, item: Counted, other: Counted, quarters: Sequence[int]) -> bool:
        """Return whether the parts of a rate are of different organisations, because an own total stands in one alone.

        What it tells can't be reduced to those who also sent the other part. Where as many returns of one form lack of
        both, they are those of others.
        """
        if not self.own or self._standing(item, quarters) == self._standing(other, quarters):
            return False
        lacking = [due - came for came, due in (self.count_of(part, quarters) for part in (item, other))]
        return lacking[0] != lacking[1] if item.form == other.form else any(lacking)

    def _standing(self, item: Counted, quarters: Sequence[int]) -> dict[int, tuple[bool, int]]:
        own = self.own_within(item, quarters)
        return {ending: (total.whole, total.totals) for ending, total in own.items() if total.value is not None}

    def longer_than(self, item: Counted, quarters: Sequence[int]) -> int | None:
        """Return how many quarters an own total is of that quarters hold a part of; None where there is none."""
        overlapping = (
            ending - own.first + 1
            for ending, own in self.own.get(item.code, {}).items()
            if own.value is not None and any(own.first <= quarter <= ending for quarter in quarters)
        )
        return None if item.stock else max(overlapping, default=None)

    def left_out_of(self, item: Counted, quarters: Sequence[int], other_form: str) -> float:
        """Return the part of an item over quarters that a rate with its other part from another form excludes."""
        without = self.left_out.get((item.code, other_form), {})
        left_out = fsum(without.get(quarter, 0.0) for quarter in quarters)
        under = self.left_out_under.get((item.code, other_form))
        own = self.own_within(item, quarters) if under else {}
        return left_out - fsum(under.get((ending, quarter), 0.0) for ending in own for quarter in quarters if under)

    def in_quarter(self, item: Counted, quarter: int, other_form: str = "") -> float | None:
        """Return an item's value in one quarter, as `value` does; None if nobody reported its form, or for several."""
        if item.quarters > 1:
            return None
        return self.value(item, [quarter], other_form) if self.count_of(item, [quarter])[0] else None

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

    def each_of(self, item: Counted, quarters: Sequence[int], other_form: str = "") -> tuple[tuple[int, int], ...]:
        """Return what came and was due for an item, quarter by quarter: returns, or own totals where these stand.

        Of what adds up over months each month's return counts; with `other_form`, the other form of a rate, only who
        sent all of them, as in the rate.
        """
        own = self.own_within(item, quarters) if self.own else {}
        if not own and item.months < QUARTER and not item.stock and not other_form:
            return tuple([self._by_months(item.form, quarter) for quarter in quarters])
        if not own:
            return self.each_return(item.form, quarters)
        instead = {quarter: pair for total in own.values() for quarter, pair in total.returns.items()}
        returns = self.returns.get(item.form, {})
        return tuple([instead.get(quarter) or returns.get(quarter, (0, 0)) for quarter in quarters])

    def _by_months(self, form: str, period: int) -> tuple[int, int]:
        """Return the returns of a quarter's months, or of a month; none came where no number is read of the quarter."""
        months = Span(period, period).months
        came, due = self.count_returns(form, range(months.first, months.last + 1))
        return came if self.count_returns(form, [period])[0] else 0, due

    def count_of(self, item: Counted, quarters: Sequence[int]) -> tuple[int, int]:
        """Return the sums of what came and was due for an item in quarters: returns and own totals."""
        each = self.each_of(item, quarters)
        return sum(came for came, _ in each), sum(due for _, due in each)

    def quarters_of(self, item: Counted) -> list[int]:
        """Return the quarters in which anyone reported an item, own totals of no more than its own period included."""
        held = self.own.get(item.code, {})
        having = {end: total for end, total in held.items() if total.value is not None}
        own = (end for end, total in having.items() if item.stock or end - total.first < item.quarters)
        return sorted({*self.quarters(item.form), *own})

    def quarters(self, form: str) -> list[int]:
        """Return the quarters, and then the months, in which anyone reported a form, oldest first."""
        return sorted(quarter for quarter, (reported, _) in self.returns.get(form, {}).items() if reported)
