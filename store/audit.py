"""The audit: who did what when, append-only, each entry chained to the one before by its hash.

The journal's receipts, decisions and objections are evidence themselves, so the audit does not repeat them: an entry
says in one line who did what, and seals what the journal has grown by since the entry before. Whoever alters, inserts
or deletes a row of either breaks the chain at the first entry after it. What only the audit tells is what leaves no
other trace: who signed in, looked at an original, took figures out, made a backup.

The order is that of the numbers. `at` never goes back; where the machine's clock did, `clock` keeps what it showed.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, func, insert, select

from stats.storage import plain_faults
from store import schema as tables
from store.engine import ask, reading, writing
from store.verbs import Verb

BEGINNING = "0" * 64  # what the first entry is chained to
_SEALED = (
    tables.received.c.seq,
    tables.outcome.c.id,
    tables.confirmation.c.id,
    tables.matching.c.id,
    tables.frozen.c.id,
    tables.objection.c.id,
    tables.objection_answer.c.id,
)
_BATCH = 1000


@dataclass(frozen=True)
class Deed:
    """Something that was done: by whom, what, about what (plain words), and what else belongs to it."""

    who: str
    verb: Verb
    about: str = ""
    details: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class AuditEntry:
    """An entry of the audit. `clock` is "" unless the machine's clock stood before the entry before this one."""

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
    """What verifying found: how many entries hold, the hash of the last of them, and what broke the chain, if anything.

    `broken` is the number of the first entry that does not hold, None when all do.
    """

    entries: int
    head: str
    broken: int | None = None
    fault: str = ""


def note(store: Path, who: str, what: Verb, about: str = "", **details: str | int) -> None:
    """Note what leaves no other trace in the journal: something was looked at, taken out, backed up.

    Raises UserError when it can't be noted: then it should not be done. What changes the journal is noted by `add`.
    """
    with plain_faults(), writing(store) as connection:
        add(connection, [Deed(who, what, about, details)])


def add(connection: Connection, deeds: Sequence[Deed]) -> None:
    """Add entries within a transaction that `writing` began, so that they stand or fall with what they speak of."""
    for deed in deeds:
        last = _last(connection)
        at, clock = _times(last)
        reached = _reached(connection)
        row = {
            "number": last["number"] + 1 if last else 1,
            "at": at,
            "clock": clock,
            "who": deed.who.strip(),
            "verb": deed.verb.code,
            "about": deed.about,
            "details": _canonical(dict(deed.details)),
            "reached": _canonical(reached),
            "seal": _seal(connection, json.loads(last["reached"]) if last else {}, reached),
            "before": last["sha"] if last else BEGINNING,
        }
        connection.execute(insert(tables.audit).values(**row, sha=_sha(row)))


def entries(store: Path) -> list[AuditEntry]:
    """Return every entry, oldest first; none where nothing was ever noted."""
    with plain_faults():
        return [_entry_of(row) for row in ask(store, select(tables.audit).order_by(tables.audit.c.number))]


def last_entry(store: Path, *verbs: Verb) -> AuditEntry | None:
    """Return the latest entry of some verbs, of any when none is named; None when there is none."""
    wanted = select(tables.audit).order_by(tables.audit.c.number.desc()).limit(1)
    if verbs:
        wanted = wanted.where(tables.audit.c.verb.in_([verb.code for verb in verbs]))
    with plain_faults():
        found = ask(store, wanted)
    return _entry_of(found[0]) if found else None


def verify(store: Path, known: Mapping[int, str] | None = None) -> Verified:
    """Follow the chain from its beginning, with all it seals, up to the first entry that does not hold.

    `known` are hashes kept elsewhere by their numbers, as backups keep them: against those even a chain that was made
    anew from its beginning is found out.
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
    """Return what is wrong with an entry, "" when it holds."""
    told = {column: row[column] for column in row if column != "sha"}
    if row["number"] != (before["number"] + 1 if before else 1):
        return "前面少了一条"
    if row["before"] != (before["sha"] if before else BEGINNING):
        return "与前一条接不上"
    if row["sha"] != _sha(told):
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
    """Return the time of the next entry, never before the last, and the clock's own where it stood before that."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    return (last["at"], now) if last and now < last["at"] else (now, "")


def _reached(connection: Connection) -> dict[str, int]:
    """Return the number of the last row of every table that is sealed."""
    lasts = [select(func.max(key)).scalar_subquery() for key in _SEALED]
    found = connection.execute(select(*lasts)).one()
    return {key.table.name: number or 0 for key, number in zip(_SEALED, found, strict=True)}


def _seal(connection: Connection, since: Mapping[str, int], until: Mapping[str, int]) -> str:
    """Return the hash of what the journal grew by between two entries."""
    digest = hashlib.sha256()
    for key in _SEALED:
        name = key.table.name
        first, last = since.get(name, 0), until.get(name, 0)
        if first < last:
            wanted = select(key.table).where(key > first, key <= last).order_by(key)
            for row in connection.execute(wanted).mappings().yield_per(_BATCH):
                digest.update(_canonical([name, _told(key.table, row)]).encode())
    return digest.hexdigest()


def _told(table: Table, row: RowMapping) -> dict[str, Any]:
    """Return a row without what stands at its default: a column that a later version adds changes no hash."""
    return {column.name: row[column.name] for column in table.columns if row[column.name] != _default(column)}


def _default(column: Column[Any]) -> str | None:
    return str(column.server_default.arg) if column.server_default is not None else None  # type: ignore[attr-defined]


def _canonical(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha(row: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(dict(row)).encode()).hexdigest()


def _entry_of(row: RowMapping) -> AuditEntry:
    told = {name: row[name] for name in ("number", "at", "clock", "who", "verb", "about", "sha")}
    return AuditEntry(**told, details=_details(row["details"]))


def _details(text: str) -> Mapping[str, str | int]:
    """Return what else belongs to an entry; of one that somebody altered, so that it can't be read, the text itself."""
    try:
        told = json.loads(text)
    except ValueError:
        return {"altered": text}
    return told if isinstance(told, dict) else {"altered": text}
