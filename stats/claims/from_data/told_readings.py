"""Told readings: what the warehouse has for the indicators, units and spans that a draft tells of, read once each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from base.formats import round_half_up
from base.month_spans import QUARTER
from base.periods import Span, parse_span, say_span
from stats.catalogue import Catalogue
from stats.claims.checks.check_model import say_amount
from stats.claims.checks.check_words import has_any
from stats.claims.checks.intervals import interval_of, is_exact
from stats.claims.grammar import read_grammar
from stats.claims.phrases.phrase_model import Amount, NumberPhrase
from stats.organisations import organisations_by_code
from stats.readings import Reading, read_units
from stats.readings.sentences import say_reading, say_when
from stats.warehouse import Warehouse

_LIKELY_TOLD = 10  # a smaller number is that of another span or unit by chance


@dataclass(frozen=True)
class AskedOfData:
    """For whom and when a draft tells its figures; `chosen` are the indicators that somebody chose for wordings."""

    warehouse: Warehouse
    catalogue: Catalogue
    unit: str
    span: Span
    chosen: Mapping[str, str] = field(default_factory=dict, kw_only=True)


class ToldReadings:
    """The readings of a draft, each read when it is first asked for."""

    def __init__(self, asked: AskedOfData) -> None:
        self.asked = asked
        self._read: dict[tuple[str, str, Span], Reading] = {}

    def of(self, indicators: Iterable[str], unit: str, span: Span) -> list[Reading]:
        """Return the readings of indicators for a unit and a span."""
        wanted = list(dict.fromkeys(indicators))
        missing = [code for code in wanted if (code, unit, span) not in self._read]
        if missing:
            asked = self.asked
            for reading in read_units(asked.warehouse, asked.catalogue, [unit], span, missing, compares=False):
                self._read[reading.indicator, unit, span] = reading
        return [self._read[code, unit, span] for code in wanted]

    def written(self, reading: Reading) -> str:
        """Return the value of a reading as the product writes it."""
        return say_reading(reading, self.asked.catalogue.indicators[reading.indicator])

    def explaining(self, phrase: NumberPhrase, reading: Reading) -> str:
        """Return which reading on another base, of another span or unit a number tells instead; "" for none."""
        amount = phrase.amount
        if amount is None or (amount.kind == "amount" and amount.value < _LIKELY_TOLD):
            return ""
        for other, words in self._others(reading):
            if states(phrase, other, self.asked.catalogue):
                return words
        return ""

    def _others(self, reading: Reading) -> Iterator[tuple[Reading, str]]:
        asked, span = self.asked, parse_span(reading.span)
        for other in self.of(asked.catalogue.indicators[reading.indicator].settings, reading.unit, span):
            yield other, f"按“{other.base}”是{self.written(other)}，按“{reading.base}”是{self.written(reading)}"
        for other_span in _other_spans(span, asked.span):
            (other,) = self.of([reading.indicator], reading.unit, other_span)
            yield other, f"{self.written(other)}是{say_when(other)}的数"
        for unit in dict.fromkeys((asked.unit, organisations_by_code(asked.warehouse)[reading.unit].parent)):
            if unit and unit != reading.unit:
                (other,) = self.of([reading.indicator], unit, span)
                yield other, f"{self.written(other)}是{other.unit_name}的数"


def _other_spans(span: Span, whole: Span) -> Iterator[Span]:
    """Yield the spans with which one may be confused: the whole, its years, the year before it, and each quarter's."""
    spans = [whole]
    if span.each == whole.each:
        first, last = whole.first // whole.a_year, whole.last // whole.a_year
        years = [Span(year * whole.a_year, (year + 1) * whole.a_year - 1) for year in range(first - 1, last + 1)]
        spans += [*reversed(years), span.previous, span.year_before]
        if span.each == QUARTER:
            spans += [Span(quarter, quarter) for quarter in range(span.last, span.last - whole.a_year, -1)]
    yield from (each for each in dict.fromkeys(spans) if each != span)


def states(phrase: NumberPhrase, reading: Reading, catalogue: Catalogue) -> bool:
    """Return whether a number tells the value of a reading, rounded or bounded as its words say."""
    amount = phrase.amount
    if amount is None or reading.value is None:
        return False
    value = _in_measure(amount, reading, catalogue)
    if is_exact(amount) and amount.comparator == "=" and amount.upper is None:
        places = catalogue.indicators[reading.indicator].decimals
        return amount.value in (value, round_half_up(value, places))  # as the product writes it: 192元 for 192.3
    interval = interval_of(amount, phrase.text)
    low = amount.value if amount.comparator in (">=", ">") and not is_only_reached(phrase.text) else interval.low
    cut_off = amount.comparator == "=" and not is_exact(amount)
    return low <= value <= interval.high and not (cut_off and value == interval.high)


def difference(amount: Amount, reading: Reading, catalogue: Catalogue) -> str:
    """Return by how much a number is more than a reading, negative for less, in its own measure; "" without a value."""
    if reading.value is None:
        return ""
    return say_amount(amount.value - _in_measure(amount, reading, catalogue), amount)


def _in_measure(amount: Amount, reading: Reading, catalogue: Catalogue) -> Decimal:
    factor = catalogue.spellings(catalogue.indicators[reading.indicator]).get(amount.measure, 1.0)
    return Decimal(str(reading.value)) / Decimal(str(factor))


def is_only_reached(text: str) -> bool:
    """Return whether a number is the least only because it is reached: 达到25.0% may be rounded, 25%以上 not."""
    comparators = read_grammar().comparators
    bounds = (*comparators.after[">="], *comparators.before[">="], *comparators.before[">"], *comparators.after[">"])
    return has_any(text, comparators.reached) and not has_any(text, bounds)


def say_time(reading: Reading) -> str:
    """Return the time of a reading, of a stock the day it is of."""
    return say_when(reading) if reading.as_of is not None else say_span(parse_span(reading.span))
