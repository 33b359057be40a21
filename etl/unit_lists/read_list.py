"""Read a list: the organisations in a spreadsheet, sheet by sheet, and what of it is not taken."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from base.errors import UserError
from etl.guard import Refused
from etl.guard.virus_scan import refuse_infected_files
from etl.model.nouns import Sheet
from etl.read import read_all_sheets, reader
from etl.unit_lists.list_columns import ListLayout, list_layout
from etl.unit_lists.list_words import ListColumn
from etl.unit_lists.listed_rows import ListedUnit, listed_units
from etl.unit_lists.stated_year import stated_year
from stats.catalogue import Catalogue


@dataclass(kw_only=True, frozen=True)
class UnitList:
    """A list of organisations: the name of its file, where it is in each sheet, its rows, and the year it is of.

    `passed_over` are the visible sheets that hold no list.
    """

    file: str
    layouts: tuple[ListLayout, ...]
    units: tuple[ListedUnit, ...]
    year: int | None
    passed_over: tuple[str, ...]


def read_list(
    path: Path, catalogue: Catalogue, chosen: Mapping[str, ListColumn | None], leave_out: Collection[str] = ()
) -> UnitList:
    """Return the list of organisations in a file; `chosen` says what headings hold, `leave_out` names sheets.

    Raises UserError when the file can't be read, when no sheet has a column that names organisations, or when two
    columns hold the same.
    """
    sheets = [sheet for sheet in _sheets(path) if sheet.visible and sheet.cells and sheet.name not in leave_out]
    read = [(sheet, list_layout(sheet, path.name, catalogue, chosen)) for sheet in sheets]
    layouts = tuple(layout for _, layout in read if layout)
    if not layouts:
        raise UserError(f"“{path.name}”里没有认出单位名称这一栏。请用 --column 写明，例如 --column 栏头=单位名称。")
    units = tuple(unit for layout in layouts for unit in listed_units(layout, by_sheet=len(layouts) > 1))
    if not units:
        raise UserError(f"“{path.name}”的表头下面没有单位。请核对文件。")
    years = [year for layout in layouts if (year := stated_year(layout, path.name))]
    rest = tuple(sheet.name for sheet, layout in read if layout is None)
    year = max(years, default=None)
    return UnitList(file=path.name, layouts=layouts, units=units, year=year, passed_over=rest)


def _sheets(path: Path) -> list[Sheet]:
    if not path.is_file():
        raise UserError(f"没有“{path}”这个文件。请核对路径。")
    refuse_infected_files([path])
    try:
        return reader().start_with(read_all_sheets, path)()
    except Refused as refused:
        raise UserError(f"“{path.name}”读不了：{refused}。") from None
