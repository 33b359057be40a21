"""Backup: copy a store to another disk while it is in use; a killed backup leaves no partial copy under its name."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock, Timeout

from base.errors import UserError
from etl.backup.manifest import (
    BUILDS,
    FORMAT,
    INBOX,
    JOURNAL,
    KeptFile,
    Manifest,
    backups_in,
    next_name,
    program_version,
    read_manifest,
    write_manifest,
)
from etl.backup.snapshot import Snapshot, take_snapshot
from stats.papers.cited_figures import builds_cited
from store.audit import BEGINNING, last_entry, note
from store.builds import STORE_VERSION, kept_build
from store.disk_errors import plain_faults
from store.engine import refuse_lost
from store.immutable_files import PART, clear_parts, copy_file, drop_unused, flush_folder, hash_of
from store.paths import journal_elsewhere, journal_lies_in
from store.publish import flush
from store.schema import JOURNAL_VERSION
from store.verbs import Verb

KEEP = 14  # backups
_TRIES = 3
_NAMED = 5  # missing originals


@dataclass(frozen=True)
class Backup:
    """A finished backup: its folder, its manifest, and how many files were copied for it.

    `unnoted` says why the audit entry could not be written: a store on a full or read-only disk is still backed up.
    """

    folder: Path
    manifest: Manifest
    copied: int
    unnoted: str = ""

    def sentences(self) -> list[str]:
        """Return what was done, in sentences, with whatever was left out."""
        files, missing = self.manifest.files, self.manifest.missing
        size = sum(file.size for file in files) / (1 << 20)
        texts = [f"已备份到 {self.folder}：共 {len(files)} 个文件，{size:,.1f} 兆，新复制 {self.copied} 个。"]
        if missing:
            texts.append(f"有 {len(missing)} 份原件不在收件箱里，或与收到时不一样，没有备份：")
            texts += [f"  {file}" for file in missing[:_NAMED]]
        if self.unnoted:
            texts.append(f"备份已做好，但操作记录没有写进去：{self.unnoted}")
        return texts


def back_up(store: Path, folder: Path, keep: int = KEEP, who: str = "") -> Backup:
    """Copy a store into a folder of backups and prune all but the latest ones.

    Only new files are copied. Raises UserError when there is nothing to copy, the folder lies in the store, the journal
    lies in another database, or the disk is full; earlier backups stay unchanged.
    """
    _refuse(store, folder, keep)
    with plain_faults(), _one_backup_at_a_time(folder):
        made = _make(store, folder)
        _drop_old(folder, keep)
    try:
        note(store, who, Verb.BACKED_UP, made.folder.name, folder=str(folder), files=len(made.manifest.files))
    except UserError as error:
        return replace(made, unnoted=str(error))
    return made


def _refuse(store: Path, folder: Path, keep: int) -> None:
    inner, outer = folder.resolve(), store.resolve()
    if inner == outer or outer in inner.parents or inner in outer.parents:
        raise UserError(
            f"备份不能放在数据目录里，也不能把数据目录包在里面：“{folder}”。请另选一个目录，最好在另一块磁盘上。"
        )
    if keep < 1:
        raise UserError("至少要保留一份备份。请把保留的份数写成 1 或更多。")
    refuse_journal_elsewhere()
    refuse_lost(store)
    if not journal_lies_in(store):
        raise UserError(f"数据目录“{store}”里还没有数据，不用备份。")


def refuse_journal_elsewhere() -> None:
    """Raise UserError, saying what to do, when the journal is not a file in the store."""
    if journal_elsewhere():
        raise UserError(
            "日志不在数据目录里，而在另一个数据库里（MINGSHU_JOURNAL），这个命令备份不了。请停掉服务，用那个数据库自己的"
            "工具备份日志，再复制数据目录里的 inbox 和 warehouse；恢复时三样用同一次的。"
        )


@contextmanager
def _one_backup_at_a_time(folder: Path) -> Iterator[None]:
    folder.mkdir(0o700, parents=True, exist_ok=True)  # the originals hold personal data
    try:
        with FileLock(folder / "lock", timeout=0):
            _clear(folder)
            yield
    except Timeout:
        raise UserError("另一个备份正在往这个目录里写，请等它结束后再试。") from None


def _clear(folder: Path) -> None:
    """Remove the leftovers of a killed backup."""
    clear_parts(folder / INBOX, folder / BUILDS)
    for path in folder.glob(f"{PART}*"):
        shutil.rmtree(path)


def _make(store: Path, folder: Path) -> Backup:
    for left in reversed(range(_TRIES)):
        part = Path(mkdtemp(prefix=PART, dir=folder))
        try:
            return _fill(store, folder, part)
        except FileNotFoundError:  # a build was pruned, or an original deleted, while it was copied
            if not left:
                raise
        finally:
            shutil.rmtree(part, ignore_errors=True)
    raise AssertionError("unreachable")


def _fill(store: Path, folder: Path, part: Path) -> Backup:
    taken = take_snapshot(store, part)
    originals, missing, fresh = _keep_originals(store, folder, taken)
    builds, added = _keep_builds(store, folder, taken)
    at = datetime.now().astimezone()
    audit = last_entry(part)
    journal = part / JOURNAL
    name = next_name(folder, f"{at:%Y%m%d-%H%M}")
    file = KeptFile(path=JOURNAL, kept=f"{name}/{JOURNAL}", sha256=hash_of(journal), size=journal.stat().st_size)
    manifest = Manifest(
        format=FORMAT,
        name=name,
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        program=program_version(),
        store_version=STORE_VERSION,
        journal_version=JOURNAL_VERSION,
        current=taken.current.name if taken.current else "",
        files=(file, *builds, *originals),
        missing=tuple(missing),
        audit_number=audit.number if audit else 0,
        audit_head=audit.sha if audit else BEGINNING,
    )
    write_manifest(part, manifest)
    _settle(folder, part, name)
    return Backup(folder / name, manifest, fresh + added + 1)


def _settle(folder: Path, part: Path, name: str) -> None:
    """Rename a finished backup to its final name, which makes it valid."""
    for path in part.iterdir():
        flush(path)
    for shared in (folder / INBOX, folder / BUILDS, part):
        if shared.is_dir():
            flush_folder(shared)
    part.rename(folder / name)
    flush_folder(folder)


def _keep_originals(store: Path, folder: Path, snapshot: Snapshot) -> tuple[list[KeptFile], list[str], int]:
    """Copy the new originals; return all of them, the missing or altered ones, and how many were copied."""
    wanted = {entry.file: entry.kept_sha for entry in snapshot.entries if not entry.forgotten}
    kept, missing, fresh = [], [], 0
    for file, sha in wanted.items():
        source, target = store / file, folder / file
        # a copy is named by its hash and never changes; `backup --verify` hashes it again
        if not target.is_file():
            if not source.is_file() or hash_of(source) != sha:
                missing.append(file)
                continue
            copy_file(source, target)
            fresh += 1
        kept.append(KeptFile(path=file, kept=file, sha256=sha, size=target.stat().st_size))
    return kept, missing, fresh


def _keep_builds(store: Path, folder: Path, snapshot: Snapshot) -> tuple[list[KeptFile], int]:
    """Copy the current build and those that figures in papers came from; return them, and how many were copied."""
    cited = [kept_build(store, number) for number in sorted(builds_cited(store))]
    kept, fresh = [], 0
    for build in dict.fromkeys(path for path in (snapshot.current, *cited) if path):
        sha = hash_of(build)
        name = f"{BUILDS}/{sha}.duckdb"
        if not (folder / name).is_file():
            copy_file(build, folder / name)
            fresh += 1
        size = (folder / name).stat().st_size
        kept.append(KeptFile(path=f"warehouse/{build.name}", kept=name, sha256=sha, size=size))
    return kept, fresh


def _drop_old(folder: Path, keep: int) -> None:
    """Remove all but the latest backups, and the shared files that these do not use.

    While a backup's manifest can't be read, no shared file is removed, since that backup might use it.
    """
    for old in backups_in(folder)[:-keep]:
        doomed = old.rename(folder / f"{PART}{old.name}")  # a kill leaves no half backup under its name
        shutil.rmtree(doomed)
    try:
        used = {Path(file.kept).name for path in backups_in(folder) for file in read_manifest(path).files}
    except UserError:
        return
    drop_unused(folder / INBOX, used)
    drop_unused(folder / BUILDS, used)
