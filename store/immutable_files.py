"""Immutable files, stored once for all backups: written under a temporary name, flushed, then renamed."""

import hashlib
import os
import tempfile
from collections.abc import Collection
from pathlib import Path

from store.publish import flush

_BLOCK = 1 << 20  # bytes hashed at once
PART = "part-"


def hash_of(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def copy_file(source: Path, target: Path) -> str:
    """Copy a file atomically and return the sha256 of what was copied."""
    digest = hashlib.sha256()
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        source.open("rb") as content,
        tempfile.NamedTemporaryFile(dir=target.parent, prefix=PART, delete=False) as part,
    ):
        try:
            while block := content.read(_BLOCK):
                digest.update(block)
                part.write(block)
            part.flush()
            os.fsync(part.fileno())
            os.replace(part.name, target)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    return digest.hexdigest()


def flush_folder(folder: Path) -> None:
    """Flush a folder's entries to disk, on systems that allow it."""
    if os.name == "posix":
        flush(folder)


def clear_parts(*folders: Path) -> None:
    """Remove the leftovers of a killed copy."""
    for folder in folders:
        for path in folder.glob(f"{PART}*"):
            if path.is_file():
                path.unlink()


def drop_unused(folder: Path, used: Collection[str]) -> None:
    """Remove the files of a folder that no backup uses any more; `used` are the names still in use."""
    for path in folder.glob("*"):
        if path.name not in used:
            path.unlink()
