"""Coverage: the quarters a reading covers, those it is compared with, and the sums it needs.

What is of a quarter, a half-year or a year answers only spans that hold the whole of it, and the span is cut to those.
A span begins where the returns begin and ends where they end: of an unfinished year the quarters so far are read, and
compared with the same quarters of the year before. Yearly events are read over whole years, or over the last year so
far. In a rate whose parts come from two forms, an organisation with a missing return of either form is excluded from
both parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, NamedTuple

from base.month_spans import HALF_YEAR, QUARTER, YEAR
from base.periods import Span, first_quarter, whole_of
from stats.catalogue import Catalogue
from stats.catalogue.models import Form, Indicator, Item
from stats.organisations import periods
from stats.totals import declared, ever_known, quarters_filed, quarters_known
from stats.totals.item_parts import AskedItem, ItemPart
from stats.totals.own_totals import known_part, own_spans
from stats.warehouse import Warehouse

Pair = tuple[float | None, float | None]
Absent = Literal[
    "", "unreported", "base_unreported", "not_due", "not_yet", "nothing", "zero_base", "of_quarters", "of_half_years",
    "of_years", "months_lacking", "unlike_parts",
]  # fmt: skip
_OF_SEVERAL: dict[int, Absent] = {QUARTER: "of_quarters", HALF_YEAR: "of_half_years", YEAR: "of_years"}  # by months
TOO_SHORT = tuple(_OF_SEVERAL.values())  # why a span that is too short has no value


class Filed(NamedTuple):
    """One part of an indicator: its number, the returns behind it, whether anyone ever filed its form.

    `sender`: organisations of this level send it themselves, so that none is due from one that need not.
    """

    number: float | None
    reported: int
    expected: int
    stock: bool
    ever: bool
    sender: bool

    @property
    def lacking(self) -> bool:
        """Return whether no return came where one had to; a form that nobody ever filed is not expected yet."""
        return not self.reported and (self.expected > 0 or not self.ever)


def why_unknown(top: Filed, bottom: Filed | None = None) -> Absent:
    """Return why a value is unknown: whose return is missing, or a zero denominator; "" for any other reason."""
    if top.lacking:
        return "unreported"
    if bottom and bottom.lacking:
        return "base_unreported"
    if all(part.sender and not part.expected for part in (top, bottom) if part):
        return "not_due"
    if bottom is None or bottom.number != 0:
        return ""
    return "zero_base" if bottom.stock or top.number else "nothing"


@dataclass(frozen=True, kw_only=True)
class ReadingScope:
    """What a reading of an indicator covers: the span requested, the span read, and the one it is compared with.

    `before` is None where nothing is comparable. `asked` are the parts: numerator and, of a rate, denominator. `filed`
    are those of their items whose form anyone filed at all, `senders` the levels of organisations that send it.
    `too_short` is how many months a number is of where the span holds none of those whole.
    """

    indicator: Indicator
    span: Span
    now: Span
    before: Span | None
    asked: tuple[AskedItem, ...]
    filed: frozenset[str] = frozenset()
    senders: frozenset[tuple[str, str]] = frozenset()
    too_short: int | None = None

    def without_comparison(self) -> "ReadingScope":
        """Return the same scope without a comparison."""
        return replace(self, before=None, asked=tuple(replace(item, before=None) for item in self.asked))

    @property
    def holds_targets(self) -> bool:
        """Return whether a target may be held against it: not where months are too short for it."""
        return not self.too_short or self.span.each == QUARTER

    @cached_property  # asked once for each of a thousand organisations
    def until(self) -> int | None:
        """Return the last period read if the requested span extends beyond the returns, otherwise None."""
        return self.now.last if self.now.months.last < self.span.months.last else None

    @cached_property
    def since(self) -> int | None:
        """Return the first period read if the requested span begins before the returns, else None."""
        yearly = self.indicator.summary == "per_year"  # of these whole years are read
        return self.now.first if self.now.months.first > self.span.months.first and not yearly else None

    def parts(self, by_item: Mapping[AskedItem, ItemPart]) -> tuple[ItemPart, ItemPart | None]:
        """Return the numerator and, of a rate, the denominator."""
        return by_item[self.asked[0]], by_item[self.asked[1]] if len(self.asked) > 1 else None

    def under(self, bottom: ItemPart | None, when: Literal["now", "before"]) -> float | None:
        """Return what the numerator is divided by: the denominator, or the number of years in the span."""
        if self.indicator.summary == "per_year":
            return float(max(self.now.length // self.now.a_year, 1))
        return None if bottom is None else bottom.now if when == "now" else bottom.before

    def matched(self, top: ItemPart, bottom: ItemPart | None) -> tuple[Pair, Pair]:
        """Return numerator and denominator, now and before, over those who reported both times."""
        if bottom is None:
            years = self.under(None, "now")
            return (top.now_matched, years), (top.before_matched, years)
        return (top.now_matched, bottom.now_matched), (top.before_matched, bottom.before_matched)

    def not_yet(self, number: float | None) -> bool:
        """Return whether a yearly event has not happened yet in an unfinished year."""
        return self.indicator.summary == "per_year" and bool(self.now.length % self.now.a_year) and number == 0

    def why_absent(self, top: ItemPart, bottom: ItemPart | None, level: str) -> Absent:
        """Return why there is no value for an organisation of a level; see `why_unknown`."""
        if self.too_short:
            return _OF_SEVERAL[self.too_short]
        shares = [part.own for part in (top, bottom) if part and part.own]
        if longer := next((share.longer for share in shares if share.longer), None):
            return _OF_SEVERAL[longer * QUARTER]
        if any(share.unlike for share in shares):
            return "unlike_parts"
        parts = [
            Filed(
                number=None if part.left_out else part.now,
                reported=part.reported,
                expected=part.expected,
                stock=part.stock,
                ever=part.item in self.filed,
                sender=(part.item, level) in self.senders,
            )
            for part in (top, bottom)
            if part
        ]
        why = why_unknown(*parts)
        if why == "unreported" and top.begun or why == "base_unreported" and bottom and bottom.begun:
            return "months_lacking"
        return why or ("not_yet" if self.not_yet(top.now) else "")


def reading_scope(
    warehouse: Warehouse, catalogue: Catalogue, indicator: Indicator, span: Span, against: Span | None = None
) -> ReadingScope:
    """Return what an indicator's reading of a span covers; without `against` it is compared as usual.

    As usual: what is held at the end with the end of the span before, what happened with the same quarters a year ago.
    """
    items = catalogue.parts(indicator)
    forms = list(dict.fromkeys(item.form for item in items))
    months, codes = catalogue.months_each(indicator), [item.code for item in items]
    data, own = within_data(warehouse, span, *codes), any(code in own_spans(warehouse) for code in codes)
    whole = whole_of(data, months)
    filed_until = _as_filed(warehouse, codes, whole or data)
    now = _spoken_of(indicator, filed_until) if whole or span.each == QUARTER else filed_until
    restarts = indicator.summary == "per_year" or catalogue.forms[forms[0]].restarts
    before = _compared_with(indicator, span, now, against, items, restarts=restarts)
    if before and before != whole_of(before, months):
        before = None
    items_needed = (
        AskedItem(
            item=item.code,
            now=now,
            before=before,
            due=due_of(warehouse, catalogue, item, whole_of(span, months) or span, now),
            other_form=next((form for form in forms if form != item.form), ""),
            other_item=next((code for code in codes if code != item.code), "") if own else "",
            same_season=restarts,
        )
        for item in items
    )
    return ReadingScope(
        indicator=indicator,
        span=span,
        now=now,
        before=before,
        asked=tuple(items_needed),
        filed=ever_known(warehouse, codes),
        senders=_senders(warehouse, catalogue, items, span),
        too_short=None if whole else months,
    )


def _senders(
    warehouse: Warehouse, catalogue: Catalogue, items: Sequence[Item], span: Span
) -> frozenset[tuple[str, str]]:
    """Return the levels of organisations that send each item; none outside the data, where nothing is expected."""
    data = periods(warehouse).like(span)
    if span.last < data.first or span.first > data.last:
        return frozenset()
    return frozenset((item.code, level) for item in items for level in catalogue.forms[item.form].assigned.level)


def due_of(warehouse: Warehouse, catalogue: Catalogue, item: Item, span: Span, now: Span) -> Span | None:
    """Return the span whose returns an item depends on; None if it depends only on the quarter it is taken from.

    What a ledger holds on a day was reported row by row: in all quarters since its first, or in those of the year if it
    restarts each year.
    """
    if item.time == "sum":
        return Span(min(now.first, span.first), span.last)
    since = reported_since(warehouse, catalogue.forms[item.form], now.last)
    return None if since is None else Span(since, now.last)


def reported_since(warehouse: Warehouse, form: Form, last: int) -> int | None:
    """Return the period since which what a ledger holds at the end of `last` was reported; None for other forms."""
    if not form.ledger or form.standing:
        return None
    begun = first_quarter(last, "year") if form.restarts else min(periods(warehouse).like(Span(last, last)).first, last)
    filed = quarters_filed(warehouse, form.code, Span(begun, last))
    return filed[0] if filed else None


def within_data(warehouse: Warehouse, span: Span, *items: str) -> Span:
    """Return a span limited to where the data, or those of items, begin and end; one outside of them is unchanged."""
    return known_part(warehouse, items or ("",), span) or span


def _compared_with(
    indicator: Indicator, span: Span, now: Span, against: Span | None, items: Sequence[Item], *, restarts: bool
) -> Span | None:
    """Return the span that a reading is compared with: by default a stock's end before, a flow's quarters a year ago.

    What happens in a half-year differs from what happens in the other one, so a flow is held against its like. What
    `restarts` each year is compared with the same season alone, and not at all where another one was chosen.
    """
    if indicator.summary == "per_year":
        return _of_as_many_years(now, _spoken_of(indicator, against) if against else None)
    flow = any(item.time == "sum" for item in items)
    before = span.previous if now == span and against is None and not flow else same_part(span, now, against)
    if before and restarts and (now.last - before.last) % now.a_year:
        return None if against else same_part(now, now)
    return before


def same_part(span: Span, part: Span, other: Span | None = None) -> Span | None:
    """Return the periods of `other` that correspond to `part` in `span`; without `other` those of earlier years.

    None where quarters of a span of months correspond to no quarters.
    """
    apart = -(-span.months.length // YEAR) * YEAR if other is None else span.months.first - other.months.first
    periods_apart, rest = divmod(apart, part.each)
    return None if rest else Span(part.first - periods_apart, part.last - periods_apart)


def _as_filed(warehouse: Warehouse, items: Sequence[str], span: Span) -> Span:
    """Return a span up to the last quarter of which all items are known; unchanged if they never were."""
    known = quarters_known(warehouse, [declared(warehouse).items[item] for item in items], span)
    return Span(span.first, known[-1]) if known else span


def _spoken_of(indicator: Indicator, span: Span) -> Span:
    return years_within(span) if indicator.summary == "per_year" else span


def years_within(span: Span) -> Span:
    """Return what is read of a span for yearly events: its whole years, else the last of its years so far."""
    year = span.a_year
    first, end = -(-span.first // year) * year, (span.last + 1) // year * year
    return Span(first, end - 1) if first < end else Span(span.last // year * year, span.last)


def _of_as_many_years(now: Span, against: Span | None) -> Span | None:
    """Return the span that whole years are compared with: as many years before, or those chosen if equally many."""
    if against is None:
        return same_part(now, now)
    return against if against.length == now.length else None


def divide(indicator: Indicator, top: float | None, bottom: float | None) -> float | None:
    """Return the value from its parts: divided last; unknown when a part is unknown or the base is zero."""
    if not indicator.is_rate and indicator.summary != "per_year":
        return top
    return None if top is None or not bottom else top / bottom


def lacking_of(catalogue: Catalogue, top: ItemPart, bottom: ItemPart | None) -> dict[str, int]:
    """Return how many returns of each form are missing for a rate of two forms; empty for a rate of one form."""
    parts = [part for part in (top, bottom) if part]
    lacking = {catalogue.items[part.item].form: part.expected - part.reported for part in parts}
    return {form: count for form, count in lacking.items() if count} if len(lacking) > 1 else {}


def say_left_out(catalogue: Catalogue, lacking: Mapping[str, int]) -> str:
    """Return the words in the base of a rate about those excluded from both parts; "" when no return is missing."""
    return "".join(
        f"；{count:,}家未报《{catalogue.forms[form].name}》，分子、分母都不计" for form, count in lacking.items()
    )
