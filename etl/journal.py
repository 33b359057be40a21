"""The journal: what people did, append-only, in SQLite (or another database by its URL)."""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    select,
)

from etl.findings import Finding

URL_VARIABLE = "MINGSHU_JOURNAL"
_METADATA = MetaData()
_received = Table(
    "received",
    _METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("sha", String(64), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("at", String(32), nullable=False),
)
_outcome = Table(
    "outcome",
    _METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("seq", Integer, ForeignKey("received.seq"), nullable=False, index=True),
    Column("what", String(16), nullable=False),  # accepted | returned
    Column("build", Integer),
    Column("at", String(32), nullable=False),
    Column("findings", Text, nullable=False),
)


@dataclass(frozen=True)
class Entry:
    """One receipt and what became of it. `what` is accepted, returned, or None when it was never finished."""

    seq: int
    sha: str
    name: str
    file: str
    at: str
    what: str | None
    build: int | None
    findings: tuple[Finding, ...]


class Journal:
    """Appends receipts and outcomes, and reads them back. Nothing is ever changed or deleted."""

    def __init__(self, store: Path) -> None:
        url = os.environ.get(URL_VARIABLE) or f"sqlite:///{store / 'journal.sqlite'}"
        self._engine: Engine = create_engine(url)
        if url.startswith("sqlite"):
            event.listen(self._engine, "connect", _make_durable)
        _METADATA.create_all(self._engine)

    def append_received(self, files: Sequence[tuple[str, str, str]]) -> list[int]:
        """Note the receipt of files (sha256, name, path in the store) and return their running numbers."""
        with self._engine.begin() as connection:
            return [_append_one(connection, *file) for file in files]

    def append_outcomes(self, what: str, build: int | None, outcomes: Iterable[tuple[int, list[Finding]]]) -> None:
        """Note that receipts (by number, with their findings) were accepted in a build, or returned."""
        rows = [
            {"seq": seq, "what": what, "build": build, "at": _now(), "findings": _dump(findings)}
            for seq, findings in outcomes
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(insert(_outcome), rows)

    def entries(self) -> list[Entry]:
        """Return every receipt with its latest outcome, oldest first."""
        latest = select(func.max(_outcome.c.id)).group_by(_outcome.c.seq)
        query = (
            select(_received, _outcome.c.what, _outcome.c.build, _outcome.c.findings)
            .join(_outcome, (_outcome.c.seq == _received.c.seq) & _outcome.c.id.in_(latest), isouter=True)
            .order_by(_received.c.seq)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [Entry(**{**row, "findings": _load(row["findings"])}) for row in rows]

    def close(self) -> None:
        """Give the database connections back."""
        self._engine.dispose()


def _append_one(connection: Connection, sha: str, name: str, file: str) -> int:
    added = connection.execute(insert(_received).values(sha=sha, name=name, file=file, at=_now()))
    return int(added.inserted_primary_key[0]) if added.inserted_primary_key else 0


def _make_durable(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]  # the driver's own connection has no typed interface
    cursor.execute("pragma synchronous = full")
    cursor.execute("pragma foreign_keys = on")
    cursor.close()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _dump(findings: list[Finding]) -> str:
    return json.dumps([finding.as_row() for finding in findings], ensure_ascii=False)


def _load(text: str | None) -> tuple[Finding, ...]:
    return tuple(Finding(**row) for row in json.loads(text or "[]"))
