"""Faults: a disk full or read-only, a journal in use, damaged or lost, a damaged build; each ends with its block."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from store.builds import current_build

MB = 1 << 20
_TOUCH = 0.01  # seconds that each touch of a slow disk takes
_TOUCHES = frozenset({"open", "os.listdir", "os.scandir", "os.rename", "os.mkdir", "sqlite3.connect"})
_SLOW: list[str] = []  # what lies below these is slow
Fault = Callable[[Path], AbstractContextManager[object]]


@contextmanager
def disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A separate disk of a given size. Only root can mount one, and not in every container."""
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], capture_output=True
    )
    if made.returncode:
        pytest.skip(f"no small disk can be mounted here: {made.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def leave(place: Path, room: int) -> Path:
    """Fill a disk except for a number of bytes; return the file that fills it."""
    filler = place / "filler"
    with filler.open("wb") as file:
        file.truncate(0)
        left = shutil.disk_usage(place).free - room
        while left > 0:
            left -= file.write(bytes(min(left, MB)))
    return filler


@contextmanager
def closed(store: Path) -> Iterator[Path]:
    """Make the store read-only: by remounting its disk for root, by its mode for others."""
    if os.geteuid():
        paths = [store, *store.rglob("*")]
        for path in paths:
            path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            yield store
        finally:
            for path in paths:
                path.chmod(0o755 if path.is_dir() else 0o644)
        return
    made = subprocess.run(["mount", "--bind", str(store), str(store)], capture_output=True)
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.decode().strip()}")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(store)], check=True)
        yield store
    finally:
        subprocess.run(["umount", "-l", str(store)], check=True)


@contextmanager
def full(store: Path) -> Iterator[None]:
    """Fill the disk of a store, which was made by `disk`."""
    filler = leave(store.parent, 0)
    try:
        yield
    finally:
        filler.unlink()


def _delay(event: str, values: tuple[object, ...]) -> None:
    if _SLOW and event in _TOUCHES and str(values[0]).startswith(tuple(_SLOW)):
        time.sleep(_TOUCH)


sys.addaudithook(_delay)


@contextmanager
def slow(store: Path) -> Iterator[None]:
    """A disk that takes its time: each opening of a file, each listing of a folder."""
    _SLOW.append(str(store))
    try:
        yield
    finally:
        _SLOW.remove(str(store))


def _held(begin: str) -> Fault:
    @contextmanager
    def hold(store: Path) -> Iterator[None]:
        with closing(sqlite3.connect(store / "journal.sqlite", check_same_thread=False)) as other:
            other.execute(begin)
            yield

    return hold


def _overwritten(find: Callable[[Path], Path], spoil: Callable[[bytes], bytes]) -> Fault:
    @contextmanager
    def overwrite(store: Path) -> Iterator[None]:
        path = find(store)
        whole = path.read_bytes()
        path.write_bytes(spoil(whole))
        try:
            yield
        finally:
            path.write_bytes(whole)

    return overwrite


def _moved(find: Callable[[Path], Path]) -> Fault:
    @contextmanager
    def move(store: Path) -> Iterator[None]:
        path = find(store)
        aside = path.rename(store.with_name("aside"))
        try:
            yield
        finally:
            aside.rename(path)

    return move


def _journal(store: Path) -> Path:
    return store / "journal.sqlite"


def _build(store: Path) -> Path:
    path = current_build(store)
    assert path
    return path


def _pointer(store: Path) -> Path:
    return store / "warehouse" / "CURRENT"


def _original(store: Path) -> Path:
    return min(path for path in (store / "inbox").iterdir() if path.is_file())


UNHURT: dict[str, Fault] = {  # nothing that is asked for every day is in its way
    "a slow disk": slow,
    "a lost original": _moved(_original),
    "an altered original": _overwritten(_original, lambda whole: whole + b" "),
}
READ_ON: dict[str, Fault] = {  # figures can still be read
    "a full disk": full,
    "a read-only disk": closed,
    "a journal written to by another": _held("begin immediate"),
    "a journal shut by another": _held("begin exclusive"),
}
OF_JOURNAL: dict[str, Fault] = {  # nobody can be authenticated
    "a journal of garbage": _overwritten(_journal, lambda whole: b"garbage " * 4096),
    "a journal cut short": _overwritten(_journal, lambda whole: whole[: len(whole) // 3]),
    "a damaged journal": _overwritten(_journal, lambda whole: whole[:100] + b"\xff" * (len(whole) - 100)),
    "an empty journal": _overwritten(_journal, lambda whole: b""),
    "a lost journal": _moved(_journal),
    "a vanished store": _moved(lambda store: store),
}
OF_BUILD: dict[str, Fault] = {  # there are no figures
    "a build of garbage": _overwritten(_build, lambda whole: b"garbage " * 4096),
    "an empty build": _overwritten(_build, lambda whole: b""),
    "a build cut short": _overwritten(_build, lambda whole: whole[: len(whole) // 2]),
    "a damaged build": _overwritten(_build, lambda whole: whole[:12288] + b"\xff" * (len(whole) - 12288)),
    "a lost build": _moved(_build),
    "CURRENT of garbage": _overwritten(_pointer, lambda whole: b"\xff\x00\xfe" * 9),
}
