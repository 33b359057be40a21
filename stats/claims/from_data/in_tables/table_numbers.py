"""Numbers of tables: each as the sentence that its labels say of it, such as 2010年，蒋家嘴镇，工会会员人数2300人."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from stats.catalogue import Catalogue
from stats.claims.checks.check_words import has_any
from stats.claims.from_data.claimed_indicators import ClaimedIndicator, candidates_for
from stats.claims.from_data.in_tables.draft_table import DraftTable, TableCell
from stats.claims.from_data.in_tables.number_labels import (
    LabelOfNumbers,
    is_plain_title,
    read_label,
    read_title,
    split_note,
)
from stats.claims.from_data.judged_readings import ToldNumber
from stats.claims.from_data.known_sentences import known_sentences, plain, source_words, without_links
from stats.claims.from_data.own_words import OwnWords, is_neutral, own_words, without_neutral
from stats.claims.from_data.times_in_force import TimeInForce, TimesOfDraft
from stats.claims.from_data.told_readings import AskedOfData
from stats.claims.from_data.units_in_force import UnitsOfDraft
from stats.claims.phrases import ReadParagraph, read_phrases
from stats.claims.phrases.phrase_model import Amount, NumberPhrase, Place

NOT_NAMED = "库里没有这样叫的数，或认不准这一行、这一列说的是什么，没有核对。"
_NO_LABEL = "这一格的行或列没有名称，没有核对。"
_NO_VALUE = "这一格是增减、比重、名次或目标，没有核对。"
_RATE, _MONEY, _EACH = "%", "元", "/"
_MONEY_WORDS = ("万元", "元")
_WITH_YEAR = re.compile("(?:截[至止]到?)?(?:[12][0-9]{3}|[今去上前本当]年)")
_PARTED = "，"


@dataclass(frozen=True)
class NumberInTable:
    """A number of a table with all that it may be, one for each measure that it may be in.

    It is `sure` if a label names each of its parts, so that it can be wrong. `why` says why it is not read.
    """

    phrase: NumberPhrase
    possible: tuple[ToldNumber, ...] = ()
    sure: bool = True
    why: str = ""


class NumbersOfTable:
    """Reads the numbers of one table; `times` and `units` are those of the draft above it."""

    def __init__(self, table: DraftTable, asked: AskedOfData, times: TimesOfDraft, units: UnitsOfDraft) -> None:
        self._table, self._asked, self._times, self._units = table, asked, times, units
        titles = [split_note(title) for title in table.titles]
        self._titles = [read_title(title, units, times.on) for title, _ in titles if title]
        self._noted = next((noted for _, noted in titles if noted), "")

    def read(self) -> Iterator[NumberInTable]:
        """Yield the numbers of the table."""
        for cell in self._table.numbers():
            number = self._read(cell)
            if number.why in ("", NOT_NAMED) or not cell.is_bare:  # otherwise a serial number, a telephone
                yield number

    def _read(self, cell: TableCell) -> NumberInTable:
        rows, columns = self._table.row_labels(cell), self._table.column_labels(cell)
        if rows is None or columns is None:
            return NumberInTable(_phrase(cell), why=_NO_LABEL)
        labels = [read_label(each.text, self._units, self._times.on) for each in (*rows, *columns)]
        if not all(label.is_value or _exact(label.words, self._asked.catalogue) for label in labels):
            return NumberInTable(_phrase(cell), why=_NO_VALUE)
        possible = [*self._possible(cell, labels)]
        sure = not any(label.is_total for label in labels) and self._titles_name_nothing_else(labels)
        return NumberInTable(_phrase(cell, possible), tuple(possible), sure, "" if possible else NOT_NAMED)

    def _titles_name_nothing_else(self, labels: Sequence[LabelOfNumbers]) -> bool:
        """Return whether the titles say nothing that could make other figures of all those in the table."""
        words = [title.words for title in self._titles if title.words and title.words not in _words_of(labels)]
        named = any(label.units for label in labels)
        return all(is_plain_title(each) or (named and not has_any(each, source_words().narrowing)) for each in words)

    def _possible(self, cell: TableCell, labels: Sequence[LabelOfNumbers]) -> Iterator[ToldNumber]:
        """Yield what a number may be, in each measure that it may be in; the first of its names that is a figure's."""
        names = [*_names([word for word in _words_of(labels) if self._tells(word)])] or [*self._names_in_titles()]
        context = _context(self._titles, labels)
        if context is None:
            return
        measure = next((label.measure for label in labels[::-1] if label.measure), self._noted)
        for name in names:
            possible = [
                number
                for word in self._measures(cell, name, measure)
                if (number := self._number(cell, f"{context}{name}", word)) and number.sure
            ]
            if possible:
                yield from possible
                return

    def _tells(self, word: str) -> bool:
        """Return whether a label's words tell what is counted: neutral ones do only if a figure is called so."""
        return not is_neutral(word) or bool(_exact(word, self._asked.catalogue))

    def _names_in_titles(self) -> Iterator[str]:
        """Yield what the titles end with, where only plain words stand before it: 会员人数 of 各镇会员人数."""
        for words in _words_of(self._titles):
            yield from (words[start:] for start in range(len(words)) if is_plain_title(words[:start]))

    def _measures(self, cell: TableCell, name: str, measure: str) -> Sequence[str]:
        """Return the measures in which a number may be: its own, the label's, or those of the figure so called."""
        if not cell.is_bare:
            return [""]
        if measure:
            return [measure]
        known = _exact(name, self._asked.catalogue)
        return [*dict.fromkeys(word for code in known for word in _usual(code, cell.text, self._asked.catalogue))]

    def _number(self, cell: TableCell, words: str, measure: str) -> ToldNumber | None:
        place = cell.paragraphs[0].number
        text = f"{words}{cell.text.lstrip('+')}{measure}"
        read = read_phrases(text, place, self._times.on)
        last = read.phrases[-1] if read.phrases else None
        if last is None or last.amount is None or last.amount.end != len(read.text):
            return None
        own = own_words(last, last.amount, read, self._units.names_in(read.text))
        candidates = [*_in_full(own, last.amount, self._asked)]
        phrase = replace(last, text=cell.text)
        time, unit = self._time(read, last.amount), self._units.at(read, last.amount.start)
        return ToldNumber(
            phrase=phrase, amount=last.amount, words=own, candidates=tuple(candidates), time=time, unit=unit
        )

    def _time(self, read: ReadParagraph, amount: Amount) -> TimeInForce:
        """Return the time of a number; of a table that names none it may be the last year as well."""
        time = self._times.at(read, amount.start)
        if any(phrase.mark and phrase.mark.date for phrase in read.phrases):
            return time
        return TimeInForce(tuple(dict.fromkeys([*time.spans, *self._times.last_year])), sure=False)


