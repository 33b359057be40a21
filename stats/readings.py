"""Readings: one indicator for one organisation and span, with its parts, base, coverage, change and target."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from stats.catalogue import Catalogue
from stats.catalogue_models import Indicator
from stats.errors import UserError, suggest
from stats.organisations import Organisation, organisations, organisations_by_code
from stats.parts import Part, least_covered, read_parts
from stats.periods import Span, say_span, year_of
from stats.targets import Target, is_met, read_targets, target_for
from stats.totals import totals_of
from stats.warehouse import Warehouse

AREA_LEVELS = ("town", "park", "system")
JSON_KEYS = (
    "indicator",
    "name",
    "unit",
    "span",
    "value",
    "measure",
    "numerator",
    "denominator",
    "base",
    "reported",
    "expected",
    "previous",
    "change",
    "comparable_change",
    "target",
    "comparator",
    "met",
)


@dataclass(frozen=True)
class Reading:
    """One indicator for one organisation and span.

    `value`, `previous`, `target` are in the indicator's own unit: rates 0–1, money in 元; `measure` is the word on
    screen. `reported` and `expected` count returns of the form that is covered least. `change` is value less
    previous; `comparable_change` the same over those who reported both times. `complete` tells that nobody's return
    was missing in either span, so that the plain change is no matter of who reported. `as_of` is the quarter a stock
    was taken from, `against` the span that `previous` speaks of. None always means: not known.
    """

    indicator: str
    name: str
    unit: str
    span: str
    value: float | None
    measure: str
    numerator: float | None
    denominator: float | None
    base: str
    reported: int
    expected: int
    previous: float | None
    change: float | None
    comparable_change: float | None
    target: float | None
    comparator: str | None
    met: bool | None
    unit_name: str = ""
    as_of: int | None = None
    goal: Target | None = None
    complete: bool = False
    against: str = ""

    def as_row(self) -> dict[str, Any]:
        """Return the reading under the keys of the command line's JSON; whole numbers without a fraction."""
        return {key: _plain(getattr(self, key)) for key in JSON_KEYS}


def read(
    warehouse: Warehouse,
    catalogue: Catalogue,
    unit: str,
    span: Span,
    codes: Sequence[str] = (),
    against: Span | None = None,
) -> list[Reading]:
    """Return the readings of one organisation, for the named indicators or all, beside the span before or `against`.

    Raises UserError for unknown codes and for an `against` of another length: sums of unlike lengths say nothing.
    """
    return read_units(warehouse, catalogue, [unit], span, codes, against)


def read_areas(
    warehouse: Warehouse, catalogue: Catalogue, span: Span, codes: Sequence[str] = (), against: Span | None = None
) -> list[Reading]:
    """Return the readings of every township, park and system."""
    areas = [found.code for found in organisations(warehouse) if found.level in AREA_LEVELS]
    return read_units(warehouse, catalogue, areas, span, codes, against)


def read_units(
    warehouse: Warehouse,
    catalogue: Catalogue,
    units: Sequence[str],
    span: Span,
    codes: Sequence[str] = (),
    against: Span | None = None,
) -> list[Reading]:
    """Return the readings of several organisations, organisation by organisation in the order named."""
    before = _comparable_span(span, against)
    indicators = [catalogue.indicator(code) for code in codes] or list(catalogue.indicators.values())
    known = organisations_by_code(warehouse)
    for unit in units:
        if unit not in known:
            raise UserError(f"单位名册里没有代码为“{unit}”的单位{suggest(unit, known)}")
    parts = read_parts(warehouse, units, span, before, _items(catalogue, indicators))
    reader = _Reader(warehouse, catalogue, span, before)
    return [
        reading
        for unit in units
        for indicator in indicators
        for reading in reader.read(indicator, known[unit], parts[unit])
    ]


def _items(catalogue: Catalogue, indicators: Sequence[Indicator]) -> list[str]:
    """Return the items that indicators are made of; none, which stands for all, where shares of targets are asked."""
    if any(found.summary == "per_target" for found in indicators):
        return []
    return list(dict.fromkeys(item.code for found in indicators for item in catalogue.parts(found)))


