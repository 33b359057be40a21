"""Row kinds: which rows below a header are details, totals, 其中 rows, reports of nothing, or no data at all."""

import re
from typing import Any, Literal

from base.text import normalise
from etl.labels.derived_labels import derived_label
from etl.labels.total_labels import may_be_total, total_rank
from etl.model.grid import Cell
from etl.model.nouns import Layout, RowCells
from etl.model.values import is_blank

RowKind = Literal["detail", "total", "subset", "derived", "nil", "blank"]

_NIL = re.compile(r"(本期|本季|本季度)无.{0,6}")
_FOOTER = re.compile(r"(填表人|制表人?|审核人?|负责人|填报日期|报出日期|单位负责人|注\d?[:.、]|说明[:.、]|备注[:.、])")
_PART = "其中"  # begins a part of the row above, which is not a row of its own
_SUBSET = re.compile(rf"(\d+[.、]?|\(\d+\))?{_PART}")  # with an optional running number in front
_FIRST_LETTERS = frozenset("填制审负报单注说备本其")  # first characters of footers, parts and reports of nothing
_PLAIN_TOTAL = "计"  # in words that always mean a total, such as 合计; 全县 and 汇总 may also be data
_TELLING = 4  # a text of at least this length can't be one of the words for a blank


def kinds_of_rows(layout: Layout) -> dict[int, RowKind]:
    """Return the kind of each row from the first below the header to the last of the sheet."""
    if layout.kind == "return":
        return {layout.first_row: "detail"}
    rows = range(layout.first_row, layout.sheet.height + 1)
    unclear = _unclear_rows(layout)
    kinds: dict[int, RowKind] = {row: _kind_of(layout, row) if row in unclear else "detail" for row in rows}
    only = layout.shown.only if layout.shown else None
    return kinds if only is None else {row: kind for row, kind in kinds.items() if row in only}


def _unclear_rows(layout: Layout) -> set[int]:
    """Return the rows that have to be examined; the others are obviously details."""
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
    """Return the rows whose cell in a column contains a character of the words for a total."""
    kinds = {*map(type, values)}
    if kinds == {float} or (kinds == {str} and not may_be_total("".join(values))):
        return set()
    return {row for row, value in zip(rows, values, strict=True) if may_be_total(_words(value))}


def _rows_beginning_otherwise(rows: range, firsts: list[Any]) -> set[int]:
    """Return the rows whose first cell may begin a footer, total or part; a running number does not."""
    texts = [(row, _words(value).strip()) for row, value in zip(rows, firsts, strict=True) if type(value) is not float]
    unnamed = {row for row, words in texts if len(words) <= _TELLING or _PART in words or derived_label(words)}
    return unnamed | {row for row, words in texts if words[:1] in _FIRST_LETTERS or may_be_total(words)}


def _rows_not_plainly_named(rows: range, values: list[Any]) -> set[int]:
    """Return the rows whose cell may hold a word for a blank, being short, or marks a part of the row above."""
    texts = [(row, _words(value).strip()) for row, value in zip(rows, values, strict=True)]
    return {row for row, words in texts if len(words) <= _TELLING or _PART in words or derived_label(words)}


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
    if _is_derived(layout, row):
        return "derived"
    if total_label(layout, row):
        return "total"
    return "detail" if any(cell.row == row and not is_blank(cell.raw) for cell in cells) else "blank"


def _is_derived(layout: Layout, row: int) -> bool:
    """Return whether a row says that it is derived from others (平均, 同比) and is not filled in like the rest."""
    own = [cell for cell in layout.sheet.row_cells(row) if cell.kind == "text"]
    first = next((cell for cell in own if not cell.raw.strip().isdigit()), None)
    return first is not None and bool(derived_label(first.raw)) and not _is_filled_in(layout, row, first.column)


def total_label(layout: Layout, row: int) -> str:
    """Return the words by which a row says that it is a total, "" if there are none.

    If a row is filled in like the rest, 全县 and the like are data.
    """
    own = [cell for cell in layout.sheet.row_cells(row) if cell.kind == "text"]
    held = {cell.column for cell in RowCells(layout, row).values()}
    first = next((cell for cell in own if not cell.raw.strip().isdigit()), None)
    for cell in own:
        if (cell is first or cell.column in held) and total_rank(cell.raw):
            plain = _PLAIN_TOTAL in normalise(cell.raw)[1:]
            if plain or (cell is first and not _is_filled_in(layout, row, cell.column)):
                return cell.raw.strip()
    return ""


def _is_filled_in(layout: Layout, row: int, label: int) -> bool:
    """Return whether all other required text cells of a row are filled."""
    wanted = [c.code for c in layout.form.columns if c.required and not c.numeric and c.code in layout.codes]
    others = [layout.place(row, code) for code in wanted if layout.place(row, code)[1] != label]
    cells = layout.sheet.cells
    return bool(others) and all(place in cells and not is_blank(cells[place].raw) for place in others)
