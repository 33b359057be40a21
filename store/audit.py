"""The audit: who did what when, append-only, each entry chained to the one before by its hash.

The journal's receipts, decisions and objections are evidence themselves, so the audit does not repeat them: an entry
says in one line who did what, and its hash covers all rows added to the journal since the previous entry. Altering,
inserting or deleting a row of either breaks the chain at the first entry after it. Acts that leave no other trace are
recorded here alone: signing in, opening an original, downloading figures, making a backup.

Entries are ordered by number. `at` never decreases; if the machine's clock was set back, `clock` keeps its reading.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, func, insert, select

from store import schema as tables
from store.disk_errors import plain_faults
from store.engine import ask, reading, writing
from store.verbs import Verb

BEGINNING = "0" * 64  # what the first entry is chained to
# Tables to which rows are only added, so that the hash of the new rows covers them all.
_SEALED = (
    tables.received.c.seq,
    tables.outcome.c.id,
    tables.confirmation.c.id,
    tables.confirmed_values.c.id,
    tables.matching.c.id,
    tables.frozen.c.id,
    tables.objection.c.id,
    tables.objection_answer.c.id,
    tables.catalogue_version.c.number,
)
_BATCH = 1000  # rows fetched at once


@dataclass(frozen=True)
class NewAuditEntry:
    """An entry to be added: who did it, which act, its subject in plain words, and further details."""

    who: str
    verb: Verb
    about: str = ""
    details: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(kw_only=True, frozen=True)
class AuditEntry:
    """An entry of the audit. `clock` is "" unless the machine's clock was behind the previous entry's time."""

    number: int
    at: str
    clock: str
    who: str
    verb: str
    about: str
    details: Mapping[str, str | int]
    sha: str


@dataclass(frozen=True)
class Verified:
    """The result of verifying: how many entries are intact, the hash of the last of them, and what broke the chain.

    `broken` is the number of the first entry that is not intact, None when all are.
    """

    entries: int
    head: str
    broken: int | None = None
    fault: str = ""


def note(store: Path, who: str, verb: Verb, about: str = "", **details: str | int) -> None:
    """Record an act that leaves no other trace in the journal, such as viewing, downloading or backing up.

    Raises UserError when it can't be recorded; the act must not be done then. `add` records what changes the journal.
    """
    with plain_faults(), writing(store) as connection:
        add(connection, [NewAuditEntry(who, verb, about, details)])


def add(connection: Connection, entries: Sequence[NewAuditEntry]) -> None:
    """Add entries within a transaction that `writing` began, so that entries and acts are committed together."""
    for entry in entries:
        last = _last(connection)
        at, clock = _times(last)
        reached = _reached(connection)
        row = {
            "number": last["number"] + 1 if last else 1,
            "at": at,
            "clock": clock,
            "who": entry.who.strip(),
            "verb": entry.verb.code,
            "about": entry.about,
            "details": _canonical(dict(entry.details)),
            "reached": _canonical(reached),
            "seal": _seal(connection, json.loads(last["reached"]) if last else {}, reached),
            "before": last["sha"] if last else BEGINNING,
        }
        connection.execute(insert(tables.audit).values(**row, sha=_sha(row)))


def entries(store: Path) -> list[AuditEntry]:
    """Return every entry, oldest first."""
    with plain_faults():
        return [_entry_of(row) for row in ask(store, select(tables.audit).order_by(tables.audit.c.number))]


def last_entry(store: Path, *verbs: Verb) -> AuditEntry | None:
    """Return the latest entry with one of the verbs, or of all when no verb is given; None when there is none."""
    wanted = select(tables.audit).order_by(tables.audit.c.number.desc()).limit(1)
    if verbs:
        wanted = wanted.where(tables.audit.c.verb.in_([verb.code for verb in verbs]))
    with plain_faults():
        rows = ask(store, wanted)
    return _entry_of(rows[0]) if rows else None


def verify(store: Path, known: Mapping[int, str] | None = None) -> Verified:
    """Recompute the chain from its beginning, with all rows it covers, up to the first entry that is not intact.

    `known` maps entry numbers to hashes kept elsewhere, as backups keep them; they reveal a chain that was rewritten
    from the beginning.
    """
    with plain_faults(), reading(store) as connection:
        return _follow(connection, dict(known or {})) if connection else Verified(0, BEGINNING)


def _follow(connection: Connection, known: dict[int, str]) -> Verified:
    held, before = 0, None
    rows = connection.execute(select(tables.audit).order_by(tables.audit.c.number)).mappings().all()
    for row in rows:
        fault = _fault(connection, row, before, known.pop(row["number"], None))
        if fault:
            return Verified(held, before["sha"] if before else BEGINNING, row["number"], fault)
        held, before = held + 1, row
    head = before["sha"] if before else BEGINNING
    if known:
        return Verified(held, head, min(known), "这一条在备份里有，现在没有了")
    return Verified(held, head)


def _fault(connection: Connection, row: RowMapping, before: RowMapping | None, known: str | None) -> str:
    """Return what is wrong with an entry, "" when it is intact."""
    content = {column: row[column] for column in row if column != "sha"}
    if row["number"] != (before["number"] + 1 if before else 1):
        return "前面少了一条"
    if row["before"] != (before["sha"] if before else BEGINNING):
        return "与前一条接不上"
    if row["sha"] != _sha(content):
        return "内容被改过"
    if before and row["at"] < before["at"]:
        return "时间早于前一条"
    if known is not None and known != row["sha"]:
        return "与备份里的不一样"
    reached = json.loads(row["reached"])
    if row["seal"] != _seal(connection, json.loads(before["reached"]) if before else {}, reached):
        return "这一条以前的收退记录被改过"
    return ""


def _last(connection: Connection) -> RowMapping | None:
    wanted = select(tables.audit).order_by(tables.audit.c.number.desc()).limit(1)
    return connection.execute(wanted).mappings().first()


def _times(last: RowMapping | None) -> tuple[str, str]:
    """Return the time of the next entry, never before the last one's, and the clock's reading if that was earlier."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return (last["at"], now) if last and now < last["at"] else (now, "")


