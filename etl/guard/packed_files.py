"""Packed returns: a zip sent as one file is opened as a folder of files, one level deep and within limits.

A zip that can't be opened stays a file, and reading it says why. No path from the archive is ever written to.
"""

import io
import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import IO

from base.zip_guard import BROKEN, DAMAGED, MAX_FILE, ODD, TOO_LARGE, Refused, check_members
from etl.guard.foreign_files import is_packed_folder
from etl.receive import OURS

MOST_FILES = 1000
MOST_BYTES = 200 << 20  # of all files in one archive
_UTF_8 = 0x800  # flag: the name is in UTF-8; other names are in the encoding of the sender's computer
_LEFT_BY_SYSTEMS = frozenset({"thumbs.db", "desktop.ini"})
_APART = "__MACOSX"


@contextmanager
def unpacked(files: Sequence[Path]) -> Iterator[list[Path]]:
    """Yield the files, with each zip of returns replaced by its files, unpacked to a folder while the block runs."""
    with TemporaryDirectory(prefix="mingshu-") as folder:
        paths: list[Path] = []
        for number, file in enumerate(files):
            paths += _laid_out(file, Path(folder) / str(number)) or [file]
        yield paths


def unpack(content: IO[bytes]) -> list[tuple[str, bytes]]:
    """Return the names and contents of the files in a zip of returns; [] for any other file, or an empty archive.

    Raises Refused, with a message for the user, for an archive that must not be opened.
    """
    if not zipfile.is_zipfile(content):
        return []
    try:
        with zipfile.ZipFile(content) as archive:
            if not is_packed_folder(archive):
                return []
            return _contents(archive)
    except DAMAGED as error:
        raise Refused(BROKEN) from error


def refuse_packed(archive: zipfile.ZipFile) -> None:
    """Raise Refused, with a message for the user, for an archive of files that was not opened or lay in another one."""
    held = _contents(archive)
    raise Refused("这是压缩包，请解压后再报" if held else "这是空的压缩包，里面没有报表")


def _laid_out(file: Path, folder: Path) -> list[Path]:
    try:
        with file.open("rb") as content:
            if content.read(2) != b"PK":
                return []
            unpacked = unpack(content)
    except (Refused, OSError):
        return []
    placed = []
    for number, (name, data) in enumerate(unpacked):
        path = folder / f"{number:05d}" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        placed.append(path)
    return placed


def _contents(archive: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    contents = [(_own_name(member), archive.read(member)) for member in _members(archive)]
    for name, content in contents:
        if content.startswith(b"PK") and _is_packed(content):
            raise Refused(f"压缩包里还有压缩包“{name}”，请都解开后再报")
    return contents


def _is_packed(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return is_packed_folder(archive)
    except DAMAGED:  # the reader reports it
        return False


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the sender's files in an archive. Raises Refused for one that breaks a limit."""
    check_members(archive.infolist())
    wanted = [member for member in archive.infolist() if _is_wanted(member)]
    if len(wanted) > MOST_FILES:
        raise Refused(f"压缩包里超过 {MOST_FILES} 个文件，请分几次报")
    if sum(member.file_size for member in wanted) > MOST_BYTES:
        raise Refused(f"压缩包解开后超过 {MOST_BYTES >> 20} 兆，请分几次报")
    if any(member.file_size > MAX_FILE for member in wanted):
        raise Refused(TOO_LARGE)
    return wanted


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    """Return whether an entry is a file of the sender's, not a folder, a link, or a program's leftover."""
    parts = _parts(member)
    if ".." in parts or parts[:1] == ["/"] or ":" in parts[0]:
        raise Refused(ODD)
    if member.is_dir() or stat.S_ISLNK(member.external_attr >> 16) or _APART in parts:
        return False
    return not parts[-1].startswith(OURS) and parts[-1].lower() not in _LEFT_BY_SYSTEMS


def _parts(member: zipfile.ZipInfo) -> list[str]:
    return list(PurePosixPath(_decoded(member).replace("\\", "/")).parts) or ["/"]


def _decoded(member: zipfile.ZipInfo) -> str:
    """Return an entry's name. Archives made in China hold it in GBK, which the format does not record."""
    if member.flag_bits & _UTF_8:
        return member.orig_filename
    written = member.orig_filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.orig_filename


def _own_name(member: zipfile.ZipInfo) -> str:
    name = "".join("_" if ord(letter) < 32 else letter for letter in _parts(member)[-1])
    stem, point, suffix = name.rpartition(".")
    longest = 200 - len(suffix.encode())  # most file systems end at 255 bytes
    return (stem.encode()[:longest].decode(errors="ignore") + point + suffix) if point and longest > 0 else name[:60]


def unpack_bytes(content: bytes) -> list[tuple[str, bytes]]:
    """Return the same as `unpack` for a file in memory; [] also for an archive that must not be opened."""
    try:
        return unpack(io.BytesIO(content)) if content.startswith(b"PK") else []
    except Refused:
        return []
