"""Receive: store each file unchanged in the inbox, under its sha256."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from base.errors import UserError

_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")
_WRITERS = 8  # files copied into the inbox at once
OURS = ("~$", ".")  # lock files of office programs, hidden files


def find_files(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files that paths, folders and patterns name, sorted. Raises UserError when a path names nothing."""
    files: set[Path] = set()
    for path in map(Path, paths):
        named = _expand(path)
        if not named:
            raise UserError(f"“{path}”不存在，或里面没有文件。请核对路径。")
        files.update(named)
    return sorted(files)


def _expand(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if path.is_dir():
        return [file for file in path.rglob("*") if file.is_file() and not file.name.startswith(OURS)]
    return [file for file in Path(path.anchor or ".").glob(str(path.relative_to(path.anchor))) if file.is_file()]


def keep_files(inbox: Path, files: Sequence[Path]) -> list[tuple[str, Path]]:
    """Keep files in the inbox and return the sha256 and path of each. The same content is kept once.

    A kept file whose content was damaged is written again. Several files are written at once, because flushing one by
    one would take longer than reading them all.
    """
    with ThreadPoolExecutor(_WRITERS) as pool:
        shas = list(pool.map(sha_of, files))
        existing = {path.stem: path for path in inbox.iterdir() if path.is_file()}
        kept = {sha: existing[sha] for sha in set(shas) & existing.keys() if sha_of(existing[sha]) == sha}
        fresh = {sha: file for sha, file in zip(shas, files, strict=True) if sha not in kept}
        places = [existing.get(sha) or _place(inbox, file, sha) for sha, file in fresh.items()]
        kept |= zip(fresh, pool.map(_keep, fresh.values(), places), strict=True)
    return [(sha, kept[sha]) for sha in shas]


def sha_of(file: Path) -> str:
    """Return the sha256 of a file's content."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _place(inbox: Path, file: Path, sha: str) -> Path:
    suffix = file.suffix.lower()
    return inbox / (sha + (suffix if _SUFFIX.fullmatch(suffix) else ""))


def _keep(file: Path, path: Path) -> Path:
    """Write to a temporary name, flush to disk and rename, so that a kill leaves no partial file."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="part-", delete=False) as copy:
        with file.open("rb") as content:
            shutil.copyfileobj(content, copy)
        copy.flush()
        os.fsync(copy.fileno())
    os.replace(copy.name, path)
    return path
