"""How a row stands with a deadline at a quarter's end: not begun, open, overdue, done in time or late."""

from datetime import date, datetime, time, timedelta
from typing import Any

from tests.reckoner.declared import Entry


def stands(form: Entry, item: Entry, fields: dict[str, Any], quarter: int) -> bool:
    """Return whether a row counts for an item in a quarter, judged by what was known at its end and the one before."""
    deadline = next(one for one in form["deadlines"] if one["code"] == item["deadline"])
    begun, ended = fields[deadline["start"]], fields.get(deadline["end"])
    if ended is not None and ended < begun:
        return False
    done_if = next(one for one in form["columns"] if one["code"] == deadline["end"]).get("done_if", {})
    if ended is None and any(fields.get(code) in codes for code, codes in done_if.items()):
        return False  # done on a day that is not known
    before, after = (_state(deadline, fields, begun, ended, _end_of(at, begun)) for at in (quarter - 1, quarter))
    if item["time"] == "last":
        return after == "overdue" or (after == "open" and item["state"] == "open")
    known = {"in time"} if item["state"] == "within" else {"in time", "late", "overdue"}
    return after in known and before in ("not begun", "open")


def _state(deadline: Entry, fields: dict[str, Any], begun: date, ended: date | None, end: date) -> str:
    """Return how a row stands at a quarter's end: its last day, or the last moment of it."""
    if begun > end:
        return "not begun"
    limit = _limit(deadline, fields, begun)
    if ended is None or ended > end:
        return "overdue" if limit is not None and end > limit else "open"
    if limit is None:
        return "done"
    return "in time" if ended <= limit else "late"


def _limit(deadline: Entry, fields: dict[str, Any], begun: date) -> date | None:
    if "until" in deadline:
        until: date | None = fields.get(deadline["until"])
        return until
    size = deadline["limits"].get(fields[deadline["by"]]) if "limits" in deadline else deadline["limit"]
    if size is None:
        return None
    return begun + (timedelta(hours=size) if isinstance(begun, datetime) else timedelta(days=size))


def _end_of(quarter: int, like: date) -> date:
    """Return the last day of a quarter or, where hours count, its last moment."""
    day = date((quarter + 1) // 4, (quarter + 1) % 4 * 3 + 1, 1) - timedelta(days=1)
    return datetime.combine(day, time.max) if isinstance(like, datetime) else day
