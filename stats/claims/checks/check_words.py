"""The words of data/claims/checks.yml, by which a draft is checked against itself."""

from functools import cache

from stats.catalogue.form_rules import Closed
from stats.claims.grammar import read_file
from stats.claims.grammar.words import Words


class MeanWords(Closed):
    """Words of a mean and what it is a mean of, as the measures count it."""

    words: Words
    of: Words


class RateWords(Closed):
    """A rate with the words of its part and of its whole."""

    rate: str
    part: Words
    whole: Words


class CheckWords(Closed):
    """All words of the checks; the file says what each is for."""

    whole_endings: Words
    whole_beginnings: Words
    totals: Words
    complements: tuple[Words, ...]
    whole_rates: Words
    means: tuple[MeanWords, ...]
    before_means: Words
    months: Words
    ranks: Words
    not_added: Words
    running_totals: Words
    goals: Words
    base_words: Words
    later_words: Words
    accumulated: Words
    areas: Words
    table_totals: Words
    table_parts: Words
    totals_of_times: Words
    times: Words
    parts_of_times: Words
    rates_of: tuple[RateWords, ...]
    received: Words
    spent: Words
    left_over: Words
    daily: Words
    yearly: Words
    published: Words
    most_a_head: int


@cache
def check_words() -> CheckWords:
    """Return the words. Raises pydantic's ValidationError for a file that doesn't hold them."""
    return CheckWords.model_validate(read_file("checks"))


def has_any(text: str, words: Words) -> bool:
    """Return whether a text holds one of the words."""
    return any(word in text for word in words)
