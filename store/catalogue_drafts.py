"""What somebody has changed in the catalogue and not published yet: one draft an account, in the journal.

It survives a reload, another sign-in and a restart, and is in every backup; nobody else sees it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, insert, select

from store.engine import ask, writing
from store.schema import catalogue_draft


@dataclass(frozen=True)
class KeptDraft:
    """Edits as one text, with the version they were made on and when they were last changed."""

    after: int
    edits: str
    at: str


def kept_draft(store: Path, account: int) -> KeptDraft | None:
    """Return the draft of an account, None where there is none."""
    rows = ask(store, select(catalogue_draft).where(catalogue_draft.c.account == account))
    return KeptDraft(rows[0]["after"], rows[0]["edits"], rows[0]["at"]) if rows else None


def keep_draft(store: Path, account: int, after: int, edits: str) -> None:
    """Keep the draft of an account in place of the one before."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with writing(store) as connection:
        connection.execute(delete(catalogue_draft).where(catalogue_draft.c.account == account))
        connection.execute(insert(catalogue_draft).values(account=account, after=after, edits=edits, at=at))


def drop_draft(store: Path, account: int) -> None:
    """Forget the draft of an account."""
    with writing(store) as connection:
        connection.execute(delete(catalogue_draft).where(catalogue_draft.c.account == account))
