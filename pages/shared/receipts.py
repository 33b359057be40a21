"""What the journal has of every file that came, for the pages."""

from collections.abc import Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from etl.journal import Entry, Journal, read_entries
from stats.warehouse import journal_lies_in

State = tuple[int, int]


def receipts(store: Path) -> Sequence[Entry]:
    """Return every receipt, oldest first; none when nothing ever came. It is read anew once the journal has grown."""
    return _receipts(store, last_step(store))


def last_step(store: Path) -> State:
    """Return what tells one state of the journal from the next."""
    if not journal_lies_in(store):
        return 0, 0
    with closing(Journal(store)) as journal:
        return journal.state()


@lru_cache(maxsize=2)
def _receipts(store: Path, state: State) -> Sequence[Entry]:
    return read_entries(store)
