"""Spoken periods: the period that a template's own words name before a placeholder: 上半年, 全年, 2011年二季度.

A figure of another period filled in behind such words would read as one of the period named.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from base.month_spans import QUARTER, YEAR, Months, months_of
from base.periods import Span, parse_span, span_of, year_of
from stats.readings import Reading

_LAST = YEAR - 1  # month of a year, from 0
_ORDINALS = {"一": 0, "二": 1, "三": 2, "四": 3, "1": 0, "2": 1, "3": 2, "4": 3}
_PARTS = {"上": (0, 5), "下": (6, _LAST), "前": (0, 8), "全": (0, _LAST)}  # months of a year, by the first word
_WHOSE = {"去年": 1, "上年": 1, "前年": 2}  # years before the selection
_LONGEST_HEADING = 60  # characters
# Behind 比, 较, 与 stands what something is compared with. Of the rest, 2010年 may stand alone, but not in a date.
_SPOKEN = re.compile(
    r"(?P<held>[比较与同跟])?(?:(?P<from>\d{4})年?[—–~～至到-](?P<to>\d{4})年"
    r"|(?:(?P<year>\d{4})年|(?P<whose>去年|上年|前年|今年|本年|当年))?的?"
    r"(?:(?P<part>上半年|下半年|前[三3]个?季度|全年)|[1一]月?[—–~～至到-](?P<month>1[0-2]|[1-9])月"
    r"|(?<![\d—–~～至到、-])(?P<single>1[0-2]|[1-9])月(?:份|(?=[末底]))"
    r"|[1一](?:、[2二])?[—–~～至到、-](?P<quarters>[二三四2-4])季度|第?(?P<quarter>[一二三四1-4])季度)(?P<end>末|底)?"
    r"|(?P<bare>\d{4})年度?(?P<last>末|底)?(?!\d|初|起|以来|至|到|[^，。；]{0,3}月)|(?P<open>今年|年初)以来)(?!同期)"
)
# Periods that can't be told from the words, or that the template leaves to the selection.
_UNTOLD = re.compile(
    r"\{\{\s*(?:期间|截至|每年)\s*\}\}|十[一二三四五]五|[一二两三四五六七八九十]{1,3}年来|近[一二两三四五]年"
)


@dataclass(kw_only=True, frozen=True)
class SpokenPeriod:
    """A period as words name it: months `first` to `last` of a year, counted from 0.

    `year` is None where it is told from the selection, `back` years before it; `years` is how many there are. `end`
    means that its last day is named, `open` that it goes as far as the data do.
    """

    words: str
    first: int
    last: int
    year: int | None = None
    back: int = 0
    years: int = 1
    end: bool = False
    open: bool = False

    def span(self, present: int) -> Span:
        """Return its quarters or months; `present` is the last quarter, or month, of the selection."""
        year = year_of(present) - self.back if self.year is None else self.year
        return span_of(Months(year * YEAR + self.first, (year + self.years - 1) * YEAR + self.last))

    def fits(self, reading: Reading, present: int) -> bool:
        """Return whether a reading is of the period: a stock of its last quarter, a sum of all its quarters."""
        named, read = self.span(present).months, parse_span(reading.span).months
        if reading.as_of is not None:
            as_of = Span(reading.as_of, reading.as_of).months.last
            return named.first <= as_of <= named.last if self.open else as_of == named.last
        if self.end:
            return True  # what was done up to a day may be of any span
        return read.first == named.first and (read.last == named.last or (self.open and read.last <= named.last))


Named = tuple[int, SpokenPeriod | None]  # where words name a period, and which; None for one that can't be told


def named_in(text: str) -> list[Named]:
    """Return the periods that words name, in their order."""
    spoken = [(match.start(), _period(match)) for match in _SPOKEN.finditer(text) if not match["held"]]
    untold: list[Named] = [(match.start(), None) for match in _UNTOLD.finditer(text)]
    return sorted([*spoken, *untold], key=lambda named: named[0])


def spoken_before(named: Sequence[Named], position: int, heading: SpokenPeriod | None) -> SpokenPeriod | None:
    """Return the period named last before a position; where none is, that of the heading."""
    return next((period for start, period in reversed(named) if start < position), heading)


def with_headings(texts: Iterable[str]) -> Iterator[tuple[list[Named], SpokenPeriod | None]]:
    """Yield for each paragraph the periods named in it, and that of the last heading before it.

    A heading is a line without a full stop that names a period.
    """
    heading: SpokenPeriod | None = None
    for text in texts:
        named = named_in(text)
        yield named, heading
        if named and len(text) <= _LONGEST_HEADING and "。" not in text:
            heading = named[-1][1]


def _period(match: re.Match[str]) -> SpokenPeriod:
    words = match[0]
    if match["from"]:
        first, last = int(match["from"]), int(match["to"])
        return SpokenPeriod(words=words, first=0, last=_LAST, year=first, years=max(last - first + 1, 1))
    if match["open"]:
        return SpokenPeriod(words=words, first=0, last=_LAST, open=True)
    if match["bare"]:  # also said of a year so far
        ended, year = bool(match["last"]), int(match["bare"])
        return SpokenPeriod(words=words, first=0, last=_LAST, year=year, end=ended, open=not ended)
    first, last = _months(match)
    return SpokenPeriod(
        words=words,
        first=first,
        last=last,
        year=int(match["year"]) if match["year"] else None,
        back=_WHOSE.get(match["whose"] or "", 0),
        end=bool(match["end"]),
    )


def _months(match: re.Match[str]) -> tuple[int, int]:
    if match["part"]:
        return _PARTS[match["part"][0]]
    if match["single"]:
        return int(match["single"]) - 1, int(match["single"]) - 1
    if match["month"]:
        return 0, int(match["month"]) - 1
    last = months_of(_ORDINALS[match["quarters"] or match["quarter"]], QUARTER)
    return 0 if match["quarters"] else last.first, last.last
