"""Days in China: a day begins and ends there, wherever the computer stands and whatever its clock is set to."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def today() -> date:
    """Return the day it is in China."""
    return datetime.now(CHINA).date()
