"""The figures recomputed in plain Python from the received rows and the register, without queries."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from base.periods import Span
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.models import Form, Indicator, Item
from stats.warehouse import Warehouse
from tests.lib.oracles.outcomes import outcome

_FOREVER = 10**6
_REGISTER = "level"  # a column that only the register of organisations has


@dataclass(frozen=True)
class Row:
    """A row in force: its form, its organisation, its fields, and the quarters in which it is valid."""

    number: int
    form: str
    unit: str
    key: str
    first: int
    last: int
    reported: int
    fields: dict[str, Any]


def told_after(form: Form, row: Any) -> tuple[Any, ...]:
    """Return the sort key of rows with the same key: a register is ordered by day, a ledger by quarter."""
    day = str(row.fields.get(form.date or "") or "")
    return (day, row.reported) if form.frequency == "standing" else (row.reported, day)


def held_until(form: Form, state: Any, following: Any) -> int:
    """Return the last quarter in which a row counts; in a ledger with repeated keys only the last row does."""
    if following is None:
        return int(state.last)
    return min(state.last, (following if form.frequency == "standing" else state).first - 1)


def same(form: Form, item: Item, unit: str, fields: dict[str, Any]) -> str:
    """Return the identity of what an item counts once: a code alone, or a name within its organisation."""
    for code in item.distinct:
        if form.column(code).type == "unit":
            return unit
        if fields.get(code):
            return str(fields[code]) if code == item.distinct[0] else f"{unit}|{fields[code]}"
    return unit


def is_there(form: Form, fields: dict[str, Any], column: str) -> bool:
    """Return whether a number is positive or, in a row that reverses an earlier one, negative."""
    numbers = [fields.get(one.code) for one in form.columns if one.measure]
    back = form.ledger and form.until is None and any(isinstance(n, int | float) and n < 0 for n in numbers)
    number = float(fields.get(column) or 0)
    return number < 0 if back else number > 0


class Reckoning:
    """All rows in force, and the figures computed from them."""

    def __init__(self, warehouse: Warehouse, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        with warehouse.cursor() as cursor:
            sent = cursor.execute(
                'select form, reporter, period, submission, id from raw."return" order by submission, id'
            ).fetchall()
            came = cursor.execute(
                'select id, form, unit, key, first, last, fields, "return" from raw.record'
            ).fetchall()
        in_force = {(form, reporter, period): file for form, reporter, period, file, _ in sent}
        self._filed = {(form, period) for form, _, period in in_force}
        self._senders = set(in_force)
        self.last = max(period for _, _, period in in_force)
        # A file may hold a return in several sheets, one a month.
        counting = {number for *key, file, number in sent if in_force[tuple(key)] == file}
        quarters = {number: period for _, _, period, _, number in sent}
        rows = [
            Row(row[0], *row[1:5], _FOREVER if row[5] is None else row[5], quarters[row[7]], json.loads(row[6]))
            for row in came
            if row[7] in counting
        ]
        self._rows: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row.number):
            self._rows[row.form].append(row)
        register = next(
            form.code for form in catalogue.forms.values() if any(c.code == _REGISTER for c in form.columns)
        )
        self._places = self._states(self._rows[register])

    def _states(self, rows: list[Row]) -> dict[str, list[Row]]:
        """Return the rows of one form by key, the earliest first."""
        states: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: (*told_after(self._catalogue.forms[row.form], row), row.number)):
            states[row.key].append(row)
        return states

    @cache  # noqa: B019  the object lives as long as the tests
    def above(self, unit: str, period: int) -> frozenset[str]:
        """Return an organisation and its ancestors in a quarter; a closed one is under its last parent."""
        known = [state for state in self._places.get(unit, []) if state.first <= period]
        open_ones = [state for state in known if state.fields["status"] == "open"]
        state = known[-1] if known and known[-1].fields["status"] == "open" else None
        if state is None:
            last = (open_ones or [s for s in self._places.get(unit, []) if s.fields["status"] == "open"])[-1:]
            parent = last[0].fields.get("parent") or "" if last else ""
            return self.above(parent, period) if parent else frozenset()
        parent = state.fields.get("parent") or ""
        return frozenset({unit}) | (self.above(parent, period) if parent else frozenset())

    def _holding(self, form: str) -> Iterator[tuple[Row, int]]:
        """Yield the rows of a form with the last quarter in which each is valid."""
        if self._catalogue.forms[form].until not in ("next", "next_in_year"):
            yield from ((row, row.last) for row in self._rows[form])
            return
        for states in self._states(self._rows[form]).values():
            for state, following in zip(states, [*states[1:], None], strict=True):
                yield state, held_until(self._catalogue.forms[form], state, following)

    @cache  # noqa: B019
    def _counting(self, code: str) -> dict[int, list[tuple[str, float, dict[str, Any]]]]:
        """Return the values that count for an item by quarter: organisation, value and the row's fields."""
        item = self._catalogue.items[code]
        form = self._catalogue.forms[item.form]
        found: dict[int, list[tuple[str, float, dict[str, Any]]]] = defaultdict(list)
        alone: dict[tuple[int, str], tuple[str, float, dict[str, Any]]] = {}
        for row, last in sorted(self._holding(form.code), key=lambda held: self._age(held[0], item.take)):
            value = 1.0 if item.take is None else row.fields.get(item.take)
            corrected = form.repeats_keys and last < row.first
            if value is None or corrected or not self._matches(item, row):
                continue
            counted = row.unit, float(value), row.fields
            first, last = row.first, last if item.time == "last" else row.first
            if item.deadline:
                first, last = outcome(form, item, row.fields, first, last)
            for period in range(first, min(self.last, last) + 1):
                if (
                    row.key.startswith(f"{row.unit}|")
                    and form.repeats_keys
                    and row.unit not in self.above(row.unit, period)
                ):
                    continue  # what a ledger holds of an organisation that is closed
                if item.distinct:
                    alone[period, same(form, item, row.unit, row.fields)] = counted  # a newer one replaces it
                else:
                    found[period].append(counted)
        for (period, _), counted in alone.items():
            found[period].append(counted)
        return found

    def _age(self, row: Row, take: str | None) -> tuple[int, str, int, float, str]:
        """Return the sort key by age: the row's quarter, its day, its return's quarter; on a tie the value."""
        day = self._catalogue.forms[row.form].date
        told = str(row.fields.get(day or "") or "")
        return row.first, told, row.reported, float(row.fields.get(take or "") or 0), row.key

    @cache  # noqa: B019
    def _sums(self, code: str, period: int) -> dict[str, float]:
        """Return the sum of an item in one quarter, for every organisation with a row at or below it."""
        sums: dict[str, float] = defaultdict(float)
        for unit, value, _ in self._counting(code).get(period, []):
            for above in self.above(unit, period):
                sums[above] += value
        return sums

    def quarter(self, item: Item, unit: str, period: int) -> float | None:
        """Return the sum of an item for an organisation in one quarter; None if no row counts."""
        return self._sums(item.code, period).get(unit)

    def parts(self, item: Item, unit: str, span: Span, column: str) -> dict[str, float]:
        """Return the sums of an item by the codes in a column of its form; "" for a blank."""
        sums: dict[str, float] = defaultdict(float)
        for period in self.quarters(item, span):
            for own, value, fields in self._counting(item.code).get(period, []):
                if unit in self.above(own, period):
                    sums[fields.get(column) or ""] += value
        return dict(sums)

    def _matches(self, item: Item, row: Row) -> bool:
        form = self._catalogue.forms[item.form]
        for column in item.where:
            codes = self._catalogue.codes[form.column(column).codes or INDICATORS]
            if row.fields.get(column) not in set().union(*(codes.expand(word) for word in item.wanted(column))):
                return False
        low = all(float(row.fields.get(column) or 0) >= bound for column, bound in item.least.items())
        high = all(float(row.fields.get(column) or 0) <= bound for column, bound in item.most.items())
        return low and high and all(is_there(form, row.fields, column) for column in item.positive)

    def quarters(self, item: Item, span: Span) -> list[int]:
        """Return the quarters that count for an item in a span: for a stock the last one with a return of its form."""
        inside = range(span.first, min(span.last, self.last) + 1)
        if item.time != "last":
            return list(inside)
        form = self._catalogue.forms[item.form]
        first = min((period for code, period in self._filed if code == form.code), default=_FOREVER)
        standing = form.frequency == "standing"
        filed = [p for p in inside if (p >= first if standing else (form.code, p) in self._filed)]
        return filed[-1:]

    def item(self, item: Item, unit: str, span: Span) -> float | None:
        """Return the sum of an item for an organisation in a span; None if no row counts."""
        found = [self.quarter(item, unit, period) for period in self.quarters(item, span)]
        known = [value for value in found if value is not None]
        return sum(known) if known else None

    def indicator(self, indicator: Indicator, unit: str, span: Span) -> float | None:
        """Return an indicator's value: a sum, or the quotient of two sums; None if it is unknown."""
        items = self._catalogue.items
        item = items[indicator.numerator or ""]
        if indicator.summary == "streak_years":
            return self._streak(item, unit, span)
        if indicator.summary == "per_year":
            return self._a_year(item, unit, span)
        if not indicator.denominator:
            return self.item(item, unit, span)
        base = items[indicator.denominator]
        if base.form != item.form:
            return self._of_both(item, base, unit, span)
        below = self.item(base, unit, span)
        return (self.item(item, unit, span) or 0.0) / below if below else None

    def _of_both(self, item: Item, base: Item, unit: str, span: Span) -> float | None:
        """Return the ratio of two stocks, without organisations at or below one that lacks either return."""
        inside = range(span.first, min(span.last, self.last) + 1)
        both = [p for p in inside if all(self.quarters(one, Span(p, p)) for one in (item, base))]
        if not both:
            return None
        period = both[-1]
        lacking = self._lacking(item.form, period) | self._lacking(base.form, period)
        sums = []
        for one in (item, base):
            counted = self._counting(one.code).get(period, [])
            places = ((self.above(own, period), value) for own, value, _ in counted)
            sums.append(sum(value for above, value in places if unit in above and not above & lacking))
        return sums[0] / sums[1] if sums[1] else None

    @cache  # noqa: B019
    def _lacking(self, code: str, period: int) -> frozenset[str]:
        """Return the organisations that were in the register and due to send a form for a quarter, but did not."""
        form = self._catalogue.forms[code]
        kinds = self._catalogue.codes["unit_category"]
        wanted = set().union(*(kinds.expand(word) for word in form.assigned.category))
        due = set()
        for unit, states in self._places.items():
            known = [state for state in states if state.first <= period]
            held = known[-1].fields if known else {"status": ""}
            if held["status"] == "open" and held["level"] in form.assigned.level:
                due |= {unit} if not wanted or held.get("category") in wanted else set()
        if form.ledger:
            late = form.frequency == "standing"
            return frozenset(
                unit
                for unit in due
                if not any(
                    sent[:2] == (code, unit) and (sent[2] == period or (late and sent[2] < period))
                    for sent in self._senders
                )
            )
        return frozenset(due - {row.unit for row in self._rows[code] if row.first == period})

    def _a_year(self, item: Item, unit: str, span: Span) -> float | None:
        """Return the average per whole year of a span; if there is none, the last year's total so far, if any."""
        end = min(span.last, self.last)
        whole = [
            year for year in range(span.first // 4, end // 4 + 1) if span.first <= year * 4 and year * 4 + 3 <= end
        ]
        first, last = (whole[0] * 4, whole[-1] * 4 + 3) if whole else (end // 4 * 4, end)
        found = self.item(item, unit, Span(first, last))
        return (found or None) if not whole or found is None else found / len(whole)

    def _streak(self, item: Item, unit: str, span: Span) -> float:
        """Return the consecutive years with an event, up to the span's last; an unfinished year may be without one."""
        happened = {period // 4 for period in range(span.last + 1) if (self.quarter(item, unit, period) or 0) > 0}
        end = min(span.last, self.last)
        year, over = end // 4, end % 4 == 3
        year -= 0 if over or year in happened else 1
        streak = 0
        while year - streak in happened:
            streak += 1
        return float(streak)
