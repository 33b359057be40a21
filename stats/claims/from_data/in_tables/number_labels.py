"""Labels: the times, organisations, measures and other words of the texts that label a number of a table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from stats.claims.checks.check_words import has_any
from stats.claims.from_data.in_tables.table_words import table_words
from stats.claims.from_data.known_sentences import plain, source_words
from stats.claims.from_data.own_words import is_made_of
from stats.claims.from_data.units_in_force import ENDINGS_OF_UNITS, UnitsOfDraft
from stats.claims.grammar import read_grammar
from stats.claims.phrases import read_phrases
from stats.claims.phrases.folded_text import fold

_MEASURE = re.compile(r"[（/]((?:[^（）/：]{1,6}：)?[^（）/]{1,6})）?$")
_NUMBERED = re.compile(r"^(?:\d{1,2}[.、．](?!\d)|（?[一二三四五六七八九十\d]{1,3}[）、])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PARTED = re.compile("[、/]|和")
_BEGINS_PART = "其中："
_SCALES = ("亿", "万", "")


@dataclass(kw_only=True, frozen=True)
class LabelOfNumbers:
    """What a label says: times, organisations, the measure in which the numbers are, and all other words.

    `is_total` says that it is of all rows or columns together.
    """

    times: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    words: str = ""
    measure: str = ""
    is_total: bool = False

    @property
    def is_value(self) -> bool:
        """Return whether what it labels may be the value of a figure: no change, no share, no goal."""
        return not has_any(self.words, table_words().no_values)


def read_label(text: str, units: UnitsOfDraft, on: date | None) -> LabelOfNumbers:
    """Return what a label says."""
    plain_text = fold(text).text
    numbered = f"{plain_text}年" if _YEAR.fullmatch(plain_text) else _NUMBERED.sub("", plain_text)
    text, measure = _without_measure(numbered.removeprefix(_BEGINS_PART))
    read = read_phrases(text, on=on)
    marks = [
        mark for phrase in read.phrases if (mark := phrase.mark) and (mark.date or mark.name in ("as_of", "range"))
    ]
    times = tuple(text[mark.start : mark.end] for mark in marks)
    rest = "".join(_outside(text, [(mark.start, mark.end) for mark in marks]))
    names = units.names_in(rest)
    for name in names:
        rest = rest.replace(name, "", 1)
    rest = plain(rest)
    if names:
        rest = next((rest.removeprefix(end) for end in ENDINGS_OF_UNITS if rest.startswith(end)), rest)
    here = next((word for word in (*source_words().of_county, *source_words().here) if rest.startswith(word)), "")
    rest = rest.removeprefix(here)
    sums_up = rest in table_words().totals
    words = "" if sums_up or rest in table_words().plain_labels else rest
    named, is_total = (*names, *([here] if here else [])), sums_up and not here
    return LabelOfNumbers(times=times, units=named, words=words, measure=measure, is_total=is_total)


def read_title(text: str, units: UnitsOfDraft, on: date | None) -> LabelOfNumbers:
    """Return what a table's title says; of its words without what only says that it is a table."""
    label = read_label(text, units, on)
    endings = sorted(table_words().caption_endings, key=len, reverse=True)
    words = next((label.words.removesuffix(end) for end in endings if label.words.endswith(end)), label.words)
    return replace(label, words=words, is_total=False)


def is_plain_title(words: str) -> bool:
    """Return whether the words of a title say only that figures of a federation follow."""
    return is_made_of(words, (*table_words().title_words, *source_words().neutral))


def split_note(title: str) -> tuple[str, str]:
    """Return a title without what it says of the measure, and that measure: 单位：万元; "" for several or none."""
    match = _note().search(title)
    words = _PARTED.split(match[1]) if match else []
    if match is None or not all(is_measure(word) for word in words):
        return title, ""
    rest = f"{title[: match.start()]}{title[match.end() :]}".strip("（）")
    return rest, words[0] if len(words) == 1 else ""


@cache
def _note() -> re.Pattern[str]:
    notes = sorted(table_words().measure_notes, key=len, reverse=True)
    return re.compile(f"[，；]?(?:{'|'.join(map(re.escape, notes))})：([^，；）]{{1,20}})")


def is_measure(word: str) -> bool:
    """Return whether a word is a measure, with or without 万 or 亿."""
    return any(word.removeprefix(scale) in _measures() for scale in _SCALES if word.startswith(scale))


@cache
def _measures() -> frozenset[str]:
    amounts = read_grammar().amounts
    return frozenset((*amounts.counted, *amounts.rate_words)) - {""}


def _without_measure(text: str) -> tuple[str, str]:
    match = _MEASURE.search(text)
    word = match[1].rpartition("：")[2] if match else ""
    return (text[: match.start()], word) if match and is_measure(word) else (text, "")


def _outside(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    end = 0
    for start, stop in spans:
        yield text[end:start]
        end = stop
    yield text[end:]
