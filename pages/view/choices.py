"""The choices of the filters, and their names in the list and in the address."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from base.month_spans import HALF_YEAR
from base.periods import Span, say_span
from stats.catalogue import Catalogue
from stats.catalogue.arranged_boards import headlines_of
from stats.catalogue.models import Indicator
from stats.organisations import Organisation

MOST_OFFERED = 3000
USUAL = "上年同期、上期末"
_LEVELS = ("county", "town", "park", "system")


def name_units(organisations: Sequence[Organisation]) -> dict[str, str]:
    """Return a name for each organisation: the county, its areas, then the unions area by area; no name twice."""
    ordered = _in_order(organisations)
    names = {organisation.code: organisation.name for organisation in organisations}
    often = Counter(unit.name for unit in ordered)
    return {
        unit.code: unit.name if often[unit.name] == 1 else f"{unit.name}（{names.get(unit.parent, unit.code)}）"
        for unit in ordered
    }


def offer_units(names: Mapping[str, str], organisations: Mapping[str, Organisation], area: str) -> dict[str, str]:
    """Return the names that the filter bar offers: all, or if there are too many, the areas and one area's unions.

    A list of tens of thousands would be sent to the browser in every run, and nobody scrolls through it.
    """
    if len(names) <= MOST_OFFERED:
        return dict(names)
    return {
        code: name
        for code, name in names.items()
        if organisations[code].level in _LEVELS or organisations[code].parent == area
    }


def units_below(organisations: Sequence[Organisation], unit: str, quarter: int) -> list[str]:
    """Return the codes of an organisation's direct children open in a quarter: areas or unions."""
    return [
        organisation.code
        for organisation in _in_order(organisations)
        if organisation.parent == unit and organisation.open_in(quarter)
    ]


def unions_of_kind(
    organisations: Sequence[Organisation], unit: str, categories: Collection[str], quarter: int
) -> list[str]:
    """Return the codes of the unions at or below an organisation, open in a quarter, of these categories."""
    parents = {organisation.code: organisation.parent for organisation in organisations}
    return [
        organisation.code
        for organisation in _in_order(organisations)
        if organisation.level == "union"
        and organisation.category in categories
        and organisation.open_in(quarter)
        and unit in (organisation.code, organisation.parent, parents.get(organisation.parent))
    ]


def offer_spans(data: Span, present: Span | None = None, halves: bool = False) -> list[Span]:
    """Return the spans offered, the default first: the present year so far, years, three years, quarters.

    `present` is the year as far as most have reported it; where the data go on, the year up to their end comes after.
    With `halves`, where forms are sent each half-year, the half-years come before the quarters.
    """
    years = [Span(year * 4, year * 4 + 3) for year in range(data.last // 4, data.first // 4 - 1, -1)]
    whole = [span for span in years if data.first <= span.first and span.last <= data.last]
    three = [Span(span.first - 8, span.last) for span in whole if data.first <= span.first - 8]
    begun = [Span(data.last // 4 * 4, last) for last in range(data.last, data.last // 4 * 4, -1)]
    quarters = [Span(quarter, quarter) for quarter in range(data.last, data.first - 1, -1)]
    half_years = [Span(2 * half, 2 * half + 1) for half in reversed(data.months.whole(HALF_YEAR)) if halves]
    opening = present or Span(max(data.last // 4 * 4, data.first), data.last)
    return list(dict.fromkeys([opening, *whole, *three, *begun, *half_years, *quarters]))


def offer_against(span: Span, data: Span) -> dict[str, tuple[str, Span | None]]:
    """Return the spans to compare with, by code: name and span; None stands for the usual comparison.

    That is the end before for what is held, the year before for what happened. It, the previous span and the same one
    a year before have fixed codes, so that the choice stays valid when the span changes; then come all other spans of
    the same length with data and without common quarters, the latest first.
    """
    year_before = Span(span.first - 4, span.last - 4)
    offered: dict[str, tuple[str, Span | None]] = {"usual": (USUAL, None)}
    if span.length % 4:
        offered["previous"] = ("上一期", span.previous)
    if span.length < 4:
        offered["year"] = ("上年同期", year_before)
    step = 4 if span.length % 4 == 0 and span.first % 4 == 0 else 1
    starts = range(span.first % step + data.first // step * step, data.last - span.length + 2, step)
    others = [Span(start, start + span.length - 1) for start in reversed(starts) if start >= data.first]
    apart = [other for other in others if other.last < span.first or other.first > span.last]
    known = (span.previous, *(against for _, against in offered.values()))
    return offered | {str(other): (name_span(other), other) for other in apart if other not in known}


def names_of_against(span: Span, data: Span) -> dict[Span, str]:
    """Return the name in the list of each span to compare with; the usual comparison is that with the span before."""
    return {other or span.previous: name for name, other in offer_against(span, data).values()}


def name_span(span: Span) -> str:
    """Return the name of a span in the list; three whole years are called 三年."""
    words = say_span(span)
    return f"三年（{words}）" if span.length == 12 and span.first % 4 == 0 else words


def headlines(catalogue: Catalogue) -> list[Indicator]:
    """Return the indicators that make the cards of 总览, in their order."""
    return headlines_of(catalogue.indicators.values())


@cache
def name_indicators(catalogue: Catalogue) -> dict[str, str]:
    """Return the names of all indicators, the headline figures first, the others domain by domain."""
    domains = list(catalogue.domains)
    others = sorted(catalogue.indicators.values(), key=lambda indicator: domains.index(indicator.domain))
    return {headline.code: headline.name for headline in [*headlines(catalogue), *others]}


def _in_order(organisations: Sequence[Organisation]) -> list[Organisation]:
    unions = defaultdict(list)
    for organisation in organisations:
        if organisation.level == "union":
            unions[organisation.parent].append(organisation)
    above = sorted(
        (organisation for organisation in organisations if organisation.level in _LEVELS),
        key=lambda organisation: (_LEVELS.index(organisation.level), organisation.code),
    )
    return above + [union for area in above for union in sorted(unions[area.code], key=lambda union: union.code)]
