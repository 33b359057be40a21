"""Faulty files, which must be returned: one small file per fault, named after the fault."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from etl.sample.books import write_workbook
from etl.sample.county.calendar import YEAR_END
from etl.sample.county.sources import FOLDER, chance
from etl.sample.draw_sheets import DrawnSheet, Filled, draw
from etl.sample.returns import Sample
from etl.sample.sheet_looks import PLAIN

Place = tuple[int, int]
AREA = "T02"
WRONG_QUARTER = "2012年四季度"


def write_returned(sample: Sample, folder: Path) -> int:
    """Write the faulty files into a folder and return their number."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "打不开_内容损坏.xlsx").write_bytes(chance("damaged").randbytes(4096))
    (folder / "空文件.xlsx").write_bytes(b"")
    shutil.copyfile(FOLDER / "encrypted.xlsx", folder / "加了密码_打不开.xlsx")
    write_workbook(folder / "不是规定的表_值班安排.xlsx", [_foreign_sheet()])
    faults = _faults(sample)
    for name, grid in faults.items():
        write_workbook(folder / f"{name}.xlsx", [grid])
    return 4 + len(faults)


def _foreign_sheet() -> DrawnSheet:
    """Return a sheet that matches none of the forms."""
    grid = DrawnSheet("值班安排")
    for column, label in enumerate(("日期", "带班", "值班电话", "备注")):
        grid.put(0, column, label, "header")
    for day in range(1, 6):
        grid.put(day, 0, f"5月{day}日", "text")
        grid.put(day, 1, "办公室", "text")
    return grid


def _faults(sample: Sample) -> dict[str, DrawnSheet]:
    """Return the faulty sheets by name: each is a correct sheet of one township with one fault."""
    return {
        "期别前后不一_标题2012年报告期2010年": _spoilt(sample, _retitle),
        "单位不认识_红星玻璃制品有限公司": _spoilt(sample, _rename_unit),
        "数字栏填了文字_约三百": _spoilt(sample, lambda grid: _set(grid, "会员人数/合计", "约三百")),
        "会员多于职工": _spoilt(sample, lambda grid: _set(grid, "会员人数/合计", 9999), total=False),
        "合计与明细不符": _spoilt(sample, _wrong_total),
        "缺少涵盖单位数一栏": _spoilt(sample, _drop_column),
    }


def _spoilt(sample: Sample, spoil: Callable[[DrawnSheet], None], total: bool = True) -> DrawnSheet:
    unions = sample.county.unions_of(AREA, YEAR_END)
    rows = sample.rosters.rows("R01", unions, YEAR_END)
    filled = Filled(
        form=sample.catalogue.forms["R01"], reporter=sample.county.areas[AREA].name, quarter=YEAR_END, rows=rows
    )
    grid = draw(filled, replace(PLAIN, total="last" if total else "none"), sample.catalogue, sample.county)
    spoil(grid)
    return grid


def _retitle(grid: DrawnSheet) -> None:
    grid.merges = [
        (*place, value.replace("2010年四季度", WRONG_QUARTER) if style == "title" else value, style)
        for *place, value, style in grid.merges
    ]


def _rename_unit(grid: DrawnSheet) -> None:
    _set(grid, "工会名称", "红星玻璃制品有限公司工会")


def _drop_column(grid: DrawnSheet) -> None:
    """Remove the column of covered units, including its header."""
    column = _column(grid, "涵盖单位数")
    grid.merges = [merge for merge in grid.merges if merge[4] != "涵盖单位数"]
    grid.cells = {place: cell for place, cell in grid.cells.items() if place[1] != column}


def _wrong_total(grid: DrawnSheet) -> None:
    column = _column(grid, "会员人数/合计")
    row = next(row for (row, _), (value, style) in grid.cells.items() if value == "合计" and style == "text")
    grid.put(row, column, grid.cells[row, column][0] + 100, "number")


def _set(grid: DrawnSheet, label: str, value: Any) -> None:
    """Put another value into the third row of details of a column."""
    grid.put(_first_row(grid) + 2, _column(grid, label), value, "number")


def _first_row(grid: DrawnSheet) -> int:
    return 1 + max(row for (row, _), (_, style) in grid.cells.items() if style == "header")


def _column(grid: DrawnSheet, label: str) -> int:
    """Return the sheet column of a header path; a single label is merged over both header rows."""
    upper, _, lower = label.partition("/")
    top, left, _, right = next(tuple(merge[:4]) for merge in grid.merges if merge[4] == upper)
    if not lower:
        return int(left)
    below = range(left, right + 1)
    return next(column for column in below if grid.cells[top + 1, column][0] == lower)
