"""Store audit: originals, journal, builds, audit chain and catalogue are compared with each other.

Nothing is changed. A copy of the journal as of one moment is checked, so this can run while the store is in use.
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from base.errors import UserError
from etl.backup.manifest import INBOX, JOURNAL
from etl.journal import ACCEPTED, Entry, read_entries
from etl.journal.frozen_scores import frozen_builds
from etl.load.contents import catalogue_print
from etl.pipeline.refusals import fault_of
from stats.catalogue_in_force import catalogue_in_force
from stats.warehouse import connect_build
from store.audit import verify
from store.builds import CURRENT, STORE_VERSION, builds_of, current_build, kept_build
from store.disk_errors import plain_faults
from store.immutable_files import PART
from store.paths import data_lie_in, journal_elsewhere, journal_lies_in

_TRIES = 3
_RECONCILE = Path(__file__).parent / "load" / "sql" / "900_reconcile.sql"  # the query for contradictions in a build


def audit_store(store: Path) -> list[str]:
    """Return the faults of a store, one sentence each; empty when it is consistent.

    Raises UserError when there is no store, or the disk fails.
    """
    if not store.is_dir():
        raise UserError(f"没有数据目录“{store}”。请核对 --store 或 MINGSHU_STORE。")
    with plain_faults():
        if not journal_lies_in(store):
            return ["日志不见了，收件箱和数据却还在"] if data_lie_in(store) else []
        for _ in range(_TRIES):
            before = _pointer(store)
            files = _look(store)
            if _pointer(store) == before:  # otherwise a load was published meanwhile: check again
                break
        return files


def _pointer(store: Path) -> bytes:
    path = store / "warehouse" / CURRENT
    return path.read_bytes() if path.is_file() else b""


def _look(store: Path) -> list[str]:
    if journal_elsewhere():
        return list(_check(store, store))
    with TemporaryDirectory(prefix="mingshu-") as folder:
        return list(_check_journal(store, Path(folder)))


def _check_journal(store: Path, folder: Path) -> Iterator[str]:
    """Check a copy of the journal; if it is unreadable, everything else is still checked by itself."""
    try:
        with closing(sqlite3.connect(f"file:{store / JOURNAL}?mode=ro", uri=True)) as journal:
            journal.execute("begin")
            (text,) = journal.execute("pragma integrity_check(1)").fetchone()
            with closing(sqlite3.connect(folder / JOURNAL)) as copy:
                journal.backup(copy)
    except sqlite3.OperationalError:  # locked, or a disk error: this says nothing about the journal
        raise
    except sqlite3.DatabaseError as error:
        text = str(error)
    if text != "ok":
        yield f"日志已损坏：{text}"
        yield from _check_builds(store, None, ())
        return
    yield from _check(store, folder)


def _check(store: Path, journal: Path) -> Iterator[str]:
    """Check everything; `journal` is the folder whose journal is read."""
    entries = read_entries(journal)
    chain = verify(journal)
    if chain.broken is not None:
        yield f"操作记录第 {chain.broken} 条：{chain.fault}"
    yield from _check_originals(store, entries)
    yield from _check_builds(store, entries, frozen_builds(journal))


def _check_originals(store: Path, entries: Sequence[Entry]) -> Iterator[str]:
    kept = {entry.sha for entry in entries if not entry.forgotten}
    for entry in entries:
        fault = fault_of(store, entry)
        if entry.sha in kept and fault:
            yield f"第 {entry.seq} 号“{entry.name}”的原件{fault}（{entry.file}）"
        if entry.sha not in kept and (store / entry.file).exists():
            yield f"第 {entry.seq} 号“{entry.name}”的原件已说删除，却还在（{entry.file}）"
    known = {entry.file for entry in entries}
    for path in sorted((store / INBOX).glob("*")):
        if f"{INBOX}/{path.name}" not in known and not path.name.startswith(PART):
            yield f"收件箱里的 {path.name} 是日志里没有的"


def _check_builds(store: Path, entries: Sequence[Entry] | None, frozen: Collection[int]) -> Iterator[str]:
    """Check every build; the current one also against the journal if its receipts are known."""
    try:
        current = current_build(store)
    except UserError as error:
        current = None
        yield str(error)
    for path in builds_of(store / "warehouse"):
        try:
            with connect_build(path) as connection:
                yield from _check_build(connection, path)
                if path == current:
                    yield from _check_current(store, connection, entries)
        except (UserError, duckdb.Error):
            yield f"数据文件 {path.name} 打不开或已损坏"
    if current is None and entries and any(_settled(entry) for entry in entries):
        yield "日志里有已收下的报表，却没有当前的数据"
    yield from (f"冻结得分用的第 {number} 版数据不见了" for number in sorted(frozen) if not kept_build(store, number))


def _check_build(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[str]:
    """Read a build completely, so that a damaged block is found, and check that it is the one its name says."""
    names = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    for (name,) in names:
        connection.execute("select sum(hash(whole)) from query_table($name) whole", {"name": name}).fetchall()
    (number,) = connection.execute("select max(number) from core.build").fetchall()[0]
    if number != int(path.stem):
        yield f"数据文件 {path.name} 里写的是第 {number} 版"


def _check_current(
    store: Path, connection: duckdb.DuckDBPyConnection, entries: Sequence[Entry] | None
) -> Iterator[str]:
    version, made_from = connection.execute("select store_version, catalogue from core.build").fetchall()[0]
    if version != STORE_VERSION:
        yield f"当前的数据是第 {version} 版格式，本程序要第 {STORE_VERSION} 版"
        return
    if made_from != catalogue_print(catalogue_in_force(store)):
        yield "当前的数据是按另一份指标目录做的；下次上报时会重建，也可以现在就重建"
    yield from (f"当前的数据里，{row[0]}" for row in connection.execute(_RECONCILE.read_text("utf-8")).fetchall())
    if entries is not None:
        inside = dict(connection.execute("select id, sha from raw.submission").fetchall())
        yield from _compare(inside, entries)


def _compare(inside: Mapping[int, str], entries: Sequence[Entry]) -> Iterator[str]:
    """Compare the receipts in the build with the journal's; those of an unfinished load may be in or out."""
    for entry in entries:
        name = f"第 {entry.seq} 号“{entry.name}”"
        if _settled(entry) and entry.seq not in inside:
            yield f"{name}日志记为已收下，当前的数据里却没有"
        elif entry.seq in inside and entry.what not in (ACCEPTED, None) and not entry.intent:
            yield f"{name}日志没有记为已收下，却在当前的数据里"
        elif inside.get(entry.seq, entry.sha) != entry.sha:
            yield f"{name}的校验码，日志和当前的数据记的不一样"
    unknown = sorted(inside.keys() - {entry.seq for entry in entries})
    yield from (f"当前的数据里有第 {seq} 号上报，日志里没有" for seq in unknown)


def _settled(entry: Entry) -> bool:
    return entry.what == ACCEPTED and not entry.intent
