"""Times in force: of which span a number of a draft tells, by the words of time before it and the headings above it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from base.month_spans import MONTH, YEAR, Months, period_of
from base.periods import Span, parse_span, span_of, year_of
from stats.claims.checks.check_words import has_any
from stats.claims.from_data.known_sentences import source_words
from stats.claims.phrases import ReadParagraph
from stats.claims.phrases.phrase_model import MarkedText, NumberPhrase
from stats.claims.phrases.written_numbers import parse_number

SENTENCE_STOPS = "。！？\n"
CLAUSE_STOPS = f"{SENTENCE_STOPS}，；：、（"
_CODE = re.compile(r"\d{4}(?:-\d{2}|[QH]\d)?(?:\.\.\d{4}(?:Q\d)?)?")
_PART = re.compile(r"Q[1-4](?:\.\.Q[1-4])?|H[12]|\d{1,2}\.\.\d{1,2}")
_YEARS_PAST = re.compile(r"(?:近|过去|这|最近)?([一二两三四五六七八九十\d]+)(?:多)?年(?:来|以来|间)")
_HELD = re.compile("[比较与同跟按]$")
_SAME_TIME = re.compile("同期|相比|水平")
_OPEN = re.compile("以来|[起初]")


@dataclass(frozen=True)
class TimeInForce:
    """The spans of which a number may tell, the likeliest first; none if they can't be told. `sure` if words say it."""

    spans: tuple[Span, ...]
    sure: bool = True


@dataclass(frozen=True)
class _TimeWord:
    start: int
    spans: tuple[Span, ...]
    wide: bool  # whether sentences behind may still be of this time


class TimesOfDraft:
    """The times of a draft: `span` is what it tells of as a whole, `on` its date."""

    def __init__(self, span: Span, on: date | None) -> None:
        self._span, self.on = span, on
        self._of_section: tuple[Span, ...] = (span,)

    @property
    def last_year(self) -> Sequence[Span]:
        """Return the last year of the draft's span, none where it is no longer than that."""
        last = self._span.last
        year = Span(last - last % self._span.a_year, last)
        return () if year.months.length >= self._span.months.length else (year,)

    def enter_heading(self, read: ReadParagraph) -> None:
        """Take the time of a heading for what stands below it."""
        words = [word for word in self._words(read) if word.wide]
        self._of_section = words[-1].spans if words else (self._span,)

    def in_paragraph(self, read: ReadParagraph) -> Iterator[tuple[NumberPhrase, TimeInForce]]:
        """Yield the figures of a paragraph, each with its time."""
        words = [*self._words(read)]
        for phrase in read.phrases:
            if phrase.amount:
                yield phrase, self._at(read.text, phrase.amount.start, words)

    def at(self, read: ReadParagraph, place: int) -> TimeInForce:
        """Return the time at a place of a paragraph."""
        return self._at(read.text, place, [*self._words(read)])

    def _at(self, text: str, place: int, every: list[_TimeWord]) -> TimeInForce:
        words = every[: bisect_left(every, place, key=lambda word: word.start)]
        sentence = max(text.rfind(stop, 0, place) for stop in SENTENCE_STOPS) + 1
        own = [word for word in words if word.start >= sentence]
        if has_any(text[own[-1].start if own else sentence : place], source_words().other_spans):
            return TimeInForce(())
        clause = max(text.rfind(stop, 0, place) for stop in CLAUSE_STOPS) + 1
        if has_any(text[clause:place], source_words().earlier_spans):
            return TimeInForce(())
        if own:
            return TimeInForce(own[-1].spans)
        earlier = [word for word in words if word.wide]
        spans = dict.fromkeys([*(earlier[-1].spans if earlier else ()), *self._of_section, self._span])
        return TimeInForce(tuple(spans), sure=len(spans) == 1)

    def _words(self, read: ReadParagraph) -> Iterator[_TimeWord]:
        year: int | None = None
        for phrase in read.phrases:
            mark = phrase.mark
            if mark is None or _is_compared(read.text, mark):
                continue
            text = read.text[mark.start : mark.end]
            if years := _YEARS_PAST.fullmatch(text):
                yield _TimeWord(mark.start, self._years_before(int(parse_number(years[1]) or 0)), True)
            elif mark.name == "as_of" and not mark.date:
                yield _TimeWord(mark.start, (self._span,), False)
            elif mark.date or mark.name in ("as_of", "range"):
                year = mark.date.year if mark.date and mark.date.year else year
                behind = read.text[mark.end : mark.end + 3]
                yield _TimeWord(mark.start, self._dated(mark, text, behind, year), _is_wide(mark))

    def _years_before(self, years: int) -> tuple[Span, ...]:
        """Return the span of so many years up to the end of the draft's own."""
        if not 0 < years <= YEAR:
            return ()
        last = self._span.last
        if self._span.months.length == years * YEAR:
            return (self._span,)
        return (Span(last - years * self._span.a_year + 1, last),)

    def _dated(self, mark: MarkedText, text: str, behind: str, year: int | None) -> tuple[Span, ...]:
        """Return the spans that a date may name: an unfinished year as far as it has gone, and whole."""
        months = self._months(mark.says, text, year)
        if months is None or (mark.date and mark.date.day and mark.name != "as_of"):
            return ()
        last = self._span.months.last
        if months.first > last and (self.on is None or months.last >= period_of(self.on, MONTH)):
            return ()  # of what is to come nothing is known
        if mark.name == "as_of" and mark.comparator == "<=":
            return _up_to(months.last, self._span)
        if _OPEN.match(behind) or text.endswith("初") or (mark.name == "as_of" and mark.comparator == ">="):
            return () if text.endswith("初") or months.first > last else (span_of(Months(months.first, last)),)
        spans = [months]
        if months.first <= last < months.last:
            spans.insert(0, Months(months.first, last))
        if mark.date and mark.date.closes:
            spans += [span.months for span in _up_to(months.last, self._span)]
        return tuple(dict.fromkeys(span_of(each) for each in spans))

    def _months(self, says: str, text: str, year: int | None) -> Months | None:
        """Return the months that a date names; of one without a year those of the year named before, or the draft's."""
        if _CODE.fullmatch(says):
            return parse_span(says.replace("-", "M")).months
        if year is None:
            year = self.on.year if self.on and "年" not in text.replace("半年", "") else year_of(self._span.last)
        if not _PART.fullmatch(says):
            return None
        if says[0].isdigit():
            first, last = map(int, says.split(".."))
            return Months(year * YEAR + first - 1, year * YEAR + last - 1) if first <= last <= YEAR else None
        return parse_span("..".join(f"{year}{part}" for part in says.split(".."))).months


def _is_compared(text: str, mark: MarkedText) -> bool:
    """Return whether a time is only what something is compared with: 比2009年, 去年同期."""
    return bool(_HELD.search(text[max(0, mark.start - 1) : mark.start]) or _SAME_TIME.match(text, mark.end))


def _is_wide(mark: MarkedText) -> bool:
    """Return whether a date may hold for the sentences behind it too: a year, not a month."""
    return bool(mark.date and mark.date.year and not mark.date.month and not mark.date.day) or mark.name == "range"


def _up_to(month: int, span: Span) -> tuple[Span, ...]:
    """Return the spans that end where a day lies: since the draft's span begins, and since the year begins."""
    starts = (span.months.first, month // YEAR * YEAR)
    return tuple(dict.fromkeys(span_of(Months(start, month)) for start in starts if start <= month))
