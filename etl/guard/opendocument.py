"""OpenDocument: what an .ods file holds besides values: password, errors, displayed texts, hidden cells."""

import re
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

from base.zip_guard import CHUNK, refuse_doctype
from etl.guard.sheet_scan import follow
from etl.model.grid import Place
from etl.model.marks import ERROR_VALUE, BookMarks, Marks
from etl.model.number_format import ShownText, Unseen

CONTENT = "content.xml"
_ERRORS = re.compile(r"#[A-Z/0]+[!?]?|Err:\d+")
_HIDDEN = ("collapse", "filter")
_ENCRYPTED = re.compile(rb"<(?:\w+:)?encryption-data")
_MANIFEST = "META-INF/manifest.xml"
_OVERLAP = 200  # bytes of overlap, because a word may be cut between two blocks
# If none of these words occurs there is nothing to note; searching the bytes saves parsing every tag.
_TELLING = re.compile(
    rb'"error"|>#[A-Z]|>Err:|visibility="(?:collapse|filter)"|1904-01-01|display-factor|min-integer-digits="(?:[2-9]|\d\d)'
    rb'|fo:color="#[fF]{6}"|(?:row-height|column-width)="0(?:\.0*)?[a-z]|office:value="[^"]*"[^>]*/>'
    rb"|<number:text[^>]*>[^<]*[^\x00-\x7f\s][^<]*<|<number:text[^>]*>[^<]*[A-Za-z%][^<]*<"
)
_NO_SIZE = re.compile(r"0(?:\.0*)?[a-z]")
_WHITE = "#ffffff"
_MOST_REPEATED = 1000  # only blanks are repeated more often than this
_LAST_COLUMN = 16384


def is_locked(archive: zipfile.ZipFile) -> bool:
    """Return whether the manifest names a part that is encrypted."""
    return bool(_ENCRYPTED.search(archive.read(_MANIFEST)))


def marks_of_opendocument(archive: zipfile.ZipFile) -> BookMarks:
    """Return what the reader leaves out of an OpenDocument workbook. Raises expat's error for invalid XML."""
    if not any(_tells(archive, part) for part in (CONTENT, "styles.xml") if part in archive.namelist()):
        return BookMarks()
    scan = _Scan()
    with archive.open(CONTENT) as part:
        follow(scan.parser, part)
    return scan.marks


def _tells(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as part:
        rest = b""
        while block := part.read(CHUNK):
            if _TELLING.search(rest + block):
                return True
            rest = block[-_OVERLAP:]
    return False


class _Scan:
    """Follows the content tag by tag. A repeated element stands for that many cells, columns or rows."""

    def __init__(self) -> None:
        self.marks = BookMarks()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._sheet = Marks()
        self._depth = 0  # a table within a cell is not a sheet
        self._row, self._rows, self._column, self._columns, self._listed = 1, 0, 1, 0, 0
        self._cell: dict[str, str] | None = None
        self._texts: list[str] = []
        self._aside = 0
        self._style = ""
        self._letters: dict[str, str] = {}
        self._grounds: dict[str, str] = {}
        self._flat: set[str] = set()  # styles of rows of no height, of columns of no width
        self._blank: set[Place] = set()
        self._shown = 0

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._depth += 1
            if self._depth == 1:
                self._sheet = self.marks.sheets[attributes.get("table:name", "")] = Marks()
                self._row, self._rows, self._listed = 1, 0, 0
                self._blank, self._shown = set(), 0
        elif tag == "table:null-date":
            self.marks.since_1904 = attributes.get("table:date-value", "").startswith("1904")
        elif tag == "style:style":
            self._style = attributes.get("style:name", "")
        elif tag.startswith("style:") and not self._depth:
            self._note_style(attributes)
        elif self._depth == 1:
            self._start_within(tag, attributes)

    def _start_within(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table-column":
            columns = _repeated(attributes, "table:number-columns-repeated")
            if self._is_hidden(attributes):
                last = min(self._listed + columns, _LAST_COLUMN)
                self._sheet.hidden_columns.update(range(self._listed + 1, last + 1))
            self._listed += columns
        elif tag == "table:table-row":
            self._row += self._rows
            self._rows = _repeated(attributes, "table:number-rows-repeated")
            self._column, self._columns = 1, 0
            if self._is_hidden(attributes) and self._rows <= _MOST_REPEATED:
                self._sheet.hidden_rows.update(range(self._row, self._row + self._rows))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._column += self._columns
            self._columns = _repeated(attributes, "table:number-columns-repeated")
            self._cell, self._texts = attributes, []
        elif tag == "office:annotation":
            self._aside += 1

    def _characters(self, text: str) -> None:
        if self._cell is not None and not self._aside:
            self._texts.append(text)

    def _end(self, tag: str) -> None:
        if tag == "table:table":
            self._depth -= 1
            if not self._depth and len(self._blank) < self._shown:  # some programs never write the displayed text
                self._sheet.formats |= dict.fromkeys(self._blank, Unseen())
        elif tag == "office:annotation":
            self._aside = max(0, self._aside - 1)
        elif self._cell is not None and tag in ("table:table-cell", "table:covered-table-cell") and self._depth == 1:
            self._end_cell(self._cell, "".join(self._texts).strip())
            self._cell = None

    def _end_cell(self, cell: dict[str, str], text: str) -> None:
        kind = cell.get("office:value-type")
        broken = cell.get("calcext:value-type") == "error" or ("table:formula" in cell and _ERRORS.fullmatch(text))
        if kind != "float" and kind != "currency" and not broken:
            return
        style = cell.get("table:style-name", "")
        white = self._letters.get(style, "") == self._grounds.get(style, _WHITE)
        self._shown += bool(text)
        for place in self._places():
            if broken:
                self._sheet.faults[place] = ERROR_VALUE
            elif text:
                self._sheet.formats[place] = Unseen(ShownText(text)) if white else ShownText(text)
            else:
                self._blank.add(place)

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        """Return whether a row or column is hidden, filtered out, or has no size."""
        return attributes.get("table:visibility") in _HIDDEN or attributes.get("table:style-name") in self._flat

    def _note_style(self, attributes: dict[str, str]) -> None:
        """Note the colours of a style, or that its rows or columns have no size."""
        if colour := attributes.get("fo:color"):
            self._letters[self._style] = colour.lower()
        if (ground := attributes.get("fo:background-color")) and ground != "transparent":
            self._grounds[self._style] = ground.lower()
        sizes = [attributes.get("style:row-height", ""), attributes.get("style:column-width", "")]
        if any(_NO_SIZE.match(size) for size in sizes):
            self._flat.add(self._style)

    def _places(self) -> Iterator[tuple[int, int]]:
        if self._rows <= _MOST_REPEATED and self._columns <= _MOST_REPEATED:
            for row in range(self._row, self._row + self._rows):
                for column in range(self._column, self._column + self._columns):
                    yield row, column


def _repeated(attributes: dict[str, str], name: str) -> int:
    return max(1, int(attributes.get(name, "1")))
