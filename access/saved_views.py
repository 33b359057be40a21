"""Saved views: pages with what they were set to, kept under a name in the journal's database.

A name stands for one address: saving it again replaces what it stood for. Who saved it and when is kept beside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    inspect,
    select,
    update,
)  # fmt: skip

from stats.errors import UserError
from stats.warehouse import journal_lies_in, journal_url

LONGEST = 40  # characters of a name
_METADATA = MetaData()
_VIEW = Table(
    "saved_view",
    _METADATA,
    Column("name", String(LONGEST), primary_key=True),
    Column("address", Text, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", String(32), nullable=False),
)


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
    if not journal_lies_in(store):
        return []
    with _connect(store) as connection:
        if not inspect(connection).has_table(_VIEW.name):
            return []
        rows = connection.execute(select(_VIEW).order_by(_VIEW.c.name)).mappings().all()
    return [SavedView(**row) for row in rows]


def save_view(store: Path, name: str, address: str, pinned: bool, who: str = "") -> None:
    """Keep an address under a name; what stood under that name is replaced. Raises UserError for a name of no use."""
    given = " ".join(name.split())
    if not given or len(given) > LONGEST:
        raise UserError(f"请给这一页起个名字，不超过{LONGEST}个字。")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with _connect(store) as connection:
        _METADATA.create_all(connection)
        connection.execute(delete(_VIEW).where(_VIEW.c.name == given))
        connection.execute(insert(_VIEW).values(name=given, address=address, pinned=pinned, who=who.strip(), at=at))


def pin_view(store: Path, name: str, pinned: bool) -> None:
    """Put a saved view on 总览, or take it from there."""
    with _connect(store) as connection:
        connection.execute(update(_VIEW).where(_VIEW.c.name == name).values(pinned=pinned))


def delete_view(store: Path, name: str) -> None:
    """Forget a saved view; the page it leads to stays."""
    with _connect(store) as connection:
        connection.execute(delete(_VIEW).where(_VIEW.c.name == name))


@contextmanager
def _connect(store: Path) -> Iterator[Connection]:
    store.mkdir(parents=True, exist_ok=True)
    engine = create_engine(journal_url(store))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
