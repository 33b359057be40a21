"""Imputed values: a value with missing returns replaced by the last ones their reporters sent."""

from dataclasses import dataclass
from typing import Protocol

from base.periods import Span
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator, Item
from stats.organisations import periods
from stats.totals import declared, last_filed, totals_of
from stats.totals.coverage import divide
from stats.warehouse import Warehouse, run_query


class Held(Protocol):
    """An indicator's value for one organisation and span, with its parts and the number of returns."""

    @property
    def unit(self) -> str:
        """Return the organisation's code."""

    @property
    def value(self) -> float | None:
        """Return the value in the indicator's unit."""

    @property
    def numerator(self) -> float | None:
        """Return the numerator of a rate, or the count itself."""

    @property
    def denominator(self) -> float | None:
        """Return the denominator of a rate."""

    @property
    def reported(self) -> int:
        """Return the number of returns received."""

    @property
    def expected(self) -> int:
        """Return the number of returns expected."""

    @property
    def left_out(self) -> int:
        """Return how many returns of either part of a rate are missing."""

    @property
    def has_own(self) -> bool:
        """Return whether own totals of organisations stand in it, or in a rate's other part."""

    @property
    def part_left_out(self) -> tuple[float, float]:
        """Return what those excluded from both parts would add to numerator and denominator."""


@dataclass(frozen=True)
class Supplied:
    """A value with missing returns imputed from the last ones sent, in the indicator's unit.

    `never` counts the missing returns of reporters who never sent one; they are not imputed.
    """

    value: float
    never: int


def supplied(
    warehouse: Warehouse, catalogue: Catalogue, indicator: Indicator, reading: Held, span: Span
) -> Supplied | None:
    """Return a reading's value over a span with missing returns imputed; None if none is missing, or it can't be known.

    A stock takes the last reported value, a flow that of the same quarter of the year before, or else of the last
    quarter for which they sent a return.
    """
    if reading.value is None or reading.numerator is None or reading.reported >= reading.expected:
        return None
    if reading.has_own:
        return None  # whose returns an own total stands for is not known from their earlier ones
    forms = [catalogue.forms[item.form] for item in catalogue.parts(indicator) if item.time == "last"]
    if any(form.ledger and not form.standing for form in forms):
        return None  # missing rows of a ledger can't be inferred from earlier ones
    grown, never = [], 0
    for item in catalogue.parts(indicator):
        last_known = _last_known(warehouse, item, reading.unit, span)
        grown.append(last_known["adds"])
        never = max(never, int(last_known["never"]))
    under = reading.denominator
    if len(grown) > 1 and under is not None:
        under += grown[1] + reading.part_left_out[1]
    value = divide(indicator, reading.numerator + grown[0] + reading.part_left_out[0], under)
    return None if value is None else Supplied(value, never)


def missing_share(warehouse: Warehouse, catalogue: Catalogue, unit: str, quarter: int) -> float | None:
    """Return which share (0–1) of an organisation's size those held who are missing; None if nobody reported.

    The size is the item that the catalogue's rules of reporting name, as those who are missing last reported it.
    """
    item, span = catalogue.items[catalogue.reporting.size], Span(quarter, quarter)
    totals, sized = totals_of(warehouse, unit), declared(warehouse).items[item.code]
    counted = totals.in_quarter(sized, quarter)
    if counted is None or totals.origin(sized, [quarter]):
        return None
    adds = _last_known(warehouse, item, unit, span)["adds"]
    return adds / (counted + adds) if counted + adds else None


def _last_known(warehouse: Warehouse, item: Item, unit: str, span: Span) -> dict[str, float]:
    """Return the imputed addition to an item in the quarters it is taken from, and who never reported."""
    known = periods(warehouse).like(span)
    end = last_filed(warehouse, item.form, span)
    if item.time == "sum":
        quarters = list(range(max(span.first, known.first), min(span.last, known.last) + 1))
    else:
        quarters = [] if end is None else [end]
    return run_query(warehouse, "last_known.sql", item=item.code, unit=unit, quarters=quarters)[0]
