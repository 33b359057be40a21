"""Implausible values: is a number possible for a unit of the known size, and plausible at all?

A first ledger has no other quarter to compare with, and a single row no other rows. But registers and returns,
including those in the same file, give the number of workers and enterprises of the organisation and those below it,
and some numbers are impossible for any row.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from etl.check.finding_writer import FindingWriter
from etl.known import ORGANISATION
from etl.known.surroundings import Surroundings
from etl.model.finding import Finding
from etl.model.nouns import Return, Row
from etl.model.observe import Observer
from etl.model.rules import OUT_OF_LINE
from etl.model.rules.wording import Values
from stats.catalogue.form_rules import KnownSize, Plausible
from stats.catalogue.models import Item

_SEVERAL = 3
_BACK = 4  # quarters in which a roster is looked for


@dataclass(frozen=True)
class Sizes:
    """What is known of the sizes of organisations in a quarter."""

    surroundings: Surroundings
    observer: Observer
    period: int

    @cached_property
    def _last(self) -> dict[str, dict[str, float]]:
        return {}

    def of(self, size: KnownSize, unit: str) -> tuple[float, str]:
        """Return how large an organisation is with all under it, and what says so.

        It is the largest of what is known, and so much more for each unit that nothing is known of: in a new county
        most returns are still to come.
        """
        below = self.surroundings.register.below(unit, self.period)
        by_item = {code: self._by_unit(self.surroundings.catalogue.items[code]) for code in size.items}
        most, code = max(
            (sum(by_unit.get(unit_code, 0.0) for unit_code in below), code) for code, by_unit in by_item.items()
        )
        guessed = (
            self._unknown(below, {unit_code for by_unit in by_item.values() for unit_code in by_unit}) * size.each_unit
        )
        if not most:
            return guessed, "名册里的单位数"
        named = self.surroundings.catalogue.items[code].name
        return most + guessed, f"{named}和还没有报过的单位数" if guessed else named

    def _unknown(self, below: Sequence[str], reported: Collection[str]) -> int:
        """Return how many organisations nothing is known of, neither their own nor of those above or below them."""
        known = {upper for name in reported for upper in self.surroundings.register.above(name, self.period)}
        root = {self.surroundings.register.root()}
        areas = {*reported} - root
        return sum(
            1
            for name in below
            if name not in known and not areas & {*self.surroundings.register.above(name, self.period)}
        )

    def _by_unit(self, item: Item) -> dict[str, float]:
        """Return what an item last was of each organisation."""
        if item.code not in self._last:
            form = self.surroundings.catalogue.forms[item.form]
            back = 0 if form.is_register else _BACK
            by_unit: dict[str, float] = {}
            for period in range(self.period - back, self.period + 1):
                by_unit |= self._in_quarter(item, form.code, period)
            self._last[item.code] = by_unit
        return self._last[item.code]

    def _in_quarter(self, item: Item, form: str, period: int) -> dict[str, float]:
        units = self.surroundings.column(form, period, ORGANISATION)
        columns = {code: self.surroundings.column(form, period, code) for code in item.named_columns()}
        rows: dict[str, list[str]] = {}
        for key, unit in units.items():
            rows.setdefault(str(unit), []).append(key)
        return {
            unit: self.observer.total(
                item, {code: [by_key.get(key) for key in keys] for code, by_key in columns.items()}
            )
            for unit, keys in rows.items()
        }


def check_plausible(
    filed: Return, sizes: Sizes, reported: Collection[tuple[str, str]], writer: FindingWriter
) -> Iterator[Finding]:
    """Yield a finding on each number impossible for a unit of that size, except in `reported` (address, column)."""
    for rule in filed.form.history.plausible:
        each = [
            (writer.at(row, rule.column, OUT_OF_LINE, "most", **values), values)
            for row, values in _beyond(rule, filed, sizes, writer)
        ]
        beyond = [(finding, values) for finding, values in each if (finding.address, finding.column) not in reported]
        if len(beyond) >= _SEVERAL and 2 * len(beyond) >= filed.size:
            yield writer.on_sheet(OUT_OF_LINE, "most", column=rule.column, **beyond[0][1], count=len(beyond))
        else:
            yield from (finding for finding, _ in beyond)


def _beyond(rule: Plausible, filed: Return, sizes: Sizes, writer: FindingWriter) -> Iterator[tuple[Row, Values]]:
    """Yield the rows whose number is too large, with the values of the wording."""
    form = filed.form.code
    for number, value in enumerate(filed.column(rule.column)):
        if not isinstance(value, int | float) or value <= rule.above:
            continue
        limit, why = _limit(rule, filed.units[number], sizes)
        if value > limit:
            row = filed.row(number)
            written, most = (writer.value(form, rule.column, number) for number in (value, limit))
            values: Values = {
                "row": writer.named(row),
                "label": writer.label(rule.column),
                "value": written,
                "limit": most,
            }
            yield row, values | why


def _limit(rule: Plausible, unit: str, sizes: Sizes) -> tuple[float, Values]:
    """Return the most a number may be for an organisation, and of what size it is known to be."""
    if rule.size is None:
        return rule.most, {}
    size, name = sizes.of(sizes.surroundings.catalogue.thresholds.sizes[rule.size], unit)
    if not size:
        return rule.most, {}
    limit = max(rule.above, float(f"{rule.times * size:.3g}"))
    return min(rule.most, limit), {"unit": sizes.surroundings.register.name_of(unit), "known": name, "size": size}


def places(findings: Sequence[Finding]) -> set[tuple[str, str]]:
    """Return the cells and columns that findings are about."""
    return {(finding.address, finding.column) for finding in findings}
