"""Draw an answer, inside the guarded child process: the kept original is opened here and nowhere else."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook

from etl.guard import Refused
from etl.model.nouns import Cell, Sheet
from etl.privacy import HIDDEN, blank_name, check_privacy, hide
from etl.read import read_sheets
from etl.recognise.extra_sheets import is_answer_list
from etl.redraw.cached_results import Results, put_results
from etl.redraw.change_list import CellMark, Slip
from etl.redraw.plain_copy import PlainSheet, Value, copy_sheets
from etl.redraw.redact import cut_links, hide_cells
from etl.redraw.return_slip import draw_slip

NOT_KEPT = "原件没有保存"
_MOST_CELLS = 600_000  # more would exceed a child process's limits of time and memory


def draw_answer(path: Path, part: Path, slip: Slip, marks: Sequence[CellMark]) -> None:
    """Write the answer to the file at `path`; a file that can't be opened, or is too large, gets the list alone."""
    try:
        sheets = [sheet for sheet in read_sheets(path) if sheet.name != NOT_KEPT]
    except (Refused, OSError):
        sheets = []
    if not sheets or sum(len(sheet.cells) for sheet in sheets) > _MOST_CELLS:
        draw_list_alone(part, slip, marks)
        return
    outside_cells = any(mark.hide and not mark.address for mark in marks)  # personal data outside the cells
    book = None if outside_cells else original_book(path)
    results = {} if book is None else results_of(sheets)
    names = {blank_name(sheet.name): hide(sheet.name) for sheet in sheets}
    if book is None:
        book, names = copy_sheets([plain_sheet(sheet) for sheet in sheets if not is_answer_list(sheet)])
        marks = [replace(mark, sheet=names.get(mark.sheet, mark.sheet)) for mark in marks]
    if any(mark.hide for mark in marks):
        cut_links(book, results)
        hide_cells(book, [*marks, *_persons_in(sheets, names)], hide, HIDDEN)
        results = {}  # cached results may repeat what was redacted
    draw_slip(book, slip, marks)
    book.save(part)
    put_results(part, {number: results.get(sheet.title, {}) for number, sheet in enumerate(book.worksheets, start=1)})


def draw_blanked(path: Path, part: Path) -> None:
    """Write a copy of the file at `path` without personal data: the values of its visible sheets.

    For a file that can't be copied, write one sheet that says that nothing was kept.
    """
    try:
        sheets = [sheet for sheet in read_sheets(path) if not is_answer_list(sheet)]
        if sheets and sum(len(sheet.cells) for sheet in sheets) <= _MOST_CELLS:
            _without_persons(sheets).save(part)
            return
    except Exception:  # noqa: BLE001,S110 - whatever is wrong with the file, its personal data must not be kept
        pass
    draw_nothing_kept(part)


def _without_persons(sheets: Sequence[Sheet]) -> Workbook:
    book, names = copy_sheets([plain_sheet(sheet) for sheet in sheets])
    hide_cells(book, _persons_in(sheets, names), hide, HIDDEN)
    return book


def _persons_in(sheets: Sequence[Sheet], names: Mapping[str, str]) -> list[CellMark]:
    """Return a mark on each place of the sheets that tells of a person; `names` are the sheets' names in the book."""
    persons = [
        (name, finding.address)
        for sheet in sheets
        if (name := names.get(blank_name(sheet.name)))
        for finding in check_privacy(sheet, (), "")
    ]
    return [
        CellMark(sheet=name, address=address, word="", problem="", requirement="", todo="", column="", hide=True)
        for name, address in persons
        if address
    ]


def draw_nothing_kept(part: Path) -> None:
    """Write a workbook that says that the original was not kept."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title, sheet["A1"] = NOT_KEPT, "原件里有个人信息，又不能逐格隐去，所以没有保存。"
    book.save(part)


def draw_list_alone(part: Path, slip: Slip, marks: Sequence[CellMark]) -> None:
    """Write the answer to a file that can't be reproduced: the list, without the file's own sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    draw_slip(book, replace(slip, readable=False), marks)
    book.save(part)


def original_book(path: Path) -> Workbook | None:
    """Return the original as the library opens it, without macros; None for another format or one it can't open."""
    if not zipfile.is_zipfile(path):
        return None
    with zipfile.ZipFile(path) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return None
    try:
        with path.open("rb") as file:  # given a path, the library would trust its extension
            return load_workbook(file)
    except Exception:  # noqa: BLE001 - the library meets what it does not know with errors of every kind
        return None


def results_of(sheets: Sequence[Sheet]) -> dict[str, Results]:
    """Return what the cells of sheets hold, by the sheet's name and the cell's address."""
    return {
        sheet.name: {
            cell.address: float(cell.raw) if cell.kind == "number" else cell.raw
            for cell in sheet.cells.values()
            if cell.kind in ("number", "text")
        }
        for sheet in sheets
    }


def plain_sheet(sheet: Sheet) -> PlainSheet:
    """Return a sheet as data, to be copied."""
    return PlainSheet(
        blank_name(sheet.name), {place: _value(cell) for place, cell in sheet.cells.items()}, sheet.merges
    )


def _value(cell: Cell) -> Value:
    if cell.kind == "number":
        return int(cell.raw) if cell.raw.lstrip("-").isdigit() else float(cell.raw)
    if cell.kind == "date":
        return datetime.fromisoformat(cell.raw) if " " in cell.raw else date.fromisoformat(cell.raw)
    return cell.raw
