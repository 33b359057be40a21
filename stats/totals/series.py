"""Series: the course of one indicator, quarter by quarter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from base.month_spans import MONTH, QUARTER
from base.periods import Span, ended_quarter, quarter_in
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.organisations import organisations_by_code
from stats.totals import Counted, Needed, Totals, declared, quarters_known, read_needed, totals_of
from stats.totals.coverage import Absent, Filed, divide, why_unknown
from stats.totals.own_totals import span_known
from stats.warehouse import Warehouse


@dataclass(frozen=True)
class Point:
    """An indicator's value in one quarter; `partial` if a return behind it is missing, `own` if an own total is in it.

    Of a half-year or a year, the quarter is that in which it ends, and `quarters` how many it has.
    """

    period: int
    value: float | None
    partial: bool = False
    quarters: int = 1
    own: bool = False

    @property
    def span(self) -> Span:
        """Return its quarters."""
        return Span(self.period - self.quarters + 1, self.period)


@dataclass(frozen=True)
class Quarter:
    """An indicator's value in one quarter, with its change from the quarter before and from a year before.

    Of a half-year or a year, `span` is all of it, and the change is from the one before.
    """

    span: Span
    value: float | None
    change: float | None
    year_change: float | None


def is_read_by_quarter(indicator: Indicator) -> bool:
    """Return whether a quarter's value is what is read for that quarter alone; yearly events are read over years."""
    return indicator.summary == "total"


def by_quarter(points: Sequence[Point]) -> list[Quarter]:
    """Return a series with its changes, oldest first; a change is None if either value is unknown."""
    values = {point.period: point.value for point in points}
    return [
        Quarter(point.span, point.value, _less(point.value, values.get(point.period - point.quarters)),
                _less(point.value, values.get(point.period - point.span.a_year)))
        for point in points
    ]  # fmt: skip


def series(warehouse: Warehouse, catalogue: Catalogue, code: str, unit: str, span: Span) -> list[Point]:
    """Return an indicator's value in each quarter of a span in which it was reported, oldest first.

    What is of half-years or years has one for each of those that the span holds.
    """
    return several_series(warehouse, catalogue, [code], unit, span)[code]


def several_series(
    warehouse: Warehouse, catalogue: Catalogue, codes: Sequence[str], unit: str, span: Span
) -> dict[str, list[Point]]:
    """Return the series of several indicators, by code."""
    totals, items = totals_of(warehouse, unit), declared(warehouse).items
    return {code: _points(catalogue.indicator(code), totals, items, span) for code in codes}


def series_of_each(
    warehouse: Warehouse, catalogue: Catalogue, code: str, units: Sequence[str], span: Span
) -> dict[str, tuple[list[Point], dict[int, Absent]]]:
    """Return for each of several organisations one indicator's series, and why it has no value where it has none.

    Only what the indicator is made of is read.
    """
    indicator, items = catalogue.indicator(code), declared(warehouse).items
    parts = _parts(indicator, items)
    data = span_known(warehouse, *(part.code for part, _ in parts)).like(span)
    quarters = range(data.first, data.last + 1)
    needed = Needed(
        items=[(part.code, quarter) for part, _ in parts for quarter in quarters],
        forms=[(form, quarter) for form in {part.form for part, _ in parts} for quarter in quarters],
        two_forms=[(part.code, quarter) for part, other in parts if other for quarter in quarters],
    )
    return {
        unit: (_points(indicator, totals, items, span), _absences(warehouse, catalogue, indicator, totals, span))
        for unit, totals in read_needed(warehouse, units, needed).items()
    }


def absences(warehouse: Warehouse, catalogue: Catalogue, code: str, unit: str, span: Span) -> dict[int, Absent]:
    """Return why an indicator has no value in quarters of a span in which it has none."""
    return _absences(warehouse, catalogue, catalogue.indicator(code), totals_of(warehouse, unit), span)


def _absences(
    warehouse: Warehouse, catalogue: Catalogue, indicator: Indicator, totals: Totals, span: Span
) -> dict[int, Absent]:
    items = declared(warehouse).items
    pairs, level = _parts(indicator, items), organisations_by_code(warehouse)[totals.unit].level
    data = span_known(warehouse, *(part.code for part, _ in pairs)).like(span)
    ever = {part.code: bool(quarters_known(warehouse, [part], data)) for part, _ in pairs}
    reasons: dict[int, Absent] = {}
    several = _quarters_each(pairs)
    for quarter in _ends(range(max(span.first, data.first), min(span.last, data.last) + 1), span, several):
        numbers = _numbers(totals, pairs, Span(quarter - several + 1, quarter))
        if _value(indicator, numbers) is None:
            returns = [totals.count_of(part, [quarter]) for part, _ in pairs]
            reasons[quarter] = why_unknown(
                *(
                    Filed(
                        number=number,
                        reported=reported,
                        expected=expected,
                        stock=part.stock,
                        ever=ever[part.code],
                        sender=level in catalogue.forms[part.form].assigned.level,
                    )
                    for number, (reported, expected), (part, _) in zip(numbers, returns, pairs, strict=True)
                )
            )
    return reasons


