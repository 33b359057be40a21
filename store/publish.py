"""Publish: make a finished build the current one on disk, and clean up after a kill."""

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from store.builds import BUILD_NAME, CURRENT, builds_of

_KEEP = 20  # builds; decision 0002


def flush(path: Path) -> None:
    """Wait until a file (or, on POSIX, a folder) is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def point_to(folder: Path, number: int) -> None:
    """Move CURRENT to a build, in one step."""
    path = folder / "CURRENT.part"
    path.write_text(BUILD_NAME.format(number), encoding="utf-8")
    flush(path)
    os.replace(path, folder / CURRENT)  # readers see the old name or the new one, never a part
    if os.name == "posix":  # a folder can be flushed only there
        flush(folder)


def point_to_nothing(folder: Path) -> None:
    """Remove CURRENT, when the last data were withdrawn."""
    (folder / CURRENT).unlink(missing_ok=True)
    if os.name == "posix":
        flush(folder)


def prune(folder: Path, number: int, frozen: Collection[int] = ()) -> None:
    """Remove all but the last builds and those in which scores are frozen."""
    for path in builds_of(folder):
        if int(path.stem) <= number - _KEEP and int(path.stem) not in frozen:
            path.unlink()


def clear_leftovers(store: Path) -> None:
    """Remove the working copies and half-received files that a killed load left behind. Call under the store's lock."""
    places = (("warehouse", "work-*"), ("inbox", "part-*"), ("catalogue", "part-*"))
    leftovers = [path for folder, begun in places for path in (store / folder).glob(begun)]
    for path in leftovers:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()
