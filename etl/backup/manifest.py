"""The manifest of a backup: every file in it with its hash, the versions that wrote it, and the audit's last entry.

A backup is a folder NNNNNN-YYYYMMDD-HHMM with its manifest and the journal. Files that never change are stored once and
shared by all backups: inbox/ holds originals, builds/ published builds, each under the hash of its content.
"""

import hashlib
import json
import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from base.errors import UserError

MANIFEST, JOURNAL = "manifest.json", "journal.sqlite"
INBOX, BUILDS = "inbox", "builds"
FORMAT = 1
_ROOT = Path(__file__).resolve().parents[2]
_NUMBER = 6  # digits


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KeptFile(_Closed):
    """A file: its path in the store, its path in the backups' folder, its hash and its size in bytes."""

    path: str
    kept: str
    sha256: str
    size: int


class Manifest(_Closed):
    """The content of a backup. `current` is the current build, "" if there was none.

    `missing` are originals that were missing from the inbox or altered; they were not copied. `audit_number` and
    `audit_head` are the last entry of the audit and its hash.
    """

    format: int
    name: str
    made_at: str
    program: str
    store_version: int
    journal_version: int
    current: str
    files: tuple[KeptFile, ...]
    missing: tuple[str, ...]
    audit_number: int
    audit_head: str


def program_version() -> str:
    """Return the version of this program."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a manifest into a backup's folder, preceded by its own hash."""
    content = manifest.model_dump_json(indent=1)
    document = {"sha256": hashlib.sha256(content.encode()).hexdigest(), "manifest": json.loads(content)}
    (folder / MANIFEST).write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a backup. Raises UserError when it is missing, damaged or of a later version."""
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest.model_validate(document["manifest"])
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        raise UserError(f"备份“{folder.name}”的清单读不了，这一份不能用。请换用别的一份。") from None
    if manifest.format > FORMAT:
        raise UserError(f"备份“{folder.name}”是更新的程序做的，请用新的程序恢复。")
    content = manifest.model_dump_json(indent=1)
    if document.get("sha256") != hashlib.sha256(content.encode()).hexdigest():
        raise UserError(f"备份“{folder.name}”的清单被改动过，这一份不能用。请换用别的一份。")
    return manifest


def backups_in(folder: Path) -> list[Path]:
    """Return the folders of the backups, oldest first: by number, whatever the clock said."""
    folders = [path for path in folder.glob("*-*-*") if path.is_dir() and path.name[:_NUMBER].isdigit()]
    return sorted(folders, key=lambda path: path.name)


def next_name(folder: Path, stamp: str) -> str:
    """Return the name of the next backup; `stamp` is its time."""
    number = max((int(path.name[:_NUMBER]) for path in backups_in(folder)), default=0) + 1
    return f"{number:0{_NUMBER}d}-{stamp}"


def find_backup(folder: Path, named: str = "") -> Path:
    """Return one backup by its name or number, else the latest. Raises UserError when there is none."""
    paths = [path for path in backups_in(folder) if not named or path.name == named or path.name[:_NUMBER] == named]
    if not paths and named and (number := named.lstrip("0")).isdigit():
        paths = [path for path in backups_in(folder) if path.name[:_NUMBER].lstrip("0") == number]
    if not paths:
        what = f"没有名为“{named}”的备份" if named else "没有备份"
        raise UserError(f"“{folder}”里{what}。请核对备份的目录。")
    return paths[-1]