def _reached(connection: Connection) -> dict[str, int]:
    """Return the number of the last row of every table that the audit's hashes cover."""
    lasts = [select(func.max(key)).scalar_subquery() for key in _SEALED]
    numbers = connection.execute(select(*lasts)).one()
    return {key.table.name: number or 0 for key, number in zip(_SEALED, numbers, strict=True)}


def _seal(connection: Connection, since: Mapping[str, int], until: Mapping[str, int]) -> str:
    """Return the hash of the rows added to the journal between two entries."""
    digest = hashlib.sha256()
    for key in _SEALED:
        name = key.table.name
        first, last = since.get(name, 0), until.get(name, 0)
        if first < last:
            wanted = select(key.table).where(key > first, key <= last).order_by(key)
            for row in connection.execute(wanted).mappings().yield_per(_BATCH):
                digest.update(_canonical([name, _without_defaults(key.table, row)]).encode())
    return digest.hexdigest()


def _without_defaults(table: Table, row: RowMapping) -> dict[str, Any]:
    """Return a row without the values that are defaults, so that a column added by a later version changes no hash."""
    return {column.name: row[column.name] for column in table.columns if row[column.name] != _default(column)}


def _default(column: Column[Any]) -> Any:
    """Return a column's default as a row of that column holds it, None when it has none."""
    if column.server_default is None:
        return None
    return column.type.python_type(str(column.server_default.arg))  # type: ignore[attr-defined]


def _canonical(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(dict(row)).encode()).hexdigest()


def _entry_of(row: RowMapping) -> AuditEntry:
    fields = {name: row[name] for name in ("number", "at", "clock", "who", "verb", "about", "sha")}
    return AuditEntry(**fields, details=_details(row["details"]))


def _details(text: str) -> Mapping[str, str | int]:
    """Return the details of an entry, or their raw text if somebody altered it so that it can't be parsed."""
    try:
        details = json.loads(text)
    except ValueError:
        return {"altered": text}
    return details if isinstance(details, dict) else {"altered": text}
