"""Sheet scan: parses one sheet of an xlsx tag by tag for what neither the reader nor a glance reports."""

from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from xlsxwriter.utility import xl_cell_to_rowcol

from base.zip_guard import CHUNK, MAX_TOTAL, TOO_LARGE, Refused, refuse_doctype
from etl.model.grid import Place
from etl.model.marks import ERROR_VALUE, NO_RESULT, Marks
from etl.model.number_format import Showing

MAX_CELLS = 5_000_000
MAX_AREA = 6_000_000
_TRUE = ("1", "true")
_LAST_COLUMN = 16384
_LEAST = 0.5  # minimum visible height in points, or width in characters
_NO_STRAYS: frozenset[Place] = frozenset()


class TooWide(Exception):
    """The filled cells of a sheet span a larger area than can be read."""


def scan_part(part: IO[bytes], styles: Mapping[str, Showing], strays: frozenset[Place] = _NO_STRAYS) -> Marks:
    """Return the marks of a part, none if it is not a sheet. `styles` are the formats that show more, by style number.

    Raises Refused for what must not be opened, expat's error for invalid XML, and TooWide; `strays` are not counted.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    scan = _SheetScan(parser, styles, strays)
    follow(parser, part)
    return scan.finish()


def follow(parser: expat.XMLParserType, part: IO[bytes]) -> None:
    """Feed a part to a parser block by block. Raises Refused if it unpacks to too much."""
    seen = 0
    while block := part.read(CHUNK):
        seen += len(block)
        if seen > MAX_TOTAL:
            raise Refused(TOO_LARGE)
        parser.Parse(block, False)
    parser.Parse(b"", True)


def local_name(tag: str) -> str:
    """Return a tag without its prefix: some programs write x:row."""
    return tag.rpartition(":")[2]


class _SheetScan:
    """Counts cells, measures the used area; notes errors, formulas without a result, formats and hidden cells."""

    def __init__(self, parser: expat.XMLParserType, styles: Mapping[str, Showing], strays: frozenset[Place]) -> None:
        self._marks = Marks()
        self._cells = self._row = self._column = self._height = self._width = 0
        self._cell: dict[str, str] = {}
        self._awaiting: Place | None = None
        self._styles = styles
        self._strays = strays
        self._parser = parser
        parser.StartElementHandler = self._start_root

    def finish(self) -> Marks:
        """Return the marks, once everything is parsed."""
        self._settle()
        return self._marks

    def _start_root(self, tag: str, attributes: dict[str, str]) -> None:
        """Some programs write every tag with a prefix, as x:row."""
        prefix, colon, name = tag.rpartition(":")
        start = len(prefix + colon)
        if name != "worksheet":
            self._parser.StartElementHandler = None
        elif colon:
            self._parser.StartElementHandler = lambda tag, attributes: self.start(tag[start:], attributes)
        else:
            self._parser.StartElementHandler = self.start

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._enter_cell(attributes)
        elif tag in ("v", "is"):  # only cells that hold something make the reader's rectangle grow
            self._grow()
        elif tag == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
            if _is_hidden(attributes, "ht"):
                self._marks.hidden_rows.add(self._row)
        elif tag == "f":
            self._await_result()
        elif tag == "col" and _is_hidden(attributes, "width"):
            columns = range(int(attributes.get("min", 1)), min(int(attributes.get("max", 0)), _LAST_COLUMN) + 1)
            self._count(len(columns))
            self._marks.hidden_columns.update(columns)

    def _enter_cell(self, attributes: dict[str, str]) -> None:
        if self._awaiting:
            self._settle()
        self._count(1)
        address = attributes.get("r", "")
        self._column = place_of(address)[1] if address else self._column + 1
        self._cell = attributes
        if attributes.get("t") == "e":
            self._marks.faults[self._here()] = ERROR_VALUE
        elif shown := self._styles.get(attributes.get("s", "")):
            self._marks.formats[self._here()] = shown

    def _count(self, cells: int) -> None:
        """Count cells, or hidden columns: the same one may be declared many times."""
        self._cells += cells
        if self._cells > MAX_CELLS:
            raise Refused("表里的格子过多")

    def _await_result(self) -> None:
        """Wait for characters after a formula: <v></v> is as empty as no <v>. An empty text (t="str") is a result."""
        if self._cell.get("t") not in ("str", "e"):
            self._awaiting = self._here()
            self._parser.EndElementHandler = self._end_formula

    def _end_formula(self, tag: str) -> None:
        if tag.endswith("f"):
            self._parser.EndElementHandler = None
            self._parser.CharacterDataHandler = self._have_result

    def _have_result(self, characters: str) -> None:
        if not characters.isspace():
            self._awaiting = None
            self._parser.CharacterDataHandler = None

    def _settle(self) -> None:
        """Note the formula whose cell ended without characters."""
        if self._awaiting:
            self._marks.faults[self._awaiting] = NO_RESULT
        self._awaiting = None
        self._parser.CharacterDataHandler = None

    def _here(self) -> Place:
        address = self._cell.get("r")
        return place_of(address) if address else (max(1, self._row), self._column)

    def _grow(self) -> None:
        if self._strays and self._here() in self._strays:
            return
        self._height, self._width = max(self._height, self._row), max(self._width, self._column)
        if self._height * self._width > MAX_AREA:
            raise TooWide


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    try:
        return attributes.get("hidden") in _TRUE or float(attributes.get(size, _LEAST)) < _LEAST
    except ValueError:
        return False


def place_of(address: str) -> Place:
    """Return the place of an address such as C7, counting from 1. Raises ValueError for anything else."""
    try:
        row, column = xl_cell_to_rowcol(address.upper())
    except (AttributeError, TypeError) as error:
        raise ValueError(address) from error
    return row + 1, column + 1
