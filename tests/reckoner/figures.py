"""The figures: what items come to and what indicators are, reckoned from the rows of the county one by one."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from math import fsum
from typing import Any

from tests.reckoner.county import County, Row
from tests.reckoner.deadlines import stands
from tests.reckoner.declared import Entry


class Figures:
    """Every indicator of a county, for any organisation and span of quarters."""

    def __init__(self, county: County) -> None:
        self.county = self._county = county
        self._declared = county.declared

    @property
    def indicators(self) -> set[str]:
        """Return the codes of all indicators."""
        return set(self._declared.indicators)

    def value(self, code: str, unit: str, first: int, last: int) -> float | None:
        """Return an indicator's value; None where it can't be said."""
        indicator = self._declared.indicators[code]
        top = indicator["numerator"]
        first, last = self._whole(code, first, last)
        if first > last:
            return None
        if indicator.get("summary") == "streak_years":
            return self._streak(top, unit, first, last)
        if indicator.get("summary") == "per_year":
            return self._per_year(top, unit, first, last)
        bottom = indicator.get("denominator")
        quarters = self._quarters([top, bottom] if bottom else [top], first, last)
        above = self._sum(top, unit, quarters[top], beside=bottom)
        if bottom is None or above is None:
            return above
        below = self._sum(bottom, unit, quarters[bottom], beside=top)
        return above / below if below else None

    def in_months(self, code: str, unit: str, first: int, last: int) -> float | None:
        """Return what a figure of one item from a roster of months is over months (12 × year + 0…11) of it alone."""
        item = self._declared.items[self._declared.indicators[code]["numerator"]]
        rows = [row for row in self._county.rows[item["form"]] if first <= row.part - 1 <= last]
        if item["time"] == "last":
            rows = [row for row in rows if row.part == max(other.part for other in rows)]
        own = [row.fields[item["take"]] for row in rows if unit in self._county.above(row.unit, row.quarter)]
        return fsum(map(float, own)) if own else None

    def _whole(self, code: str, first: int, last: int) -> tuple[int, int]:
        """Return a span cut to the half-years or years that it holds whole, if a part of an indicator is of those."""
        indicator = self._declared.indicators[code]
        items = [indicator[part] for part in ("numerator", "denominator") if indicator.get(part)]
        size = max(self._county.quarters(self._form(item)) for item in items)
        return -(-first // size) * size, (last + 1) // size * size - 1

    def coverage(self, code: str, unit: str, quarter: int) -> tuple[int, int]:
        """Return how many returns of how many came in a quarter for a figure of one form, for an organisation."""
        item = self._declared.indicators[code]["numerator"]
        form = self._form(item)
        if self._is_held(item):  # told in the ledgers of all quarters so far, or of those of the year
            restarts = self._declared.forms[form].get("until") in ("year_end", "next_in_year")
            begun = quarter // 4 * 4 if restarts else 0
            quarters = range(min((q for q in self._county.filed(form) if q >= begun), default=quarter), quarter + 1)
            came = [len(self._county.reported(form, q)) for q in quarters]
            due = sum(len(self._county.expected(form, q)) for q in quarters)
            if sum(came) < due:
                return sum(came), due
        reported, expected = self._county.reported(form, quarter), self._county.expected(form, quarter)
        if self._declared.forms[form]["assigned"]["level"] in (["county"], "county"):
            return len(reported), len(expected)
        below = [one for one in expected if unit in self._county.above(one, quarter)]
        return sum(one in reported for one in below), len(below)

    def _is_held(self, item: str) -> bool:
        """Return whether an item is what a ledger of quarters holds at a day, such as the contracts in force."""
        form = self._declared.forms[self._form(item)]
        quarterly = form["frequency"] == "quarter"
        return self._declared.items[item]["time"] == "last" and self._is_ledger(form["code"]) and quarterly

    def of_one_form(self, code: str) -> bool:
        """Return whether all parts of an indicator come from one form."""
        indicator = self._declared.indicators[code]
        parts = [indicator[part] for part in ("numerator", "denominator") if indicator.get(part)]
        return len({self._form(item) for item in parts}) == 1

    def _quarters(self, items: list[str], first: int, last: int) -> dict[str, list[int]]:
        """Return the quarters that count for each item: a span ends with the last in which all its forms were filed."""
        inside = [q for q in range(first, last + 1) if self._county.first <= q <= self._county.last]
        both = [q for q in inside if all(q in self._county.filed(self._form(item)) for item in items)]
        return {item: self._of_item(item, inside, both) for item in items}

    def _of_item(self, item: str, inside: list[int], both: list[int]) -> list[int]:
        if self._declared.items[item]["time"] == "last":
            return both[-1:]
        return [q for q in inside if not both or q <= both[-1]]

    def _form(self, item: str) -> str:
        return str(self._declared.items[item]["form"])

    def _sum(self, item: str, unit: str, quarters: list[int], beside: str | None = None) -> float | None:
        """Return the sum over quarters of what is known; 0 where the returns came and had nothing of the kind."""
        other = self._form(beside) if beside and self._form(beside) != self._form(item) else ""
        if self._county.is_monthly(self._form(item)):  # a part of its months is not a quarter
            quarters = [q for q in quarters if self._came(self._form(item), unit, q)]
        known = [v for q in quarters if (v := self._in_quarter(item, unit, q, other)) is not None]
        if known:
            return fsum(known)
        counts = "take" not in self._declared.items[item] or self._is_ledger(self._form(item))
        return 0.0 if counts and any(self._came(self._form(item), unit, quarter) for quarter in quarters) else None

    def _is_ledger(self, form: str) -> bool:
        return "ledger" in self._declared.forms[form]["layouts"]

    def _is_state(self, row: Row) -> bool:
        """Return whether a row is what a register or ledger holds of its organisation until the next one."""
        form = self._declared.forms[row.form]
        if form.get("until") != "next" or "role" in form or row.key[0] != row.unit:
            return False
        return len(row.key) > 1 or form["frequency"] == "standing"

    def _came(self, form: str, unit: str, quarter: int) -> bool:
        """Return whether a return that speaks of an organisation came: its own, one below it, or the county's."""
        reported = self._county.reported(form, quarter)
        if self._declared.forms[form]["assigned"]["level"] in (["county"], "county"):
            return bool(reported)
        return any(unit in self._county.above(reporter, quarter) for reporter in reported)

    @cache  # noqa: B019  the figures live as long as the tests
    def _sums(self, item: str, quarter: int, other: str) -> dict[str, float]:
        """Return what an item comes to in a quarter for everyone above a row that counts.

        Of a rate of two forms, what stands under an organisation that lacks a return of either is left out.
        """
        without: set[str] = set()
        if other:
            for form in (self._form(item), other):
                size = self._county.quarters(form)  # who lacks a year lacks each of its quarters
                end = (quarter // size + 1) * size - 1
                if end <= self._county.last:
                    without |= self._county.expected(form, end) - self._county.reported(form, end)
        sums: dict[str, list[float]] = {}
        for row, value in self._counting(item, quarter):
            above = self._county.above(row.unit, quarter)
            for one in () if above & without else above:
                sums.setdefault(one, []).append(value)
        return {unit: fsum(values) for unit, values in sums.items()}

    def _in_quarter(self, item: str, unit: str, quarter: int, other: str) -> float | None:
        return self._sums(item, quarter, other).get(unit)

    def _counting(self, code: str, quarter: int) -> Iterable[tuple[Row, float]]:
        """Yield the rows that count for an item in a quarter; of those a distinct item takes for equal the newest."""
        item = self._declared.items[code]
        rows = [row for row in self._county.rows.get(item["form"], []) if self._counts(item, row, quarter)]
        if "distinct" in item:
            newest = {self._distinct(item, row): row for row in sorted(rows, key=self._age)}
            rows = list(newest.values())
        yield from ((row, 1.0 if "take" not in item else float(row.fields[item["take"]])) for row in rows)

    def _counts(self, item: Entry, row: Row, quarter: int) -> bool:
        inside = row.first <= quarter <= (row.last if item["time"] == "last" else row.first)
        if item["time"] == "last" and self._county.is_monthly(row.form):
            inside = inside and row.part == self._county.last_month(row.form, quarter)
        if "deadline" in item:
            form = self._declared.forms[item["form"]]
            inside = stands(form, item, row.fields, quarter) and (item["time"] == "sum" or quarter <= row.last)
        given = "take" not in item or row.fields.get(item["take"]) is not None
        own = not self._is_ledger(row.form) or self._is_state(row)
        closed = own and not self._county.is_open(row.unit, quarter)
        return inside and given and not closed and self._matches(item, row)

    @staticmethod
    def _age(row: Row) -> tuple[Any, ...]:
        return row.first, row.day or date.min, row.quarter, row.order

    @staticmethod
    def _distinct(item: Entry, row: Row) -> tuple[str, ...]:
        """Return what tells a row apart: the first of the columns that is filled, but for the first within its unit."""
        for column in item["distinct"]:
            if said := row.fields.get(column):
                return (str(said),) if column == item["distinct"][0] else (row.unit, str(said))
        return ("", row.unit)

    def _matches(self, item: Entry, row: Row) -> bool:
        for column, wanted in item.get("where", {}).items():
            if row.fields.get(column) not in self._wanted(item["form"], column, wanted):
                return False
        return all(float(row.fields.get(column) or 0) > 0 for column in item.get("positive", []))

    def _wanted(self, form: str, column: str, wanted: Any) -> set[Any]:
        declared = self._declared.column(form, column)
        if declared["type"] == "code":
            return self._declared.expand(declared["codes"], wanted)
        codes = wanted if isinstance(wanted, list) else [wanted]
        return {self._declared.indicators[code]["name"] for code in codes}

    def _per_year(self, item: str, unit: str, first: int, last: int) -> float | None:
        """Return the mean of the whole years, else what the year so far has had; None where it has had nothing yet."""
        end = max((q for q in self._county.filed(self._form(item)) if first <= q <= last), default=None)
        if end is None:
            return None
        begin, over = -(-first // 4) * 4, (end + 1) // 4 * 4
        quarters = list(range(begin, over)) if begin < over else list(range(end // 4 * 4, end + 1))
        found = self._sum(item, unit, quarters)
        if begin >= over and not found:
            return None
        return None if found is None else found / max(len(quarters) // 4, 1)

    def _streak(self, item: str, unit: str, first: int, last: int) -> float | None:
        """Return in how many years in a row it happened, up to the span's last; a year not over need not count."""
        quarters = self._quarters([item], first, last)[item]
        if self._sum(item, unit, quarters) is None:
            return None
        end = quarters[-1]
        held = {q // 4 for q in range(self._county.first, end + 1) if (self._in_quarter(item, unit, q, "") or 0) > 0}
        year = end // 4 - (0 if end % 4 == 3 or end // 4 in held else 1)
        streak = 0
        while year - streak in held:
            streak += 1
        return float(streak)
