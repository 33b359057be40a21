"""Excel 2003 SpreadsheetML: a workbook as one XML text, as older systems export it."""

from datetime import datetime
from xml.parsers import expat

from etl.guard import ERROR_VALUE, MAX_AREA, MAX_CELLS, NO_RESULT, Refused, refuse_doctype
from etl.model.grid import as_text
from etl.model.nouns import Cell, CellKind, Sheet
from etl.model.number_format import NumberFormat, Unseen, read_format

_WHITE = "#FFFFFF"
_MOST_SPANNED = 100_000  # the largest accepted span of a row or column
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet "  # the namespace, as the parser prefixes it to names


def read_spreadsheetml(text: str) -> list[Sheet]:
    """Return the sheets of a SpreadsheetML text. Raises Refused when it is broken or has a DTD."""
    reading = _Workbook()
    try:
        reading.parser.Parse(text.strip().encode("utf-8"), True)
    except (expat.ExpatError, ValueError):
        raise Refused("文件已损坏，打不开") from None
    return reading.sheets


class _Workbook:
    """Follows the XML and builds its sheets. Row and cell numbers increase by one unless an Index is given."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._formats: dict[str, NumberFormat | Unseen] = {}
        self._letters: dict[str, str] = {}
        self._grounds: dict[str, str] = {}
        self._style = ""
        self._since_1904 = False
        self._spanned = 0
        self.parser = expat.ParserCreate("utf-8", " ")  # already decoded, whatever its first line declares
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
        self._row = self._next_row = self._column = self._listed = 0
        self._visible = True
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._row_style = ""
        self._column_styles: dict[int, str] = {}
        self._kind = ""
        self._is_unseen = False
        self._format: NumberFormat | Unseen | None = None
        self._unseen: set[tuple[int, int]] = set()
        self._inside = ""
        self._words: list[str] = []

    def _start(self, tag: str, prefixed: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        attributes = {key.removeprefix(_SPREADSHEET): value for key, value in prefixed.items()}
        if name == "Worksheet":
            self._begin_sheet(attributes)
        elif name == "Row":
            self._begin_row(attributes)
        elif name == "Cell":
            self._begin_cell(attributes)
        elif name == "Column":
            self._begin_column(attributes)
        elif name == "Style":
            self._style = attributes.get("ID", "")
        elif name == "NumberFormat" and (shown := read_format(attributes.get("Format", ""))):
            self._formats[self._style] = shown
        elif name in ("Font", "Interior"):
            (self._letters if name == "Font" else self._grounds)[self._style] = attributes.get("Color", "").upper()
        elif name == "Date1904":
            self._since_1904 = True
        elif name in ("Data", "Visible"):
            self._inside, self._kind, self._words = name, attributes.get("Type", "String"), []

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("Index", self._next_row + 1))
        self._next_row, self._column = self._row + int(attributes.get("Span", 0)), 0
        self._row_style = attributes.get("StyleID", "")
        if attributes.get("Hidden") == "1" or attributes.get("Height") == "0":
            rows = range(self._row, min(self._next_row, self._row + _MOST_SPANNED) + 1)
            self._span(rows)
            self._hidden_rows.update(rows)

    def _begin_column(self, attributes: dict[str, str]) -> None:
        first = int(attributes.get("Index", self._listed + 1))
        self._listed = first + min(int(attributes.get("Span", 0)), _MOST_SPANNED)
        columns = range(first, self._listed + 1)
        self._span(columns)
        if attributes.get("Hidden") == "1" or attributes.get("Width") == "0":
            self._hidden_columns.update(columns)
        if attributes.get("StyleID") in self._formats:
            self._column_styles |= dict.fromkeys(columns, attributes["StyleID"])

    def _span(self, numbers: range) -> None:
        """Count rows and columns that others stand for: the same one may be declared many times."""
        self._spanned += len(numbers)
        if self._spanned > MAX_AREA:
            raise Refused("表的范围过大")

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
        own = attributes.get("StyleID") or self._row_style or self._column_styles.get(self._column, "")
        self._format = self._formats.get(own)
        letters = self._letters.get(own)
        white = bool(letters) and letters == (self._grounds.get(own) or _WHITE)
        self._is_unseen = white or type(self._format) is Unseen
        self._here, self._column = self._column, right

    def _put(self, raw: str, kind: CellKind, column: int = 0, shown: str = "") -> None:
        column = column or self._column
        self._cells[self._row, column] = Cell(row=self._row, column=column, raw=raw, kind=kind, shown=shown)
        if len(self._cells) > MAX_CELLS:
            raise Refused("表里的格子过多")

    def _characters(self, words: str) -> None:
        if self._inside:
            self._words.append(words)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "Worksheet":
            self.sheets.append(self._made())
        elif name == "Visible" and self._inside == "Visible":
            self._visible = "".join(self._words).strip() not in ("SheetHidden", "SheetVeryHidden")
            self._inside = ""
        elif name == "Data" and self._inside == "Data":
            self._end_data("".join(self._words))
            self._inside = ""

    def _end_data(self, text: str) -> None:
        self._cells.pop((self._row, self._here), None)
        if text.strip():
            raw, kind = _say(text, self._kind)
            value = float(raw) if kind == "number" else raw
            if self._is_unseen:
                self._unseen.add((self._row, self._here))
            self._put(raw, kind, self._here, self._format.say(value) if self._format and kind != "error" else "")

    def _made(self) -> Sheet:
        return Sheet(
            name=self._name,
            cells=self._cells,
            merges=tuple(self._merges),
            visible=self._visible,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            since_1904=self._since_1904,
            unseen=frozenset(self._unseen),
        )


def _say(text: str, kind: str) -> tuple[str, CellKind]:
    """Return a value as the other readers do: whole numbers plain, dates as 2010-12-31."""
    if kind == "Error":
        return ERROR_VALUE, "error"
    if kind == "DateTime":
        return _say_day(text.strip())
    if kind == "Boolean":
        return ("是" if text.strip() == "1" else "否"), "text"
    return _say_number(text) if kind == "Number" else as_text(text)


def _say_day(text: str) -> tuple[str, CellKind]:
    """Return a day, with its time of day where it has one."""
    try:
        return as_text(datetime.fromisoformat(text))
    except ValueError:
        return text[:10], "date"


def _say_number(text: str) -> tuple[str, CellKind]:
    try:
        number = float(text)
    except ValueError:  # some programs call a text a number
        return text, "text"
    return (str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)), "number"
