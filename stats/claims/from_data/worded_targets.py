"""Worded targets: what a draft plans without a number, as 办好几件实事 or 全覆盖, against the register of targets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from stats.catalogue import Catalogue
from stats.claims.draft_files.draft_model import DraftParagraph
from stats.claims.from_data.data_verdict import DataVerdict
from stats.claims.from_data.known_sentences import Pairs, known_sentences, pairs_in, plain, source_words
from stats.claims.from_data.target_verdicts import agreeing_target, goals_of
from stats.claims.from_data.told_readings import AskedOfData
from stats.claims.phrases import ReadParagraph
from stats.claims.phrases.folded_text import fold
from stats.claims.phrases.phrase_model import NOT_A_FIGURE, MarkedText, NumberPhrase, Place
from stats.claims.phrases.written_numbers import parse_number
from stats.judging.targets import Target

TARGET = "target"
_SENTENCE = re.compile(r"[^。；！？\n]+")
_CLAUSE = re.compile(r"[，。；：！？\n（）()]+")
_NUMBER = re.compile(r"\d+|[一二三四五六七八九十百千]+")
_LEAST = 5  # characters of a name that are known within a sentence


@dataclass(frozen=True)
class WordedTarget:
    """A target with the wordings by which it is known."""

    goal: Target
    wordings: tuple[str, ...]


def worded_targets(asked: AskedOfData) -> tuple[WordedTarget, ...]:
    """Return the targets of the unit, each with its remark, its name and the sentences that are known of it."""
    return tuple(WordedTarget(goal, tuple(_wordings(goal, asked.catalogue))) for goal in goals_of(asked))


def _wordings(goal: Target, catalogue: Catalogue) -> Iterator[str]:
    if goal.value is None:
        yield from _CLAUSE.split(goal.remark)
        yield goal.remark
        yield catalogue.indicators[goal.indicator].name
    else:
        known = (each.linked for each in known_sentences(catalogue) if each.indicator == goal.indicator)
        yield from dict.fromkeys(known)


def judge_wordings(
    read: ReadParagraph, paragraph: DraftParagraph, targets: Sequence[WordedTarget], asked: AskedOfData
) -> Iterator[tuple[Place, DataVerdict]]:
    """Yield the targets that a paragraph tells in words."""
    for sentence in _SENTENCE.finditer(read.text):
        for target in targets:
            mark = _mark_of(read, sentence, target)
            if mark is not None:
                phrase = _phrase(read, mark, paragraph)
                yield phrase.place, replace(agreeing_target(target.goal, asked), phrase=phrase)


def _mark_of(read: ReadParagraph, sentence: re.Match[str], target: WordedTarget) -> MarkedText | None:
    """Return what in a sentence tells a target; None where it doesn't."""
    if target.goal.value is None:
        pairs = pairs_in(sentence[0])
        if any(_reminds(wording, pairs) for wording in target.wordings):
            return _mark_in(read, sentence) or _sentence(read, sentence)
        return None
    if not any(len(wording) >= _LEAST and wording in plain(sentence[0]) for wording in target.wordings):
        return None
    return _whole(sentence, target.goal) or _numbered(read, sentence, target.goal)


def _reminds(wording: str, pairs: Pairs) -> bool:
    own = pairs_in(wording)
    return own.total() >= _LEAST and (own & pairs).total() / own.total() >= source_words().least_like_target


def _sentence(read: ReadParagraph, sentence: re.Match[str]) -> MarkedText | None:
    """Return a sentence in which nothing else is told."""
    spans = ((part.start, part.end) for phrase in read.phrases if (part := phrase.amount or phrase.mark))
    if any(start < sentence.end() and sentence.start() < end for start, end in spans):
        return None
    return MarkedText(start=sentence.start(), end=sentence.end(), name=TARGET)


def _whole(sentence: re.Match[str], goal: Target) -> MarkedText | None:
    """Return the words that tell all of something, for a target of 100%."""
    for word in source_words().whole if goal.value == 1 else ():
        if word in sentence[0]:
            start = sentence.start() + sentence[0].find(word)
            return MarkedText(start=start, end=start + len(word), name=TARGET)
    return None


def _numbered(read: ReadParagraph, sentence: re.Match[str], goal: Target) -> MarkedText | None:
    """Return a name with the number of the target, such as “十大技术能手” for ten."""
    for phrase in read.phrases:
        mark = phrase.mark
        if mark and mark.name == NOT_A_FIGURE and not mark.date and _within(mark, sentence):
            numbers = (parse_number(match[0]) for match in _NUMBER.finditer(read.text[mark.start : mark.end]))
            if any(number is not None and number == goal.value for number in numbers):
                return mark
    return None


def _mark_in(read: ReadParagraph, sentence: re.Match[str]) -> MarkedText | None:
    """Return what is marked in a sentence already, so that nothing is marked twice: 几件, (1)."""
    marks = (phrase.mark for phrase in read.phrases if phrase.mark and not phrase.mark.date)
    return next((mark for mark in marks if mark.name == NOT_A_FIGURE and _within(mark, sentence)), None)


def _within(mark: MarkedText, sentence: re.Match[str]) -> bool:
    return sentence.start() <= mark.start and mark.end <= sentence.end()


def _phrase(read: ReadParagraph, mark: MarkedText, paragraph: DraftParagraph) -> NumberPhrase:
    known = next((phrase for phrase in read.phrases if phrase.mark is mark), None)
    if known is not None:
        return replace(known, name=TARGET)
    start, end = fold(paragraph.text).original(mark.start, mark.end)
    return NumberPhrase(
        place=Place(paragraph.number, start, end), text=paragraph.text[start:end], name=TARGET, mark=mark
    )
