"""Binary texts: the readable texts in binary data: records of old and binary workbooks, document properties.

The meaning of a record is not known, so its bytes are decoded in each of the encodings in use.
"""

import struct
from collections.abc import Iterator

from etl.guard.compound import CompoundFile

_PLACES = {"\x05SummaryInformation": "文件属性", "\x05DocumentSummaryInformation": "文件属性",
           "WordDocument": "文档的文字", "PowerPoint Document": "幻灯片的文字"}  # fmt: skip
_BOOKS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_IN_BOOK, _ELSEWHERE = "批注、页眉页脚、名称、下拉列表或图形", "表格以外的部分"
_CONTROLS = dict.fromkeys({*range(32), *range(127, 160)} - {9, 10, 13}, "Z")
_LEAST = 11  # bytes
# Numeric cells and rows: nearly all records of a large sheet, and none of them holds a text.
_NUMBERS = frozenset({0x203, 0x27E, 0xBD, 0xFD, 0x201, 0xBE, 0x208, 0x205, 0xD7})


def texts_of_compound(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield the texts in all streams of an old Office file, each with the name of its place. Raises Refused."""
    held = CompoundFile(content)
    for name in sorted(held.names):
        stream = held.stream(name)
        place = _IN_BOOK if name in _BOOKS else _PLACES.get(name, _ELSEWHERE)
        texts = _texts_of_biff(stream) if name in _BOOKS else texts_of_bytes(stream)
        yield from ((place, text) for text in texts)
        yield _ELSEWHERE, name


def _texts_of_biff(book: bytes) -> Iterator[str]:
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if length >= _LEAST and kind not in _NUMBERS:
            yield from texts_of_bytes(book[at + 4 : at + 4 + length])
        at += 4 + length


def texts_of_records(content: bytes) -> Iterator[str]:
    """Yield the texts in a part of a binary workbook, record by record, or as a whole if it has no records."""
    at = 0
    while at < len(content):
        head = content[at : at + 6]
        size = 2 if head[0] & 0x80 else 1
        length, shift = 0, 0
        while size < len(head) and shift < 28:
            byte, size = head[size], size + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if length >= _LEAST:
            yield from texts_of_bytes(content[at + size : at + size + length])
        at += size + length
    if at != len(content):
        yield from texts_of_bytes(content)


def texts_of_bytes(content: bytes) -> Iterator[str]:
    """Yield bytes as text: as single bytes, as GB18030 and UTF-8 if any is beyond ASCII, and as UTF-16."""
    if len(content) < _LEAST:
        return
    yield content.decode("latin-1").translate(_CONTROLS)
    if not content.isascii():
        yield content.decode("gb18030", errors="ignore").translate(_CONTROLS)
        yield content.decode("utf-8", errors="ignore").translate(_CONTROLS)
    for start in (0, 1) if content.count(0) or not content.isascii() else ():
        yield content[start:].decode("utf-16-le", errors="ignore").translate(_CONTROLS)
