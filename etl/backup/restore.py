"""Restore: create a store from a backup, verified before and after; existing data are moved aside and not deleted.

The new store is assembled and verified in a subfolder of the store, on the same disk. Only then are its parts swapped
with the old ones, one by one; if that is killed, whoever opens the store next completes it.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from base.errors import UserError
from etl.backup import refuse_journal_elsewhere
from etl.backup.manifest import JOURNAL, Manifest, find_backup, read_manifest
from etl.backup.verify import verify_backup
from store.audit import note, verify
from store.builds import current_build
from store.disk_errors import plain_faults
from store.immutable_files import PART, copy_file, flush_folder
from store.publish import point_to
from store.server_lock import hold_store
from store.verbs import Verb

READY = "restoring"  # verified, and being swapped in
_ASIDE = "aside"
_FILLING = f"{PART}{READY}"
_PARTS = (JOURNAL, "inbox", "warehouse")  # the part that readers use comes last
_COMPANIONS = (f"{JOURNAL}-journal", f"{JOURNAL}-wal", f"{JOURNAL}-shm")  # what SQLite keeps beside a journal in use


def restore(folder: Path, store: Path, named: str = "", aside: bool = False, who: str = "") -> Manifest:
    """Create a store from a backup (by default the latest) and return the backup's manifest.

    Raises UserError when the backup is damaged, the store is in use, or it already holds data and `aside` is not set.
    """
    refuse_journal_elsewhere()
    backup = find_backup(folder, named)
    manifest = read_manifest(backup)
    if faults := verify_backup(backup):
        raise UserError(f"备份“{backup.name}”不完整，没有恢复：{'；'.join(faults[:3])}。请换用别的一份。")
    with plain_faults():
        store.mkdir(parents=True, exist_ok=True)
        with hold_store(store, "恢复"), _exclusively(store):
            finish_restore(store)
            if _holds_data(store) and not aside:
                raise UserError(
                    f"“{store}”里已有数据，没有恢复。请换一个空目录；要替换它，请加 --aside，原来的会移到旁边。"
                )
            _fill(store, folder, manifest)
            _verify(store / _FILLING, manifest)
            _make_ready(store)
            finish_restore(store)
    note(store, who, Verb.RESTORED, manifest.name, source=str(folder), files=len(manifest.files))
    return manifest


def finish_restore(store: Path) -> None:
    """Swap the parts of a verified restore with the old ones; remove the leftovers of a killed one.

    Call under the store's lock. Each part is swapped separately; parts that are already in place are skipped.
    """
    shutil.rmtree(store / _FILLING, ignore_errors=True)
    ready = store / READY
    if not ready.is_dir():
        return
    aside = store / (ready / _ASIDE).read_text(encoding="utf-8")
    for name in _PARTS:
        if (ready / name).exists():
            _move_aside(store, name, aside)
            (ready / name).rename(store / name)
    flush_folder(store)
    shutil.rmtree(ready)


def _move_aside(store: Path, name: str, aside: Path) -> None:
    old = [name, *(_COMPANIONS if name == JOURNAL else ())]
    for path in (store / name for name in old):
        if path.exists():
            aside.mkdir(exist_ok=True)
            path.rename(aside / path.name)


def _holds_data(store: Path) -> bool:
    return (store / JOURNAL).exists() or any(any((store / name).glob("*")) for name in ("inbox", "warehouse"))


@contextmanager
def _exclusively(store: Path) -> Iterator[None]:
    try:
        with FileLock(store / "lock", timeout=0):
            yield
    except Timeout:
        raise UserError(f"“{store}”里有上报正在进行，没有恢复。请等它结束后再试。") from None


def _fill(store: Path, folder: Path, manifest: Manifest) -> None:
    filling = store / _FILLING
    for name in ("inbox", "warehouse"):
        (filling / name).mkdir(parents=True)
    for file in manifest.files:
        if copy_file(folder / file.kept, filling / file.path) != file.sha256:
            raise UserError(f"备份里的文件 {file.kept} 读出来与备份时不一样，没有恢复。请检查备份所在的磁盘。")
    if manifest.current:
        point_to(filling / "warehouse", int(Path(manifest.current).stem))


def _verify(filling: Path, manifest: Manifest) -> None:
    """Raise UserError unless the assembled store reads as it did at the time of the backup."""
    verified = verify(filling, {manifest.audit_number: manifest.audit_head} if manifest.audit_number else {})
    current = current_build(filling)
    if verified.broken is not None or (current.name if current else "") != manifest.current:
        raise UserError(f"恢复后核对不上（{verified.fault or '当前的数据文件'}），没有恢复。请换用别的备份。")


def _make_ready(store: Path) -> None:
    """Mark the new parts as ready to be swapped in, with the folder for the old ones."""
    filling = store / _FILLING
    stamp = f"{_ASIDE}-{datetime.now():%Y%m%d-%H%M%S}"
    names = (f"{stamp}-{number}" if number else stamp for number in count())
    free = next(name for name in names if not (store / name).exists())
    (filling / _ASIDE).write_text(free, encoding="utf-8")
    for path in (filling / "inbox", filling / "warehouse", filling):
        flush_folder(path)
    os.rename(filling, store / READY)
    flush_folder(store)
