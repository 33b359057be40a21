"""xlsb: what a binary workbook holds besides values. Its parts are sequences of records with a type and a length."""

import struct
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from base.zip_guard import TOO_LARGE, Refused
from etl.model.marks import ERROR_VALUE, BookMarks, Marks
from etl.model.number_format import BUILT_IN, Showing, read_format

_MOST = 200 << 20  # bytes in one part
_ROW, _ERROR, _FORMULA_ERROR, _COLUMN, _FORMAT, _STYLE = 0, 3, 11, 60, 44, 47
_STYLES_BEGIN, _STYLES_END, _PROPERTIES, _SHEET = 617, 618, 153, 156
_CELLS = frozenset({2, 4, 5, 6, 7, 8, 9, 10})  # RK, boolean, number, text, shared text, and formulas with such results
_HIDDEN_ROW, _HIDDEN_COLUMN, _SINCE_1904, _LAST_COLUMN = 0x10, 0x01, 0x01, 16384


def marks_of_xlsb(archive: zipfile.ZipFile) -> BookMarks:
    """Return what the reader leaves out of a binary workbook. Raises KeyError or struct.error for a broken one."""
    names = {name.lower(): name for name in archive.namelist()}
    styles = _telling_styles(archive, names.get("xl/styles.bin"))
    targets = _targets(archive, names)
    marks = BookMarks()
    for kind, record in _records(_content(archive, names["xl/workbook.bin"])):
        if kind == _PROPERTIES:
            marks.since_1904 = bool(record[0] & _SINCE_1904)
        elif kind == _SHEET:
            relation, rest = _text(record[8:])
            part = names.get(targets.get(relation, "").lower())
            marks.sheets[_text(rest)[0]] = _marks_of_sheet(archive, part, styles) if part else Marks()
    return marks


def _targets(archive: zipfile.ZipFile, names: dict[str, str]) -> dict[str, str]:
    relations = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.bin.rels"]))  # noqa: S314 - looked over before
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    return {key: part.lstrip("/") if part.startswith("/") else f"xl/{part}" for key, part in targets.items()}


def _content(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _MOST:
        raise Refused(TOO_LARGE)
    return archive.read(name)


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the records: the type takes one or two bytes, the length up to four of seven bits each."""
    at = 0
    while at < len(content):
        kind, at = content[at], at + 1
        if kind & 0x80:
            kind, at = (kind & 0x7F) | (content[at] & 0x7F) << 7, at + 1
        length = 0
        for shift in (0, 7, 14, 21):
            byte, at = content[at], at + 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
        yield kind, content[at : at + length]
        at += length


def _text(record: bytes) -> tuple[str, bytes]:
    """Return a text and the bytes after it."""
    (length,) = struct.unpack_from("<I", record)
    end = 4 + 2 * length
    return record[4:end].decode("utf-16-le"), record[end:]


def _telling_styles(archive: zipfile.ZipFile, name: str | None) -> dict[int, Showing]:
    codes = dict(BUILT_IN)
    numbers: list[int] = []
    inside = False
    for kind, record in _records(_content(archive, name)) if name else ():
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _text(record[2:])[0]
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            inside = kind == _STYLES_BEGIN
        elif kind == _STYLE and inside:
            numbers.append(struct.unpack_from("<H", record, 2)[0])
    by_number = {number: shown for number, code in codes.items() if (shown := read_format(code))}
    return {at: by_number[number] for at, number in enumerate(numbers) if number in by_number}


def _marks_of_sheet(archive: zipfile.ZipFile, name: str, styles: dict[int, Showing]) -> Marks:
    marks, row = Marks(), 0
    for kind, record in _records(_content(archive, name)):
        if kind == _ROW:
            row = struct.unpack_from("<I", record)[0] + 1
            if record[11] & _HIDDEN_ROW or record[8:10] == b"\0\0":
                marks.hidden_rows.add(row)
        elif kind in (_ERROR, _FORMULA_ERROR):
            marks.faults[row, struct.unpack_from("<I", record)[0] + 1] = ERROR_VALUE
        elif kind == _COLUMN:
            first, last, width, _, options = struct.unpack_from("<IIIIH", record)
            if options & _HIDDEN_COLUMN or not width:
                marks.hidden_columns.update(range(first + 1, min(last + 1, _LAST_COLUMN) + 1))
        elif styles and kind in _CELLS:
            column, style = struct.unpack_from("<II", record)
            if shown := styles.get(style & 0xFFFFFF):
                marks.formats[row, column + 1] = shown
    return marks
