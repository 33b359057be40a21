"""Two days in a cell: from when until when something holds, as offices write it.

2023.3.1—2026.2.28, 自2023年3月1日起至2026年2月28日止, 2023-03至2026-02. A month alone is its first day where something
begins and its last where it ends.
"""

import re

from base.text import normalise

_DAY = r"(\d{4})[年./-](\d{1,2})(?!\d)(?:[月./-](?:(\d{1,2})(?!\d)日?)?)?"
_BETWEEN = r"[^\d]{1,5}"
_BOTH = re.compile(rf"\(?自?{_DAY}{_BETWEEN}{_DAY}止?\)?")


def two_days(text: str) -> tuple[str, str] | None:
    """Return the two days that a text names, the last a month alone where it was written so, or None for any other."""
    match = _BOTH.fullmatch(normalise(text))
    if match is None:
        return None
    first, last = match.groups()[:3], match.groups()[3:]
    begin = "-".join([*first[:2], first[2] or "1"])
    return begin, "-".join(part for part in last if part)
