"""Measure words and comparators as patterns, made once of the grammar."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from stats.claims.grammar import read_grammar
from stats.claims.grammar.word_patterns import NUMERAL, any_of, ending_with
from stats.claims.grammar.words import Comparator, Grammar, Spoken
from stats.claims.phrases.phrase_model import Amount
from stats.claims.phrases.written_numbers import parse_number

HALF = "—"  # in place of the measure word of a lower end, which the upper end has
_RANGE = re.compile(rf"[—至到-](?:\d|[{NUMERAL}])")
_MORE_TENTHS = re.compile("[一二三四五六七八九](?![一-龥]?[家个名人户])")
_ENDING_BARE = re.compile(r"[，。；、！？）〕”\n]|$")
_REACH = 8
_ROUND_RATE = Decimal("0.05")


@dataclass(kw_only=True, frozen=True)
class MeasureWords:
    """The words that may stand around a number."""

    grammar: Grammar
    measure: re.Pattern[str]
    none: re.Pattern[str]
    not_rate: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    not_comparator: re.Pattern[str]
    figure_before: re.Pattern[str]
    bare_before: re.Pattern[str]
    sign_before: Mapping[str, Comparator]
    sign_after: Mapping[str, Comparator]
    spoken: tuple[tuple[Spoken, re.Pattern[str]], ...]

    def measured(self, text: str, amount: Amount) -> Amount | None:
        """Return a number with the measure word behind it, None when it is no figure of anything."""
        if amount.kind == "percent":
            return amount
        match = self.measure.match(text, amount.end)
        if match is None or self.none.match(text, amount.end):
            return self._bare(text, amount)
        word = match[0]
        amounts = self.grammar.amounts
        if word in amounts.rate_words:
            return self._rated(text, replace(amount, end=match.end()), word)
        counted = amounts.counted[word]
        return replace(amount, end=match.end(), measure=word, counted=counted)

    def _bare(self, text: str, amount: Amount) -> Amount | None:
        """Return a number without a measure word: 5.2万, or digits that a verb of amount introduces."""
        if amount.scaled and not amount.numeral:
            return amount
        if _RANGE.match(text, amount.end):
            return replace(amount, measure=HALF)
        introduced = self.bare_before.search(text[max(0, amount.number - _REACH) : amount.number])
        return amount if introduced and not amount.numeral and _ENDING_BARE.match(text, amount.end) else None

    def _rated(self, text: str, amount: Amount, word: str) -> Amount | None:
        """Return a number of percent, of tenths, of percentage points or of times."""
        amounts = self.grammar.amounts
        if word in amounts.times:
            return replace(amount, kind="times", measure=word, counted="倍")
        if word in amounts.scaled_points:
            return replace(amount, kind="scaled_points", measure="/10万", counted="/10万")
        if word in amounts.rates and (self.not_rate.match(text, amount.end) or amount.value > 10):
            return None
        factor = amounts.rates.get(word) or amounts.percents[word]
        more = _MORE_TENTHS.match(text, amount.end) if word in amounts.rates and amount.numeral else None
        if more:  # 六成五
            tenth = (parse_number(more[0]) or 0) / Decimal(10)
            amount = replace(
                amount, end=more.end(), value=amount.value + tenth, step=Decimal("0.1"), round_step=Decimal("0.1")
            )
        points = word in amounts.points
        return replace(
            _times(amount, factor),
            kind="points" if points else "percent",
            measure="百分点" if points else "%",
            counted="%",
        )

    def reached(self, amount: Amount) -> Comparator:
        """Return how a value lies to a number it has reached: a round one is the least it may be."""
        if amount.kind == "percent":
            return ">=" if amount.value < 1 and amount.value % _ROUND_RATE == 0 else "="
        round_one = not amount.decimals and (amount.round_step > amount.step or amount.scaled)
        digits = len(str(int(amount.value / amount.round_step)))
        return ">=" if round_one and digits <= self.grammar.comparators.round_digits else "="


def _times(amount: Amount, factor: Decimal) -> Amount:
    return replace(
        amount, value=amount.value * factor, step=amount.step * factor, round_step=amount.round_step * factor
    )


@cache
def measure_words() -> MeasureWords:
    """Return the patterns of the grammar."""
    grammar = read_grammar()
    comparators, amounts = grammar.comparators, grammar.amounts
    words = sorted({*amounts.counted, *amounts.rate_words}, key=len, reverse=True)
    before = {word: sign for sign, each in comparators.before.items() for word in each}
    reached = (*comparators.reached, *comparators.reached_exactly)
    return MeasureWords(
        grammar=grammar,
        measure=re.compile("|".join(re.escape(word) for word in words)),
        none=any_of(amounts.not_measure),
        not_rate=any_of(amounts.not_rate),
        before=ending_with((*before, *reached, *(f"{word}了" for word in (*before, *reached)))),
        after=any_of(tuple(word for each in comparators.after.values() for word in each)),
        not_comparator=ending_with(comparators.not_comparator),
        figure_before=ending_with(amounts.figure_before),
        bare_before=ending_with(amounts.bare_before),
        sign_before=before | dict.fromkeys(comparators.reached_exactly, "="),
        sign_after={word: sign for sign, each in comparators.after.items() for word in each},
        spoken=tuple((spoken, any_of(spoken.forms)) for spoken in grammar.spoken),
    )
