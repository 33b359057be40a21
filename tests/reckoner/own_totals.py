"""Own totals, computed a second time: the number of an organisation itself, else of the uppermost ones below it."""

from collections.abc import Iterable
from math import fsum
from typing import NamedTuple

from tests.reckoner.county import County
from tests.reckoner.figures import Figures

LENGTHS = {"quarter": 1, "half_year": 2, "year": 4}


class Own(NamedTuple):
    """An own total: whose, the first and the last quarter it is of, and the number."""

    unit: str
    first: int
    last: int
    value: float


class OwnFigures(Figures):
    """Every indicator, where own totals stand in the place of what is below them; of rates those of one form."""

    def __init__(self, county: County) -> None:
        super().__init__(county)
        self._own: dict[str, list[Own]] = {}
        for form, rows in county.rows.items():
            declared = county.declared.forms[form]
            length = LENGTHS[declared.get("rows_of") or declared["frequency"]] if county.declared.totals(form) else 0
            for column, item in county.declared.totals(form).items():
                self._own.setdefault(item, []).extend(
                    Own(row.unit, row.first - length + 1, row.first, row.fields[column])
                    for row in rows
                    if row.fields.get(column) is not None
                )

    def _quarters(self, items: list[str], first: int, last: int) -> dict[str, list[int]]:
        """Return the quarters that count, those of own totals within the span included; the last ones in a row."""
        told = [self._told(item, first, last) for item in items]
        known = set.intersection(*({q for quarters in (own, returned) for q in quarters} for own, returned in told))
        run = [q for q in sorted(known) if all(between in known for between in range(q, max(known)))]
        both = [q for q in run if all(self._ends(item, q) for item in items)]
        return {item: self._of_item(item, run, both) for item in items}

    def _told(self, item: str, first: int, last: int) -> tuple[set[int], set[int]]:
        held = self._declared.items[item]["time"] == "last"
        own = [o for o in self._own.get(item, []) if (o.last if held else o.first) >= first and o.last <= last]
        returned = {q for q in range(first, last + 1) if self._county.first <= q <= self._county.last}
        return {q for o in own for q in range(o.first, o.last + 1)}, returned

    def _ends(self, item: str, quarter: int) -> bool:
        return quarter in self._county.filed(self._form(item)) or any(
            o.last == quarter for o in self._own.get(item, [])
        )

    def _sum(self, item: str, unit: str, quarters: list[int], beside: str | None = None) -> float | None:
        """Return what is added up of those for whom no own total stands, and the own totals."""
        held = self._declared.items[item]["time"] == "last"
        within = [o for o in self._own.get(item, []) if o.last in quarters and (held or o.first in quarters)]
        standing = [o for o in within if unit in self._above(o) and not self._covered(o, within, unit)]
        if not standing:
            return super()._sum(item, unit, quarters, beside)
        added = [
            value
            for quarter in quarters
            for row, value in self._counting(item, quarter)
            if unit in self._county.above(row.unit, quarter) and not self._stands_for(row.unit, quarter, standing, held)
        ]
        return fsum([*added, *(o.value for o in standing)])

    def _above(self, own: Own) -> frozenset[str]:
        """Return those at and above an own total; of a time before the register as it was at first."""
        begun = min(place.first for place in self._county.places[own.unit])
        return self._county.above(own.unit, max(own.last, begun))

    def _covered(self, own: Own, within: Iterable[Own], unit: str) -> bool:
        """Return whether another own total stands for this one, at or below the organisation that is asked about."""
        above = self._above(own) - {own.unit}
        return any(o.unit in above and o.last == own.last and unit in self._above(o) for o in within)

    def _stands_for(self, unit: str, quarter: int, standing: Iterable[Own], held: bool) -> bool:
        above = self._county.above(unit, quarter)
        return any(o.unit in above and (o.last if held else o.first) <= quarter <= o.last for o in standing)
