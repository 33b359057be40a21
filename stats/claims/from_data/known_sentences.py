"""Known sentences: how the catalogue itself says each indicator, as the words before and behind its number."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from stats.catalogue import Catalogue
from stats.catalogue.form_rules import Closed
from stats.claims.grammar import read_file
from stats.claims.grammar.word_patterns import ending_with
from stats.claims.grammar.words import Words
from stats.claims.phrases.folded_text import fold

Pairs = Counter[str]
_PLACEHOLDER = re.compile(r"\{\{ ?([^{}.(（]{1,60}?) ?(?:[.(（][^{}]{0,200})?\}\}")
_CLAUSE = re.compile(r"[，。；：｜\n]|\{\{[^{}]{0,300}\}\}")
_UNTOLD = re.compile(r"[“”‘’、（）《》的了\s]")
QUOTE = "“"  # before a number: what is named there is counted
LEAST = 2  # characters by which an indicator is known
_CATALOGUES = 4


class SourceWords(Closed):
    """The words of data/claims/sources.yml; the file says what each is for."""

    name_endings: Words
    plan_headings: Words
    past_headings: Words
    other_spans: Words
    earlier_spans: Words
    neutral: Words
    narrowing: Words
    linking: Words
    year_before: Words
    of_county: Words
    here: Words
    not_here: Words
    there: Words
    that_unit: Words
    beyond: Words
    partners: Words
    places: Words
    after_places: Words
    no_places: Words
    whole: Words
    least_alike: float
    least_like_target: float


@dataclass(kw_only=True, frozen=True)
class KnownSentence:
    """One way to say an indicator: the words before and behind its number, and their pairs of characters.

    `linked` are those before it without what only links them to it.
    """

    indicator: str
    before: str
    linked: str
    behind: str
    pairs_before: Pairs
    pairs_behind: Pairs


@cache
def source_words() -> SourceWords:
    """Return the words. Raises pydantic's ValidationError for a file that doesn't hold them."""
    return SourceWords.model_validate(read_file("sources"))


@lru_cache(maxsize=_CATALOGUES)
def known_sentences(catalogue: Catalogue) -> tuple[KnownSentence, ...]:
    """Return every way in which a catalogue says its indicators: in its papers, by phrase, in speech and by name."""
    ways = dict.fromkeys([*_in_papers(catalogue), *_by_name(catalogue)])
    return tuple(
        KnownSentence(
            indicator=code,
            before=plain(before),
            linked=without_links(plain(before)),
            behind=plain(behind),
            pairs_before=pairs_in(before),
            pairs_behind=pairs_in(behind),
        )
        for code, before, behind in ways
        if len(plain(before) + plain(behind)) >= LEAST
    )


@dataclass(frozen=True)
class SentenceIndex:
    """The sentences of a catalogue by the pairs of characters before and behind their numbers, with how often each."""

    sentences: tuple[KnownSentence, ...]
    before: Mapping[str, Sequence[tuple[int, int]]]
    behind: Mapping[str, Sequence[tuple[int, int]]]

    def shared(self, before: Pairs, behind: Pairs) -> dict[int, tuple[int, int]]:
        """Return how many pairs each sentence shares with words before and behind a number, if it shares any."""
        shared: dict[int, tuple[int, int]] = {}
        for pairs, places, is_before in ((before, self.before, 1), (behind, self.behind, 0)):
            for pair, times in pairs.items():
                for place, count in places.get(pair, ()):
                    first, last = shared.get(place, (0, 0))
                    more = min(times, count)
                    shared[place] = (first + more * is_before, last + more * (1 - is_before))
        return shared


@lru_cache(maxsize=_CATALOGUES)
def sentence_index(catalogue: Catalogue) -> SentenceIndex:
    """Return the sentences of a catalogue so that those like given words are at hand."""
    before, behind = defaultdict[str, list[tuple[int, int]]](list), defaultdict[str, list[tuple[int, int]]](list)
    for place, known in enumerate(known_sentences(catalogue)):
        for pair, count in known.pairs_before.items():
            before[pair].append((place, count))
        for pair, count in known.pairs_behind.items():
            behind[pair].append((place, count))
    return SentenceIndex(known_sentences(catalogue), before, behind)


def plain(text: str) -> str:
    """Return a text without quotation marks and other signs, half-width."""
    return _UNTOLD.sub("", fold(text).text)


def pairs_in(text: str) -> Pairs:
    """Return how often each pair of neighbouring characters stands in a text."""
    kept = plain(text)
    return Counter(kept[place : place + 2] for place in range(len(kept) - 1))


def without_links(text: str) -> str:
    """Return words without those that only link them to their number: 会员人数 of 会员人数达到."""
    shorter = _links().sub("", text)
    while shorter != text:
        text, shorter = shorter, _links().sub("", shorter)
    return text


@cache
def _links() -> re.Pattern[str]:
    return ending_with(source_words().linking)


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
        for wording in (entry.phrase, *entry.spoken):
            before, number, behind = wording.partition("{}")
            if number and not before.endswith(QUOTE):
                yield code, before, behind
        for name in (entry.name, *entry.former):
            yield code, _shortened(name), ""
            yield code, name, ""


def _shortened(name: str) -> str:
    return next((name.removesuffix(end) for end in source_words().name_endings if name.endswith(end)), name)
