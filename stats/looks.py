"""Looks: the quarters that a reading speaks of, those it is held against, and what is added up for it.

A span ends where the returns end: of a year that isn't over its quarters so far are read, and held against the same
quarters of the year before. What happens each year is read of whole years, or of the last year so far. Of a rate whose
parts come from two forms, an organisation that lacks a return of either stands in neither part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from stats.catalogue import Catalogue
from stats.catalogue_models import Indicator, Item
from stats.organisations import periods
from stats.parts import Asked, Part
from stats.periods import Span
from stats.totals import last_filed, quarters_filed
from stats.warehouse import Warehouse

_YEAR = 4  # quarters
Pair = tuple[float | None, float | None]
Absent = Literal["", "unreported", "not_yet"]


@dataclass(frozen=True)
class Look:
    """What a reading of an indicator looks at: the span that was asked for, the one read, and the one held against it.

    `before` is None where nothing may be held against it. `asked` are the parts: numerator and, of a rate, denominator.
    """

    indicator: Indicator
    span: Span
    now: Span
    before: Span | None
    asked: tuple[Asked, ...]

    def alone(self) -> "Look":
        """Return the same held against nothing."""
        return replace(self, before=None, asked=tuple(replace(one, before=None) for one in self.asked))

    @property
    def until(self) -> int | None:
        """Return the last quarter that counts where the span asked for goes on beyond the returns; None elsewhere."""
        return self.now.last if self.now.last < self.span.last else None

    def parts(self, found: Mapping[Asked, Part]) -> tuple[Part, Part | None]:
        """Return the numerator and, of a rate, the denominator."""
        return found[self.asked[0]], found[self.asked[1]] if len(self.asked) > 1 else None

    def under(self, bottom: Part | None, when: Literal["now", "before"]) -> float | None:
        """Return what the numerator is divided by: the denominator, or of how many years the span is."""
        if self.indicator.summary == "per_year":
            return float(max(self.now.length // _YEAR, 1))
        return None if bottom is None else bottom.now if when == "now" else bottom.before

    def matched(self, top: Part, bottom: Part | None) -> tuple[Pair, Pair]:
        """Return numerator and denominator, now and before, of those who reported both times."""
        if bottom is None:
            years = self.under(None, "now")
            return (top.now_matched, years), (top.before_matched, years)
        return (top.now_matched, bottom.now_matched), (top.before_matched, bottom.before_matched)

    def not_yet(self, number: float | None) -> bool:
        """Return whether what happens each year has not happened yet, in a year that isn't over."""
        return self.indicator.summary == "per_year" and bool(self.now.length % _YEAR) and number == 0

    def why_absent(self, top: Part) -> Absent:
        """Return why there is no value: nobody's return came, or nothing yet this year; "" where nothing is known."""
        if top.expected and not top.reported:
            return "unreported"
        return "not_yet" if self.not_yet(top.now) else ""


def look_at(
    warehouse: Warehouse, catalogue: Catalogue, indicator: Indicator, span: Span, against: Span | None = None
) -> Look:
    """Return what an indicator's reading of a span looks at; without `against` it is held against the span before."""
    items = catalogue.parts(indicator)
    forms = list(dict.fromkeys(item.form for item in items))
    now = _spoken_of(indicator, _as_filed(warehouse, forms, within_data(warehouse, span)))
    anew = indicator.summary == "per_year" or catalogue.forms[forms[0]].restarts
    if indicator.summary == "per_year":
        before = _of_as_many_years(now, _spoken_of(indicator, against) if against else None)
    else:
        before = (against or span.previous) if now == span else same_part(span, now, against)
    if anew and before and (now.last - before.last) % _YEAR:
        before = None if against else same_part(now, now)
    asked = (
        Asked(
            item.code,
            now,
            before,
            _due(warehouse, catalogue, item, span, now),
            next((form for form in forms if form != item.form), ""),
            anew,
        )
        for item in items
    )
    return Look(indicator, span, now, before, tuple(asked))


def _due(warehouse: Warehouse, catalogue: Catalogue, item: Item, span: Span, now: Span) -> Span | None:
    """Return the span whose returns an item rests on; None where those of the quarter it is taken from are all.

    What a ledger holds at a day came row by row: in all quarters since its first, or in those of the year if it begins
    anew.
    """
    if item.time == "sum":
        return Span(min(now.first, span.first), span.last)
    form = catalogue.forms[item.form]
    if not form.ledger or form.frequency != "quarter":
        return None
    begun = now.last // _YEAR * _YEAR if form.restarts else min(periods(warehouse).first, now.last)
    filed = quarters_filed(warehouse, item.form, Span(begun, now.last))
    return Span(filed[0], now.last) if filed else None


def within_data(warehouse: Warehouse, span: Span) -> Span:
    """Return a span as far as there are data; the whole of one that begins after them."""
    last = periods(warehouse).last
    return Span(span.first, min(span.last, last)) if span.first <= last else span


def same_part(span: Span, part: Span, other: Span | None = None) -> Span:
    """Return the quarters of `other` that are to it what `part` is to `span`; without one those of years before."""
    if other is None:
        apart = -(-span.length // _YEAR) * _YEAR
        return Span(part.first - apart, part.last - apart)
    return Span(other.first + part.first - span.first, other.last + part.last - span.last)


def _as_filed(warehouse: Warehouse, forms: Sequence[str], span: Span) -> Span:
    """Return a span up to the last quarter in which all forms were filed; as it is where they never were."""
    end = last_filed(warehouse, forms[0], span, *forms[1:])
    return span if end is None else Span(span.first, end)


def _spoken_of(indicator: Indicator, span: Span) -> Span:
    return years_within(span) if indicator.summary == "per_year" else span


def years_within(span: Span) -> Span:
    """Return what is read of a span of what happens each year: its whole years, else the last of its years so far."""
    first, end = -(-span.first // _YEAR) * _YEAR, (span.last + 1) // _YEAR * _YEAR
    return Span(first, end - 1) if first < end else Span(span.last // _YEAR * _YEAR, span.last)


def _of_as_many_years(now: Span, against: Span | None) -> Span | None:
    """Return the span that years are held against: as many before, or those chosen if they are as many."""
    if against is None:
        return same_part(now, now)
    return against if against.length == now.length else None


def divide(indicator: Indicator, top: float | None, bottom: float | None) -> float | None:
    """Return the value from its parts: divided last, and unknown when a part is or the base is zero."""
    if not indicator.is_rate and indicator.summary != "per_year":
        return top
    return None if top is None or not bottom else top / bottom


def lacking_of(catalogue: Catalogue, top: Part, bottom: Part | None) -> dict[str, int]:
    """Return how many returns of each form of a rate of two forms are lacking; of one form there is nothing to tell."""
    parts = [part for part in (top, bottom) if part]
    lacking = {catalogue.items[part.item].form: part.expected - part.reported for part in parts}
    return {form: count for form, count in lacking.items() if count} if len(lacking) > 1 else {}


def say_left_out(catalogue: Catalogue, lacking: Mapping[str, int]) -> str:
    """Return what the base of a rate says of those who are in neither part; "" where nobody's return is lacking."""
    return "".join(
        f"；{count:,}家未报《{catalogue.forms[form].name}》，分子、分母都不计" for form, count in lacking.items()
    )
