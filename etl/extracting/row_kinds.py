"""Row kinds: which rows below a header are details, totals, parts of a row, a report of nothing, or no data at all."""

import re
from typing import Any, Literal

from etl.extracting.values import is_blank
from etl.nouns import Layout, RowCells
from etl.reading.grid import Cell
from stats.words import normalise

RowKind = Literal["detail", "total", "subset", "nil", "blank"]

_TOTAL = re.compile(r"(全县|本页|本表)?(合计|总计|小计|累计)(数)?")
_NIL = re.compile(r"(本期|本季|本季度)无.{0,6}")
_FOOTER = re.compile(r"(填表人|制表人?|审核人?|负责人|填报日期|报出日期|单位负责人|注\d?[:.、]|说明[:.、]|备注[:.、])")
_PART = "其中"  # before a part of the row above, which is no row of its own
_SUBSET = re.compile(rf"(\d+[.、]?|\(\d+\))?{_PART}")  # with a running number in front of it in the same cell
_FIRST_LETTERS = frozenset("填制审负报单注说备本其")  # of what a footer, a part or a report of nothing begins with
_TOTAL_LETTER = "计"  # in every word for a total
_TELLING = 4  # letters from which a text can't be one of the words for a blank


def kinds_of_rows(layout: Layout) -> dict[int, RowKind]:
    """Return the kind of each row from the first below the header to the last of the sheet."""
    if layout.kind == "return":
        return {layout.first_row: "detail"}
    rows = range(layout.first_row, layout.sheet.height + 1)
    unclear = _unclear_rows(layout)
    return {row: _kind_of(layout, row) if row in unclear else "detail" for row in rows}


def _unclear_rows(layout: Layout) -> set[int]:
    """Return the rows that need a closer look; the others are details at first sight."""
    grid, top = layout.sheet.grid, layout.first_row
    rows = range(top, layout.sheet.height + 1)
    if layout.fills:
        return set(rows)
    firsts, own = grid.column(1, top), grid.column(next(iter(layout.columns.values())), top)
    unclear = _rows_beginning_otherwise(rows, firsts) | _rows_not_plainly_named(rows, own)
    for column in layout.columns.values():
        unclear |= _rows_with_a_total(rows, grid.column(column, top))
    return unclear


def _rows_with_a_total(rows: range, values: list[Any]) -> set[int]:
    """Return the rows in whose cell of a column the letter of all words for a total stands."""
    kinds = {*map(type, values)}
    if kinds == {float} or (kinds == {str} and _TOTAL_LETTER not in "".join(values)):
        return set()
    return {row for row, value in zip(rows, values, strict=True) if _TOTAL_LETTER in _words(value)}


def _rows_beginning_otherwise(rows: range, firsts: list[Any]) -> set[int]:
    """Return the rows whose first cell may begin a footer, total or part; a running number does not."""
    texts = [(row, _words(value).strip()) for row, value in zip(rows, firsts, strict=True) if type(value) is not float]
    unnamed = {row for row, words in texts if len(words) <= _TELLING or _PART in words}
    return unnamed | {row for row, words in texts if words[:1] in _FIRST_LETTERS or _TOTAL_LETTER in words}


def _rows_not_plainly_named(rows: range, values: list[Any]) -> set[int]:
    """Return the rows whose cell may hold a word for a blank, being short, or marks a part of the row above."""
    texts = [(row, _words(value).strip()) for row, value in zip(rows, values, strict=True)]
    return {row for row, words in texts if len(words) <= _TELLING or _PART in words}


def _words(value: Any) -> str:
    if type(value) is str:
        return value
    return value.raw if type(value) is Cell else ""


def _kind_of(layout: Layout, row: int) -> RowKind:
    first = next(layout.sheet.row_cells(row), None)
    words = normalise(first.raw) if first else ""
    cells = list(RowCells(layout, row).values())
    if _NIL.fullmatch(words):
        return "nil"
    if _FOOTER.match(words) or not cells:
        return "blank"
    labels = [normalise(cell.raw) for cell in cells] + [words]
    if any(_SUBSET.match(label) for label in labels[:2] + [words]):
        return "subset"
    if any(_TOTAL.fullmatch(label) for label in labels):
        return "total"
    return "detail" if any(cell.row == row and not is_blank(cell.raw) for cell in cells) else "blank"