def _points(indicator: Indicator, totals: Totals, items: Mapping[str, Counted], span: Span) -> list[Point]:
    pairs = _parts(indicator, items)
    filed = {quarter for part, _ in pairs for quarter in totals.quarters_of(part)}
    several = _quarters_each(pairs)
    quarters = sorted(quarter for quarter in filed if span.first <= quarter <= span.last)
    return [_point(indicator, totals, pairs, Span(end - several + 1, end)) for end in _ends(quarters, span, several)]


def _point(indicator: Indicator, totals: Totals, pairs: Sequence[tuple[Counted, str]], span: Span) -> Point:
    counts = [totals.count_of(part, range(span.first, span.last + 1)) for part, _ in pairs]
    value = _value(indicator, _numbers(totals, pairs, span))
    own = any(totals.origin(part, range(span.first, span.last + 1)) for part, _ in pairs)
    partial = any(came < due for came, due in counts)
    return Point(span.last, value, partial=partial, quarters=span.length, own=own)


def quarters_each(catalogue: Catalogue, indicator: Indicator) -> int:
    """Return how many quarters each number of an indicator's series is of: 1, or 2 or 4 of half-years or years."""
    return max(catalogue.months_each(indicator) // QUARTER, 1)


def course_span(warehouse: Warehouse, catalogue: Catalogue, codes: Sequence[str], span: Span) -> Span:
    """Return the span of a course up to the end of a span: from the first data on, by months where all have months.

    Where one has not, a span of months goes as far as the last quarter that ended in it.
    """
    lengths = {catalogue.months_each(catalogue.indicator(code)) for code in codes}
    by_month = span.each == MONTH and lengths == {MONTH}
    end = span if by_month else Span(quarter_in(span.first), ended_quarter(span.last))
    parts = (part.code for code in codes for part in catalogue.parts(catalogue.indicator(code)))
    return Span(min(span_known(warehouse, *parts).like(end).first, end.first), end.last)


def _quarters_each(pairs: Sequence[tuple[Counted, str]]) -> int:
    return max(part.quarters for part, _ in pairs)


def _ends(quarters: Iterable[int], span: Span, several: int) -> list[int]:
    """Return those quarters in which a period of several ends that the span holds whole."""
    return [end for end in quarters if (end + 1) % several == 0 and end - several + 1 >= span.first]


def _numbers(totals: Totals, pairs: Sequence[tuple[Counted, str]], span: Span) -> list[float | None]:
    """Return the numbers of an indicator's parts; none where the parts are of different organisations."""
    items = [part for part, _ in pairs]
    quarters = [span.last] if all(item.stock for item in items) else range(span.first, span.last + 1)
    if len(items) > 1 and totals.unlike(items[0], items[1], quarters):
        return [None for _ in pairs]
    return [_number(totals, part, span, other) for part, other in pairs]


def _number(totals: Totals, part: Counted, span: Span, other: str) -> float | None:
    """Return an item's value in a quarter, or in a half-year or year: the sum of a flow, a stock at its end."""
    if span.length == 1:
        return totals.in_quarter(part, span.last, other)
    quarters = [span.last] if part.stock else list(part.whole(range(span.first, span.last + 1)))
    return totals.value(part, quarters, other) if totals.count_of(part, quarters)[0] else None


def _parts(indicator: Indicator, items: Mapping[str, Counted]) -> list[tuple[Counted, str]]:
    """Return the numerator and, of a rate, the denominator, each with the form of the other part if it is another."""
    parts = [items[code] for code in (indicator.numerator, indicator.denominator) if code]
    return [(part, next((other.form for other in parts if other.form != part.form), "")) for part in parts]


def _value(indicator: Indicator, parts: Sequence[float | None]) -> float | None:
    return divide(indicator, parts[0], parts[1] if len(parts) > 1 else None)


def _less(value: float | None, before: float | None) -> float | None:
    return None if value is None or before is None else value - before
