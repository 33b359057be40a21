"""Own choices: where an organisation's own total and numbers of those below it are both there; which counts."""

from dataclasses import dataclass
from typing import Literal

from base.periods import Span, say_span
from stats.warehouse import Warehouse, run_query

_EQUAL = 0.005


@dataclass(frozen=True, kw_only=True)
class OwnChoice:
    """An organisation's own total of an item and a period, beside what those below it add up to.

    `keep` is what somebody decided for, "" while nobody did: then the own total counts (`counted`). `reported` and
    `expected` are the returns of those below.
    """

    unit: str
    unit_name: str
    area: str
    item: str
    item_name: str
    measure: str
    first: int
    last: int
    value: float
    below: float
    keep: Literal["own", "below", ""]
    counted: bool
    reported: int
    expected: int

    @property
    def span(self) -> Span:
        """Return the quarters the numbers are of."""
        return Span(self.first, self.last)

    @property
    def open(self) -> bool:
        """Return whether somebody has to decide: the two differ and nobody has."""
        return not self.keep and abs(self.value - self.below) > _EQUAL

    @property
    def about(self) -> str:
        """Return in words what it is about: 甲镇2008年会员人数."""
        return f"{self.unit_name}{say_span(self.span)}{self.item_name}"


def own_choices(warehouse: Warehouse) -> list[OwnChoice]:
    """Return all of them, the latest period first."""
    return [OwnChoice(**row) for row in run_query(warehouse, "own_choices.sql")]
