"""Delimited text: encoding and delimiter are detected, never asked for."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from base.text_encoding import encoding_of
from etl.guard import MAX_CELLS, Refused
from etl.model.nouns import Grid, Sheet

SHEET_NAME = "表格"  # a text file has no sheet names
_LIMIT = 20 << 20
_DELIMITERS = (",", "\t", ";")
_LOOK_ROWS = 30
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode_text(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or GB18030, with or without a byte order mark.

    Raises Refused for other encodings and for binary files.
    """
    if len(content) > _LIMIT:
        raise Refused(f"文字格式的文件超过 {_LIMIT >> 20} 兆")
    try:
        text = content.decode(encoding_of(content))
    except UnicodeDecodeError:
        raise Refused("文件已损坏，或不是表格文件") from None
    if _CONTROLS.search(text):
        raise Refused("文件已损坏，或不是表格文件")
    return text.removeprefix("\ufeff")


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
