"""Dates in a text: years, months, days, quarters and halves, with what they bound."""

import re
from collections.abc import Iterator
from datetime import date

from stats.claims.grammar.words import Comparator
from stats.claims.phrases.phrase_model import NOT_A_FIGURE, MarkedText, WrittenDate

AS_OF, RANGE = "as_of", "range"
_YEARS_BEFORE = {"今年": 0, "本年": 0, "当年": 0, "去年": 1, "上年": 1, "前年": 2, "明年": -1}
_YEAR = r"(?P<year>(?<![\d.])(?:[12]\d{3}|20[xX×*]{2})(?=年)|[二一][〇零九○][〇零一二三四五六七八九○]{2}(?=年))"
_SPOKEN_YEAR = r"(?P<spoken>今年|去年|前年|上年|明年|本年|当年|次年|同年)"
_MONTH = r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?!份?[人户]?均)"
_DAY = r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号](?!均)"
_PART = r"(?:(?P<quarter>(?:前)?第?[一二三四1-4]个?季度|前三季度)|(?P<half>[上下]半年)|年?(?P<edge>底|末|初))"
_RANGE = re.compile(
    r"(?P<first>(?<![\d.])[12]\d{3})年?(?:[—-]|至|到)(?P<last>[12]\d{3})(?=年|学年|[）〕]|[一二三四五六七八九十]年)(?:年度?|学年)?"
)
_DATE = re.compile(
    rf"(?:{_YEAR}(?:年度?|学年)?|{_SPOKEN_YEAR})(?:{_PART}|{_MONTH}份?(?:{_DAY}|(?P<month_end>底|末|初|上旬|中旬|下旬))?)?"
)
_NUMBERED = re.compile(
    r"(?<![\d.])(?P<year>[12]\d{3})(?P<sign>[-/—])(?P<month>0?[1-9]|1[0-2])(?:(?P=sign)(?P<day>\d{1,2}))?(?![\d.%/万亿])"
)
_DOTTED = re.compile(r"(?<![\d.])(?P<year>[12]\d{3})\.(?P<month>\d{1,2})\.(?P<day>\d{1,2})(?![\d.%])")
_MONTH_ALONE = re.compile(
    rf"(?<![\d.个])(?:{_MONTH}份?(?:{_DAY}|(?P<month_end>底|末|初|上旬|中旬|下旬))?)(?:[—至到-]\d{{1,2}}[月日])?日?"
)
_DAY_ALONE = re.compile(r"(?<![\d.])(?P<day>\d{1,2})日(?:[—至到-]\d{1,2}日)?(?![均内])|(?<=[（(])\d{1,2}号")
_PART_ALONE = re.compile(
    r"(?P<quarter>(?:前)?第?[一二三四1-4]个?季度)|(?P<half>[上下]半年)|前三季度"
    r"|(?<![\d.])(?P<low>[1-9]|1[0-2])(?:[—-]|至|到)(?P<high>[1-9]|1[0-2])月份?"
)
_NOW = re.compile(r"截[至止](?:到|至)?(?:目前|当前|现在|今日|今天|发稿时?|上个?月底|上月末|本月底|年底|月底)")
_UNTIL = re.compile(r"截[至止](?:到|至)?$")
_SINCE = re.compile(r"(?:从|自)$")
_SINCE_AFTER = re.compile(r"[以]?[起来]|以来|开始")
_NUMERALS = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {"〇": 0, "○": 0}


def dates_in(text: str, on: date | None = None) -> list[MarkedText]:
    """Return the dates of a folded text in their order; where two readings overlap, the longer one.

    `on` is the date of the draft, by which 今年 and 目前 are understood.
    """
    read = [mark for find in (_ranges, _dates, _now) for mark in find(text, on)]
    read.sort(key=lambda mark: (mark.start, -mark.end))
    kept: list[MarkedText] = []
    for mark in read:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _ranges(text: str, _: date | None) -> Iterator[MarkedText]:
    for match in _RANGE.finditer(text):
        says = f"{match['first']}..{match['last']}"
        yield MarkedText(start=match.start(), end=match.end(), name=RANGE, says=says)


def _dates(text: str, on: date | None) -> Iterator[MarkedText]:
    for pattern in (_DATE, _NUMBERED, _DOTTED, _MONTH_ALONE, _DAY_ALONE, _PART_ALONE):
        for match in pattern.finditer(text):
            yield _dated(text, match, on)


def _now(text: str, on: date | None) -> Iterator[MarkedText]:
    for match in _NOW.finditer(text):
        says = on.isoformat() if on and "前" in match[0][2:] else ""
        yield MarkedText(start=match.start(), end=match.end(), name=AS_OF, says=says, comparator="<=")


def _dated(text: str, match: re.Match[str], on: date | None) -> MarkedText:
    parts = match.groupdict()
    written = _written(parts, on)
    until = _UNTIL.search(text[max(0, match.start() - 3) : match.start()])
    since = _SINCE.search(text[max(0, match.start() - 1) : match.start()])
    name, comparator = _bounds(match, bool(until), bool(since and _SINCE_AFTER.match(text, match.end())))
    start = match.start() - len(until[0] if until else since[0] if since else "")
    why = "日期" if name == NOT_A_FIGURE else ""
    says = _say(parts, written)
    return MarkedText(start=start, end=match.end(), name=name, says=says, comparator=comparator, why=why, date=written)


def _written(parts: dict[str, str | None], on: date | None) -> WrittenDate:
    year, month, day = (_number(parts.get(part) or "") for part in ("year", "month", "day"))
    spoken = parts.get("spoken") or ("今年" if month and not year else "")
    if on and year is None and spoken in _YEARS_BEFORE:
        year = on.year - _YEARS_BEFORE[spoken]
    edge = parts.get("edge") or parts.get("month_end")
    return WrittenDate(year, month, day, edge in ("底", "末"))


def _bounds(match: re.Match[str], until: bool, since: bool) -> tuple[str, Comparator | None]:
    parts = match.groupdict()
    if until:
        return AS_OF, "<="
    if since:
        return AS_OF, ">="
    if parts.get("half") or match[0].startswith("前三") or parts.get("high"):
        return RANGE, None
    return (AS_OF, "=") if parts.get("quarter") else (NOT_A_FIGURE, None)


def _say(parts: dict[str, str | None], written: WrittenDate) -> str:
    if parts.get("high"):
        return f"{parts['low']}..{parts['high']}"
    half, quarter = parts.get("half") or "", parts.get("quarter") or ""
    head = f"{written.year}" if written.year else ""
    month, day = written.month, written.day
    if half:
        return f"{head}H{1 if half[0] == '上' else 2}"
    if quarter:
        number = next((_number(sign) for sign in quarter if _number(sign)), 0)
        return f"{head}Q1..{head}Q{number}" if quarter.startswith("前") else f"{head}Q{number}"
    return "-".join(filter(None, (head, f"{month:02}" if month else "", f"{day:02}" if day else "")))


def _number(text: str) -> int | None:
    """Return the number of a year, month or day in digits or Chinese numerals, None for none."""
    if text.isdigit():
        return int(text) + (2000 if len(text) == 2 and int(text) > 31 else 0)
    values = [_NUMERALS[sign] for sign in text if sign in _NUMERALS]
    if not values or len(values) != len(text):
        return None
    if len(values) == 4:
        return int("".join(map(str, values)))
    tens, _, ones = text.partition("十")
    if "十" in text:
        return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)
    return values[0] if len(values) == 1 else None
