"""Change verdicts: what a draft says a figure has changed by since the year before, against both readings."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from base.month_spans import YEAR, Months
from base.periods import Span, parse_span, span_of
from stats.claims.checks.check_model import SENTENCE_ENDS
from stats.claims.checks.check_words import has_any
from stats.claims.checks.intervals import interval_of
from stats.claims.from_data.data_verdict import DataVerdict
from stats.claims.from_data.known_sentences import source_words
from stats.claims.from_data.told_readings import ToldReadings, say_time
from stats.claims.grammar import read_grammar
from stats.claims.grammar.word_patterns import any_of
from stats.claims.phrases import ReadParagraph
from stats.claims.phrases.phrase_model import NumberPhrase, Place
from stats.readings import Reading

_KINDS = {"abs_change": "amount", "pct_change": "percent", "pp_change": "points"}
_SIGNS = "，、（"


def judge_changes(
    read: ReadParagraph, verdicts: Mapping[Place, DataVerdict], readings: ToldReadings
) -> Iterator[tuple[Place, DataVerdict]]:
    """Yield the verdicts on changes that are told right behind a figure that was judged: 38124人，比上年增加3582人."""
    judged: DataVerdict | None = None
    end, since_year_before = 0, False
    for phrase in read.phrases:
        if phrase.amount is None:
            continue
        between = read.text[end : phrase.amount.start]
        if phrase.name not in _KINDS or judged is None or any(stop in between for stop in SENTENCE_ENDS):
            judged, since_year_before = _judged(verdicts.get(phrase.place)), False
        elif _is_plain(between):
            since_year_before = since_year_before or has_any(between, source_words().year_before)
            if since_year_before:
                yield from _compare(phrase, judged, readings)
        else:
            judged = None
        end = phrase.amount.end


def _judged(verdict: DataVerdict | None) -> DataVerdict | None:
    judged = verdict is not None and verdict.indicator and verdict.agrees is not None and not verdict.of_target
    return verdict if judged else None


def _is_plain(between: str) -> bool:
    """Return whether nothing but the time before and a verb of change stands between a figure and its change."""
    rest = between.strip(_SIGNS)
    for word in source_words().year_before:
        rest = rest.removeprefix(word).lstrip(_SIGNS)
    links = read_grammar().links
    verb = any_of((*(f"[净|]{word}[了|]" for word in (*links.rising, *links.falling)), "[增幅|降幅][达|为|]"))
    return verb.fullmatch(rest) is not None


def _compare(phrase: NumberPhrase, judged: DataVerdict, readings: ToldReadings) -> Iterator[tuple[Place, DataVerdict]]:
    span = parse_span(judged.span)
    (now,) = readings.of([judged.indicator], judged.unit, span)
    earlier = _year_before(now, span)
    if earlier is None or now.value is None:
        return
    (before,) = readings.of([judged.indicator], judged.unit, earlier)
    change = _change(phrase, now, before)
    if change is None or before.value is None:
        return
    agrees = _tells(phrase, change)
    was, became = readings.written(before), readings.written(now)
    proof = f"{now.name}，{say_time(before)}{was}，{say_time(now)}{became}"
    expected = _written(phrase, change, now)
    reason = f"{proof}，相符。" if agrees else f"{proof}，变化是{expected}。"
    yield (
        phrase.place,
        DataVerdict(
            indicator=judged.indicator,
            span=judged.span,
            unit=judged.unit,
            agrees=agrees,
            expected=expected,
            reason=reason,
            certain=now.reported == now.expected and before.reported == before.expected,
        ),
    )


def _year_before(now: Reading, span: Span) -> Span | None:
    """Return the span a year earlier: of a stock the one that ends then, of a sum the same months, at most a year."""
    if now.as_of is not None:
        last = span.months.last - YEAR
        return span_of(Months(last - last % YEAR, last))
    return span.year_before if span.months.length <= YEAR else None


def _change(phrase: NumberPhrase, now: Reading, before: Reading) -> Decimal | None:
    """Return the change in the measure of a phrase; None where it is of another kind or from nothing."""
    if now.value is None or not before.value:
        return None
    is_rate, kind = now.measure == "%", _KINDS[phrase.name]
    apart = Decimal(str(now.value)) - Decimal(str(before.value))
    if kind == "percent":
        return apart / Decimal(str(before.value)) if not is_rate else None
    return apart if is_rate == (kind == "points") else None


def _tells(phrase: NumberPhrase, change: Decimal) -> bool:
    """Return whether a phrase tells a change: its direction, and its size as it is rounded."""
    amount = phrase.amount
    if amount is None or (amount.value < 0) != (change < 0):
        return False
    interval = interval_of(amount, phrase.text)
    is_rounded = amount.kind == "points" and amount.comparator == "="  # a difference of rates is seldom cut off
    high = abs(amount.value) + amount.step / 2 if is_rounded else interval.high
    return interval.low <= abs(change) <= high


def _written(phrase: NumberPhrase, change: Decimal, now: Reading) -> str:
    verb = "增加" if change > 0 else "减少"
    size = abs(change)
    if _KINDS[phrase.name] == "percent":
        return f"{'增长' if change > 0 else '下降'}{round(size * 100, 1)}%"
    if _KINDS[phrase.name] == "points":
        return f"{'提高' if change > 0 else '下降'}{round(size * 100, 1)}个百分点"
    return f"{verb}{round(size, 2).normalize():f}{now.measure}"
