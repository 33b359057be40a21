"""The choices of the filters, and their names in the list and in the address."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from base.month_spans import HALF_YEAR, YEAR, parse_months, statistical_year
from base.periods import Span, format_quarter, say_quarter, say_span, span_of, year_of
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
    near = [organisation for organisation in organisations if unit in (organisation.code, organisation.parent)]
    return [
        organisation.code
        for organisation in _in_order(near)  # all in order would be thousands for the few below one
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


def offer_spans(
    data: Span, present: Span | None = None, halves: bool = False, months: Span | None = None, statistical: bool = False
) -> list[Span]:
    """Return the spans offered, the default first: the present year so far, years, three years, quarters.

    `present` is the year as far as most have reported it; where the data go on, the year up to their end comes after.
    With `halves`, where forms are sent each half-year, the half-years come before the quarters; `months` are those that
    forms of months were sent for, and come last. With `statistical` the statistical years come after the years,
    the one that has begun as far as there are data.
    """
    years = [Span(year * 4, year * 4 + 3) for year in range(data.last // 4, data.first // 4 - 1, -1)]
    whole = [span for span in years if data.first <= span.first and span.last <= data.last]
    three = [Span(span.first - 8, span.last) for span in whole if data.first <= span.first - 8]
    begun = [Span(data.last // 4 * 4, last) for last in range(data.last, data.last // 4 * 4, -1)]
    named = range(year_of(data.last) + 1, year_of(data.first), -1) if statistical else ()
    ended = [span_of(statistical_year(year)) for year in named]
    held = [Span(span.first, min(span.last, data.last)) for span in ended if data.first <= span.first < data.last]
    quarters = [Span(quarter, quarter) for quarter in range(data.last, data.first - 1, -1)]
    half_years = [Span(2 * half, 2 * half + 1) for half in reversed(data.months.whole(HALF_YEAR)) if halves]
    single = [Span(month, month) for month in range(months.last, months.first - 1, -1)] if months else []
    opening = present or Span(max(data.last // 4 * 4, data.first), data.last)
    return list(dict.fromkeys([opening, *whole, *held, *three, *begun, *half_years, *quarters, *single]))


def offer_against(span: Span, data: Span) -> dict[str, tuple[str, Span | None]]:
    """Return the spans to compare with, by code: name and span; None stands for the usual comparison.

    That is the end before for what is held, the year before for what happened. It, the previous span and the same one
    a year before have fixed codes, so that the choice stays valid when the span changes; then come all other spans of
    the same length with data and without common quarters or months, the latest first.
    """
    known, year = data.like(span), span.a_year
    offered: dict[str, tuple[str, Span | None]] = {"usual": (USUAL, None)}
    if span.length % year:
        offered["previous"] = ("上一期", span.previous)
    if span.length < year:
        offered["year"] = ("上年同期", span.year_before)
    step = year if span.length % year == 0 and span.first % year == 0 else 1
    starts = range(span.first % step + known.first // step * step, known.last - span.length + 2, step)
    others = [Span(start, start + span.length - 1) for start in reversed(starts) if start >= known.first]
    apart = [other for other in others if other.last < span.first or other.first > span.last]
    named = (span.previous, *(against for _, against in offered.values()))
    alike = [other for other in apart if other not in named and span_of(other.months) == other]
    return offered | {str(other): (name_span(other), other) for other in alike}


def names_of_against(span: Span, data: Span) -> dict[Span, str]:
    """Return the name in the list of each span to compare with; the usual comparison is that with the span before."""
    return {other or span.previous: name for name, other in offer_against(span, data).values()}


def name_span(span: Span) -> str:
    """Return the name of a span in the list; three whole years are called 三年, statistical years by their year."""
    words = say_span(span)
    if span.months == statistical_year(year_of(span.last)):
        return f"{year_of(span.last)}统计年度（{words}）"
    return f"三年（{words}）" if span.months.length == 3 * YEAR and span.whole_years else words


def name_ends(data: Span, months: Span | None = None) -> dict[str, str]:
    """Return the periods that a span may begin or end with, by code: the quarters with data, then the months."""
    spans = [data, *([months] if months else [])]
    return {
        format_quarter(period): say_quarter(period) for span in spans for period in range(span.first, span.last + 1)
    }


def ends_after(first: str, ends: Mapping[str, str]) -> dict[str, str]:
    """Return those of the periods with which a span may end that begins with another, by code."""
    begin = parse_months(first).first
    return {code: name for code, name in ends.items() if parse_months(code).last >= begin}


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
