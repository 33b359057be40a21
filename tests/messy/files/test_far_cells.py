"""A blank left far away is passed over; of what really stands there the address is told."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.guard import Refused
from etl.read import read_sheets
from tests.lib.county import town_one, write_roster


def roster_with(folder: Path, **cells: str) -> Path:
    path = write_roster(folder, "甲镇", "2008年一季度", town_one())
    book = load_workbook(path)
    sheet = book["R01"]
    for address, value in cells.items():
        sheet[address] = value
    book.save(path)
    return path


@pytest.mark.parametrize("place", ["A1048576", "XFD1", "XFD1048576", "C900000"])
@pytest.mark.parametrize("blank", [" ", "\u3000", "\u200b", "\xa0 "])
def test_b05_a_far_blank_is_passed_over(place: str, blank: str, tmp_path: Path) -> None:
    (plain,) = read_sheets(write_roster(tmp_path, "甲镇", "2008年一季度", town_one(), "原表.xlsx"))
    (sheet,) = read_sheets(roster_with(tmp_path, **{place: blank, "AB900000": blank}))
    assert dict(sheet.cells) == dict(plain.cells)
    assert (sheet.height, sheet.width) == (plain.height, plain.width)


@pytest.mark.parametrize("place", ["A1048576", "XFD1048576", "XFD400"])
def test_b05_the_address_of_a_far_value_is_told(place: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=f"“R01”的 {place} 有内容"):
        read_sheets(roster_with(tmp_path, **{place: "备用"}))


def test_b05_a_value_further_down_is_still_read_as_a_row(tmp_path: Path) -> None:
    (sheet,) = read_sheets(roster_with(tmp_path, A5000="备用"))
    assert sheet.height == 5000 and sheet.cells[5000, 1].raw == "备用"
