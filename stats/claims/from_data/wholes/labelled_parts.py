"""Labelled parts: numbers with but a label behind a whole that agrees: 会员38124人（女15687人），其中某镇1094人."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from stats.catalogue import Catalogue
from stats.claims.from_data.claimed_indicators import ClaimedIndicator, counts_alike
from stats.claims.from_data.data_verdict import DataVerdict
from stats.claims.from_data.judged_readings import ToldNumber, judge_by_readings
from stats.claims.from_data.known_sentences import LEAST, known_sentences
from stats.claims.from_data.own_words import is_neutral, without_neutral
from stats.claims.from_data.told_readings import ToldReadings
from stats.claims.phrases import ReadParagraph
from stats.claims.phrases.phrase_model import Place

_SENTENCE_END = re.compile(r"[。！？\n]")
_ENDS = "，。；、）)"  # behind a number of which nothing more is told
_LONGEST = 6  # characters of a label
_LABELS = 4096  # labels whose indicators are cached


def judge_labelled_parts(
    numbers: Iterable[ToldNumber],
    read: ReadParagraph,
    verdicts: Mapping[Place, DataVerdict],
    readings: ToldReadings,
) -> Iterator[tuple[Place, DataVerdict]]:
    """Yield the verdicts on the numbers of a paragraph that nothing but their label and the whole before them names.

    The whole must agree with the data, stand in the same sentence and be counted alike. A label must make the name of
    an indicator in the words of what was told before it; an organisation alone is of one of these. Behind a number that
    nobody can name, no more is judged: it may be a part of that.
    """
    whole: ToldNumber | None = None
    before: list[str] = []
    for number in numbers:
        place = number.phrase.place
        verdict = verdicts[place]
        if not whole or not _is_behind(number, whole, read):
            whole, before = (number, [verdict.indicator]) if verdict.agrees else (None, [])
            continue
        if not verdict.indicator and not number.names and _ends_there(number, read):
            candidates = _candidates(number, whole, before, readings.asked.catalogue)
            if candidates:
                verdict = judge_by_readings(replace(number, candidates=candidates, named=False), readings)
                yield place, verdict
        if verdict.indicator:
            before.append(verdict.indicator)
        else:
            whole = None


def _is_behind(number: ToldNumber, whole: ToldNumber, read: ReadParagraph) -> bool:
    """Return whether a number stands in the sentence of a whole and is counted alike."""
    between = read.text[whole.amount.end : number.amount.start]
    alike = (number.amount.kind, number.amount.measure) == (whole.amount.kind, whole.amount.measure)
    return alike and not _SENTENCE_END.search(between)


def _ends_there(number: ToldNumber, read: ReadParagraph) -> bool:
    """Return whether nothing more is told of a number behind it."""
    return read.text[number.amount.end : number.amount.end + 1] in _ENDS or is_neutral(number.words.behind)


def _candidates(
    number: ToldNumber, whole: ToldNumber, before: Sequence[str], catalogue: Catalogue
) -> tuple[ClaimedIndicator, ...]:
    """Return what a number without a name of its own may be, none where more is told of it than a label."""
    label = without_neutral(number.words.linked, least=0)
    named: Iterable[str] = ()
    if label and len(label) <= _LONGEST:
        named = (code for indicator in before for code in _named_in_words_of(indicator, label, catalogue))
    elif not label and number.unit.sure and number.unit.units != whole.unit.units:
        named = before
    fitting = (code for code in dict.fromkeys(named) if counts_alike(number.amount, code, catalogue))
    return tuple(ClaimedIndicator(code, 1.0, sure=True, length=len(label)) for code in fitting)


@lru_cache(maxsize=_LABELS)
def _named_in_words_of(indicator: str, label: str, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the indicators whose names are a label and the end of a name of another: 女 and 会员人数."""
    sentences = [each for each in known_sentences(catalogue) if not each.behind]
    ends = [each.before for each in sentences if each.indicator == indicator]
    named = (
        each.indicator
        for each in sentences
        if each.indicator != indicator
        and each.before.startswith(label)
        and len(rest := each.before.removeprefix(label)) >= LEAST
        and any(end.endswith(rest) for end in ends)
    )
    return tuple(dict.fromkeys(named))
