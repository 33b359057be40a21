"""Saved views: pages with what they were set to, kept under a name in the journal's database.

A name stands for one address: saving it again replaces what it stood for. Who saved it and when is kept beside it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from stats.errors import UserError
from store.audit import Deed, add
from store.engine import ask, writing
from store.schema import LONGEST_VIEW_NAME, saved_view
from store.verbs import Verb


@dataclass(frozen=True)
class SavedView:
    """A page with what it was set to: its name, its address within the dashboard, and whether it stands on 总览."""

    name: str
    address: str
    pinned: bool
    who: str
    at: str


def saved_views(store: Path) -> list[SavedView]:
    """Return every saved view, by name; none before anything was saved."""
    return [SavedView(**row) for row in ask(store, select(saved_view).order_by(saved_view.c.name))]


def save_view(store: Path, name: str, address: str, pinned: bool, who: str = "") -> None:
    """Keep an address under a name; what stood under that name is replaced. Raises UserError for a name of no use."""
    given = " ".join(name.split())
    if not given or len(given) > LONGEST_VIEW_NAME:
        raise UserError(f"请给这一页起个名字，不超过{LONGEST_VIEW_NAME}个字。")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with writing(store) as connection:
        connection.execute(delete(saved_view).where(saved_view.c.name == given))
        row = {"name": given, "address": address, "pinned": pinned, "who": who.strip(), "at": at}
        connection.execute(insert(saved_view).values(row))
        add(connection, [Deed(who, Verb.SAVED_VIEW, f"收藏“{given}”")])


def pin_view(store: Path, name: str, pinned: bool, who: str = "") -> None:
    """Put a saved view on 总览, or take it from there."""
    with writing(store) as connection:
        connection.execute(update(saved_view).where(saved_view.c.name == name).values(pinned=pinned))
        done = "放到总览" if pinned else "从总览取下"
        add(connection, [Deed(who, Verb.SAVED_VIEW, f"收藏“{name}”{done}")])


def delete_view(store: Path, name: str, who: str = "") -> None:
    """Forget a saved view; the page it leads to stays."""
    with writing(store) as connection:
        connection.execute(delete(saved_view).where(saved_view.c.name == name))
        add(connection, [Deed(who, Verb.SAVED_VIEW, f"删除收藏“{name}”")])
