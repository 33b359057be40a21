"""Receive: keep each file as it came, under its sha256, in the inbox."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from stats.errors import UserError

_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")
_OURS = ("~$", ".")  # lock files of office programs, hidden files


def find_files(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files that paths, folders and patterns name, sorted. Raises UserError when a path names nothing."""
    found: set[Path] = set()
    for path in map(Path, paths):
        named = _expand(path)
        if not named:
            raise UserError(f"“{path}”不存在，或里面没有文件。请核对路径。")
        found.update(named)
    return sorted(found)


def _expand(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if path.is_dir():
        return [file for file in path.rglob("*") if file.is_file() and not file.name.startswith(_OURS)]
    return [file for file in Path(path.anchor or ".").glob(str(path.relative_to(path.anchor))) if file.is_file()]


def keep_file(inbox: Path, content: bytes, name: str) -> tuple[str, Path]:
    """Keep the content in the inbox and return its sha256 and path. The same content is kept once.

    The file is written beside its final name, flushed to disk and renamed, so a kill leaves no half file there.
    """
    sha = hashlib.sha256(content).hexdigest()
    suffix = Path(name).suffix.lower()
    path = inbox / (sha + (suffix if _SUFFIX.fullmatch(suffix) else ""))
    kept = next(inbox.glob(f"{sha}*"), None)
    if kept:
        return sha, kept
    with tempfile.NamedTemporaryFile(dir=inbox, prefix="part-", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
    return sha, path
