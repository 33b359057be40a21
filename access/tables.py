"""The tables of accounts and sessions, in the journal's database; and the connection to it.

Of what lets somebody in only a hash is kept: of passwords by argon2id, of the long random tokens by sha256.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    NullPool,
    String,
    Table,
    Text,
    create_engine,
)

from stats.warehouse import journal_url

METADATA = MetaData()
account = Table(
    "account",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("shown", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("area", String(64), nullable=False, server_default=""),
    Column("password", Text, nullable=False, server_default=""),
    Column("must_change", Boolean, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("made_at", Integer, nullable=False),
)
session = Table(
    "session",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("token", String(64), nullable=False, unique=True),
    Column("account", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("how", String(16), nullable=False),
    Column("browser", Text, nullable=False),
    Column("address", String(64), nullable=False),
    Column("began", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
)
known_browser = Table(
    "known_browser",
    METADATA,
    Column("token", String(64), primary_key=True),
    Column("account", Integer, ForeignKey("account.id"), nullable=False, index=True),
    Column("at", Integer, nullable=False),
)
sent_by = Table(
    "sent_by",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("account", Integer, ForeignKey("account.id"), nullable=False),
    Column("area", String(64), nullable=False),
)


@contextmanager
def connect(store: Path) -> Iterator[Connection]:
    """Yield a connection within a transaction; what the block writes stands when it ends well."""
    with _engine(journal_url(store), str(store)).begin() as connection:
        yield connection


@lru_cache(maxsize=8)
def _engine(url: str, store: str) -> Engine:
    """Return the engine of a database with its tables made. A file is opened anew each time: none stays open."""
    Path(store).mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, poolclass=NullPool) if url.startswith("sqlite") else create_engine(url)
    METADATA.create_all(engine)
    return engine