class _Reader:
    """Turns the parts of organisations into readings for one span, compared with another."""

    def __init__(self, warehouse: Warehouse, catalogue: Catalogue, span: Span, before: Span) -> None:
        self._warehouse = warehouse
        self._catalogue = catalogue
        self._span = span
        self._before = before
        self._targets = read_targets(warehouse, catalogue)

    def read(self, indicator: Indicator, unit: Organisation, parts: dict[str, Part]) -> list[Reading]:
        if indicator.summary == "per_target":
            return self._attainments(indicator, unit, parts)
        return [self._one(indicator, unit, parts)]

    def _one(self, indicator: Indicator, unit: Organisation, parts: dict[str, Part]) -> Reading:
        top = parts[indicator.numerator or ""]
        bottom = parts[indicator.denominator] if indicator.denominator else None
        now, under = self._summarise(indicator, unit, top.now, self._span), self._under(indicator, bottom, "now")
        before = self._summarise(indicator, unit, top.before, self._before)
        value = divide(indicator, now, under)
        previous = divide(indicator, before, self._under(indicator, bottom, "before"))
        least = least_covered(top, bottom)
        goal = target_for(self._targets, self._catalogue, indicator, unit.code, self._span)
        return Reading(
            indicator.code,
            indicator.name,
            unit.code,
            str(self._span),
            value,
            self._catalogue.unit_of(indicator),
            now,
            under,
            indicator.base,
            least.reported,
            least.expected,
            previous,
            _less(value, previous),
            self._comparable(indicator, top, bottom),
            goal.value if goal else None,
            goal.comparator if goal else None,
            is_met(goal, indicator, value) if goal else None,
            unit.name,
            top.as_of if top.stock else None,
            goal,
            all(part.complete for part in (top, bottom) if part),
            str(self._before),
        )

    def _summarise(self, indicator: Indicator, unit: Organisation, number: float | None, span: Span) -> float | None:
        """Return the numerator of a span: as added up, or the run of years in which it happened."""
        if indicator.summary != "streak_years" or number is None:
            return number
        values = totals_of(self._warehouse, unit.code).values.get(indicator.numerator or "", {})
        years = {year_of(quarter) for quarter, value in values.items() if value > 0 and quarter <= span.last}
        return float(_streak(years, span))

    def _under(self, indicator: Indicator, bottom: Part | None, when: str) -> float | None:
        if indicator.summary == "per_year":
            return float(year_of(self._span.last) - year_of(self._span.first) + 1)
        return None if bottom is None else bottom.now if when == "now" else bottom.before

    def _comparable(self, indicator: Indicator, top: Part, bottom: Part | None) -> float | None:
        """Return the change over those who reported both times; None where the parts can't be held to the same ones.

        A numerator from unions' rosters and a denominator from another form speak of different reporters: leaving out
        new unions above but not their workers below would invent a fall.
        """
        if indicator.summary == "streak_years" or top.now_matched is None or top.before_matched is None:
            return None
        if bottom and self._form(bottom) != self._form(top) and not self._catalogue.forms[self._form(top)].ledger:
            return None
        if bottom is None:
            years = self._under(indicator, None, "now")
            return _less(divide(indicator, top.now_matched, years), divide(indicator, top.before_matched, years))
        return _less(
            divide(indicator, top.now_matched, bottom.now_matched),
            divide(indicator, top.before_matched, bottom.before_matched),
        )

    def _form(self, part: Part) -> str:
        return self._catalogue.items[part.item].form

    def _attainments(self, indicator: Indicator, unit: Organisation, parts: dict[str, Part]) -> list[Reading]:
        """Return one reading a target of this organisation: the value over the target's value; one empty when none."""
        readings = []
        for measured in self._catalogue.indicators.values():
            goal = target_for(self._targets, self._catalogue, measured, unit.code, self._span)
            if goal and goal.value and measured.summary != "per_target":
                readings.append(self._attainment(indicator, self._one(measured, unit, parts), goal))
        return readings or [_empty(indicator, unit, self._span, self._catalogue)]

    def _attainment(self, indicator: Indicator, reading: Reading, goal: Target) -> Reading:
        value = None if reading.value is None or not goal.value else reading.value / goal.value
        return replace(
            reading,
            indicator=indicator.code,
            name=f"{indicator.name}（{reading.name}）",
            value=value,
            measure=self._catalogue.unit_of(indicator),
            numerator=reading.value,
            denominator=goal.value,
            base=f"{goal.year}年目标，依据{goal.document}",
            previous=None,
            change=None,
            comparable_change=None,
            complete=False,
        )


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _empty(indicator: Indicator, unit: Organisation, span: Span, catalogue: Catalogue) -> Reading:
    measure = catalogue.unit_of(indicator)
    return Reading(
        indicator.code, indicator.name, unit.code, str(span), None, measure, None, None, indicator.base, 0, 0,
        None, None, None, None, None, None, unit.name,
    )  # fmt: skip


def _comparable_span(span: Span, against: Span | None) -> Span:
    """Return the span to compare with. Raises UserError for one of another length."""
    if against is None:
        return span.previous
    if against.length != span.length:
        raise UserError(f"{say_span(against)}和{say_span(span)}长短不一，不能相比。请选一样长的期间。")
    return against


def divide(indicator: Indicator, top: float | None, bottom: float | None) -> float | None:
    """Return the value from its parts: divided last, and unknown when a part is or the base is zero."""
    if not indicator.is_rate and indicator.summary != "per_year":
        return top
    return None if top is None or not bottom else top / bottom


def _less(value: float | None, previous: float | None) -> float | None:
    return None if value is None or previous is None else value - previous


def _streak(years: Set[int], span: Span) -> int:
    """Return how many years in a row it happened, up to the span's last year, or the one before if that isn't over."""
    last = year_of(span.last)
    if last not in years and span.last % 4 != 3:
        last -= 1
    streak = 0
    while last - streak in years:
        streak += 1
    return streak
