"""Saved views: pages with their filters, saved under a name in the journal's database.

A name stands for one address: saving it again replaces the address. Who saved it and when is stored with it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from base.errors import UserError
from etl.privacy import hide
from store.audit import NewAuditEntry, add
from store.engine import ask, writing
from store.schema import LONGEST_VIEW_NAME, saved_view
from store.verbs import Verb

_ADDRESS = re.compile(r"[\w-]*(\?[^\s#]{0,2000})?")  # a page of our own with its filters, and nothing else


@dataclass(frozen=True)
class SavedView:
    """A page with its filters: its name, its address within the dashboard, and whether it is pinned to 总览."""

    name: str
    address: str
    pinned: bool
    who: str
    at: str


def saved_views(store: Path) -> list[SavedView]:
    """Return all saved views, sorted by name."""
    return [SavedView(**row) for row in ask(store, select(saved_view).order_by(saved_view.c.name))]


def save_view(store: Path, name: str, address: str, pinned: bool, who: str = "") -> None:
    """Save an address under a name, replacing an earlier one. Raises UserError for an invalid name or address."""
    given = hide(" ".join(name.split()))
    if not given or len(given) > LONGEST_VIEW_NAME:
        raise UserError(f"请给这一页起个名字，不超过{LONGEST_VIEW_NAME}个字。")
    if not _ADDRESS.fullmatch(address):
        raise UserError("这一页的地址太长或不是本系统的，没有收藏。请重新选好再收藏。")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with writing(store) as connection:
        connection.execute(delete(saved_view).where(saved_view.c.name == given))
        row = {"name": given, "address": hide(address), "pinned": pinned, "who": who.strip(), "at": at}
        connection.execute(insert(saved_view).values(row))
        add(connection, [NewAuditEntry(who, Verb.SAVED_VIEW, f"收藏“{given}”")])


def pin_view(store: Path, name: str, pinned: bool, who: str = "") -> None:
    """Pin a saved view to 总览, or unpin it."""
    with writing(store) as connection:
        connection.execute(update(saved_view).where(saved_view.c.name == name).values(pinned=pinned))
        done = "放到总览" if pinned else "从总览取下"
        add(connection, [NewAuditEntry(who, Verb.SAVED_VIEW, f"收藏“{name}”{done}")])


def delete_view(store: Path, name: str, who: str = "") -> None:
    """Delete a saved view."""
    with writing(store) as connection:
        connection.execute(delete(saved_view).where(saved_view.c.name == name))
        add(connection, [NewAuditEntry(who, Verb.SAVED_VIEW, f"删除收藏“{name}”")])
