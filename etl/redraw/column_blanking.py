"""Column blanking: a file's copy without what the columns of persons hold, made before the file is kept.

Only the copy comes into the store. Its other cells are read again and held against the original: a copy in which any of
them differs is refused. One original always gives the same copy, so that a file sent twice is known again.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from base.errors import UserError
from etl.guard import Refused
from etl.model.grid import Cell, Place
from etl.model.nouns import Sheet
from etl.own_layouts.shown_tables import persons_in
from etl.privacy import HIDDEN
from etl.read import read_all_sheets
from etl.redraw.cached_results import put_results
from etl.redraw.draw_answer import original_book, plain_sheet, results_of
from etl.redraw.plain_copy import copy_sheets
from etl.redraw.redact import cut_links
from stats.catalogue import load_catalogue
from stats.catalogue.layers import Layer
from stats.exports.style.sheet_text import put_text

_NOT_DONE = "这份表里写姓名、电话的栏抹不干净，没有收。请删去这几栏再报。"
_THEN = datetime(2000, 1, 1)  # noqa: DTZ001 - a zip knows no time zone
_ABOUT = "docProps/core.xml"  # who wrote and changed the file, and when
_TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def blank_columns(path: Path, part: Path, layers: tuple[Layer, ...], version: int) -> bool:
    """Write a copy of a file without the persons in columns of declared layouts; return False where it has none.

    A file that can't be read has none. Raises UserError when the copy does not say the same as the original otherwise.
    """
    catalogue = load_catalogue(layers, version)
    try:
        sheets = read_all_sheets(path)
    except Refused:  # it is returned as it is
        return False
    gone = {
        sheet.name: places for sheet in sheets if sheet.visible and (places := persons_in(sheet, path.name, catalogue))
    }
    if not gone:
        return False
    _draw(path, part, sheets, gone)
    _without_times(part)
    _demand_same(sheets, read_all_sheets(part), gone)
    return True


def _draw(path: Path, part: Path, sheets: Sequence[Sheet], gone: Mapping[str, Sequence[Place]]) -> None:
    book, results = original_book(path), results_of(sheets)
    if book is None:
        book, _ = copy_sheets([plain_sheet(sheet) for sheet in sheets])
        results = {}
    cut_links(book, results)
    for name, places in gone.items():
        _hide(book, name, places)
    book.properties.creator = book.properties.lastModifiedBy = None
    book.save(part)
    put_results(part, {number: results.get(sheet.title, {}) for number, sheet in enumerate(book.worksheets, start=1)})


def _hide(book: Workbook, name: str, places: Sequence[Place]) -> None:
    if name not in book.sheetnames:
        raise UserError(_NOT_DONE)
    for row, column in places:
        cell = book[name].cell(row, column)
        cell.comment = None
        put_text(cell, HIDDEN)


def _without_times(part: Path) -> None:
    """Write the copy again without the times at which it was made."""
    with zipfile.ZipFile(part) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            info = zipfile.ZipInfo(name, _THEN.timetuple()[:6])
            archive.writestr(info, _TIMES.sub(b"", data) if name == _ABOUT else data, zipfile.ZIP_DEFLATED)


def _demand_same(sheets: Sequence[Sheet], copied: Sequence[Sheet], gone: Mapping[str, Sequence[Place]]) -> None:
    kept = [sheet for sheet in sheets if sheet.cells]
    matched = [sheet for sheet in copied if sheet.cells]
    same = len(kept) == len(matched) and all(
        _cells(sheet, gone.get(sheet.name, ())) == _cells(copy, gone.get(sheet.name, ()))
        for sheet, copy in zip(kept, matched, strict=True)
    )
    if not same:
        raise UserError(_NOT_DONE)


def _cells(sheet: Sheet, gone: Sequence[Place]) -> dict[Place, Cell]:
    left_out = {*gone}
    return {place: cell for place, cell in sheet.cells.items() if place not in left_out}
