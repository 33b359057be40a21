"""Claimed indicators: which figures of the catalogue a number of a draft may be, the likeliest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from stats.catalogue import Catalogue
from stats.claims.checks.check_words import has_any
from stats.claims.from_data.known_sentences import LEAST, KnownSentence, pairs_in, sentence_index, source_words
from stats.claims.from_data.own_words import OwnWords, is_neutral, neutral_ends, without_neutral
from stats.claims.grammar import read_grammar
from stats.claims.phrases.phrase_model import MONEY, Amount

_RATE, _MONEY_UNIT, _EACH = "%", "元", "/"
_LONG = 6  # characters of a sentence by which a figure is known among words that are not
_WHOLE = 10  # of one that is known whatever stands before it
_SHORT = 4  # of a sentence so short nothing but its number may follow
_TEXTS = 4096  # words whose indicators are cached
_PREFIX = 16  # characters of a sentence behind a number that are compared
_EXPLAINED, _ENDS_ALIKE = 0.3, 0.2  # weight of how much of the number's own words is known, and of the same ending
_ATTRIBUTE = ("以", "与", "比")


@dataclass(frozen=True)
class ClaimedIndicator:
    """An indicator that a number may be: how like the words are, `sure` if they are a sentence known of it.

    `length` is how many characters of the sentence are known, `fits` whether the number is in the indicator's measure.
    """

    indicator: str
    score: float
    sure: bool
    length: int = 0
    fits: bool = True


def candidates_for(
    words: OwnWords, amount: Amount, catalogue: Catalogue, chosen: Mapping[str, str]
) -> list[ClaimedIndicator]:
    """Return the indicators that a number may be, the likeliest first; `chosen` are wordings somebody has settled."""
    remembered = chosen.get(wording_of(words, amount)) if chosen else None
    if remembered == "":
        return []
    if remembered is not None and remembered in catalogue.indicators:
        fits = counts_alike(amount, remembered, catalogue)
        return [ClaimedIndicator(remembered, 2.0, sure=True, length=_LONG, fits=fits)]
    likely: dict[str, ClaimedIndicator] = {}
    for candidate in _alike(words, catalogue):
        known = likely.get(candidate.indicator)
        if known is None or (known.sure, known.length, known.score) < (
            candidate.sure,
            candidate.length,
            candidate.score,
        ):
            likely[candidate.indicator] = candidate
    fitting = (
        replace(each, fits=counts_alike(amount, each.indicator, catalogue), score=max(each.score, 1.0 * each.sure))
        for each in likely.values()
    )
    return sorted(_longest(fitting), key=lambda each: (-each.fits, -each.sure, -each.length, -each.score))


def wording_of(words: OwnWords, amount: Amount) -> str:
    """Return the words by which a choice is remembered: those before the number, its measure, those behind it."""
    return f"{without_neutral(words.linked)}{{}}{amount.counted}{words.behind[:_PREFIX]}"


def _longest(candidates: Iterable[ClaimedIndicator]) -> list[ClaimedIndicator]:
    """Return the candidates, of which those alone are sure that explain the most words: 女会员 is no 会员."""
    every = list(candidates)
    most = max((each.length for each in every if each.sure), default=0)
    return [each if not each.sure or each.length == most else replace(each, sure=False) for each in every]


@lru_cache(maxsize=_TEXTS)
def _alike(words: OwnWords, catalogue: Catalogue) -> tuple[ClaimedIndicator, ...]:
    pairs, index = pairs_in(words.linked), sentence_index(catalogue)
    own, alike_words = pairs.total() or 1, []
    for place, (before, behind) in index.shared(pairs, pairs_in(words.behind)).items():
        known = index.sentences[place]
        length = _known_length(known, words)
        alike = (before + behind) / (known.pairs_before.total() + known.pairs_behind.total())
        if alike >= source_words().least_alike or length:
            ends = _ENDS_ALIKE if known.before and words.linked.endswith(known.before[-2:]) else 0
            score = alike + _EXPLAINED * before / own + ends
            alike_words.append(ClaimedIndicator(known.indicator, score, sure=bool(length), length=length))
    return tuple(alike_words)


def _known_length(known: KnownSentence, words: OwnWords) -> int:
    """Return how many characters of a sentence stand around a number, 0 where other words change what it is."""
    behind = known.behind[:_PREFIX]
    if len(words.behind) >= _SHORT and behind.startswith(words.behind):
        behind = words.behind
    for before, sentence in ((words.before, known.before), (words.linked, known.linked)):
        if before.endswith(sentence) and words.behind.startswith(behind) and len(sentence + behind) >= LEAST:
            length = len(sentence) + len(behind)
            rest = before.removesuffix(sentence) if sentence else before
            if _may_stand_before(rest, known, length) and _may_stand_behind(words, known, length):
                return length
    return 0


def _may_stand_before(rest: str, known: KnownSentence, length: int) -> bool:
    """Return whether the words before a sentence leave it what it is: neutral ones, or any before a long one."""
    if is_neutral(rest):
        return True
    if not known.before:
        return len(known.behind) >= _SHORT and not has_any(rest[-_SHORT:], source_words().narrowing)
    if length < _LONG or has_any(rest, source_words().narrowing):
        return False
    return length >= _WHOLE or neutral_ends().search(rest) is not None


def _may_stand_behind(words: OwnWords, known: KnownSentence, length: int) -> bool:
    if known.behind or not words.behind:
        return True
    return length >= _SHORT and not words.describes and not words.behind.startswith(_ATTRIBUTE)


def counts_alike(amount: Amount, indicator: str, catalogue: Catalogue) -> bool:
    """Return whether an amount is in a measure of an indicator; a rate only in percent, and money only in money."""
    entry = catalogue.indicators[indicator]
    words = {*catalogue.spellings(entry)}
    if _RATE in words or amount.kind != "amount":
        return _RATE in words and amount.kind == "percent"
    if _MONEY_UNIT in words or amount.counted == MONEY:
        return _MONEY_UNIT in words and amount.counted == MONEY
    counted = read_grammar().amounts.counted
    plain_words = {word.split(_EACH)[0] for word in words}
    return amount.measure in plain_words or amount.counted in {counted.get(word, word) for word in plain_words}
