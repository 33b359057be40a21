"""When a row's outcome under a deadline became known, or how long it was open: reckoned apart from the product."""

from datetime import datetime, timedelta
from typing import Any

from base.periods import quarter_of
from stats.catalogue.models import Form, Item


def outcome(form: Form, item: Item, fields: dict[str, Any], first: int, last: int) -> tuple[int, int]:
    """Return the first and the last quarter in which a row stands as the item asks; an empty range if it never does."""
    deadline = next(one for one in form.deadlines if one.code == item.deadline)
    begun, ended = (
        datetime.fromisoformat(fields[code]) if fields.get(code) else None for code in deadline.columns()[:2]
    )
    done_if = form.column(deadline.end).done_if
    if ended is None and any(fields.get(code) in codes for code, codes in done_if.items()):
        return 1, 0  # done on a day that is not known
    if begun is None or (ended and ended < begun):
        return 1, 0
    hours = form.column(deadline.start).type == "moment"
    size = deadline.limits.get(fields.get(deadline.by or "") or "", deadline.limit)
    limit = begun + timedelta(hours=size or 0) if hours else begun + timedelta(days=size or 0)
    if deadline.until:
        limit = datetime.fromisoformat(fields[deadline.until])
    kept = ended is not None and ended <= limit
    known = ended if kept and ended else limit if hours else limit + timedelta(days=1)
    still = min(last, quarter_of(ended) - 1) if ended else last
    ranges = {
        "due": (quarter_of(known), quarter_of(known)),
        "within": (quarter_of(known), quarter_of(known) if kept else 0),
        "open": (max(first, quarter_of(begun)), still),
        "overdue": (max(first, quarter_of(known)), 0 if kept else still),
    }
    return ranges[item.state or "due"]
