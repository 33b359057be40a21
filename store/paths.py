"""The location of a store's journal: a file in the store, or a separate database."""

import os
from pathlib import Path

JOURNAL_VARIABLE = "MINGSHU_JOURNAL"
_FILE = "journal.sqlite"


def journal_url(store: Path) -> str:
    """Return the address of the journal's database: the variable MINGSHU_JOURNAL, else a file in the store."""
    return os.environ.get(JOURNAL_VARIABLE) or f"sqlite:///{store / _FILE}"


def journal_elsewhere() -> bool:
    """Return whether the journal is kept in a separate database, not in the store."""
    return bool(os.environ.get(JOURNAL_VARIABLE))


def journal_lies_in(store: Path) -> bool:
    """Return whether a store already has a journal; opening one would create it."""
    return journal_elsewhere() or (store / _FILE).is_file()


def data_lie_in(store: Path) -> bool:
    """Return whether a store holds originals or builds, which means that it once had a journal."""
    inbox = (path for path in (store / "inbox").glob("*") if not path.name.startswith("part-"))
    return any(inbox) or any((store / "warehouse").glob("*.duckdb"))
