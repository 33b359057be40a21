"""Compound files: an old Office file is a small file system; this reads the streams in it."""

import struct
from collections.abc import Iterator

from base.zip_guard import BROKEN, Refused

_HEADER = struct.Struct("<8s16xHHHHH10xIIIIIIII")
_FREE = 0xFFFFFFFA  # numbers from here on are markers, not sectors
_ENTRY, _SMALL = 128, 64
_STREAM, _ROOT = 2, 5


class CompoundFile:
    """The streams of a compound file by name. Raises Refused for a broken one."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._open()
        except (struct.error, IndexError, UnicodeDecodeError):
            raise Refused(BROKEN) from None

    def _open(self) -> None:
        _, _, _, _, shift, _, _, first, _, self._cutoff, small, _, more, more_count = _HEADER.unpack_from(self._content)
        if not 7 <= shift <= 16:
            raise Refused(BROKEN)
        self._size = 1 << shift
        sectors = [number for number in struct.unpack_from("<109I", self._content, 76) if number < _FREE]
        for _ in range(more_count):
            if more >= _FREE:
                break
            block = self._numbers(more)
            sectors += [number for number in block[:-1] if number < _FREE]
            more = block[-1]
        self._next = [number for sector in sectors for number in self._numbers(sector)]
        self._entries = dict(self._directory(self._chain(first)))
        self._next_small = _as_numbers(self._chain(small)) if small < _FREE else ()

    @property
    def names(self) -> set[str]:
        """Return the names of the streams and of the root storage."""
        return {name for name, (kind, _, _) in self._entries.items() if kind == _STREAM}

    def stream(self, name: str) -> bytes:
        """Return the content of a stream. Raises Refused if its sector chain is broken."""
        _, first, size = self._entries[name]
        try:
            return (self._chain(first) if size >= self._cutoff else self._small_chain(first))[:size]
        except (struct.error, IndexError):
            raise Refused(BROKEN) from None

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return _as_numbers(self._sector(sector))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._content[start : start + self._size]

    def _chain(self, first: int) -> bytes:
        return b"".join(map(self._sector, _follow(first, self._next)))

    def _small_chain(self, first: int) -> bytes:
        root = next(start for kind, start, _ in self._entries.values() if kind == _ROOT)
        held = self._chain(root)
        starts = (number * _SMALL for number in _follow(first, self._next_small))
        return b"".join(held[start : start + _SMALL] for start in starts)

    def _directory(self, content: bytes) -> Iterator[tuple[str, tuple[int, int, int]]]:
        for at in range(0, len(content) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            first, size = struct.unpack_from("<II", content, at + 116)
            if kind in (_STREAM, _ROOT) and 2 <= length <= 64:
                name = content[at : at + length - 2].decode("utf-16-le")
                yield name, (kind, first, size)


def _follow(first: int, following: "tuple[int, ...] | list[int]") -> Iterator[int]:
    """Yield the sector numbers of a chain. Raises IndexError for an endless one."""
    for _ in range(len(following) + 1):
        if first >= _FREE:
            return
        yield first
        first = following[first]
    raise IndexError(first)


def _as_numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
