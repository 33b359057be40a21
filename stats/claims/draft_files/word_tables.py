"""Tables of a Word file: their cells with the places they cover, merged ones as one."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from stats.claims.draft_files.draft_model import CellOfDraft
from stats.exports.word.file import W

_Placed = tuple[etree._Element, CellOfDraft]


def cells_of(table: etree._Element, number: int) -> Iterator[_Placed]:
    """Yield the cells of a table, row by row; what is merged with the cell above it belongs to that one."""
    placed: list[_Placed] = []
    above: dict[int, int] = {}  # by column, which cell is the last that began there
    for place, row in enumerate(_rows(table)):
        for cell, column, width in _in_row(row):
            if _goes_on(cell) and column in above:
                first, at = placed[above[column]]
                placed[above[column]] = first, replace(at, height=place - at.row + 1)
            else:
                above[column] = len(placed)
                placed.append((cell, CellOfDraft(number, place, column, width)))
    yield from placed


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl"), None) is table and row.find(f"{W}trPr/{W}del") is None:
            yield row


def _in_row(row: etree._Element) -> Iterator[tuple[etree._Element, int, int]]:
    """Yield the cells of a row with the column each begins at and how many it covers."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    column = _number(before) or 0
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr"), None) is row:
            width = _number(cell.find(f"{W}tcPr/{W}gridSpan")) or 1
            yield cell, column, width
            column += width


def _goes_on(cell: etree._Element) -> bool:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _number(element: etree._Element | None) -> int | None:
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() else None
