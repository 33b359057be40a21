"""Dates that can't be: a 30th of February, a span that ends before it begins, a day after the draft was written."""

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date

from stats.claims.checks.check_model import ParagraphToCheck, TextCheck
from stats.claims.checks.check_words import check_words
from stats.claims.draft_files.draft_model import DraftText
from stats.claims.phrases import read_phrases
from stats.claims.phrases.phrase_model import NumberPhrase, WrittenDate

_MOST_BESIDE = 4  # characters that may stand beside a date which is a line of its own
_EDGE = 6  # paragraphs at the beginning and end of a draft in which its date is looked for
_SPAN = re.compile(r"(\d{4})\.\.(\d{4})")


def date_of(draft: DraftText) -> date | None:
    """Return the date of a draft, where it stands alone at its beginning or end, or behind 发布时间."""
    paragraphs = draft.paragraphs
    edges = [*paragraphs[-_EDGE:][::-1], *paragraphs[:_EDGE]]
    for paragraph in edges:
        if paragraph.cell or len(paragraph.text) > 40:
            continue
        for phrase in read_phrases(paragraph.text).phrases:
            written = _whole_date(phrase.mark.date if phrase.mark else None)
            rest = f"{paragraph.text[: phrase.place.start]}{paragraph.text[phrase.place.end :]}"
            if written and (len(rest.strip("（）() ：:")) <= _MOST_BESIDE and _is_told(rest)):
                return written
    return None


def _is_told(rest: str) -> bool:
    """Return whether what stands beside a date says that it is the draft's, or nothing."""
    plain = rest.strip("（）()【】[] ：:　")
    return not plain or plain in check_words().published


def _whole_date(written: WrittenDate | None) -> date | None:
    if written is None or not (written.year and written.month and written.day):
        return None
    try:
        return date(written.year, written.month, written.day)
    except ValueError:
        return None


def check_dates(paragraph: ParagraphToCheck, on: date | None) -> Iterator[TextCheck]:
    """Yield the checks of dates in a paragraph; `on` is the date of the draft."""
    for phrase in paragraph.read.phrases:
        if phrase.mark is None:
            continue
        reason = _wrong_day(phrase.mark.date) or _wrong_span(phrase) or _too_late(phrase, on)
        if reason:
            yield TextCheck(rule="date", phrase=phrase, holds=False, expected="", reason=reason)


def _wrong_day(written: WrittenDate | None) -> str:
    if written is None or written.month is None:
        return ""
    if not 1 <= written.month <= 12:
        return f"没有{written.month}月。"
    year = written.year or 2000  # a leap year, for a day without a year
    most = calendar.monthrange(year, written.month)[1] if 1 <= year <= 9999 else 31
    if written.day is not None and not 1 <= written.day <= most:
        return f"{written.month}月没有{written.day}日。"
    return ""


def _wrong_span(phrase: NumberPhrase) -> str:
    match = _SPAN.fullmatch(phrase.says)
    if match and int(match[1]) > int(match[2]):
        return f"起止年份写反了：{match[1]}年在{match[2]}年之后。"
    return ""


def _too_late(phrase: NumberPhrase, on: date | None) -> str:
    """Return what is wrong with a day up to which is reported before it has come."""
    written = phrase.mark.date if phrase.mark else None
    if on is None or written is None or written.year is None or phrase.name != "as_of" or phrase.comparator != "<=":
        return ""
    reported = _day_of(written)
    if reported is None or reported <= on:
        return ""
    return f"写的是“{phrase.text}”，可是文稿的日期是{on.year}年{on.month}月{on.day}日，那时还没有到。"


def _day_of(written: WrittenDate) -> date | None:
    """Return the first day that a date may mean, the last one where its end is meant."""
    year, month = written.year or 0, written.month or (12 if written.closes else 1)
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(written.day or (last if written.closes else 1), last))


def years_of(phrases: Sequence[NumberPhrase]) -> str:
    """Return the dates among phrases as one text, by which it is known whether two places tell of the same time."""
    return "、".join(phrase.text for phrase in phrases if phrase.mark and phrase.mark.why == "日期")
