"""The county from its returns: which are in force, who stood under whom when, who had to report and did."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from tests.reckoner.declared import Declared, listed, plain
from tests.reckoner.returns import QUARTERS, Return, returns_of

FOREVER = 10**9
_REGISTER = "level"  # the column that only the register of organisations has


@dataclass(frozen=True)
class Row:
    """A row in force: of which form, told by whom, of which organisation, and the quarters in which it counts."""

    form: str
    reporter: str
    unit: str
    key: tuple[str, ...]
    quarter: int
    part: int
    day: date | None
    order: int
    first: int
    last: int
    fields: dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where an organisation stands from one quarter to another: under whom, of which level and category."""

    parent: str
    level: str
    category: str
    first: int
    last: int


def quarter_of(day: date) -> int:
    """Return the quarter of a day: 4 × year + 0…3."""
    return day.year * 4 + (day.month - 1) // 3


def last_day_of(quarter: int) -> date:
    """Return the last day of a quarter."""
    month = quarter % 4 * 3 + 3
    return date(quarter // 4, month, 31 if month in (3, 12) else 30)


class County:
    """The returns in force, read from files in the order in which they were filed."""

    def __init__(self, files: Sequence[Path], declared: Declared) -> None:
        self.declared = declared
        self._returns = [found for path in files for found in returns_of(path, declared)]
        self._register_form = next(
            code for code, form in declared.forms.items() if any(c["code"] == _REGISTER for c in form["columns"])
        )
        returned = [found for found in self._returns if not declared.totals(found.form)]
        self.first = min(found.quarter - self.quarters(found.form) + 1 for found in returned)
        self.last = max(found.quarter for found in returned)

    def quarters(self, form: str) -> int:
        """Return how many quarters a return of a form is of."""
        return QUARTERS.get(self.declared.forms[form]["frequency"], 1)

    def is_monthly(self, form: str) -> bool:
        """Return whether a form is sent each month."""
        return bool(self.declared.forms[form]["frequency"] == "month")

    @cache  # noqa: B019
    def last_month(self, form: str, quarter: int) -> int:
        """Return the last part of a quarter for which anyone sent a form of months."""
        return max(
            part for (of, _, part), (_, found) in self.in_force.items() if (of, found.quarter) == (form, quarter)
        )

    @cached_property
    def _codes(self) -> dict[str, str]:
        """Return the organisations' codes by name and code."""
        rows = [row for found in self._returns if found.form == self._register_form for row in found.rows]
        return {plain(row[name]): row["unit_code"] for row in rows for name in ("unit_name", "unit_code")}

    @cached_property
    def in_force(self) -> dict[tuple[str, str, int], tuple[int, Return]]:
        """Return the last filed return of each form, reporter and period, with its place in the order of filing."""
        return {
            (found.form, self._codes[found.reporter], found.part): (order, found)
            for order, found in enumerate(self._returns)
        }

    @cached_property
    def rows(self) -> dict[str, list[Row]]:
        """Return the rows in force by form; of those that tell of one key again each ends where the next begins."""
        told: dict[str, list[Row]] = defaultdict(list)
        for (form, reporter, _), (order, found) in self.in_force.items():
            told[form] += [self._row(form, reporter, order, found, row) for row in found.rows]
        return {form: list(self._following(form, rows)) for form, rows in told.items()}

    def _row(self, form: str, reporter: str, order: int, found: Return, fields: dict[str, Any]) -> Row:
        declared = self.declared.forms[form]
        said = next((fields[code] for code in declared["subject"] if fields.get(code)), "")
        unit = self._codes.get(plain(said), plain(said))
        units = {c["code"] for c in declared["columns"] if c["type"] == "unit"}
        named = [self._codes.get(plain(fields[k]), "") if k in units else str(fields[k] or "") for k in declared["key"]]
        day = fields.get(declared["date"]) if declared.get("date") else None
        first, last = self._quarters(declared, found.quarter, day, fields)
        return Row(form, reporter, unit, tuple(named), found.quarter, found.part, day, order, first, last, fields)

    @staticmethod
    def _quarters(form: dict[str, Any], quarter: int, day: date | None, fields: dict[str, Any]) -> tuple[int, int]:
        """Return the quarters in which a row counts by itself."""
        if not form.get("date"):
            return quarter, quarter
        first, until = quarter_of(day) if day else quarter, form.get("until")
        if until in ("year_end", "next_in_year"):
            return first, first // 4 * 4 + 3
        end = fields.get(until) if until else None
        if not isinstance(end, date):
            return first, FOREVER
        return first, quarter_of(end) if end >= last_day_of(quarter_of(end)) else quarter_of(end) - 1

    def _following(self, form: str, rows: Iterable[Row]) -> Iterable[Row]:
        """Yield rows with the quarters in which they count, where the next of a key ends the one before or mends it."""
        declared = self.declared.forms[form]
        if declared.get("until") not in ("next", "next_in_year"):
            yield from rows
            return
        standing, keys = declared["frequency"] == "standing", defaultdict(list)
        for row in rows:
            keys[row.key].append(row)
        for told in keys.values():
            ordered = sorted(told, key=lambda row: self._moment(row, standing))
            for row, following in zip(ordered, [*ordered[1:], None], strict=True):
                if following is None:
                    yield row
                elif standing and following.first > row.first:
                    yield replace(row, last=min(row.last, following.first - 1))

    @staticmethod
    def _moment(row: Row, standing: bool) -> tuple[Any, ...]:
        day = row.day or date.min
        return (day, row.quarter, row.order) if standing else (row.quarter, day, row.order)

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        """Return where each organisation stood, the earliest first; none while it is closed."""
        found: dict[str, list[Place]] = defaultdict(list)
        for row in sorted(self.rows[self._register_form], key=lambda row: row.first):
            if row.fields["status"] == "open":
                parent, category = row.fields.get("parent") or "", row.fields.get("category") or ""
                found[row.unit].append(Place(parent, row.fields["level"], category, row.first, row.last))
        return found

    @cache  # noqa: B019  a county lives as long as the tests
    def above(self, unit: str, quarter: int) -> frozenset[str]:
        """Return an organisation and all it is under in a quarter.

        What is told of a closed one stands under its successor, where it has none under its last parent.
        """
        places = self.places.get(unit, [])
        now = next((place for place in places if place.first <= quarter <= place.last), None)
        if now is None and not places:
            return frozenset()
        parent = now.parent if now else self.successors.get(unit) or places[-1].parent
        own = frozenset({unit}) if now else frozenset()
        return own | (self.above(parent, quarter) if parent else frozenset())

    def is_open(self, unit: str, quarter: int) -> bool:
        """Return whether an organisation stands in the register in a quarter, or is none of its kind at all."""
        places = self.places.get(unit, [])
        return not places or any(place.first <= quarter <= place.last for place in places)

    @cached_property
    def successors(self) -> dict[str, str]:
        """Return into which organisation a closed one was merged."""
        rows = self.rows[self._register_form]
        return {row.unit: row.fields["successor"] for row in rows if row.fields.get("successor")}

    @cache  # noqa: B019
    def expected(self, form: str, quarter: int) -> frozenset[str]:
        """Return who has to report a form in a quarter: of one of years all in the quarter in which it ends."""
        if (quarter + 1) % self.quarters(form):
            return frozenset()
        assigned = self.declared.forms[form]["assigned"]
        categories = self.declared.expand("unit_category", assigned["category"]) if "category" in assigned else None
        return frozenset(
            unit
            for unit, places in self.places.items()
            for place in places
            if place.first <= quarter <= place.last
            and place.level in listed(assigned["level"])
            and (categories is None or place.category in categories)
        )

    @cache  # noqa: B019
    def reported(self, form: str, quarter: int) -> frozenset[str]:
        """Return who of those has: of a roster who has a row, of a standing form who ever filed it.

        A form of months is reported with all three.
        """
        declared, parts = self.declared.forms[form], defaultdict(set)
        for (of, reporter, part), (_, found) in self.in_force.items():
            filed = found.quarter
            if of == form and (filed == quarter or (declared["frequency"] == "standing" and filed <= quarter)):
                ledger = "ledger" in declared["layouts"]
                subject = declared["subject"][0]
                for one in {reporter} if ledger else {self._codes[plain(row[subject])] for row in found.rows}:
                    parts[one].add(part)
        needed = 3 if self.is_monthly(form) else 1
        return self.expected(form, quarter) & {one for one, sent in parts.items() if len(sent) >= needed}

    def filed(self, form: str) -> set[int]:
        """Return the quarters in which anyone at all filed a form."""
        return {quarter for quarter in range(self.first, self.last + 1) if self.reported(form, quarter)}
