"""Read a list: the organisations in a spreadsheet, sheet by sheet, and what of it is not taken."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from base.errors import UserError
from etl.guard import Refused
from etl.guard.virus_scan import refuse_infected_files
from etl.model.nouns import Sheet
from etl.read import read_all_sheets, reader
from etl.unit_lists.list_columns import ListLayout, list_layout
from etl.unit_lists.list_words import ListColumn
from etl.unit_lists.listed_rows import ListedUnit, listed_units, with_areas_of_names
from etl.unit_lists.stated_year import stated_year
from stats.catalogue import Catalogue

_COLUMN = "python -m etl found --column 栏头"


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


def list_in(
    sheets: Sequence[Sheet],
    file: str,
    catalogue: Catalogue,
    chosen: Mapping[str, ListColumn | None],
    leave_out: Collection[str] = (),
    *,
    fill_down: bool = False,
) -> UnitList:
    """Return the list of organisations in a file's sheets; `chosen` says what headings hold, `leave_out` names sheets.

    With `fill_down` a blank area is that of the row above. Raises UserError when no sheet has a column that names
    organisations, or when two columns hold the same.
    """
    used = [sheet for sheet in sheets if sheet.visible and sheet.cells and sheet.name not in leave_out]
    read = [(sheet, list_layout(sheet, file, catalogue, chosen)) for sheet in used]
    layouts = tuple(layout for _, layout in read if layout)
    if not layouts:
        raise UserError(f"“{file}”里没有认出单位名称这一栏。请指明是哪一栏。", f"{_COLUMN}=单位名称")
    listed = [unit for layout in layouts for unit in _units(layout, len(layouts) > 1, fill_down)]
    units = tuple(with_areas_of_names(listed))
    if not units:
        raise UserError(f"“{file}”的表头下面没有单位。请核对文件。")
    years = [year for layout in layouts if (year := stated_year(layout, file))]
    rest = tuple(sheet.name for sheet, layout in read if layout is None)
    year = max(years, default=None)
    return UnitList(file=file, layouts=layouts, units=units, year=year, passed_over=rest)


def _units(layout: ListLayout, by_sheet: bool, fill_down: bool) -> list[ListedUnit]:
    return listed_units(layout, by_sheet=by_sheet, fill_down=fill_down)


def sheets_of(path: Path) -> list[Sheet]:
    """Return the sheets of a file. Raises UserError when it can't be read."""
    if not path.is_file():
        raise UserError(f"没有“{path}”这个文件。请核对路径。")
    refuse_infected_files([path])
    try:
        return reader().start_with(read_all_sheets, path)()
    except Refused as refused:
        raise UserError(f"“{path.name}”读不了：{refused}。请用表格软件打开，另存一份再试。") from None
