"""BIFF: what an .xls or .et file holds besides values: password, errors, number formats, hidden cells, date system."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from base.zip_guard import LOCKED, Refused
from etl.guard.compound import CompoundFile
from etl.guard.foreign_files import refuse_streams
from etl.model.marks import ERROR_VALUE, BookMarks, Marks
from etl.model.number_format import BUILT_IN, Showing, Unseen, read_format

_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_BOF, _EOF, _FILEPASS, _DATEMODE, _BOUNDSHEET, _FORMAT, _XF = 0x809, 0x0A, 0x2F, 0x22, 0x85, 0x41E, 0xE0
_ROW, _COLINFO, _BOOLERR, _MULRK, _FONT = 0x208, 0x7D, 0x205, 0xBD, 0x31
_WHITES, _SOLID, _COLOURS = frozenset({1, 9}), 1, 0x7F  # the numbers of white; a fill of one colour; the last number
_XF_LENGTH = 20  # bytes of a style record that holds its fill after its borders
_FORMULAS = frozenset({0x06, 0x206, 0x406})
_SINGLES = frozenset({0x203, 0x27E, 0xFD, 0x204, *_FORMULAS})  # number, RK, text, formula: row, column, style
_UNICODE, _HIDDEN_ROW, _HIDDEN_COLUMN, _LAST_COLUMN = 0x0600, 0x20, 0x01, 256
_ERROR_RESULT = (0x02, b"\xff\xff")  # first and last bytes of a formula result that is an error
_HIDDEN_BYTES = re.escape(bytes(byte for byte in range(256) if byte & _HIDDEN_ROW))
_ODD_BYTES = re.escape(bytes(range(1, 256, 2)))
# One search of a sheet's bytes saves reading its records: if none of these patterns occurs, there is nothing to note.
_SUSPECT = re.compile(
    b"|".join(
        (
            rb"\x05\x02\x08\x00.{7}\x01",  # a cell with an error
            rb"\x06[\x00\x02\x04].{8}\x02.{5}\xff\xff",  # a formula with an error
            rb"\x08\x02\x10\x00.{12}[" + _HIDDEN_BYTES + b"]",
            rb"\x7d\x00[\x0a-\x0c]\x00.{8}[" + _ODD_BYTES + b"]",  # a hidden column
            rb"\x08\x02\x10\x00.{6}\x00[\x00\x80]",  # a row of no height
            rb"\x7d\x00[\x0a-\x0c]\x00.{4}\x00\x00",  # a column of no width
        )
    ),
    re.DOTALL,
)


@dataclass(kw_only=True)
class _Globals:
    """The records before the first sheet."""

    starts: list[int] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    styles: list[int] = field(default_factory=list)
    fonts: list[int] = field(default_factory=list)  # the number of each font's colour
    grounds: list[tuple[int, int, int]] = field(default_factory=list)  # of each style: font, fill, colour of the fill
    since_1904: bool = False

    def telling(self) -> dict[int, Showing]:
        """Return the formats that show more than the number, by the style number that cells refer to."""
        by_number = {number: shown for number, code in self.codes.items() if (shown := read_format(code))}
        formats: dict[int, Showing] = {
            at: by_number[number] for at, number in enumerate(self.styles) if number in by_number
        }
        return formats | {at: Unseen(formats.get(at)) for at, look in enumerate(self.grounds) if self._is_unseen(*look)}

    def _is_unseen(self, font: int, fill: int, ground: int) -> bool:
        """Return whether text has the colour of its background; BIFF skips font number 4."""
        at = font - (font > 4)
        letters = self.fonts[at] if 0 <= at < len(self.fonts) else -1
        if fill == _SOLID and letters == ground:
            return True
        return letters in _WHITES and (not fill or (fill == _SOLID and ground in _WHITES))


def marks_of_biff(content: bytes) -> BookMarks:
    """Return what the reader leaves out of an old workbook. Raises Refused if locked or no workbook."""
    held = CompoundFile(content)
    refuse_streams(held.names)
    name = next((name for name in _STREAMS if name in held.names), None)
    if name is None:
        return BookMarks()
    book = held.stream(name)
    workbook = _read_globals(book)
    styles = workbook.telling()
    ends = dict(pairwise([*sorted({*workbook.starts}), len(book)]))  # a sheet ends where the next one begins
    marks = {start: _marks_of_sheet(book[start:end], styles) for start, end in ends.items()}
    return BookMarks(ordered=[marks[start] for start in workbook.starts], since_1904=workbook.since_1904)


def _records(book: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield each record's type and the start and end of its content, up to the end of the first substream."""
    at, depth = 0, 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        depth += (kind == _BOF) - (kind == _EOF)
        yield kind, at + 4, min(at + 4 + length, len(book))
        if kind == _EOF and depth <= 0:
            return
        at += 4 + length


