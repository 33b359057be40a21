"""Written days: days as own tables have them besides the usual ways: 20030501, and 1月5日 without a year."""

import re
from datetime import date

from base.text import normalise
from etl.model.values import parse_date

_EIGHT_DIGITS = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_WITHOUT_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")


def parse_written_day(text: str, year: int | None = None, since_1904: bool = False) -> date:
    """Return the day of a text; `year` is the one meant where none is written.

    Raises ValueError as parse_date does, also for a day without a year where none is meant.
    """
    plain = normalise(text)
    if match := _EIGHT_DIGITS.fullmatch(plain):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if year and (match := _WITHOUT_YEAR.fullmatch(plain)):
        return date(year, int(match[1]), int(match[2]))
    return parse_date(text, since_1904)


def day_of_text(text: str, year: int | None = None) -> date | None:
    """Return the day of a text as parse_written_day does, None where it names none."""
    try:
        return parse_written_day(text, year)
    except ValueError:
        return None


def is_written_day(text: str) -> bool:
    """Return whether a text names a day in one of these ways, with or without its year."""
    try:
        parse_written_day(text, year=2024)  # in which every month has all its days
    except ValueError:
        return False
    return bool(re.search(r"[年月./-]", text)) or _EIGHT_DIGITS.fullmatch(normalise(text)) is not None
