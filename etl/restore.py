"""Restore: make a store from a backup. Verified before and after, and what lay there before is moved aside, not lost.

The new store is put together and verified in a folder of its own within the store (so on the same disk). Only then
its parts change places with the old ones, one by one; a kill in between is made good by whoever opens the store next.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from etl.backup import refuse_journal_elsewhere
from etl.holding import hold_store
from etl.keeping.manifest import JOURNAL, Manifest, find_backup, read_manifest
from etl.keeping.pool import PART, copy_file, flush_folder
from etl.keeping.verifying import verify_backup
from etl.loading.publish import point_to
from stats.errors import UserError
from stats.storage import plain_faults
from stats.warehouse import current_build
from store.audit import note, verify
from store.verbs import Verb

READY = "restoring"  # verified, and changing places
_ASIDE = "aside"
_FILLING = f"{PART}{READY}"
_PARTS = (JOURNAL, "inbox", "warehouse")  # what readers look at comes last
_BESIDE = (f"{JOURNAL}-journal", f"{JOURNAL}-wal", f"{JOURNAL}-shm")


def restore(folder: Path, store: Path, named: str = "", aside: bool = False, who: str = "") -> Manifest:
    """Make a store from a backup (the latest unless named) and return what it holds.

    Raises UserError when the backup is not whole, the store is in use, or it holds data already and `aside` does not
    allow to move them aside.
    """
    refuse_journal_elsewhere()
    backup = find_backup(folder, named)
    manifest = read_manifest(backup)
    if faults := verify_backup(backup):
        raise UserError(f"备份“{backup.name}”不完整，没有恢复：{'；'.join(faults[:3])}。请换用别的一份。")
    with plain_faults():
        store.mkdir(parents=True, exist_ok=True)
        with hold_store(store, "恢复"), _alone(store):
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
    """Let the parts of a verified restore change places with the old ones; remove what a killed one left.

    Call under the store's lock. Each part moves on its own: one whose place was changed already is left alone.
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
    old = [name, *(_BESIDE if name == JOURNAL else ())]
    for path in (store / one for one in old):
        if path.exists():
            aside.mkdir(exist_ok=True)
            path.rename(aside / path.name)


def _holds_data(store: Path) -> bool:
    return (store / JOURNAL).exists() or any(any((store / name).glob("*")) for name in ("inbox", "warehouse"))


@contextmanager
def _alone(store: Path) -> Iterator[None]:
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
    """Raise UserError unless what was put together reads as it did at the time of the backup."""
    found = verify(filling, {manifest.audit_number: manifest.audit_head} if manifest.audit_number else {})
    current = current_build(filling)
    if found.broken is not None or (current.name if current else "") != manifest.current:
        raise UserError(f"恢复后核对不上（{found.fault or '当前的数据文件'}），没有恢复。请换用别的备份。")


def _make_ready(store: Path) -> None:
    """Say that the new parts may take their places, and where the old ones go."""
    filling = store / _FILLING
    stamp = f"{_ASIDE}-{datetime.now():%Y%m%d-%H%M%S}"
    names = (f"{stamp}-{number}" if number else stamp for number in count())
    free = next(name for name in names if not (store / name).exists())
    (filling / _ASIDE).write_text(free, encoding="utf-8")
    for path in (filling / "inbox", filling / "warehouse", filling):
        flush_folder(path)
    os.rename(filling, store / READY)
    flush_folder(store)
