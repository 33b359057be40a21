"""From a paragraph to its phrases: every number with its class, measure, comparator, value and place."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from stats.claims.grammar import read_grammar
from stats.claims.grammar.word_patterns import FORMAL, NUMERAL, any_of
from stats.claims.phrases.adding_up import totals_and_parts
from stats.claims.phrases.amounts_in_text import amounts_in
from stats.claims.phrases.classes_of_amounts import class_of, words_around
from stats.claims.phrases.dates_in_text import dates_in
from stats.claims.phrases.folded_text import FoldedText, fold
from stats.claims.phrases.linked_amounts import Link, joined_ranges, links_in
from stats.claims.phrases.measure_words import measure_words
from stats.claims.phrases.named_in_text import named_in
from stats.claims.phrases.phrase_model import NOT_A_FIGURE, Amount, MarkedText, NumberPhrase, Place

BLOT = "\u0000"
PROPORTION = "proportion"
_LONG = re.compile(rf"[\d,.]{{17,}}|[{NUMERAL}{FORMAL}]{{25,}}")  # no number of anything is so long
_LINKED = ("from_to", "respectively")
_CHANGES = ("abs_change", "pct_change", "pp_change", "pp_difference")
_PROPORTION = re.compile(r"(?<![\d.：])\d+(?:\.\d+)?(?:：\d+(?:\.\d+)?){2,}(?![\d：])")
_MEMBER = re.compile(r"\d+(?:\.\d+)?")
_PAIR = re.compile(r"(?:比例|之比|配比|比)(?:约|大约)?为?(\d+(?:\.\d+)?：\d+(?:\.\d+)?)(?![\d：])")


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class ReadParagraph:
    """A paragraph as read: its folded text, its phrases, and the links between them, by their numbers among them."""

    text: str
    phrases: tuple[NumberPhrase, ...]
    links: tuple[Link, ...]


def read_phrases(text: str, number: int = 0, on: date | None = None) -> ReadParagraph:
    """Return the numbers of a paragraph, in their order. `number` is the paragraph's, `on` the date of the draft."""
    paragraph = _Paragraph(text, number, fold(text))
    plain = paragraph.folded.text
    long = [MarkedText(start=match.start(), end=match.end(), why="编号") for match in _LONG.finditer(plain)]
    dates = dates_in(_blot(plain, long), on)
    blotted = _blot(plain, [*long, *dates])
    proportions = [*_proportions(blotted)]
    blotted = _blot(blotted, proportions)
    named = named_in(blotted)
    blotted = _blot(blotted, named)
    read = joined_ranges(blotted, amounts_in(blotted))
    amounts = sorted([*proportions, *read], key=lambda amount: amount.number)
    links = links_in(plain, amounts)
    phrases = [paragraph.phrase(mark, mark.name) for mark in (*long, *dates, *named)]
    phrases += _phrases_of_amounts(amounts, links, paragraph)
    phrases.sort(key=lambda phrase: phrase.place.start)
    for place, name in totals_and_parts(phrases).items():
        phrases[place] = replace(phrases[place], name=name)
    return ReadParagraph(plain, tuple(phrases), tuple(_between_phrases(links, amounts, phrases, paragraph.folded)))


def _between_phrases(
    links: Iterable[Link], amounts: Sequence[Amount], phrases: Sequence[NumberPhrase], folded: FoldedText
) -> Iterator[Link]:
    """Yield the links between amounts as links between phrases, but for those with what is no figure after all."""
    places = {phrase.place.start: place for place, phrase in enumerate(phrases) if phrase.is_figure}
    for link in links:
        members = [places.get(folded.origin[amounts[member].start], -1) for member in link.members]
        if min(members) >= 0:
            yield Link(link.name, tuple(members))


def _blot(text: str, parts: Iterable[_Spanned]) -> str:
    """Return a text with parts of it blotted out, as long as before."""
    pieces, end = [], 0
    for part in sorted(parts, key=lambda part: part.start):
        pieces += [text[end : part.start], BLOT * (part.end - max(end, part.start))]
        end = max(end, part.end)
    return "".join([*pieces, text[end:]])


def _proportions(text: str) -> Iterable[Amount]:
    """Yield each member of the proportions, such as 11:65:24."""
    spans = [match.span() for match in _PROPORTION.finditer(text)] + [match.span(1) for match in _PAIR.finditer(text)]
    for start, end in spans:
        for match in _MEMBER.finditer(text, start, end):
            step = Decimal(1).scaleb(-len(match[0].partition(".")[2]))
            yield Amount(
                start=match.start(),
                number=match.start(),
                end=match.end(),
                kind="amount",
                value=Decimal(match[0]),
                step=step,
                round_step=step,
                comparator="=",
                measure="%",
                counted=PROPORTION,
            )


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph while its phrases are made."""

    text: str
    number: int
    folded: FoldedText

    def phrase(self, part: MarkedText | Amount, name: str, before: str = "") -> NumberPhrase:
        """Return a phrase of what was read in the folded text."""
        start, end = self.folded.original(part.start, part.end)
        amount, mark = (part, None) if isinstance(part, Amount) else (None, part)
        place = Place(self.number, start, end)
        return NumberPhrase(place=place, text=self.text[start:end], name=name, amount=amount, mark=mark, before=before)


def _phrases_of_amounts(
    amounts: Sequence[Amount], links: Sequence[Link], paragraph: _Paragraph
) -> Iterable[NumberPhrase]:
    linked: dict[int, set[str]] = defaultdict(set)
    for link in links:
        for member in link.members[-1:] if link.name == "subset" else link.members:
            linked[member].add(link.name)
    frozen = {member: frozenset(names) for member, names in linked.items()}
    for index, amount in enumerate(amounts):
        around = words_around(paragraph.folded.text, amounts, index)
        name = class_of(paragraph.folded.text, amounts, index, frozen)
        if name not in _LINKED and _is_duration(amount, around.clause):
            yield paragraph.phrase(_duration(amount), NOT_A_FIGURE)
        else:
            yield paragraph.phrase(_signed(amount, name, around.near), name, around.near)


def _duration(amount: Amount) -> MarkedText:
    return MarkedText(start=amount.start, end=amount.end, unit=amount.measure, why="时间长短")


def _signed(amount: Amount, name: str, near: str) -> Amount:
    """Return a change with its sign: what falls, or lies below, is negative."""
    links = read_grammar().links
    words = links.below if name == "pp_difference" else (*links.falling, *links.below)
    falls = name in _CHANGES and any_of(words).search(near)
    return replace(amount, value=-amount.value) if falls else amount


def _is_duration(amount: Amount, clause: str) -> bool:
    """Return whether a length of time is no figure: a condition, or the time spoken of."""
    words = measure_words()
    if amount.measure not in words.grammar.amounts.durations:
        return False
    return not (amount.decimals or amount.comparator == ">" or words.figure_before.search(clause))
