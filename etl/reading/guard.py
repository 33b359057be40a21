"""The guard over a spreadsheet container: refuses bombs and locked files before any library opens them.

It also finds what the reader does not tell: error cells such as #REF!, and formulas that were saved without a result.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from xlsxwriter.utility import xl_rowcol_to_cell

from etl.reading.glance import glance_at_sheet, glance_at_text
from stats.containers import (
    BROKEN,
    CHUNK,
    DAMAGED,
    ENCRYPTED,
    LOCKED,
    MAX_FILE,
    MAX_TOTAL,
    OLE,
    TOO_LARGE,
    check_members,
)
from stats.containers import Refused as Refused  # what the guard raises, known by its name here
from stats.containers import refuse_doctype as refuse_doctype

MAX_CELLS = 5_000_000
MAX_AREA = 6_000_000
ERROR_VALUE = "错误值"
NO_RESULT = "公式没有结果"


Faults = dict[str, dict[str, str]]


def guard_container(path: Path) -> Faults:
    """Return what is wrong with single cells: sheet name to address to ERROR_VALUE or NO_RESULT.

    Raises Refused for a file that must not be opened.
    """
    if path.stat().st_size > MAX_FILE:
        raise Refused(f"文件超过 {MAX_FILE >> 20} 兆")
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(OLE):
        return _guard_ole(path)
    return _guard_zip(path) if start.startswith(b"PK") else {}


def _guard_ole(path: Path) -> Faults:
    if ENCRYPTED in path.read_bytes():
        raise Refused(LOCKED)
    return {}


def _guard_zip(path: Path) -> Faults:
    try:
        with zipfile.ZipFile(path) as archive:
            check_members(archive.infolist())
            return _read_faults(archive)
    except (*DAMAGED, ElementTree.ParseError) as error:
        raise Refused(BROKEN) from error


def _read_faults(archive: zipfile.ZipFile) -> Faults:
    faults = {}
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            faults[name] = _scan_part(archive, name)
    if "xl/workbook.xml" not in faults:
        return {}
    return {sheet: faults.get(part, {}) for sheet, part in _sheet_parts(archive)}


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - _scan_part refuses DTDs
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():  # noqa: S314 - as above
        if sheet.tag.endswith("}sheet"):
            relation_id = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            target = targets.get(relation_id, "")
            yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _scan_part(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Return the faults of a part; only what a glance shows to be unusual is followed tag by tag."""
    is_sheet = name.startswith("xl/worksheets/")
    with archive.open(name) as part:
        seen = (glance_at_sheet if is_sheet else glance_at_text)(part, MAX_TOTAL)
    if seen.size > MAX_TOTAL:
        raise Refused(TOO_LARGE)
    if seen.cells > MAX_CELLS:
        raise Refused("表里的格子过多")
    ordinary = seen.ordinary and (not is_sheet or seen.area <= MAX_AREA)
    return {} if ordinary else _follow_part(archive, name)


def _follow_part(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    scan = _SheetScan(parser) if name.startswith("xl/worksheets/") else None
    with archive.open(name) as part:
        seen = 0
        while block := part.read(CHUNK):
            seen += len(block)
            if seen > MAX_TOTAL:
                raise Refused(TOO_LARGE)
            parser.Parse(block, False)
        parser.Parse(b"", True)
    return scan.finish() if scan else {}


class _SheetScan:
    """Follows one sheet's XML: counts cells, measures the used area, notes errors and formulas without a result."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._faults: dict[str, str] = {}
        self._cells = self._row = self._column = self._height = self._width = 0
        self._cell: dict[str, str] = {}
        self._awaiting = ""
        self._parser = parser
        parser.StartElementHandler = self._start_root

    def finish(self) -> dict[str, str]:
        """Return the faults by address, once all was parsed."""
        self._settle()
        return self._faults

    def _start_root(self, tag: str, attributes: dict[str, str]) -> None:
        """Some programs write every tag with a prefix, as x:row."""
        prefix, colon, _ = tag.rpartition(":")
        start = len(prefix + colon)
        self._parser.StartElementHandler = (lambda tag, found: self.start(tag[start:], found)) if colon else self.start

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._enter_cell(attributes)
        elif tag in ("v", "is"):  # only cells that hold something make the reader's rectangle grow
            self._grow()
        elif tag == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif tag == "f":
            self._await_result()

    def _enter_cell(self, attributes: dict[str, str]) -> None:
        if self._awaiting:
            self._settle()
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise Refused("表里的格子过多")
        address = attributes.get("r", "")
        self._column = _column_number(address) if address else self._column + 1
        self._cell = attributes
        if attributes.get("t") == "e":
            self._faults[self._here()] = ERROR_VALUE

    def _await_result(self) -> None:
        """Wait for characters behind a formula: <v></v> is as empty as no <v>. An empty text (t="str") is a result."""
        if self._cell.get("t") not in ("str", "e"):
            self._awaiting = self._here()
            self._parser.EndElementHandler = self._end_formula

    def _end_formula(self, tag: str) -> None:
        if tag.endswith("f"):
            self._parser.EndElementHandler = None
            self._parser.CharacterDataHandler = self._have_result

    def _have_result(self, characters: str) -> None:
        if not characters.isspace():
            self._awaiting = ""
            self._parser.CharacterDataHandler = None

    def _settle(self) -> None:
        """Note the formula whose cell ended without characters."""
        if self._awaiting:
            self._faults[self._awaiting] = NO_RESULT
        self._awaiting = ""
        self._parser.CharacterDataHandler = None

    def _here(self) -> str:
        return self._cell.get("r") or str(xl_rowcol_to_cell(max(0, self._row - 1), self._column - 1))

    def _grow(self) -> None:
        self._height, self._width = max(self._height, self._row), max(self._width, self._column)
        if self._height * self._width > MAX_AREA:
            raise Refused("表的范围过大")


def _column_number(address: str) -> int:
    letters = re.match(r"[A-Z]*", address.upper())
    number = 0
    for letter in letters[0] if letters else "":
        number = number * 26 + ord(letter) - 64
    return number
