"""What the journal has of every file that came, for the pages."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from access.areas import areas_of_entry, senders
from etl.journal import ACCEPTED, Entry, Journal, read_entries
from pages.shared.names import unit_directory
from pages.shared.person import person
from stats.warehouse import store_path

State = tuple[int, int]


def receipts(store: Path) -> Sequence[Entry]:
    """Return every receipt, oldest first; none when nothing ever came. It is read anew once the journal has grown."""
    return _receipts(store, last_step(store))


def receipts_seen(store: Path) -> Sequence[Entry]:
    """Return the receipts who is signed in may see: a clerk those of his own area."""
    mine, found = person().own_area, receipts(store)
    if mine is None:
        return found
    units, sent = unit_directory(), senders(store)
    return [entry for entry in found if all(area == mine for area in areas_of_entry(units, entry, sent))]


def entry_of(sha: str) -> Entry:
    """Return the receipt by which a file of the figures came in, by its sha256."""
    return next(entry for entry in reversed(receipts(store_path())) if entry.sha == sha and entry.what == ACCEPTED)


def last_step(store: Path) -> State:
    """Return what tells one state of the journal from the next."""
    return Journal(store).state()


@lru_cache(maxsize=2)
def _receipts(store: Path, state: State) -> Sequence[Entry]:
    return read_entries(store)
