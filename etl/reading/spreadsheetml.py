"""Excel 2003 SpreadsheetML: a workbook as one XML text, as older systems export it."""

from xml.parsers import expat

from etl.nouns import Cell, CellKind, Sheet
from etl.reading.guard import ERROR_VALUE, MAX_CELLS, NO_RESULT, Refused, refuse_doctype

_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet "  # what the parser sets before a tag or attribute


def read_spreadsheetml(text: str) -> list[Sheet]:
    """Return the visible sheets of a SpreadsheetML text. Raises Refused when it is broken or has a DTD."""
    reading = _Workbook()
    try:
        reading.parser.Parse(text.strip().encode("utf-8"), True)
    except (expat.ExpatError, ValueError):
        raise Refused("文件已损坏，打不开") from None
    return reading.sheets


class _Workbook:
    """Follows the XML and builds its sheets. Row and cell numbers go on by one unless an Index says otherwise."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.parser = expat.ParserCreate("utf-8", " ")  # the text is decoded already, whatever its first line says
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = refuse_doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._begin_sheet({})

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        self._name = attributes.get("Name", "")
        self._cells: dict[tuple[int, int], Cell] = {}
        self._merges: list[tuple[int, int, int, int]] = []
        self._row = self._next_row = self._column = 0
        self._visible = True
        self._kind = ""
        self._inside = ""
        self._words: list[str] = []

    def _start(self, tag: str, found: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        attributes = {key.removeprefix(_SPREADSHEET): value for key, value in found.items()}
        if name == "Worksheet":
            self._begin_sheet(attributes)
        elif name == "Row":
            self._row = int(attributes.get("Index", self._next_row + 1))
            self._next_row, self._column = self._row + int(attributes.get("Span", 0)), 0
        elif name == "Cell":
            self._begin_cell(attributes)
        elif name in ("Data", "Visible"):
            self._inside, self._kind, self._words = name, attributes.get("Type", "String"), []

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._column = int(attributes.get("Index", self._column + 1))
        right = self._column + int(attributes.get("MergeAcross", 0))
        bottom = self._row + int(attributes.get("MergeDown", 0))
        if min(self._row, self._column) < 1 or right < self._column or bottom < self._row:
            raise ValueError("a place before the first")
        if (bottom, right) != (self._row, self._column):
            self._merges.append((self._row, self._column, bottom, right))
        if "Formula" in attributes:  # stays unless a result follows
            self._put(NO_RESULT, "error")
        self._here, self._column = self._column, right

    def _put(self, raw: str, kind: CellKind, column: int = 0) -> None:
        column = column or self._column
        self._cells[self._row, column] = Cell(self._row, column, raw, kind)
        if len(self._cells) > MAX_CELLS:
            raise Refused("表里的格子过多")

    def _characters(self, words: str) -> None:
        if self._inside:
            self._words.append(words)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "Worksheet" and self._visible:
            self.sheets.append(Sheet(self._name, self._cells, tuple(self._merges)))
        elif name == "Visible" and self._inside == "Visible":
            self._visible = "".join(self._words).strip() not in ("SheetHidden", "SheetVeryHidden")
            self._inside = ""
        elif name == "Data" and self._inside == "Data":
            self._end_data("".join(self._words))
            self._inside = ""

    def _end_data(self, text: str) -> None:
        self._cells.pop((self._row, self._here), None)
        if text.strip():
            self._put(*_say(text, self._kind), self._here)


def _say(text: str, kind: str) -> tuple[str, CellKind]:
    """Return a value as the other formats give it: whole numbers plain, dates as 2010-12-31."""
    if kind == "Error":
        return ERROR_VALUE, "error"
    if kind == "DateTime":
        return text.strip()[:10], "date"
    if kind == "Boolean":
        return ("是" if text.strip() == "1" else "否"), "text"
    return _say_number(text) if kind == "Number" else (text, "text")


def _say_number(text: str) -> tuple[str, CellKind]:
    try:
        number = float(text)
    except ValueError:  # some programs call a text a number
        return text, "text"
    return (str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)), "number"
