"""Zip guard: Office files are zip archives, which are inspected before any library opens them."""

import zipfile
import zlib
from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from xml.parsers import expat

T = TypeVar("T")

MAX_FILE = 50 << 20  # bytes of a file as received
MAX_TOTAL = 600 << 20  # bytes of its parts unpacked
MAX_MEMBERS = 3000  # parts; each costs time before the first is read
MAX_PAPER = 100 << 20  # bytes of a paper unpacked, its pictures included
MAX_MARKUP = 30 << 20  # bytes of its parts in XML; a report with charts has less than ten million
MAX_RATIO = 300  # of a part, unpacked to packed; deflate reaches a thousand, on one repeated byte
CHUNK = 1 << 20
_MARKUP = (".xml", ".rels", ".vml")
OLE = b"\xd0\xcf\x11\xe0"  # the first bytes of old Office files and of those with a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LOCKED, BROKEN, ODD, TOO_LARGE = "文件加了密码，打不开", "文件已损坏，打不开", "文件内部结构异常", "文件解开后过大"

# Exceptions raised when reading a damaged archive or part.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    expat.ExpatError,
    KeyError,
    ValueError,
    OSError,
)


class Refused(Exception):
    """A container that must not be opened. Its text says why, in Chinese."""


class Opener(Protocol):
    """Runs what opens a paper that was handed in: a function of its bytes alone, and of what is to be done with them.

    A server runs it in another process, under limits of time and memory.
    """

    def __call__(self, work: Callable[..., T], *arguments: Any) -> T:
        """Return what the work returns. Raises UserError when it does, or when it breaks its limits."""


def open_here(work: Callable[..., T], *arguments: Any) -> T:
    """Return what the work returns, done in this process: for commands, which serve nobody else."""
    return work(*arguments)


def check_members(members: list[zipfile.ZipInfo]) -> None:
    """Raise Refused for an archive that unpacks to too much, is encrypted, or names files outside itself."""
    if len(members) > MAX_MEMBERS or len({member.filename for member in members}) != len(members):
        raise Refused(ODD)
    if sum(member.file_size for member in members) > MAX_TOTAL:
        raise Refused(TOO_LARGE)
    for member in members:
        if member.flag_bits & 1:
            raise Refused(LOCKED)
        if member.filename.startswith("/") or ".." in member.filename.split("/"):
            raise Refused(ODD)
        if member.file_size > CHUNK and member.file_size > MAX_RATIO * max(1, member.compress_size):
            raise Refused(TOO_LARGE)


def check_paper(members: list[zipfile.ZipInfo]) -> None:
    """Raise Refused for a paper (Word, PowerPoint, Excel) that unpacks to more than any real paper does."""
    check_members(members)
    markup = sum(member.file_size for member in members if member.filename.lower().endswith(_MARKUP))
    if markup > MAX_MARKUP or sum(member.file_size for member in members) > MAX_PAPER:
        raise Refused(TOO_LARGE)


def check_markup(archive: zipfile.ZipFile) -> None:
    """Raise Refused for an XML part with a document type declaration, and expat's error for one that is not XML."""
    for name in archive.namelist():
        if name.lower().endswith(_MARKUP):
            parser = expat.ParserCreate()
            parser.StartDoctypeDeclHandler = refuse_doctype
            parser.Parse(archive.read(name), True)


def refuse_doctype(*_: object) -> None:
    """Raise Refused for a document type declaration: Office files need none, and entity bombs hide there."""
    raise Refused(ODD)
