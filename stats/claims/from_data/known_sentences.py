"""Known sentences: how the catalogue itself says each indicator, as the words before and behind its number."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import yaml

from stats.catalogue import Catalogue
from stats.catalogue.form_rules import Closed
from stats.claims.grammar import FOLDER
from stats.claims.grammar.words import Words
from stats.claims.phrases.folded_text import fold

Pairs = Counter[str]
_PLACEHOLDER = re.compile(r"\{\{ ?([^{}.(（]{1,60}?) ?(?:[.(（][^{}]{0,200})?\}\}")
_CLAUSE = re.compile(r"[，。；：｜\n]|\{\{[^{}]{0,300}\}\}")
_UNTOLD = re.compile(r"[“”‘’、（）《》的了\s]")
_LEAST = 2  # characters by which an indicator is known
_CATALOGUES = 4


class SourceWords(Closed):
    """The words of data/claims/sources.yml; the file says what each is for."""

    name_endings: Words
    plan_headings: Words
    past_headings: Words
    other_spans: Words
    least_alike: float
    least_lead: float


@dataclass(frozen=True)
class KnownSentence:
    """One way to say an indicator: the words before and behind its number, and their pairs of characters."""

    indicator: str
    before: str
    behind: str
    pairs_before: Pairs
    pairs_behind: Pairs


@cache
def source_words() -> SourceWords:
    """Return the words. Raises pydantic's ValidationError for a file that doesn't hold them."""
    return SourceWords.model_validate(yaml.safe_load((FOLDER / "sources.yml").read_text("utf-8")))


@lru_cache(maxsize=_CATALOGUES)
def known_sentences(catalogue: Catalogue) -> tuple[KnownSentence, ...]:
    """Return every way in which a catalogue says its indicators: in its papers, by phrase and by name."""
    ways = dict.fromkeys([*_in_papers(catalogue), *_by_name(catalogue)])
    return tuple(
        KnownSentence(
            indicator=code,
            before=plain(before),
            behind=plain(behind),
            pairs_before=pairs_in(before),
            pairs_behind=pairs_in(behind),
        )
        for code, before, behind in ways
        if len(plain(before) + plain(behind)) >= _LEAST
    )


def plain(text: str) -> str:
    """Return a text without quotation marks and other signs, half-width."""
    return _UNTOLD.sub("", fold(text).text)


def pairs_in(text: str) -> Pairs:
    """Return how often each pair of neighbouring characters stands in a text."""
    kept = plain(text)
    return Counter(kept[place : place + 2] for place in range(len(kept) - 1))


def _in_papers(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    named = {name: code for code, entry in catalogue.indicators.items() for name in (entry.name, *entry.former)}
    texts = (
        text
        for outline in catalogue.outlines.values()
        for section in outline.sections
        for part in section.parts
        for text in part.text
    )
    for text in texts:
        for match in _PLACEHOLDER.finditer(text):
            if match[1] in named:
                before, behind = _CLAUSE.split(text[: match.start()])[-1], _CLAUSE.split(text[match.end() :])[0]
                yield named[match[1]], before, behind


def _by_name(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for code, entry in catalogue.indicators.items():
        if entry.phrase:
            before, _, behind = entry.phrase.partition("{}")
            yield code, before, behind
        for name in (entry.name, *entry.former):
            yield code, _shortened(name), ""


def _shortened(name: str) -> str:
    return next((name.removesuffix(end) for end in source_words().name_endings if name.endswith(end)), name)
