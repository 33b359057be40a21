"""What the journal has of every file that came, for the pages."""

from pathlib import Path

from etl.journal import Entry, read_entries


def receipts(store: Path) -> list[Entry]:
    """Return every receipt, oldest first; none when nothing ever came."""
    return read_entries(store)


def last_step(store: Path) -> str:
    """Return what tells one state of the journal from the next."""
    entries = receipts(store)
    return f"{len(entries)}|{max((entry.outcome_at or entry.at for entry in entries), default='')}|" + str(
        sum(len(entry.steps) for entry in entries)
    )
