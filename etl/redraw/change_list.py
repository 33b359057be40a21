"""Change list: the first sheet of a return slip, 「要改的 N 处」, each line with a link to its cell."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from etl.model.finding import say_addresses
from etl.model.reply_marker import WORDS, is_change_list, name_list, sum_up
from stats.exports.style.sheet_page import fit_page
from stats.exports.style.sheet_text import put_text
from stats.exports.style.text_width import breadth

FILLS = {"退回": "FFC7CE", "核实": "FFE699", "提示": "BDD7EE"}
_MOST = 2000
_WIDTHS = {"序号": 6, "类别": 7, "表": 18, "格": 11, "栏目": 18, "现在": 36, "应该": 34, "要做": 34}
_WORD, _LINK = 2, 4  # the columns of the severity and of the cell
_TOP = 6  # the row of the headings
_LINE = 16.5  # points
# Of the lines above the list: the letterhead and the sum are titles, then progress, ends and how to do it.
_TITLES, _LETTERS, _HEIGHTS = 2, (18, 14, 11, 11, 11), (36, 28, 20, 34, 40)
_FONT = "微软雅黑"
_EDGE = Side(style="thin", color="9AA5B1")
_Dressed = dict[tuple[int, str, bool], Cell | MergedCell]  # by column, word and whether it is a link


@dataclass(kw_only=True, frozen=True)
class CellMark:
    """A remark on a place: `word` is one of WORDS; `address` as findings write it, "" for a whole sheet.

    `hide` means that the content has to be redacted in the answer. `places` is the number of places it stands for,
    where they are counted and not listed.
    """

    sheet: str
    address: str
    word: str
    problem: str
    requirement: str
    todo: str
    column: str = ""
    hide: bool = False
    places: int = 1


@dataclass(kw_only=True, frozen=True)
class Slip:
    """The head of the list: the file, its sender, the day, the recipient, the progress since the last answer.

    `by` is the day by which the corrected file is asked for, `contact` whom to ask, `number` that of the receipt, None
    for a file that was not taken in.
    """

    file: str
    reporter: str
    day: date
    send_to: str
    by: date
    contact: str = ""
    number: int | None = None
    progress: str = ""
    readable: bool = True


def drop_list(book: Workbook) -> None:
    """Remove the list of an earlier slip from a workbook."""
    for sheet in book.worksheets:
        texts = [str(cell.value) for row in sheet.iter_rows(max_row=_TOP) for cell in row if cell.value is not None]
        if is_change_list(sheet.title, texts):
            book.remove(sheet)


def draw_list(book: Workbook, slip: Slip, marks: Sequence[CellMark], targets: Mapping[tuple[str, str], str]) -> None:
    """Add the list as the first sheet; `targets` tells, by sheet and address, the cell that a line jumps to."""
    sheet = book.create_sheet(name_list(_words(marks)), 0)
    book.active = sheet
    _draw_head(sheet, slip, _words(marks))
    firsts = _told_once(marks)
    lines = sorted(firsts, key=lambda mark: mark.word == WORDS[2])
    shown = lines[:_MOST]
    dressed: _Dressed = {}
    for number, mark in enumerate(shown, start=1):
        place = f"{quote_sheetname(mark.sheet)}!{targets[mark.sheet, firsts[mark]]}"
        _draw_line(sheet, number, mark, place if mark.sheet in book.sheetnames else "", dressed)
    if len(lines) > _MOST:
        coloured = "，表里已经涂色" if slip.readable else ""
        left = sum(mark.places for mark in lines[_MOST:])
        put_text(sheet.cell(_TOP + _MOST + 1, 1), f"还有 {left} 处没有列出{coloured}。")
    _lay_out(sheet)


def _told_once(marks: Sequence[CellMark]) -> dict[CellMark, str]:
    """Return the marks with those that differ only in their cell as one that names all cells, each with its first."""
    groups: dict[CellMark, list[CellMark]] = {}
    for mark in marks:
        groups.setdefault(replace(mark, address="", places=1), []).append(mark)
    return {
        replace(
            alike,
            address=say_addresses([mark.address for mark in group]),
            places=sum(mark.places for mark in group),
        ): group[0].address
        for alike, group in groups.items()
    }


def _words(marks: Sequence[CellMark]) -> list[str]:
    """Return the word of each place, including places represented by one mark."""
    return [mark.word for mark in marks for _ in range(mark.places)]


def _draw_head(sheet: Worksheet, slip: Slip, words: Sequence[str]) -> None:
    lines = (
        f"{slip.send_to}报表退回单",
        sum_up(slip.file, words),
        slip.progress and f"{slip.progress}。",
        _say_ends(slip),
        _how(slip),
    )
    for row, line in enumerate(lines, start=1):
        put_text(sheet.cell(row, 1), line)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(_WIDTHS))
        sheet.cell(row, 1).alignment = Alignment("center" if row == 1 else None, "center", wrap_text=True)
        sheet.cell(row, 1).font = Font(name=_FONT, bold=row <= _TITLES, size=_LETTERS[row - 1])
        sheet.row_dimensions[row].height = _HEIGHTS[row - 1]
    sheet.row_dimensions[_TITLES + 1].hidden = not slip.progress
    for column, heading in enumerate(_WIDTHS, start=1):
        cell = sheet.cell(_TOP, column, heading)
        cell.fill, cell.border = PatternFill("solid", fgColor="DCE6F1"), Border(_EDGE, _EDGE, _EDGE, _EDGE)
        cell.font, cell.alignment = Font(name=_FONT, bold=True), Alignment("center", "center")
    sheet.row_dimensions[_TOP].height = 22


def _say_ends(slip: Slip) -> str:
    """Return from whom the file came and to whom, by when, it goes back, and whom to ask."""
    parts = (
        f"退回编号：第{slip.number}号" if slip.number else "",
        f"填报单位：{slip.reporter}" if slip.reporter else "",
        f"退回日期：{_say_day(slip.day)}",
        f"请于{_say_day(slip.by)}前改好发回：{slip.send_to}",
        f"联系人：{slip.contact}" if slip.contact else "",
    )
    return "　　".join(filter(None, parts))


def _say_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _how(slip: Slip) -> str:
    if not slip.readable:
        return "原件打不开，或者太大，不能在原件里标出。请在原件里按下面各条改好，再发回。"
    return (
        "点“格”一栏可以跳到要改的地方，那里已经涂色，批注里写着怎么改。红色是退回，一定要改；黄色是核实，"
        "请改正，没有填错的请说明原因；蓝色是提示，可以不改。请就在这个文件里改，改好后把整个文件发回，这一页不用删。"
    )


def _draw_line(sheet: Worksheet, number: int, mark: CellMark, place: str, dressed: _Dressed) -> None:
    row = _TOP + number
    where = mark.address or ("整张表" if mark.sheet else "整个文件")
    texts = (str(number), mark.word, mark.sheet, where, mark.column, mark.problem, mark.requirement, mark.todo)
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        put_text(cell, text)
        _dress(cell, mark.word if column == _WORD else "", bool(place) and column == _LINK, dressed)
    if place:
        link = sheet.cell(row, _LINK)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=place, tooltip="跳到这一格")
    lines = max(ceil(breadth(text) / (width - 2)) for text, width in zip(texts, _WIDTHS.values(), strict=True))
    sheet.row_dimensions[row].height = max(22, 6 + _LINE * lines)


def _dress(cell: Cell | MergedCell, word: str, linked: bool, dressed: _Dressed) -> None:
    """Format a cell by copying the style of an earlier one of its kind, because creating styles is slow."""
    column = cell.column or 0
    kind = column, word, linked
    if kind in dressed:
        cell._style = copy(dressed[kind]._style)  # type: ignore[union-attr]  # public to no type stub
        return
    colour, line = ("0563C1", "single") if linked else ("000000", None)
    cell.font = Font(name=_FONT, size=10.5, color=colour, underline=line)  # type: ignore[arg-type]
    cell.border = Border(_EDGE, _EDGE, _EDGE, _EDGE)
    centred = column <= _WORD
    cell.alignment = Alignment("center" if centred else "left", "center", wrap_text=True, indent=0 if centred else 1)
    if word:
        cell.fill = PatternFill("solid", fgColor=FILLS[word])
    dressed[kind] = cell


def _lay_out(sheet: Worksheet) -> None:
    for column, width in enumerate(_WIDTHS.values()):
        sheet.column_dimensions["ABCDEFGH"[column]].width = width
    sheet.freeze_panes = f"A{_TOP + 1}"
    sheet.sheet_view.showGridLines = False
    fit_page(sheet)
    sheet.print_title_rows = f"{_TOP}:{_TOP}"
