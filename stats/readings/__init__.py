"""Readings: one indicator for one organisation and span, with its parts, base, coverage, change and target."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache

from base.errors import UserError, suggest
from base.periods import Span, quarter_in, say_span, year_of
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.judging import Judgement, judge_target
from stats.judging.targets import Target, read_targets, target_for
from stats.organisations import Organisation, organisations, organisations_by_code
from stats.readings.origins import with_origins
from stats.readings.reading_model import JSON_KEYS, Reading
from stats.totals import totals_of
from stats.totals.coverage import ReadingScope, divide, lacking_of, reading_scope, say_left_out
from stats.totals.item_parts import AskedItem, ItemPart, least_covered, read_asked
from stats.warehouse import Warehouse

__all__ = [
    "AREA_LEVELS", "JSON_KEYS", "Reading", "held_against", "read", "read_areas", "read_units", "verdict_on",
]  # fmt: skip
AREA_LEVELS = ("town", "park", "system")
_SPANS = 200  # spans cached with their code form: a thousand organisations have the same
_JUDGED = 2_000  # verdicts cached: every figure of a page needs the same ones


def read(
    warehouse: Warehouse,
    catalogue: Catalogue,
    unit: str,
    span: Span,
    codes: Sequence[str] = (),
    against: Span | None = None,
) -> list[Reading]:
    """Return the readings of one organisation, of all indicators or those named, beside the span before or `against`.

    Raises UserError for unknown codes and for an `against` of another length, since such sums can't be compared.
    """
    return read_units(warehouse, catalogue, [unit], span, codes, against)


def read_areas(
    warehouse: Warehouse, catalogue: Catalogue, span: Span, codes: Sequence[str] = (), against: Span | None = None
) -> list[Reading]:
    """Return the readings of every township, park and system."""
    areas = [organisation.code for organisation in organisations(warehouse) if organisation.level in AREA_LEVELS]
    return read_units(warehouse, catalogue, areas, span, codes, against)


def read_units(
    warehouse: Warehouse,
    catalogue: Catalogue,
    units: Sequence[str],
    span: Span,
    codes: Sequence[str] = (),
    against: Span | None = None,
    *,
    compares: bool = True,
) -> list[Reading]:
    """Return the readings of several organisations, grouped by organisation; compared only where a change is said."""
    _demand_same_length(span, against)
    indicators = [catalogue.indicator(code) for code in codes] or list(catalogue.indicators.values())
    known = organisations_by_code(warehouse)
    for unit in units:
        if unit not in known:
            raise UserError(f"单位名册里没有代码为“{unit}”的单位{suggest(unit, known)}")
    reader = _Reader(warehouse, catalogue, span, against, compares=compares)
    parts = read_asked(warehouse, units, reader.items_needed(indicators))
    return [reader.read(indicator, known[unit], parts[unit]) for unit in units for indicator in indicators]


class _Reader:
    """Turns the parts of organisations into readings for one span, compared with another, or with none."""

    def __init__(
        self, warehouse: Warehouse, catalogue: Catalogue, span: Span, against: Span | None, *, compares: bool = True
    ) -> None:
        self._warehouse = warehouse
        self._catalogue = catalogue
        self._span, self._against, self._compares = span, against, compares
        self._targets = read_targets(warehouse, catalogue, span.last)
        self._aimed = {(goal.indicator, goal.unit) for goal in self._targets}
        self._looks: dict[str, ReadingScope] = {}

    def items_needed(self, indicators: Sequence[Indicator]) -> list[AskedItem]:
        """Return the sums that the indicators need."""
        return [item for indicator in indicators for item in self._scope(indicator).asked]

    def read(self, indicator: Indicator, unit: Organisation, parts: Mapping[AskedItem, ItemPart]) -> Reading:
        plain = self.plain(indicator, unit, parts)
        if (indicator.code, unit.code) not in self._aimed or not self._scope(indicator).holds_targets:
            return plain
        goal = target_for(self._targets, self._catalogue, indicator, unit.code, self._scope(indicator).now)
        if goal is None:
            return plain
        # judged over the target's own quarters, whichever span is read here
        return held_against(plain, verdict_on(self._warehouse, self._catalogue, goal, self._span.last))

    def _scope(self, indicator: Indicator) -> ReadingScope:
        if indicator.code not in self._looks:
            scope = reading_scope(self._warehouse, self._catalogue, indicator, self._span, self._against)
            self._looks[indicator.code] = scope if self._compares else scope.without_comparison()
        return self._looks[indicator.code]

    def plain(self, indicator: Indicator, unit: Organisation, parts: Mapping[AskedItem, ItemPart]) -> Reading:
        scope = self._scope(indicator)
        top, bottom = scope.parts(parts)
        now, under = self._summarise(indicator, unit, top.now, scope.now), scope.under(bottom, "now")
        before = self._summarise(indicator, unit, top.before, scope.before) if scope.before else None
        value = None if scope.not_yet(now) else divide(indicator, now, under)
        previous = None if scope.not_yet(before) else divide(indicator, before, scope.under(bottom, "before"))
        least = least_covered(top, bottom)
        lacking = lacking_of(self._catalogue, top, bottom)
        reading = Reading(
            indicator=indicator.code,
            name=indicator.name,
            unit=unit.code,
            span=_in_code(scope.now),
            value=value,
            measure=self._catalogue.unit_of(indicator),
            numerator=now,
            denominator=under,
            base=indicator.base + say_left_out(self._catalogue, lacking if value is not None else {}),
            reported=least.reported,
            expected=least.expected,
            each=least.each,
            previous=previous,
            change=_less(value, previous),
            comparable_change=self._comparable(scope, top, bottom),
            target=None,
            comparator=None,
            met=None,
            unit_name=unit.name,
            as_of=top.as_of if top.stock else None,
            goal=None,
            complete=_all_came(top, bottom),
            against=_in_code(scope.before) if scope.before else "",
            since=scope.since,
            until=scope.until,
            left_out=sum(lacking.values()),
            part_left_out=(top.left_out, bottom.left_out if bottom else 0.0),
            absent="" if value is not None else scope.why_absent(top, bottom, unit.level),
        )
        return with_origins(reading, top, bottom) if top.own or bottom and bottom.own else reading

    def _summarise(self, indicator: Indicator, unit: Organisation, number: float | None, span: Span) -> float | None:
        """Return the numerator of a span: the sum, or the number of consecutive years in which it happened."""
        if indicator.summary != "streak_years" or number is None:
            return number
        totals = totals_of(self._warehouse, unit.code)
        own = totals.own.get(indicator.numerator, {}).items()
        own_values = {end: total.value for end, total in own if total.value is not None}
        values = {**totals.values.get(indicator.numerator, {})} | own_values
        years = {year_of(at) for at, value in values.items() if value > 0 and quarter_in(at) <= quarter_in(span.last)}
        return float(_streak(years, span))

    def _comparable(self, scope: ReadingScope, top: ItemPart, bottom: ItemPart | None) -> float | None:
        """Return the change over those who reported both times; None where the two parts have different reporters.

        If the numerator comes from unions' rosters and the denominator from another form, leaving out new unions in the
        numerator but not their workers in the denominator would invent a fall. So two forms are comparable only when no
        return is missing.
        """
        indicator = scope.indicator
        if indicator.summary == "streak_years" or top.now_matched is None or top.before_matched is None:
            return None
        two_forms = bottom is not None and self._form(bottom) != self._form(top)
        if two_forms and not (self._catalogue.forms[self._form(top)].ledger and _all_came(top, bottom)):
            return None
        now, before = (divide(indicator, *pair) for pair in scope.matched(top, bottom))
        return _less(now, before)

    def _form(self, part: ItemPart) -> str:
        return self._catalogue.items[part.item].form


# A page, its panels and its papers ask for the same verdicts of one build.
@lru_cache(maxsize=_JUDGED)
def verdict_on(warehouse: Warehouse, catalogue: Catalogue, goal: Target, last: int, unit: str = "") -> Judgement:
    """Return the verdict on a target at the end of a quarter, for its own organisation unless another is named.

    Screens, boards, papers and commands all use this function to tell whether a target is met, on pace or behind.
    """
    indicator, own = catalogue.indicators[goal.indicator], organisations_by_code(warehouse)[unit or goal.unit]

    def values(span: Span) -> Reading:
        reader = _Reader(warehouse, catalogue, span, None, compares=False)  # no verdict rests on a comparison
        parts = read_asked(warehouse, [own.code], reader.items_needed([indicator]))
        return reader.plain(indicator, own, parts[own.code])

    return judge_target(warehouse, catalogue, goal, own.code, last, values)


def held_against(reading: Reading, judgement: Judgement) -> Reading:
    """Return a reading with a target and the verdict on it."""
    goal = judgement.goal
    return replace(
        reading, goal=goal, target=goal.value, comparator=goal.comparator, met=judgement.met, judged=judgement
    )


def _demand_same_length(span: Span, against: Span | None) -> None:
    """Raise UserError when the span to compare with has another length."""
    if against is not None and (against.length, against.each) != (span.length, span.each):
        raise UserError(f"{say_span(against)}和{say_span(span)}长短不一，不能相比。请选一样长的期间。")


def _all_came(top: ItemPart, bottom: ItemPart | None) -> bool:
    return all(part.complete for part in (top, bottom) if part)


def _less(value: float | None, previous: float | None) -> float | None:
    return None if value is None or previous is None else value - previous


def _streak(years: Set[int], span: Span) -> int:
    """Return the number of consecutive years up to the span's last year or, if unfinished, the year before."""
    last = year_of(span.last)
    if last not in years and (span.last + 1) % span.a_year:
        last -= 1
    streak = 0
    while last - streak in years:
        streak += 1
    return streak


@lru_cache(maxsize=_SPANS)
def _in_code(span: Span) -> str:
    return str(span)