def _read_globals(book: bytes) -> _Globals:
    records, wide = _Globals(), True
    for kind, start, end in _records(book):
        record = book[start:end]
        if kind == _FILEPASS:
            raise Refused(LOCKED)
        if kind == _BOF and len(record) >= 2:
            wide = struct.unpack_from("<H", record)[0] >= _UNICODE
        elif kind == _DATEMODE:
            records.since_1904 = record[:1] == b"\x01"
        elif kind == _BOUNDSHEET and len(record) >= 4:
            records.starts.append(struct.unpack_from("<I", record)[0])
        elif kind == _FORMAT and len(record) > 4:
            records.codes[struct.unpack_from("<H", record)[0]] = _text(record[2:], wide)
        elif kind == _XF and len(record) >= 4:
            records.styles.append(struct.unpack_from("<H", record, 2)[0])
            records.grounds.append(_ground(record))
        elif kind == _FONT and len(record) >= 6:
            records.fonts.append(struct.unpack_from("<H", record, 4)[0])
    return records


def _ground(record: bytes) -> tuple[int, int, int]:
    """Return the font of a style, its fill pattern, and the fill's colour."""
    if len(record) < _XF_LENGTH:
        return -1, 0, 0
    borders, colours = struct.unpack_from("<IH", record, 14)
    return struct.unpack_from("<H", record)[0], borders >> 26, colours & _COLOURS


def _text(record: bytes, wide: bool) -> str:
    """Return a format code, which follows two bytes of length and one of flags, or one byte of length."""
    if not wide:
        return record[1 : 1 + record[0]].decode("gb18030", errors="replace")
    length, flags = struct.unpack_from("<HB", record)
    if flags & 1:
        return record[3 : 3 + 2 * length].decode("utf-16-le", errors="replace")
    return record[3 : 3 + length].decode("latin-1")


def _marks_of_sheet(book: bytes, styles: dict[int, Showing]) -> Marks:
    marks = Marks()
    if not styles and not _SUSPECT.search(book):
        return marks
    for kind, start, end in _records(book):
        if kind in _SINGLES or kind == _BOOLERR:
            _note_cell(marks, kind, book[start:end], styles)
        elif kind == _MULRK and styles:
            row, first = struct.unpack_from("<HH", book, start)
            for number in range((end - start - 6) // 6):
                _note_style(
                    marks, row, first + number, struct.unpack_from("<H", book, start + 4 + 6 * number)[0], styles
                )
        elif kind == _ROW and end - start >= 13 and _is_flat(book[start:end]):
            marks.hidden_rows.add(struct.unpack_from("<H", book, start)[0] + 1)
        elif kind == _COLINFO and end - start >= 10:
            first, last, width, _, options = struct.unpack_from("<HHHHH", book, start)
            if options & _HIDDEN_COLUMN or not width:
                marks.hidden_columns.update(range(first + 1, min(last + 1, _LAST_COLUMN) + 1))
    return marks


def _is_flat(row: bytes) -> bool:
    """Return whether a row is hidden or has no height."""
    return bool(row[12] & _HIDDEN_ROW) or not struct.unpack_from("<H", row, 6)[0] & 0x7FFF


def _note_cell(marks: Marks, kind: int, record: bytes, styles: dict[int, Showing]) -> None:
    if len(record) < 8:
        return
    row, column, style = struct.unpack_from("<HHH", record)
    broken = kind == _BOOLERR and record[7] == 1
    if kind in _FORMULAS and len(record) >= 14:
        broken = record[6] == _ERROR_RESULT[0] and record[12:14] == _ERROR_RESULT[1]
    if broken:
        marks.faults[row + 1, column + 1] = ERROR_VALUE
    else:
        _note_style(marks, row, column, style, styles)


def _note_style(marks: Marks, row: int, column: int, style: int, styles: dict[int, Showing]) -> None:
    if style in styles:
        marks.formats[row + 1, column + 1] = styles[style]
