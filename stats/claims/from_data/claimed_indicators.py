"""Claimed indicators: which figures of the catalogue a number of a draft may be, the likeliest first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stats.catalogue import Catalogue
from stats.claims.from_data.known_sentences import KnownSentence, known_sentences, pairs_in, plain, source_words
from stats.claims.grammar import read_grammar
from stats.claims.phrases import ReadParagraph
from stats.claims.phrases.phrase_model import MONEY, Amount, NumberPhrase

_CLAUSE_END = re.compile(r"[，。；：！？\n]")
_BEHIND = 24  # characters behind a number that may tell of what it is
_RATE, _MONEY_UNIT = "%", "元"
_LEAST_EXPLAINED = 0.4  # of a number's own words, before it is called wrong
_EXPLAINED, _ENDS_ALIKE = 0.3, 0.2  # weight of how much of the number's own words is known, and of the same ending


@dataclass(frozen=True)
class ClaimedIndicator:
    """An indicator that a number may be: how like the words are; `sure` if they are a sentence known of it."""

    indicator: str
    score: float
    sure: bool


def candidates_for(
    phrase: NumberPhrase, read: ReadParagraph, catalogue: Catalogue, same_measure: bool = True
) -> list[ClaimedIndicator]:
    """Return the indicators of the same measure, or of another one, that a number may be, the likeliest first."""
    amount = phrase.amount
    if amount is None:
        return []
    behind = _CLAUSE_END.split(read.text[amount.end : amount.end + _BEHIND])[0]
    likely: dict[str, ClaimedIndicator] = {}
    for candidate in _alike(phrase.before, behind, catalogue):
        known = likely.get(candidate.indicator)
        if counts_alike(amount, candidate.indicator, catalogue) == same_measure and (
            known is None or known.score < candidate.score
        ):
            likely[candidate.indicator] = candidate
    return sorted(likely.values(), key=lambda candidate: -candidate.score)


def _alike(before: str, behind: str, catalogue: Catalogue) -> Iterator[ClaimedIndicator]:
    pairs, pairs_behind, text = pairs_in(before), pairs_in(behind), plain(before)
    own = pairs.total() or 1
    for known in known_sentences(catalogue):
        total = known.pairs_before.total() + known.pairs_behind.total()
        shared = (known.pairs_before & pairs).total()
        alike = (shared + (known.pairs_behind & pairs_behind).total()) / total if total else 0.0
        if alike >= source_words().least_alike:
            ends = _ENDS_ALIKE if known.before and text.endswith(known.before[-2:]) else 0
            explained = (shared + (known.pairs_behind & pairs_behind).total()) / own
            score = alike + _EXPLAINED * shared / own + ends
            sure = explained >= _LEAST_EXPLAINED and _holds(known, text, plain(behind))
            yield ClaimedIndicator(known.indicator, score, sure)


def _holds(known: KnownSentence, before: str, behind: str) -> bool:
    """Return whether the words around a number end and begin with those of a sentence."""
    return before.endswith(known.before) and behind.startswith(known.behind)


def counts_alike(amount: Amount, indicator: str, catalogue: Catalogue) -> bool:
    """Return whether an amount is in a measure of an indicator; a rate only in percent, and money only in money."""
    entry = catalogue.indicators[indicator]
    words = {*catalogue.spellings(entry)}
    if _RATE in words or amount.kind != "amount":
        return _RATE in words and amount.kind == "percent"
    if _MONEY_UNIT in words or amount.counted == MONEY:
        return _MONEY_UNIT in words and amount.counted == MONEY
    counted = read_grammar().amounts.counted
    return amount.measure in words or amount.counted in {counted.get(word, word) for word in words}
