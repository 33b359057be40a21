"""Moments: a day with the time of day, as people write it: 2011-3-5 14:30, 3月5日下午2时30分, 2011/3/5 2:30 PM.

A moment is stored as text, 2011-03-05 14:30, so that it sorts, compares and travels like any other value.
"""

import re
import unicodedata
from datetime import datetime, time, timedelta

from base.text import without_invisible
from etl.model.numerals import parse_numeral
from etl.model.values import parse_date

# Only from the beginning of a run: from each of its digits on, a long run would be gone through again.
_NUMERAL = re.compile("(?<![〇○零一二两三四五六七八九十])[〇○零一二两三四五六七八九十]++(?=[年月日号时点分秒])")
_CLOCK = re.compile(
    r"(?P<half>上午|下午|凌晨|早上|早晨|清晨|中午|傍晚|晚上|夜间)? ?"
    r"(?P<hour>\d{1,2}) ?(?::|时|点) ?(?:(?P<minute>\d{1,2}) ?(?::|分|(?=\D|$)))?"
    r" ?(?:(?P<second>\d{1,2})(?:\.\d{1,6})? ?秒?)?(?P<rest>半|整|钟)? ?(?P<am>[AP]\.?M\.?)?\Z",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:(?P<year>\d{4}) ?[-./年] ?)?(?P<month>\d{1,2}) ?[-./月] ?(?P<day>\d{1,2}) ?[日号]?[T,]? ?")
_CUT = re.compile(r":\d(?!\d)")  # 14:3 may be 14:03 or 14:30
_SERIAL = re.compile(r"\d{5}\.\d+")
_MORNING, _NOON = ("上午", "凌晨", "早上", "早晨", "清晨", "AM"), "中午"
_HALF_DAY, _DAY_HOURS = 12, 24


def parse_moment(text: str, year: int | None = None, since_1904: bool = False) -> str:
    """Return the moment in a text, as stored. `year` is the one meant where none is written.

    Raises ValueError for any other text, also for a day without a time: that is not midnight.
    """
    plain = _plain(text)
    if _SERIAL.fullmatch(plain):
        whole, _, part = plain.partition(".")
        start = datetime.combine(parse_date(whole, since_1904), time())
        return write_moment(start + timedelta(days=float(f"0.{part}")))
    day = _DAY.match(plain)
    clock = _CLOCK.match(plain, day.end()) if day else None
    if not day or not clock or not (day["year"] or year):
        raise ValueError(text)
    run_together = plain[day.end() - 1].isdigit() and plain[day.end()].isdigit()  # 2011-3-514:30
    if run_together or _CUT.search(plain):
        raise ValueError(text)
    start = datetime(int(day["year"] or year or 0), int(day["month"]), int(day["day"]))
    return write_moment(start + _since_midnight(clock, text))


def write_moment(moment: datetime) -> str:
    """Return a moment as stored: 2011-03-05 14:30, with its seconds where there are any."""
    exact = moment.replace(microsecond=0) + timedelta(seconds=round(moment.microsecond / 1e6))
    return exact.isoformat(" ", "seconds").removesuffix(":00")


def _plain(text: str) -> str:
    """Return a text with half-width letters, single spaces and Arabic numerals."""
    spaced = " ".join(unicodedata.normalize("NFKC", without_invisible(text)).split())
    return _NUMERAL.sub(lambda match: str(parse_numeral(match[0])), spaced)


def _since_midnight(clock: re.Match[str], text: str) -> timedelta:
    """Return the time of day. 24:00 is the end of the day; 上午14时 and 晚上12点 name no time."""
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    half = (clock["half"] or clock["am"] or "").replace(".", "").upper()
    if clock["half"] and clock["am"] or (clock["rest"] and clock["minute"]):
        raise ValueError(text)
    if clock["am"] or half:
        hour = _of_half(half, hour, text)
    if clock["rest"] == "半":
        minute = 30
    if hour > _DAY_HOURS or minute >= 60 or second >= 60 or (hour == _DAY_HOURS and (minute or second)):  # noqa: PLR2004
        raise ValueError(text)
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _of_half(half: str, hour: int, text: str) -> int:
    """Return the hour, of twenty-four, of an hour in a part of the day."""
    if half in _MORNING:
        if hour > _HALF_DAY:
            raise ValueError(text)
        return hour % _HALF_DAY
    if half == _NOON:
        if hour not in (11, 12, 1, 2):
            raise ValueError(text)
        return hour if hour > 2 else hour + _HALF_DAY  # noqa: PLR2004
    if hour == _HALF_DAY and half not in ("下午", "PM"):
        raise ValueError(text)
    return hour + _HALF_DAY if hour < _HALF_DAY else hour
