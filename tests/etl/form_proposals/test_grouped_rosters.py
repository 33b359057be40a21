"""A roster in groups: two unions of one name are told apart by the area of each, wherever it is written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.__main__ import main as etl
from etl.intake import load_paths
from stats.catalogue_in_force import catalogue_in_force
from tests.etl.form_proposals.shaped_tables import Rows, write_sheets
from tests.etl.form_proposals.test_form_command import form
from tests.etl.own_layouts.test_own_tables import asked, values
from tests.etl.own_layouts.written_tables import COUNTY

ROSTER = ["--code", "L01", "--name", "名册", "--frequency", "quarter", "--numbers", "stock", "--measure", "人"]
UNIONS = {
    "南山镇": [("南山镇机关工会", 40, 35), ("大华木业工会", 120, 90)],
    "北河乡": [("北河乡政府工会", 28, 28), ("大华木业工会", 70, 61)],
}
TITLE: Rows = [["清河县基层工会花名册"], ["截至2026年6月30日"]]
HEAD = ["序号", "工会名称", "成立时间", "主席姓名", "手机", "职工人数", "会员人数"]


def row(number: int, name: str, *counts: int) -> list[object]:
    return [number, name, "2003.5" if number == 1 else "20040501", "钱多多", "13900000001", *counts]


def sums(unions: list[tuple[str, int, int]]) -> list[int]:
    return [sum(union[at] for union in unions) for at in (1, 2)]


def by_headings(path: Path) -> Path:
    """一、南山镇 heads its group, whose numbers begin at 1 and whose sum does not name it."""
    rows = [
        line
        for at, (area, unions) in enumerate(UNIONS.items())
        for line in (
            [f"{'一二'[at]}、{area}"],
            *(row(number, *union) for number, union in enumerate(unions, 1)),
            ["", "小计", "", "", "", *sums(unions)],
        )
    ]
    return write_sheets(path, {"花名册": [*TITLE, HEAD, *rows, ["合计", *[""] * 4, 258, 214]]})


def by_subtotals(path: Path) -> Path:
    rows = [
        line
        for area, unions in UNIONS.items()
        for line in (
            *(row(number, *union) for number, union in enumerate(unions, 1)),
            ["", f"{area}小计", "", "", "", *sums(unions)],
        )
    ]
    return write_sheets(path, {"花名册": [*TITLE, HEAD, *rows]})


def by_merged_column(path: Path) -> Path:
    rows = [
        [area if number == 1 else "", *row(number, *union)]
        for area, unions in UNIONS.items()
        for number, union in enumerate(unions, 1)
    ]
    return write_sheets(path, {"花名册": [*TITLE, ["乡镇", *HEAD], *rows]}, ["A4:A5", "A6:A7"])


def by_sheets(path: Path) -> Path:
    sheets: dict[str, Rows] = {"汇总": [*TITLE, ["乡镇", "职工", "会员"], ["南山镇", 160, 125], ["北河乡", 98, 89]]}
    for area, unions in UNIONS.items():
        sheets[area] = [*TITLE, HEAD, *(row(number, *union) for number, union in enumerate(unions, 1))]
    return write_sheets(path, sheets)


@pytest.mark.parametrize("write", [by_headings, by_subtotals, by_merged_column, by_sheets])
def test_each_union_is_counted_in_its_area(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    path, store = write(tmp_path / "花名册.xlsx"), tmp_path / "store"
    moved = ["found", "--name", COUNTY, "--units", str(path), "--apart", "大华木业工会", "--yes"]
    assert etl([*moved, "--store", str(store)]) == 0
    assert form(store, path, ROSTER, "--count", "家", "--save") == 0
    assert not asked(load_paths([path], store))
    workers = next(code for code in ("l01_c5", "l01_c4", "l01_c3", "l01_c2") if _is_item(store, code))
    members = f"l01_c{int(workers[-1]) + 1}"
    assert values(store, "2026Q2", "l01_rows", workers, members) == [4, 258, 214]
    assert values(store, "2026Q2", "l01_rows", workers, members, unit="T02") == [2, 98, 89]
    kept = b"".join(each.read_bytes() for each in store.rglob("*") if each.is_file())
    assert "钱多多".encode() not in kept and b"13900000001" not in kept


def _is_item(store: Path, code: str) -> bool:
    catalogue = catalogue_in_force(store)
    return code in catalogue.items and catalogue.items[code].name.endswith("职工人数")
