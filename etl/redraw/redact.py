"""Redact: personal data are removed from a sender's workbook before it is answered."""

import re
from collections.abc import Callable, Iterable, Mapping

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from etl.redraw.cached_results import Results
from etl.redraw.cell_addresses import CellFinder, filled_cells
from etl.redraw.change_list import CellMark
from stats.exports.style.sheet_text import put_text

_LINKED = re.compile(r"\[\d+\]")  # how a formula names another workbook


def hide_cells(book: Workbook, marks: Iterable[CellMark], hide: Callable[[str], str], word: str) -> None:
    """Remove from a workbook, in place, what must not be sent: `word` replaces the contents that a mark asks to hide.

    `hide` redacts a text, in cells, comments and sheet names. A marked cell without such a text is the heading of a
    column or a row of it, and the cells below or next to it are removed. Pictures and the caches of pivot tables may
    contain the same data and are dropped.
    """
    for sheet in book.worksheets:
        sheet.title = hide(sheet.title)
        sheet._pivots, sheet._images = [], []  # type: ignore[attr-defined]  # the library has no other way
    places = {sheet.title: CellFinder(sheet) for sheet in book.worksheets}
    labels: dict[tuple[str, int], Cell] = {}  # the topmost of each column, by sheet: all cells below it are removed
    for mark in marks:
        pieces = ":" in mark.address  # pieces side by side, and no label
        for named in places[mark.sheet].cells(mark.address) if mark.hide and mark.sheet in places else ():
            if pieces or hide(_written(named)) != _written(named):
                put_text(named, word)
            else:
                _hide_beside(book[mark.sheet], named, word)
                column = labels.setdefault((mark.sheet, named.column), named)
                labels[mark.sheet, named.column] = min(column, named, key=lambda cell: cell.row)
    _hide_below(book, labels, word)
    for cell in (cell for sheet in book.worksheets for cell in filled_cells(sheet)):
        _hide_in(cell, hide, word)


def cut_links(book: Workbook, results: Mapping[str, Results]) -> None:
    """Remove from a workbook, in place, cached data of other workbooks that its formulas refer to.

    Formulas with such references are replaced by their result, by sheet name and address, or emptied without one.
    """
    book._external_links = []  # type: ignore[attr-defined]  # the library has no other way
    for name in [name for name, defined in book.defined_names.items() if _LINKED.search(defined.value or "")]:
        del book.defined_names[name]
    for sheet in book.worksheets:
        for cell in filled_cells(sheet):
            if cell.data_type == "f" and _LINKED.search(str(cell.value)):
                put_text(cell, str(results.get(sheet.title, {}).get(cell.coordinate, "")))


def _hide_beside(sheet: Worksheet, label: Cell, word: str) -> None:
    """Hide the cell beside a label: labels may stand on the left."""
    neighbour = sheet.cell(label.row, label.column + 1) if label.column == 1 else None
    if isinstance(neighbour, Cell) and neighbour.value is not None:
        put_text(neighbour, word)


def _hide_below(book: Workbook, labels: Mapping[tuple[str, int], Cell], word: str) -> None:
    """Hide the filled cells under labels, given by sheet and column."""
    for sheet in book.worksheets if labels else ():
        for cell in filled_cells(sheet):
            label = labels.get((sheet.title, cell.column))
            if label and cell.row > label.row and cell.value is not None:
                put_text(cell, word)


def _hide_in(cell: Cell, hide: Callable[[str], str], word: str) -> None:
    written = _written(cell)
    if hide(written) != written:
        put_text(cell, word if cell.data_type == "f" else hide(written))
    if cell.comment:
        cell.comment.text = hide(cell.comment.text)


def _written(cell: Cell) -> str:
    """Return the content of a cell as text; a whole number without its decimal point."""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
