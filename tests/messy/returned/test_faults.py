"""What the reader does not tell about cells: errors, formulas saved without a result, prefixed tags."""

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook as PlainWorkbook
from xlsxwriter import Workbook

from etl.guard import ERROR_VALUE, NO_RESULT
from etl.read import read_sheets


def cells(path: Path) -> dict[str, tuple[str, str]]:
    (sheet,) = read_sheets(path)
    return {cell.address: (cell.raw, cell.kind) for cell in sheet.cells.values()}


def rewrite(path: Path, old: str, new: str) -> Path:
    """Replace what matches in the XML of the sheet."""
    target = path.with_name("另存.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = source.read(name)
            copy.writestr(name, re.sub(old.encode(), new.encode(), data) if "worksheets/" in name else data)
    return target


def formulas(path: Path) -> Path:
    book = PlainWorkbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["=1+1", 5, "=A1", "甲"])
    sheet.append(["=B1", 7])
    book.save(path)
    return path


def test_formulas_without_a_result_are_errors_and_their_neighbours_are_not(tmp_path: Path) -> None:
    missing = (NO_RESULT, "error")
    assert cells(formulas(tmp_path / "表.xlsx")) == {
        "A1": missing,
        "B1": ("5", "number"),
        "C1": missing,
        "D1": ("甲", "text"),
        "A2": missing,
        "B2": ("7", "number"),
    }


@pytest.mark.parametrize("empty", ["<v/>", "<v></v>", ""])
def test_an_empty_value_is_as_good_as_none(empty: str, tmp_path: Path) -> None:
    path = rewrite(formulas(tmp_path / "表.xlsx"), "<v ?/>|<v></v>", empty)
    assert cells(path)["A1"] == (NO_RESULT, "error")


def test_results_of_formulas_are_values(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 2)
        sheet.write_formula("B1", '="甲"', None, "甲")
        sheet.write_formula("C1", "=1/0", None, "#DIV/0!")
        sheet.write("E1", 3)
    assert cells(path) == {
        "A1": ("2", "number"),
        "B1": ("甲", "text"),
        "C1": (ERROR_VALUE, "error"),
        "E1": ("3", "number"),
    }


def test_an_empty_text_is_a_result(tmp_path: Path) -> None:
    path = rewrite(formulas(tmp_path / "表.xlsx"), '<c r="A1"><f>', '<c r="A1" t="str"><f>')
    assert "A1" not in cells(path)


def test_cells_without_an_address_are_counted_from_the_left(tmp_path: Path) -> None:
    assert cells(rewrite(formulas(tmp_path / "表.xlsx"), ' r="C1"', ""))["C1"] == (NO_RESULT, "error")
