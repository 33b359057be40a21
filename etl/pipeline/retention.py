"""Retention: files returned for personal data are kept for a number of days (reporting.yml), then deleted."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from etl.journal import RETURNED, WITHDRAWN, Entry, read_entries
from etl.pipeline.decisions import forget
from etl.redraw.blanking import holds_personal_data
from stats.catalogue_in_force import catalogue_in_force


def overdue(store: Path, days: int | None = None) -> list[Entry]:
    """Return the receipts whose originals with personal data are past their term, each file once, oldest first.

    `days` overrides the catalogue's term. A file that is in force, or held, under another receipt is left out.
    """
    term = catalogue_in_force(store).reporting.personal_data_days if days is None else days
    until = (datetime.now(UTC) - timedelta(days=term)).isoformat()
    entries = read_entries(store)
    needed = {entry.sha for entry in entries if entry.what not in (RETURNED, WITHDRAWN)}
    latest = {entry.sha: entry for entry in entries}  # the term restarts when a file is received again
    due = [
        entry
        for sha, entry in latest.items()
        if sha not in needed and _is_due(entry, until) and (store / entry.file).is_file()
    ]
    return sorted(due, key=lambda entry: entry.seq)


def forget_overdue(store: Path, due: Sequence[Entry], who: str) -> None:
    """Delete the originals of receipts, and record in the journal that their term was over."""
    for entry in due:
        forget(store, entry.seq, "含个人信息，保存期满", who)


def _is_due(entry: Entry, until: str) -> bool:
    return holds_personal_data(entry.findings) and not entry.forgotten and entry.outcome_at <= until
