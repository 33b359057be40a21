"""What was said before: a number of a draft against what earlier papers and speeches gave out for the same figure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.claims.answers.cited_numbers import CitedNumber
from stats.claims.answers.corrections_since import corrections_since, say_corrections
from stats.claims.checks.intervals import Interval, interval_of
from stats.claims.from_data.told_readings import AskedOfData
from stats.claims.phrases import read_phrases
from stats.claims.phrases.phrase_model import Amount
from stats.papers.figures_used import FigureUse
from stats.readings import Reading
from stats.warehouse import Warehouse


def with_earlier(numbers: Iterable[CitedNumber], used: Sequence[FigureUse], asked: AskedOfData) -> list[CitedNumber]:
    """Return numbers with a sentence on the latest earlier statement that each contradicts; "" where there is none."""
    by_figure: dict[tuple[str, str], list[FigureUse]] = {}
    for use in used:
        by_figure.setdefault((use.figure.subject, use.figure.unit), []).append(use)
    return [replace(number, earlier=_contradicted(number, by_figure, asked)) for number in numbers]


def _contradicted(number: CitedNumber, by_figure: dict[tuple[str, str], list[FigureUse]], asked: AskedOfData) -> str:
    amount, cited = number.number.phrase.amount, number.cited
    if amount is None or cited is None:
        return ""
    reading, factors = cited.reading, _factors(cited.reading, asked.catalogue)
    here = _values(amount, number.number.phrase.text, factors)
    for use in by_figure.get((reading.indicator, reading.unit), []):
        if here and _is_same(use, reading):
            for words in use.wordings:
                there = _stated(words, use, factors)
                if there and not there.meets(here):
                    return _say(number, use, words, asked.warehouse)
    return ""


def _is_same(use: FigureUse, reading: Reading) -> bool:
    """Return whether a figure is of the same time: of the same span, or of the end of one that ends alike."""
    if use.figure.span == reading.span:
        return True
    return reading.as_of is not None and parse_span(use.figure.span).months.last == parse_span(reading.span).months.last


def _stated(words: str, use: FigureUse, factors: dict[str, float]) -> Interval | None:
    """Return the values that printed words state; None for words that state no value, such as an increase.

    What a paper printed itself states the value of its figure. A speech marked final may state another one.
    """
    phrases = [phrase for phrase in read_phrases(words).phrases if phrase.amount]
    stated = _values(phrases[0].amount, phrases[0].text, factors) if len(phrases) == 1 and phrases[0].amount else None
    if stated is None or use.paper.occasion:
        return stated
    value = use.figure.value
    held = None if value is None else Decimal(str(value))
    return stated if held is not None and stated.meets(Interval(held, held)) else None


def _values(amount: Amount, text: str, factors: dict[str, float]) -> Interval | None:
    """Return the values that an amount may mean in the stored unit; None for another measure."""
    factor = factors.get(amount.measure)
    return None if factor is None else interval_of(amount, text).times(Decimal(str(factor)))


def _factors(reading: Reading, catalogue: Catalogue) -> dict[str, float]:
    return catalogue.spellings(catalogue.indicators[reading.indicator])


def _say(number: CitedNumber, use: FigureUse, words: str, warehouse: Warehouse) -> str:
    assert number.cited is not None
    paper, now = use.paper, number.cited.reading
    since = say_corrections(corrections_since(use.figure, now, warehouse), use.figure, now)
    where = f"{paper.occasion}（{paper.title}）" if paper.occasion else f"《{paper.title}》"
    return f"{paper.used_on}，{where}写的是{words}，这里写的是{number.number.phrase.text}；{since}。"
