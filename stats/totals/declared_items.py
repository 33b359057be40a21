"""The items and forms that a build was made with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from base.month_spans import QUARTER
from stats.warehouse import Warehouse, run_query

_BUILDS = 3  # builds whose declarations are cached: a build never changes


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


@lru_cache(maxsize=_BUILDS)
def declared(warehouse: Warehouse) -> DeclaredItems:
    """Return the items and forms a build was made with."""
    rows = run_query(warehouse, "items.sql")
    fields = ("id", "form", "stock", "zero_when_reported", "months")
    items = {
        row["item"]: Counted(code=row["item"], **{name: row[name] for name in fields}) for row in rows if row["item"]
    }
    return DeclaredItems(items, frozenset(row["form"] for row in rows if row["by_county"]))
