"""Return slip: the sender's own workbook with the wrong cells coloured and commented, and a list of them in front."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.worksheet import Worksheet

from etl.model.reply_marker import WORDS
from etl.redraw.cell_addresses import CellFinder, filled_cells, ranges_in
from etl.redraw.change_list import FILLS, CellMark, Slip, draw_list, drop_list
from stats.exports.style.sheet_text import printable

_AUTHOR = "县总工会"
_KEPT = "———— 以下是原有批注 ————"
_OURS = re.compile("【(?:" + "|".join(WORDS) + ")】")
_LETTERS_A_LINE = 24
_LONGEST = 30_000  # letters in a comment; spreadsheets take 32,767

Address = tuple[str, str]  # sheet, cell


@dataclass(frozen=True)
class _Spot:
    """One cell to colour, with all its remarks, the most severe first."""

    sheet: Worksheet
    cell: Cell
    marks: Sequence[CellMark]


def draw_slip(book: Workbook, slip: Slip, marks: Sequence[CellMark]) -> None:
    """Colour and comment the marked cells of a book, in place, and put the list of what is to be changed in front.

    Leftovers of an earlier slip are removed first. A cell's own comment is kept below ours. In a protected sheet the
    marked cells are unlocked; the protection is removed when a mark names no cell.
    """
    drop_list(book)
    for sheet in book.worksheets:
        _clean(sheet)
        sheet.sheet_view.tabSelected = False  # otherwise an edit in one sheet would apply to all
    spots = list(_spots(book, marks))
    for spot in spots:
        _colour(spot)
    for name in {mark.sheet for mark in marks if not ranges_in(mark.address)}.intersection(book.sheetnames):
        book[name].protection.sheet = False
    draw_list(book, slip, marks, {_named(mark): place for mark, place in _targets(marks)})


def _clean(sheet: Worksheet) -> None:
    """Take away colours and comments that an earlier slip left."""
    for cell in filled_cells(sheet):
        if cell.comment:
            own, _, kept = cell.comment.text.partition(_KEPT)
            if not _OURS.search(own):
                _size(cell.comment)
                continue
            cell.comment = _comment(kept.strip()) if kept.strip() else None
            if str(cell.fill.fgColor.rgb)[2:] in FILLS.values():
                cell.fill = PatternFill()


def _spots(book: Workbook, marks: Sequence[CellMark]) -> Iterator[_Spot]:
    by_address: dict[Address, tuple[Cell, list[CellMark]]] = {}
    places = {sheet.title: CellFinder(sheet) for sheet in book.worksheets}
    for mark in marks:
        if mark.sheet in places:
            for cell in places[mark.sheet].cells(mark.address):
                by_address.setdefault((mark.sheet, cell.coordinate), (cell, []))[1].append(mark)
    for (name, _), (cell, marks_of_cell) in by_address.items():
        yield _Spot(book[name], cell, sorted(marks_of_cell, key=lambda mark: WORDS.index(mark.word)))


def _colour(spot: _Spot) -> None:
    colour = FILLS[spot.marks[0].word]
    spot.cell.fill = PatternFill("solid", fgColor=colour)
    text = "\n\n".join(dict.fromkeys(_say(mark) for mark in spot.marks))
    before = spot.cell.comment.text if spot.cell.comment else ""
    spot.cell.comment = _comment(f"{text}\n{_KEPT}\n{before}" if before else text)
    if spot.sheet.protection.sheet:
        spot.cell.protection = Protection(locked=False)


def _say(mark: CellMark) -> str:
    return f"【{mark.word}】现在：{mark.problem}\n应该：{mark.requirement}\n要做：{mark.todo}"


def _comment(text: str) -> Comment:
    comment = Comment(printable(text)[:_LONGEST], _AUTHOR)
    _size(comment)
    return comment


def _size(comment: Comment) -> None:
    """Make the comment's box tall enough for its text: the library loses its size."""
    lines = sum(1 + len(line) // _LETTERS_A_LINE for line in comment.text.split("\n"))
    comment.width, comment.height = 340, min(600, 24 + 20 * lines)


def _named(mark: CellMark) -> Address:
    return mark.sheet, mark.address


def _targets(marks: Sequence[CellMark]) -> Iterator[tuple[CellMark, str]]:
    for mark in marks:
        places = ranges_in(mark.address)
        yield mark, (re.sub(r"^(\d+):\d+$", r"A\1", places[0]).partition(":")[0] if places else "A1")
