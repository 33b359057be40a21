"""What the journal has of every file that came, for the pages."""

from pathlib import Path

from etl.journal import Entry, Journal, journal_lies_in


def receipts(store: Path) -> list[Entry]:
    """Return every receipt, oldest first; none when nothing ever came."""
    if not journal_lies_in(store):
        return []
    journal = Journal(store)
    try:
        return journal.entries()
    finally:
        journal.close()


def last_step(store: Path) -> str:
    """Return what tells one state of the journal from the next."""
    entries = receipts(store)
    return f"{len(entries)}|{max((entry.outcome_at or entry.at for entry in entries), default='')}|" + str(
        sum(len(entry.steps) for entry in entries)
    )
