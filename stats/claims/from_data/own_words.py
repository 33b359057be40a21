"""Own words: the words of a clause that tell what a number is, without times, units and words of joining."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from stats.claims.from_data.known_sentences import LEAST, plain, source_words, without_links
from stats.claims.grammar.word_patterns import ending_with
from stats.claims.grammar.words import Words
from stats.claims.phrases import ReadParagraph
from stats.claims.phrases.phrase_model import Amount, NumberPhrase

_CLAUSE_END = re.compile(r"[，。；：！？\n]")
_BEHIND = 40  # characters behind a number that may tell of what it is
_ATTRIBUTE = "的"
_TIME = ("时间表述", "日期")
_STOPS = "。；！？\n"
_TEXTS = 4096  # texts whose verdict is cached
_LONGEST = 160  # characters of a sentence before a number that are looked at


@dataclass(frozen=True)
class OwnWords:
    """The words before a number, as they are and without those that link them to it, and the words behind it.

    A number `describes` what stands behind it where 的 joins them: 入会率88%的企业.
    """

    before: str
    linked: str
    behind: str
    describes: bool = False


def own_words(phrase: NumberPhrase, amount: Amount, read: ReadParagraph, units: tuple[str, ...] = ()) -> OwnWords:
    """Return the words of a number; `units` are the names of units, which don't tell what is counted."""
    start = amount.start - len(phrase.before)
    before = _words_between(read, start, amount.start, units)
    linked = without_links(before)
    if not linked:  # 工会会员人数稳步增长，达到38124人
        begin = max(amount.start - _LONGEST, *(read.text.rfind(stop, 0, amount.start) + 1 for stop in _STOPS))
        begin = max([begin, *(other.end for other in _amounts(read) if other.end <= amount.start)])
        linked = without_links(_words_between(read, begin, start, units))
    behind = _behind(amount, read)
    return OwnWords(before, linked, plain(behind), behind.startswith(_ATTRIBUTE))


def _amounts(read: ReadParagraph) -> Iterator[Amount]:
    return (phrase.amount for phrase in read.phrases if phrase.amount)


def _words_between(read: ReadParagraph, start: int, end: int, units: tuple[str, ...]) -> str:
    """Return a part of a paragraph without its times, units, signs and blanks."""
    pieces, at = [], start
    for phrase in read.phrases:
        mark = phrase.mark
        is_time = mark and (mark.date or mark.why in _TIME or mark.name in ("as_of", "range"))
        if mark and is_time and at <= mark.start and mark.end <= end:
            pieces.append(read.text[at : mark.start])
            at = mark.end
    text = "".join([*pieces, read.text[at:end]])
    for unit in units:
        text = text.replace(unit, "")
    return plain(text)


def _behind(amount: Amount, read: ReadParagraph) -> str:
    after = (other.start for other in _amounts(read) if other.start >= amount.end)
    end = min(next(after, len(read.text)), amount.end + _BEHIND)
    return _CLAUSE_END.split(read.text[amount.end : end])[0]


@lru_cache(maxsize=_TEXTS)
def is_neutral(text: str) -> bool:
    """Return whether a text is made of words that don't change which figure is told."""
    return is_made_of(text, source_words().neutral)


def is_made_of(text: str, words: Words) -> bool:
    """Return whether a text is nothing but some words one after the other."""
    reached = {0}
    for place in range(len(text)):
        if place in reached:
            reached |= {place + len(word) for word in words if text.startswith(word, place)}
    return len(text) in reached


def without_neutral(text: str, least: int = LEAST) -> str:
    """Return a text without such words at its beginning, of which at least some characters are left."""
    words = source_words().neutral
    longest = max((word for word in words if text.startswith(word)), key=len, default="")
    rest = text.removeprefix(longest)
    return without_neutral(rest, least) if longest and len(rest) >= least else text


@cache
def neutral_ends() -> re.Pattern[str]:
    """Return what matches a text that ends with a word that doesn't change which figure is told."""
    return ending_with(source_words().neutral)
