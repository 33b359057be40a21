"""Retention: files that went back for personal data are kept for so many days (reporting.yml), then forgotten."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from etl.decisions import forget
from etl.journal import RETURNED, WITHDRAWN, Entry, read_entries
from stats.catalogue import load_catalogue

_RULE = "personal_data"


def overdue(store: Path, days: int | None = None) -> list[Entry]:
    """Return the receipts whose originals hold personal data longer than they may, each file once, oldest first.

    `days` is another term than the catalogue's. A file that is in force, or waits, under another receipt is left out.
    """
    term = load_catalogue().reporting.personal_data_days if days is None else days
    until = (datetime.now(UTC) - timedelta(days=term)).isoformat()
    entries = read_entries(store)
    needed = {entry.sha for entry in entries if entry.what not in (RETURNED, WITHDRAWN)}
    latest = {entry.sha: entry for entry in entries}  # what came again lately waits its time again
    due = [
        one for sha, one in latest.items() if sha not in needed and _is_due(one, until) and (store / one.file).is_file()
    ]
    return sorted(due, key=lambda entry: entry.seq)


def forget_overdue(store: Path, due: Sequence[Entry], who: str) -> None:
    """Delete the originals of receipts, and say in the journal that their time was over."""
    for entry in due:
        forget(store, entry.seq, "含个人信息，保存期满", who)


def _is_due(entry: Entry, until: str) -> bool:
    personal = any(finding.rule == _RULE for finding in entry.findings)
    return personal and not entry.forgotten and entry.outcome_at <= until
