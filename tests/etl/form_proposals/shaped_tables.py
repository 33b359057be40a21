"""Tables in the shapes that offices give them, from plain rows, with the register of tests/etl/own_layouts."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.etl.own_layouts.written_tables import AREAS

DUE = {"东街街道": [10, 12, 11], "西乡": [8, 8.5, 9], "教育系统": [20, 21, 22.5]}
PAID = {"东街街道": [9, 12, 10.5], "西乡": [7, 6.5, 5], "教育系统": [20, 21, 22]}
TITLE = "清河县2026年工会经费收缴情况表"
Rows = Sequence[Sequence[Any]]


def write_sheets(path: Path, sheets: Mapping[str, Rows], merges: Sequence[str] = ()) -> Path:
    """Write sheets of rows, and merge ranges on the first."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    for merge in merges:
        book.worksheets[0].merge_cells(merge)
    book.save(path)
    return path


def month_rows(month: int) -> list[float]:
    """Return what was due and paid in a month, from 0, area by area."""
    return [numbers[area][month] for area in AREAS for numbers in (DUE, PAID)]


def write_months_down(path: Path) -> Path:
    """Write months down, areas across with what was due and paid under each, in 万元, with sums."""
    sums = [sum(month_rows(month)[kind::2]) for month in range(3) for kind in (0, 1)]
    rows = [[f"{at + 1}月", *month_rows(at), *sums[2 * at : 2 * at + 2]] for at in range(3)]
    whole = [sum(row[at] for row in rows) for at in range(1, 9)]
    heads = [["月份", *(cell for area in AREAS for cell in (area, "")), "合计", ""], ["", *["应缴", "实缴"] * 4]]
    return write_sheets(path, {"Sheet1": [[TITLE], [*[""] * 7, "单位：万元"], *heads, *rows, ["合计", *whole]]})


def write_area_sheets(path: Path) -> Path:
    """Write a sheet of sums, then a sheet an area with months down, in 元."""
    sheets: dict[str, Rows] = {"汇总": [[TITLE], ["单位", "应缴", "实缴"], *[[area, 1, 1] for area in AREAS]]}
    for area in AREAS:
        rows = [[f"{at + 1}月", DUE[area][at] * 1e4, PAID[area][at] * 1e4] for at in range(3)]
        total = ["合计", sum(DUE[area]) * 1e4, sum(PAID[area]) * 1e4]
        sheets[area] = [[f"{area}2026年经费收缴（元）"], ["月份", "应缴", "实缴"], *rows, total]
    return write_sheets(path, sheets)


def write_month_sheets(path: Path) -> Path:
    """Write a sheet a month with areas down, of which the second alone is in 万元."""
    sheets: dict[str, Rows] = {}
    for at in range(3):
        times, unit = (1, "万元") if at == 1 else (1e4, "元")
        rows = [[area, DUE[area][at] * times, PAID[area][at] * times] for area in AREAS]
        heads = [f"清河县2026年{at + 1}月经费收缴表"], ["", "", f"单位：{unit}"], ["单位", "应缴", "实缴"]
        sheets[f"{at + 1}月"] = [*heads, *rows]
    return write_sheets(path, sheets)


def write_two_tables(path: Path, *, beside: bool = False) -> Path:
    """Write fees of a quarter and, below or beside them, aid with its areas in another order."""
    fees = [["单位", "应缴（元）", "实缴（元）"], *[[area, DUE[area][0], PAID[area][0]] for area in AREAS]]
    aid = [["单位", "户数", "金额（元）"], *[[area, at, 100 * at] for at, area in enumerate(reversed(AREAS), 1)]]
    title = ["2026年二季度经费和帮扶情况"]
    if beside:
        rows = [[*left, "", *right] for left, right in zip(fees, aid, strict=True)]
        return write_sheets(path, {"Sheet1": [title, *rows]})
    return write_sheets(path, {"Sheet1": [title, ["一、经费"], *fees, [], ["二、帮扶"], *aid]})


def lines_of(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a command printed since the last time."""
    captured = capsys.readouterr()
    return captured.out + captured.err
