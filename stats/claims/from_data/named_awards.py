"""Named awards: what a draft counts by naming it, as 被授予“全市工会工作红旗单位”, against the reading of its time."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from base.periods import Span
from stats.catalogue import Catalogue
from stats.claims.draft_files.draft_model import DraftParagraph
from stats.claims.from_data.data_verdict import DataVerdict
from stats.claims.from_data.known_sentences import plain
from stats.claims.from_data.times_in_force import TimesOfDraft
from stats.claims.from_data.told_readings import ToldReadings, say_time
from stats.claims.from_data.units_in_force import UnitsOfDraft
from stats.claims.phrases import ReadParagraph
from stats.claims.phrases.folded_text import fold
from stats.claims.phrases.phrase_model import MarkedText, NumberPhrase, Place

_QUOTED = re.compile("“([^“”]{2,30})”")
_NAMED = "“{}”"  # in a wording of an indicator: what is named there is counted
_JOINED = re.compile("[、和与及]|")
_CLAUSE_STOPS = "，。；：！？\n"
_COUNTED = re.compile(r"[\d一二三四五六七八九十][名人位个家]")
AWARD = "count"


@dataclass(frozen=True)
class NamedAward:
    """A name that is counted: its indicator and where and when it was given."""

    phrase: NumberPhrase
    indicator: str
    unit: str
    span: Span


def named_awards(
    read: ReadParagraph, paragraph: DraftParagraph, catalogue: Catalogue, times: TimesOfDraft, units: UnitsOfDraft
) -> Iterator[NamedAward]:
    """Yield what a paragraph counts by naming it."""
    wordings = list(_wordings(catalogue))
    last_end, last_indicator = -1, ""
    for match in _QUOTED.finditer(read.text):
        joined = last_end >= 0 and _JOINED.fullmatch(read.text[last_end : match.start()])
        indicator = last_indicator if joined else _indicator(read.text, match, wordings)
        last_end, last_indicator = match.end(), indicator
        time, unit = times.at(read, match.start()), units.at(read, match.start())
        if indicator and time.spans and unit.units:
            yield NamedAward(_phrase(read, match, paragraph), indicator, unit.units[0], time.spans[0])


def judge_awards(awards: list[NamedAward], readings: ToldReadings) -> Iterator[tuple[Place, DataVerdict]]:
    """Yield the verdicts on named awards: they agree where the reading has at least so many."""
    counts = Counter((award.indicator, award.unit, award.span) for award in awards)
    for award in awards:
        (reading,) = readings.of([award.indicator], award.unit, award.span)
        if reading.value:
            listed = counts[award.indicator, award.unit, award.span]
            agrees = True if listed <= reading.value else None
            reason = f"{reading.name}，{say_time(reading)}：{readings.written(reading)}，文中列了{listed}项"
            verdict = DataVerdict(
                indicator=award.indicator,
                span=reading.span,
                unit=award.unit,
                agrees=agrees,
                expected=readings.written(reading),
                reason=f"{reason}，相符。" if agrees else f"{reason}，没有逐项核对。",
            )
            yield award.phrase.place, replace(verdict, phrase=award.phrase)


def _wordings(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for code, entry in catalogue.indicators.items():
        for wording in entry.spoken:
            before, named, behind = wording.partition(_NAMED)
            if named:
                yield code, plain(before), plain(behind)


def _indicator(text: str, match: re.Match[str], wordings: list[tuple[str, str, str]]) -> str:
    begin = max(text.rfind(stop, 0, match.start()) for stop in _CLAUSE_STOPS) + 1
    before, behind = plain(text[begin : match.start()]), plain(text[match.end() : match.end() + 20])
    fitting = (
        code
        for code, first, last in sorted(wordings, key=lambda each: -len(each[1] + each[2]))
        if before.endswith(first) and behind.startswith(last) and not _COUNTED.search(before)
    )
    return next(fitting, "")


def _phrase(read: ReadParagraph, match: re.Match[str], paragraph: DraftParagraph) -> NumberPhrase:
    for phrase in read.phrases:
        if phrase.mark and match.start() <= phrase.mark.start and phrase.mark.end <= match.end():
            return replace(phrase, name=AWARD)
    start, end = fold(paragraph.text).original(match.start(), match.end())
    mark = MarkedText(start=match.start(), end=match.end(), name=AWARD)
    return NumberPhrase(
        place=Place(paragraph.number, start, end), text=paragraph.text[start:end], name=AWARD, mark=mark
    )
