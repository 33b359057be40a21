"""Builds: the location of a store, the published builds it keeps and which of them is the current one."""

import os
import re
from pathlib import Path
from typing import NamedTuple

from base.errors import UserError

STORE_VARIABLE = "MINGSHU_STORE"
STORE_VERSION = 10  # raised when a build of the program before would be read wrongly
CURRENT = "CURRENT"
BUILD_NAME = "{:06d}.duckdb"
# CURRENT is a file anybody may edit: a path in it must not lead out of the folder.
_A_BUILD = re.compile(r"[0-9]{6,}\.duckdb")
LOAD = "python -m etl load"
REBUILD = "python -m etl build"
UPGRADE = "python -m etl upgrade"
_DEFAULT = Path(__file__).resolve().parent.parent / "data" / "store"
_State = tuple[int, ...] | None


class _CurrentName(NamedTuple):
    """The current build's name, its file, and the states of CURRENT and of that file that it holds for."""

    name: str
    path: str
    pointer: _State
    file: _State


_CURRENT_NAMES: dict[str, _CurrentName] = {}  # by the store's folder as it is given


def store_path(named: str | None = None) -> Path:
    """Return the store's folder: the one given, else the environment variable MINGSHU_STORE, else data/store."""
    return Path(os.path.realpath(named or os.environ.get(STORE_VARIABLE) or _DEFAULT))


def builds_of(folder: Path) -> list[Path]:
    """Return the published builds in a warehouse folder, oldest first."""
    return sorted(path for path in folder.glob("*.duckdb") if path.stem.isdigit())


def current_build(store: Path) -> Path | None:
    """Return the file of the current build, or None when nothing has been published.

    Raises UserError when CURRENT names no build, or one that is not there.
    """
    pointer = store / "warehouse" / CURRENT
    if not pointer.is_file():
        return None
    name = pointer.read_bytes().decode("utf-8", "replace").strip()
    if not _A_BUILD.fullmatch(name):
        raise UserError("数据不完整：CURRENT 里写的不是数据文件的名字。请管理员重建数据。", REBUILD)
    path = pointer.parent / name
    if not path.is_file():
        raise UserError(f"数据不完整：缺当前的数据文件 {path.name}。请管理员重建数据。", REBUILD)
    return path


def current_build_name() -> str | None:
    """Return the file of the store's current build and when it was published, as one name; None without a build.

    A page asks for it dozens of times in a run. So CURRENT is read again only when it, or the file it named, is no
    longer the same file or was written since. Raises UserError as `current_build` does.
    """
    given = os.environ.get(STORE_VARIABLE) or str(_DEFAULT)
    pointer, before = _state_of(f"{given}/warehouse/{CURRENT}"), _CURRENT_NAMES.get(given)
    if before and pointer == before.pointer and _state_of(before.path) == before.file:
        return before.name
    path = current_build(store_path(given))
    if path is None:
        return None
    # What is read from here on may be newer than the states noted: then the next call reads it once more.
    file = _state_of(str(path))
    named = _CurrentName(f"{path}|{path.stat().st_mtime_ns}", str(path), pointer, file)
    _CURRENT_NAMES[given] = named
    return named.name


def _state_of(path: str) -> _State:
    """Return what changes when another file takes a file's place or it is written; None where there is none."""
    try:
        state = os.stat(path)
    except OSError:
        return None
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def kept_build(store: Path, number: int) -> Path | None:
    """Return the file of one build by its number, or None when it is no longer kept."""
    path = store / "warehouse" / BUILD_NAME.format(number)
    return path if path.is_file() else None


def refuse_newer(version: int) -> None:
    """Raise UserError for a format of a later version of the program, which this one would overwrite."""
    if version > STORE_VERSION:
        raise UserError(
            f"数据是第 {version} 版格式，是更新的程序做的，本程序只认得第 {STORE_VERSION} 版。请换用新的程序；"
            "要退回旧程序，请用升级前的备份恢复。"
        )
