"""The guard for spreadsheet containers: refuses bombs and encrypted files before any library opens them.

It also finds what the reading library does not report: error cells such as #REF!, formulas saved without a result,
number formats that show more than the number, and what is hidden.
"""

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

from base.zip_guard import BROKEN, DAMAGED, LOCKED, MAX_FILE, MAX_TOTAL, OLE, TOO_LARGE, check_members
from base.zip_guard import Refused as Refused  # re-exported: callers know it as the guard's error
from base.zip_guard import refuse_doctype as refuse_doctype
from etl.guard.biff import marks_of_biff
from etl.guard.far_cells import find_strays
from etl.guard.foreign_files import is_packed_folder, name_package
from etl.guard.glance import glance_at_sheet, glance_at_text
from etl.guard.opendocument import is_locked, marks_of_opendocument
from etl.guard.package import Workbook, find_workbook
from etl.guard.packed_files import refuse_packed
from etl.guard.sheet_scan import MAX_AREA, MAX_CELLS, TooWide, scan_part
from etl.guard.xlsb import marks_of_xlsb
from etl.model.marks import ERROR_VALUE, NO_RESULT, BookMarks, Marks
from etl.model.number_format import Showing

__all__ = ["ERROR_VALUE", "MAX_AREA", "MAX_CELLS", "NO_RESULT", "Refused", "guard_container", "refuse_doctype"]

_PARTS = (".xml", ".rels", ".vml")
_PEEK = 4096  # bytes that are sure to hold a part's root element


def guard_container(path: Path) -> BookMarks:
    """Return the marks of a file's sheets. Raises Refused for a file that must not be opened."""
    if path.stat().st_size > MAX_FILE:
        raise Refused(f"文件超过 {MAX_FILE >> 20} 兆")
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(OLE):
        return marks_of_biff(path.read_bytes())
    return _guard_zip(path) if start.startswith(b"PK") else BookMarks()


def _guard_zip(path: Path) -> BookMarks:
    try:
        with zipfile.ZipFile(path) as archive:
            check_members(archive.infolist())
            name_package(archive)
            if is_packed_folder(archive):
                refuse_packed(archive)
            return _marks_of(archive)
    except (*DAMAGED, ElementTree.ParseError, struct.error, IndexError) as error:
        raise Refused(BROKEN) from error


def _marks_of(archive: zipfile.ZipFile) -> BookMarks:
    names = set(archive.namelist())
    if "META-INF/manifest.xml" in names and is_locked(archive):
        raise Refused(LOCKED)
    parts = [name for name in names if name.lower().endswith(_PARTS)]
    sheets = {name for name in parts if _look_over(archive, name)}
    if "content.xml" in names:
        return marks_of_opendocument(archive)
    if any(name.lower() == "xl/workbook.bin" for name in names):
        return marks_of_xlsb(archive)
    return _marks_of_sheets(archive, sheets)


def _look_over(archive: zipfile.ZipFile, name: str) -> bool:
    """Return whether a part holds cells, wherever in the package it lies; such a part is scanned later.

    Any other part is refused if it unpacks to too much or declares a document type.
    """
    with archive.open(name) as part:
        if _begins_a_sheet(cast(zipfile.ZipExtFile, part).peek(_PEEK)):
            return True
        seen = glance_at_text(part, MAX_TOTAL)
    if seen.size > MAX_TOTAL:
        raise Refused(TOO_LARGE)
    if not seen.ordinary:
        with archive.open(name) as part:
            scan_part(part, {})
    return False


def _begins_a_sheet(head: bytes) -> bool:
    head = head.replace(b"\x00", b"")  # UTF-16 becomes readable as ASCII
    return b"worksheet" in head and b"<Relationships" not in head and b"<Types" not in head


def _marks_of_sheets(archive: zipfile.ZipFile, sheets: set[str]) -> BookMarks:
    """Return the marks of an xlsx; a file in which a sheet's part is missing is refused."""
    book = find_workbook(archive) if sheets else Workbook()
    named = {part: sheet for sheet, part in book.sheets}
    marks = BookMarks(since_1904=book.since_1904)
    scanned = {}
    for name in sheets:
        scanned[name] = _scan_sheet(archive, name, book.styles, named.get(name, ""))
        if scanned[name].strays:
            marks.strays[name] = scanned[name].strays
    marks.sheets = {sheet: scanned[part] for sheet, part in book.sheets if part in scanned}
    return marks


def _scan_sheet(archive: zipfile.ZipFile, name: str, styles: Mapping[str, Showing], sheet: str) -> Marks:
    """Return the marks of a sheet; it is parsed tag by tag only if a glance finds something unusual."""
    with archive.open(name) as part:
        seen = glance_at_sheet(part, MAX_TOTAL, styles)
    if seen.size > MAX_TOTAL:
        raise Refused(TOO_LARGE)
    if seen.cells > MAX_CELLS:
        raise Refused("表里的格子过多")
    if seen.ordinary and seen.area <= MAX_AREA:
        return Marks()
    try:
        with archive.open(name) as part:
            return scan_part(part, styles)
    except TooWide:
        strays = find_strays(archive, name, sheet)
    with archive.open(name) as part:
        made = scan_part(part, styles, frozenset(strays))
    made.strays = strays
    return made
