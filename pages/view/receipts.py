"""The journal's receipts, for the pages."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from etl.journal import ACCEPTED, Entry, Journal, read_entries
from pages.view.person import acts
from store.builds import store_path

State = tuple[int, int]


def receipts(store: Path) -> Sequence[Entry]:
    """Return every receipt, oldest first, to be asked about by `Acts.received` before anything of it is shown."""
    return _receipts(store, last_step(store))


def receipts_seen(store: Path) -> Sequence[Entry]:
    """Return the receipts that the signed-in person may see, limited to what they may see of them."""
    return acts().received(receipts(store))


def entry_of(sha: str) -> Entry:
    """Return the receipt of a file in the figures, by its sha256."""
    return next(entry for entry in reversed(receipts(store_path())) if entry.sha == sha and entry.what == ACCEPTED)


def last_step(store: Path) -> State:
    """Return a mark that changes with the journal."""
    return Journal(store).state()


@lru_cache(maxsize=2)
def _receipts(store: Path, state: State) -> Sequence[Entry]:
    return read_entries(store)
