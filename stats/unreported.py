"""Unreported: what a value is when those who sent no return count with what they last sent."""

from dataclasses import dataclass
from typing import Protocol

from stats.catalogue import Catalogue
from stats.catalogue_models import Indicator, Item
from stats.looks import divide
from stats.organisations import periods
from stats.periods import Span
from stats.totals import last_filed
from stats.warehouse import Warehouse, run_query


class Held(Protocol):
    """What is known of an indicator for one organisation and span: its value, its parts, how many returns came."""

    @property
    def unit(self) -> str:
        """Return the organisation's code."""

    @property
    def value(self) -> float | None:
        """Return the value in the indicator's unit."""

    @property
    def numerator(self) -> float | None:
        """Return what a rate divides, or the count itself."""

    @property
    def denominator(self) -> float | None:
        """Return what a rate is divided by."""

    @property
    def reported(self) -> int:
        """Return how many returns came."""

    @property
    def expected(self) -> int:
        """Return how many were expected."""

    @property
    def left_out(self) -> int:
        """Return how many returns of either part of a rate are lacking."""

    @property
    def part_left_out(self) -> tuple[float, float]:
        """Return what numerator and denominator would have of those who are left out of both."""


@dataclass(frozen=True)
class Supplied:
    """A value with what those who sent no return last sent, in the indicator's unit.

    `never` counts the returns that are lacking of those who never sent one: they are not in it.
    """

    value: float
    never: int


def supplied(
    warehouse: Warehouse, catalogue: Catalogue, indicator: Indicator, reading: Held, span: Span
) -> Supplied | None:
    """Return a reading's value over a span with what is lacking supplied; None where none is, or it can't be known.

    Of a stock what they had last counts, of a flow what they did in the same quarter of the year before, or in the last
    quarter for which they sent a return.
    """
    if reading.value is None or reading.numerator is None or reading.reported >= reading.expected:
        return None
    forms = [catalogue.forms[item.form] for item in catalogue.parts(indicator) if item.time == "last"]
    if any(form.ledger and form.frequency == "quarter" for form in forms):
        return None  # the rows of a ledger that never came are not told by those that came before
    grown, never = [], 0
    for item in catalogue.parts(indicator):
        found = _last_known(warehouse, item, reading.unit, span)
        grown.append(found["adds"])
        never = max(never, int(found["never"]))
    under = reading.denominator
    if len(grown) > 1 and under is not None:
        under += grown[1] + reading.part_left_out[1]
    value = divide(indicator, reading.numerator + grown[0] + reading.part_left_out[0], under)
    return None if value is None else Supplied(value, never)


def _last_known(warehouse: Warehouse, item: Item, unit: str, span: Span) -> dict[str, float]:
    """Return what an item would grow by in the quarters of a span that it is taken from, and who never reported."""
    known = periods(warehouse)
    end = last_filed(warehouse, item.form, span)
    if item.time == "sum":
        quarters = list(range(max(span.first, known.first), min(span.last, known.last) + 1))
    else:
        quarters = [] if end is None else [end]
    return run_query(warehouse, "last_known.sql", item=item.code, unit=unit, quarters=quarters)[0]
