"""A merge left over a filled row by a program that inserted rows: the row counts, and is reported."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell

from etl.read import read_sheets
from etl.survey import survey
from tests.lib.books import first_row
from tests.lib.county import UNITS, begin_store, write_changes
from tests.soundness.values.test_hidden import judge, ledger

FIRST = first_row("R07")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("store")
    begin_store(made)
    return made


def merge_over(path: Path, *rows: int) -> Path:
    """Merge each row of the first sheet over all its columns, and keep the contents of its cells."""
    changed = load_workbook(path)
    sheet = changed.worksheets[0]
    for row in rows:
        held = [(cell.column, cell.value) for cell in sheet[row]]
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=sheet.max_column)
        for column, value in held:
            sheet._cells[row, column] = Cell(sheet, row, column, value)
    changed.save(path)
    return path


def test_a11_a_union_closed_in_a_row_below_a_merge_is_closed(store: Path, tmp_path: Path) -> None:
    closed = {**UNITS[3], "status": "撤销", "effective": "2011-06-20"}
    judged = judge(store, merge_over(write_changes(tmp_path, "2011年二季度", closed), first_row("R00")))
    assert (judged.verdict, judged.returns[0].columns["status"]) == ("accepted", ["closed"])
    (told,) = judged.findings
    assert (told.rule, told.severity) == ("merged_rows", "note") and f"第{first_row('R00')}行" in told.problem


def test_a18_a_row_below_a_merge_counts_and_is_told(store: Path, tmp_path: Path) -> None:
    judged = judge(store, merge_over(ledger(100, 200, 300)(tmp_path), FIRST, FIRST + 1))
    assert (judged.verdict, judged.returns[0].columns["amount"]) == ("accepted", [100, 200, 300])
    (told,) = judged.findings
    assert told.rule == "merged_rows" and f"第{FIRST}、{FIRST + 1}行" in told.problem


def test_a18_a_total_that_leaves_such_a_row_out_is_asked(store: Path, tmp_path: Path) -> None:
    judged = judge(store, merge_over(ledger(100, 200, 300, total=300)(tmp_path), FIRST + 2))
    assert [one.rule for one in judged.findings if one.severity == "confirm"] == ["hidden_total"]


def test_a18_a_footer_over_empty_cells_stays_a_footer(store: Path, tmp_path: Path) -> None:
    path = ledger(100, 200)(tmp_path)
    changed = load_workbook(path)
    sheet = changed.worksheets[0]
    sheet.merge_cells(start_row=FIRST + 2, end_row=FIRST + 2, start_column=1, end_column=sheet.max_column)
    changed.save(path)
    assert judge(store, path).findings == []


def test_b03_read_tells_rows_below_a_merge(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    made = load_workbook(ledger(100)(tmp_path))
    sheet = made.create_sheet("会员", 0)
    for row in [["单位", "工会数", "会员数"], ["东街", 5, 55], ["西街", 3, 35], ["合计", 8, 90]]:
        sheet.append(row)
    made.save(path)
    (table,) = survey(read_sheets(merge_over(path, 3))[0], "表.xlsx")
    assert (len(table.details), table.sum(3)) == (2, 90)
    assert any("第 3 行合并成了一格" in remark for remark in table.remarks)
