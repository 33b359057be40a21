"""Verify: whether a backup still matches its manifest and can be restored."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from base.errors import UserError
from etl.backup.manifest import JOURNAL, Manifest, backups_in, read_manifest
from etl.backup.snapshot import Snapshot, agree
from etl.journal import read_entries
from store.audit import verify
from store.builds import STORE_VERSION
from store.immutable_files import copy_file, hash_of


def verify_backup(backup: Path) -> list[str]:
    """Return the faults of a backup, one sentence each; empty when it can be restored.

    The backup is not changed. Raises UserError when its manifest can't be read.
    """
    manifest = read_manifest(backup)
    return list(_check_files(backup.parent, manifest)) or list(_check_journal(backup, manifest))


def heads_in(folder: Path) -> dict[int, str]:
    """Return the hashes of the audit that readable backups hold, by entry number."""
    heads = {}
    for backup in backups_in(folder):
        try:
            manifest = read_manifest(backup)
        except UserError:
            continue
        heads[manifest.audit_number] = manifest.audit_head
    return {number: head for number, head in heads.items() if number}


def _check_files(folder: Path, manifest: Manifest) -> Iterator[str]:
    for file in manifest.files:
        path = folder / file.kept
        if not path.is_file():
            yield f"缺文件 {file.kept}"
        elif path.stat().st_size != file.size or hash_of(path) != file.sha256:
            yield f"文件 {file.kept} 与备份时不一样；请删掉它，再备份一次，会重新复制"
    if manifest.current and f"warehouse/{manifest.current}" not in {file.path for file in manifest.files}:
        yield f"清单里没有当前的数据文件 {manifest.current}"
    if manifest.store_version > STORE_VERSION:
        yield f"数据是第 {manifest.store_version} 版格式，本程序只认得第 {STORE_VERSION} 版"


def _check_journal(backup: Path, manifest: Manifest) -> Iterator[str]:
    with TemporaryDirectory(prefix="mingshu-") as folder:  # on a copy, because opening an older journal migrates it
        copy = Path(folder)
        copy_file(backup / JOURNAL, copy / JOURNAL)
        try:
            yield from _check_copy(copy, backup.parent, manifest)
        except (sqlite3.DatabaseError, UserError) as error:
            yield f"日志打不开：{error}"


def _check_copy(copy: Path, folder: Path, manifest: Manifest) -> Iterator[str]:
    with closing(sqlite3.connect(copy / JOURNAL)) as connection:
        (verdict,) = connection.execute("pragma integrity_check(1)").fetchone()
    if verdict != "ok":
        yield f"日志已损坏：{verdict}"
        return
    known = {manifest.audit_number: manifest.audit_head} if manifest.audit_number else {}
    verified = verify(copy, known)
    if verified.broken is not None:
        yield f"操作记录第 {verified.broken} 条：{verified.fault}"
    current = next((file.kept for file in manifest.files if file.path == f"warehouse/{manifest.current}"), None)
    build = folder / current if current else None
    if (build is None or build.is_file()) and not agree(Snapshot(read_entries(copy), build)):
        yield "日志和数据对不上"
