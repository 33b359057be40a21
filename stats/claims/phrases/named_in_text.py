"""Named numbers in a text: those that are no figures, and ranks, by the templates of the grammar."""

import re
from collections.abc import Iterator
from functools import cache

from stats.claims.grammar import read_grammar
from stats.claims.grammar.word_patterns import NUMERAL, any_of, ending_with
from stats.claims.grammar.words import NamedNumber, NotFigure
from stats.claims.phrases.phrase_model import MarkedText
from stats.claims.phrases.written_numbers import parse_number

_NUMERAL_OR_DIGIT = re.compile(f"[{NUMERAL}0-9.]")
_NUMBER = re.compile(rf"\d+|[{NUMERAL}]+")
_QUOTED = re.compile("[“‘「『《]([^“”‘’「」『』《》]{1,24})[”’」』》]")
_WITH_NUMERAL = re.compile(rf"[{NUMERAL}]")
_FIGURE = re.compile(r"\d[万亿多余]{0,3}(?:[人名个家户份场次件项元%]|百分)")
_NUMERAL_FIGURE = re.compile(rf"[{NUMERAL}]{{2}}(?:人次|[人名家户份场件元])")
_LONGEST_NAME = 10
_BEFORE = 6


def named_in(text: str) -> list[MarkedText]:
    """Return the named numbers of a folded text, in which dates are blotted out, in their order."""
    read = [*_quoted(text)]
    for entry, pattern in _patterns():
        for match in pattern.finditer(text):
            if _begins_whole(text, match) and not _is_counted(text, match, entry):
                read.append(_named(match, entry))
    read.sort(key=lambda named: (named.start, -named.end))
    kept: list[MarkedText] = []
    for named in read:
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return kept


@cache
def _patterns() -> tuple[tuple[NotFigure | NamedNumber, re.Pattern[str]], ...]:
    grammar = read_grammar()
    entries: list[NotFigure | NamedNumber] = [*grammar.named, *grammar.not_figures]
    return tuple((entry, any_of(entry.forms)) for entry in entries)


def _quoted(text: str) -> Iterator[MarkedText]:
    """Yield what stands in quotation marks with a number and is short: the name of a campaign, not a figure."""
    for match in _QUOTED.finditer(text):
        content = match[1]
        counts = _FIGURE.search(content) or _NUMERAL_FIGURE.search(content)
        has_number = re.search(r"\d", content) or _WITH_NUMERAL.search(content)
        if (
            has_number
            and (len(content) <= _LONGEST_NAME or match[0][0] == "《")
            and (not counts or match[0][0] == "《")
        ):
            yield MarkedText(start=match.start(), end=match.end(), why="名称中的数字")


def _begins_whole(text: str, match: re.Match[str]) -> bool:
    """Return whether a match doesn't begin or end within a longer number."""
    before, begins = text[max(0, match.start() - 1) : match.start()], match[0][:1]
    return not (begins and _NUMERAL_OR_DIGIT.match(begins) and before and _NUMERAL_OR_DIGIT.match(before))


def _is_counted(text: str, match: re.Match[str], entry: NotFigure | NamedNumber) -> bool:
    """Return whether the words before make a figure of it all the same: 提前一年."""
    words = entry.unless_after if isinstance(entry, NotFigure) else ()
    return bool(words and ending_with(words).search(text[max(0, match.start() - _BEFORE) : match.start()]))


def _named(match: re.Match[str], entry: NotFigure | NamedNumber) -> MarkedText:
    if isinstance(entry, NotFigure):
        return MarkedText(start=match.start(), end=match.end(), why=entry.why)
    number = _NUMBER.search(match[0])
    value = parse_number(number[0]) if number else None
    unit = entry.unit or (match[0][number.end() :] if number else "")
    says = str(value) if value is not None else ""
    comparator = entry.comparator if says else None
    return MarkedText(
        start=match.start(), end=match.end(), name=entry.name, says=says, comparator=comparator, unit=unit
    )
