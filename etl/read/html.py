"""HTML: the tables of a web page, which many systems export under the name .xls."""

import re
from html.parser import HTMLParser

from etl.guard import MAX_AREA, MAX_CELLS, Refused
from etl.model.grid import as_text
from etl.model.nouns import Cell, Sheet
from etl.model.number_format import ShownText
from etl.read.delimited_text import SHEET_NAME

_MOST_COLUMNS, _MOST_ROWS = 1000, 65534  # the largest spans that browsers accept
_WIDEST = 16384  # columns a spreadsheet program shows
_SILENT = frozenset({"style", "script", "title", "xml"})
_HIDDEN = re.compile(r"display\s*:\s*none")
_LINES = frozenset({"p", "div", "h1", "h2", "h3", "h4", "caption"})


def read_html(text: str) -> Sheet:
    """Return the tables of a page below one another in one sheet, as a spreadsheet program shows them.

    Text between tables is a row of its own. Raises Refused when the page holds no table.
    """
    page = _Page()
    page.feed(text)
    page.close()
    page.end_line()
    if not page.tables or not page.cells:
        raise Refused("文件里没有表格")
    return Sheet(name=SHEET_NAME, cells=page.cells, merges=tuple(page.merges), hidden_rows=frozenset(page.hidden_rows))


class _Page(HTMLParser):
    """Follows the tags; a table within a cell is read as further rows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.tables = 0
        self._depth = self._row = self._column = self._silent = 0
        self._spanned: dict[int, int] = {}  # by column: the last row that a cell above spans
        self._room = MAX_AREA  # columns that spans may take, all cells together
        self._words: list[str] = []
        self._cell: tuple[int, int, str] | None = None  # column span, row span, the number behind the displayed text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a row or a cell; skip what is not displayed."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self.end_line()
            self._depth += 1
            self.tables += 1
        elif tag == "tr" and self._depth:
            self.end_line()
            self._row, self._column = self._row + 1, 0
            if _HIDDEN.search(dict(attrs).get("style") or ""):
                self.hidden_rows.add(self._row)
        elif tag in ("td", "th") and self._depth:
            self._end_cell()
            self._row = max(self._row, 1)  # a cell may stand in no row
            attributes = {name: value or "" for name, value in attrs}
            columns, rows = _span(attributes, "colspan", _MOST_COLUMNS), _span(attributes, "rowspan", _MOST_ROWS)
            self._cell = columns, rows, attributes.get("x:num", "")
        elif tag == "br":
            self._words.append("\n")
        elif tag in _LINES and not self._depth:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        """Close a cell, a table or a line of text."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._depth:
            self._end_cell()
            self._depth -= 1
            self._spanned = {}
        elif tag in _LINES and not self._depth or tag == "caption":
            self.end_line()

    def handle_data(self, data: str) -> None:
        """Collect the text of a cell or line."""
        if not self._silent:
            self._words.append(re.sub(r"[ \t\r\n]+", " ", data))

    def end_line(self) -> None:
        """Close an open cell, or make text outside of cells a row of its own."""
        if self._cell:
            self._end_cell()
        elif text := self._take_text():
            self._row += 1
            self.cells[self._row, 1] = Cell(self._row, 1, text, "text")

    def _end_cell(self) -> None:
        if not self._cell:
            self._words.clear()
            return
        (columns, rows, number), self._cell = self._cell, None
        left = self._free_column()
        self._column = left + columns - 1
        shown = self._take_text()
        text = number or shown
        if text:
            self.cells[self._row, left] = Cell(self._row, left, *as_text(text), _shown(number, shown))
        if len(self.cells) > MAX_CELLS or left > _WIDEST:
            raise Refused("表里的格子过多")
        self._span_cells(left, columns, rows)

    def _span_cells(self, left: int, columns: int, rows: int) -> None:
        if columns > 1 or rows > 1:
            self.merges.append((self._row, left, self._row + rows - 1, left + columns - 1))
        if rows > 1:
            self._take_room(columns)
            self._spanned |= dict.fromkeys(range(left, left + columns), self._row + rows - 1)

    def _free_column(self) -> int:
        column = self._column + 1
        while self._spanned.get(column, 0) >= self._row:
            column += 1
            self._take_room(1)
        return column

    def _take_room(self, columns: int) -> None:
        self._room -= columns
        if self._room < 0:
            raise Refused("表的范围过大")

    def _take_text(self) -> str:
        text = "".join(self._words).strip(" \n\u00a0")
        self._words.clear()
        return text


def _shown(number: str, text: str) -> str:
    """Return how a number is displayed, "" if that is just the number."""
    try:
        return ShownText(text).say(float(number)) if number else ""
    except ValueError:
        return ""


def _span(attributes: dict[str, str], name: str, most: int) -> int:
    written = attributes.get(name, "").strip()
    return min(max(int(written), 1), most) if written.isascii() and written.isdigit() else 1
