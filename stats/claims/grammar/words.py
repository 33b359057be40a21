"""The models of the grammar's files. All are closed: what they don't know is an error."""

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator

from stats.catalogue.form_rules import Closed
from stats.claims.grammar.word_patterns import template_pattern

Comparator = Literal["=", ">", ">=", "<", "<=", "~", "<~"]
Kind = Literal["amount", "percent", "points", "scaled_points", "times"]


def _checked(template: str) -> str:
    template_pattern(template)
    return template


Template = Annotated[str, AfterValidator(_checked)]
Templates = tuple[Template, ...]
Words = tuple[str, ...]


class Amounts(Closed):
    """Measure words: which count the same, which are rates or times, and what is none of them."""

    same: dict[str, Words]
    single: tuple[Words, ...]
    nouns: dict[str, Words]
    durations: Words
    figure_before: Templates
    bare_before: Words
    each: Words
    rates: dict[str, Decimal]
    percents: dict[str, Decimal]
    points: Words
    scaled_points: Words
    times: Words
    not_rate: Words
    not_measure: Words

    @cached_property
    def counted(self) -> dict[str, str]:
        """Return what each measure word counts; words that count the same have one value."""
        known = {word: word for words in self.single for word in words} | {word: word for word in self.durations}
        return known | {
            word: kind for kinds in (self.nouns, self.same) for kind, words in kinds.items() for word in words
        }

    @cached_property
    def rate_words(self) -> frozenset[str]:
        """Return the words that make a rate or a multiple of a number."""
        return frozenset((*self.rates, *self.percents, *self.times))


class Comparators(Closed):
    """Words around a number that say how the value lies to it."""

    before: dict[Comparator, Words]
    after: dict[Comparator, Words]
    reached: Words
    reached_exactly: Words
    not_comparator: Words
    round_digits: int


class NotFigure(Closed):
    """Texts with numbers that are no figures, and what they are."""

    why: str
    forms: Templates
    unless_after: Words = ()


class NamedNumber(Closed):
    """Texts with a number that is read, but is no amount."""

    name: str
    forms: Templates
    comparator: Comparator = "="
    unit: str = ""


class Spoken(Closed):
    """Amounts said without a number."""

    value: Decimal
    comparator: Comparator
    forms: Templates


class ClassRule(Closed):
    """The conditions of a class: all that are given must hold."""

    name: str
    of: tuple[Kind, ...] = ()
    near: Templates = ()
    clause: Templates = ()
    sentence: Templates = ()
    next: Templates = ()
    comparators: tuple[Comparator, ...] = ()
    numeral: bool | None = None
    above_whole: bool = False
    tenths: bool = False
    part: bool = False
    paired_money: bool = False
    listed: bool = False
    oversized: bool = False
    spoken: bool = False


class Links(Closed):
    """Words by which numbers of a sentence belong together."""

    rising: Words
    falling: Words
    below: Templates
    rising_to: Words
    falling_to: Words
    neutral_to: Words
    arriving: Words
    after_arriving: Templates
    starting: Words
    respectively: Words
    joining: Words
    not_joining: Words
    part: Words
    part_after: Words
    part_next: Words
    all_next: Templates
    range: Words

    @property
    def arrivals(self) -> tuple[str, ...]:
        """Return the templates of what stands before a new value: 增加到, 扩展至, 调整为."""
        verbs = (*self.rising, *self.falling, *self.rising_to, *self.falling_to, *self.neutral_to)
        return (f"[{'|'.join(verbs)}][{'|'.join(self.arriving)}][{'|'.join(('', *self.after_arriving))}]",)


class Grammar(Closed):
    """The whole grammar."""

    amounts: Amounts
    comparators: Comparators
    not_figures: tuple[NotFigure, ...]
    named: tuple[NamedNumber, ...]
    spoken: tuple[Spoken, ...]
    classes: tuple[ClassRule, ...]
    links: Links
