"""What came back: the files of an area that were returned or are held, with the reasons and the answer to download."""

from collections.abc import Sequence

from etl.intake import ACCEPTED, HELD, RETURNED
from etl.journal import Entry
from pages.returns.quarter_choice import Collecting


def came_back(collection: Collecting, entries: Sequence[Entry]) -> list[Entry]:
    """Return the receipts, newest first, that keep a return of this quarter from coming in.

    A file in which no return was recognised is one of them while nothing was accepted after it.
    """
    waiting = {missing.seq for missing in collection.status.missing}
    accepted = max((entry.seq for entry in entries if entry.what == ACCEPTED), default=0)
    return [
        entry
        for entry in reversed(entries)
        if entry.what in (RETURNED, HELD) and (entry.seq in waiting or (not entry.returns and entry.seq > accepted))
    ]