def _words_of(labels: Sequence[LabelOfNumbers]) -> list[str]:
    return [*dict.fromkeys(label.words for label in labels if label.words)]


def _names(words: Sequence[str]) -> Iterator[str]:
    """Yield what a number may be called by the words of its labels: one alone, or two together."""
    if len(words) == 1:
        yield words[0]
    if len(words) == 2:
        yield from (f"{words[0]}{words[1]}", f"{words[1]}{words[0]}")


def _context(titles: Sequence[LabelOfNumbers], labels: Sequence[LabelOfNumbers]) -> str | None:
    """Return time and organisation as the beginning of a sentence, a label's before those of the title.

    None where the labels name two of them, which may be meant either way.
    """
    own_units = dict.fromkeys(unit for label in labels for unit in label.units)
    units = [*own_units] or [*dict.fromkeys(unit for title in titles for unit in title.units)]
    own_years, parts = _times_of(labels)
    title_years, title_parts = _times_of(titles)
    years = own_years or title_years
    parts = parts if own_years or parts else title_parts
    if max(len(units), len(years), len(parts)) > 1:
        return None
    time = "".join([*years, *parts])
    return "".join(f"{each}{_PARTED}" for each in (time, *units) if each)


def _times_of(labels: Sequence[LabelOfNumbers]) -> tuple[list[str], list[str]]:
    """Return the times that labels name: those with a year, and those that are only parts of one."""
    times = [*dict.fromkeys(time for label in labels for time in label.times)]
    years = [time for time in times if _WITH_YEAR.match(time)]
    return years, [time for time in times if time not in years]


def _exact(name: str, catalogue: Catalogue) -> list[str]:
    """Return the figures that are called so, whatever they are measured in."""
    called = plain(name)
    linked = without_links(called)
    names = [each for each in known_sentences(catalogue) if not each.behind]
    exact = [each for each in names if each.before == called] or [each for each in names if each.linked == linked]
    return [*dict.fromkeys(each.indicator for each in exact)]


def _usual(code: str, text: str, catalogue: Catalogue) -> Sequence[str]:
    """Return the measures in which tables tell a figure; none for a rate that is told as a fraction of one."""
    unit = catalogue.unit_of(catalogue.indicators[code])
    if unit == _RATE:
        return [_RATE] if Decimal(text.replace(",", "")) > 1 else []
    return _MONEY_WORDS if unit == _MONEY else [unit.split(_EACH)[0]]


def _in_full(words: OwnWords, amount: Amount, asked: AskedOfData) -> Iterator[ClaimedIndicator]:
    """Yield the indicators of which the words are a sentence in full; what a label adds makes another figure of it."""
    needed = len(without_neutral(words.linked or words.before))
    for each in candidates_for(words, amount, asked.catalogue, asked.chosen):
        if each.sure and each.length >= needed:
            yield each


def _phrase(cell: TableCell, possible: Sequence[ToldNumber] = ()) -> NumberPhrase:
    """Return a number as a phrase of the draft, with its amount as far as it is known what it counts."""
    paragraph = cell.paragraphs[0]
    read = [phrase for phrase in read_phrases(paragraph.text, paragraph.number).phrases if phrase.amount]
    if read and not cell.is_bare:
        return read[0]
    place = Place(paragraph.number, 0, len(paragraph.text))
    amount = possible[0].amount if possible else None
    return NumberPhrase(place=place, text=paragraph.text, name="count", amount=amount)
