"""Delimited text: encoding and delimiter are detected, never asked for."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from etl.guard import MAX_CELLS, Refused
from etl.model.nouns import Grid, Sheet

SHEET_NAME = "表格"  # a text file has no sheet names
_LIMIT = 20 << 20
_DELIMITERS = (",", "\t", ";")
_LOOK_ROWS = 30
_LEAST_COMMON = 0.8
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BROKEN = "文件里有乱码，可能没有存完整"
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode_text(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or GB18030, with or without a byte order mark.

    Raises Refused for other encodings and for binary files.
    """
    if len(content) > _LIMIT:
        raise Refused(f"文字格式的文件超过 {_LIMIT >> 20} 兆")
    try:
        text = content.decode(_encoding_of(content))
    except UnicodeDecodeError:
        raise Refused("文件已损坏，或不是表格文件") from None
    if _CONTROLS.search(text):
        raise Refused("文件已损坏，或不是表格文件")
    return text.removeprefix("\ufeff")


def _encoding_of(content: bytes) -> str:
    head = content[:4000]
    if content[:2] in _UTF_16:
        return _UTF_16[content[:2]]
    if b"\x00" in head:  # UTF-16 without a byte order mark: digits and commas show which byte of each pair is zero
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        _check_gb18030(content)
        return "gb18030"
    return "utf-8"


def _check_gb18030(content: bytes) -> None:
    """Refuse text that GB18030 can decode but that was written in another encoding.

    Nearly every byte sequence is valid GB18030, so decoding proves nothing. Real county tables consist entirely of the
    6,763 characters of GB 2312 and full-width punctuation. In a Big5 table read as GB18030 at most half of the
    characters do, because half of its second bytes lie where GB 2312 has none. This count needs no library and, unlike
    letter statistics, is reliable for a file of three cells.
    """
    characters = [character for character in content.decode("gb18030", "replace") if ord(character) > 127]
    patched = content.decode("utf-8", "replace")
    wide = sum(ord(character) > 127 for character in patched)
    if patched.count("\ufffd") * 10 < wide:
        raise Refused(_BROKEN)
    if sum(map(_is_common, characters)) < _LEAST_COMMON * len(characters):
        raise Refused("文字编码认不出来（可能是繁体的大五码），硬读会成为错字")


def _is_common(character: str) -> bool:
    """Return whether a character is a hanzi or punctuation of GB 2312, not kana, Greek or a box drawing."""
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return lead in (0xA1, 0xA3) or lead >= 0xB0


def read_delimited(text: str) -> Sheet:
    """Return the sheet of a csv, tsv or semicolon-separated text. Raises Refused when it holds nothing."""
    rows: list[list[str]] = []
    room = MAX_CELLS
    try:
        for values in _rows(text, _delimiter_of(text)):
            rows.append(values)
            room -= len(values)
            if room < 0:
                raise Refused("表里的格子过多")
    except csv.Error:
        raise Refused("文件已损坏，或不是表格文件") from None
    grid = Grid(rows)
    if not grid:
        raise Refused("文件是空的")
    return Sheet(name=SHEET_NAME, cells=grid)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter_of(text: str) -> str:
    """Return the delimiter that gives most of the first rows the same number of cells; on a tie, more cells."""

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row, _ in zip(_rows(text, delimiter), range(_LOOK_ROWS), strict=False))
        return max(((rows, width) for width, rows in widths.items() if width > 1), default=(0, 0))

    return max(_DELIMITERS, key=agreement)
