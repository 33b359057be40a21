"""What can't be read is said in words, and what is written in other ways is read: siblings of the faults of reading."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.read import read_sheets
from etl.survey import survey
from tests.structure.sheets import labels, only, paths, roles

HEAD = ["单位", "会员"]
TOWNS = [["城关镇", "甲", 1, 30], ["", "乙", 2, ""], ["", "丙", 3, ""], ["", "丁", 4, ""], ["", "戊", 5, ""],
         ["白石镇", "己", 6, 10], ["合计", "", 21, 40]]  # fmt: skip


def test_b03_a_merged_name_reaches_each_row_and_a_merged_number_counts_once() -> None:
    table = only(["乡镇", "单位", "会员", "经费"], *TOWNS, merges=((2, 1, 6, 1), (2, 4, 6, 4)))
    assert labels(table) == ["城关镇"] * 5 + ["白石镇"]
    assert (table.sum(3), table.sum(4), table.totals[0].agrees) == (21, 40, True)
    assert "D2（第 2—6 行）的数合并在几行里，只在第一行算一次" in table.remarks


def test_b03_what_lies_below_a_merged_cell_is_not_counted(tmp_path: Path) -> None:
    """Some programs leave the values of the cells that they merge in the file: 30 would count five times."""
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in (["乡镇", "单位", "会员", "经费"], *TOWNS):
        sheet.append([None if value == "" else value for value in row])
    sheet.merge_cells("D2:D6")
    sheet.merge_cells("A2:A6")
    for row in range(3, 7):
        sheet._cells[row, 4] = type(sheet["C2"])(sheet, row, 4, 30)  # type: ignore[attr-defined]
    made.save(tmp_path / "表.xlsx")
    (table,) = survey(read_sheets(tmp_path / "表.xlsx")[0], "表.xlsx")
    assert (table.sum(4), table.totals[0].agrees) == (40, True)
    assert "D3、D4、D5、D6 共 4 格被合并的格盖住，看不见，没有算" in table.remarks


@pytest.mark.parametrize(
    "values",
    [["约120", "100余"], ["50多", "近30"], ["120人", "100人"], ["1.2万", "3万元"], ["5（女2）", "6（女3）"],
     ["12①", "5*"], ["100人左右", "300多人"], ["▲30", "▲20"]],
)  # fmt: skip
def test_b03_numbers_among_words_are_told(values: list[str]) -> None:
    table = only(HEAD, ["东街", values[0]], ["西街", values[1]])
    (said,) = [one for one in table.remarks if "没有当作数" in one]
    assert said.startswith("“会员”这一栏有 2 格写的不是单纯的数（B2“")


@pytest.mark.parametrize(
    ("heading", "values"),
    [("编号", ["01", "02"]), ("会员", ["甲", "乙"]), ("日期", ["2026.1.9", "2026.2.1"]), ("备注", ["1号楼", "二楼"])],
)
def test_b03_other_texts_are_no_matter(heading: str, values: list[str]) -> None:
    table = only(["单位", heading, "数"], ["东街", values[0], 1], ["西街", values[1], 2])
    assert not [one for one in table.remarks if "没有当作数" in one]


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [("￥120.00", "¥100", "￥220"), ("１，２３４", "５６", 1290), ("（30）", "100", 70), ("(1,030)", 2000, 970),
     ("1，234", "2，345", "3，579"), ("人民币30", "20", "50"), ("−5", "8", 3), ("一百二十", "壹佰", 220)],
)  # fmt: skip
def test_b03_numbers_in_other_writings(one: Any, two: Any, both: Any) -> None:
    table = only(["单位", "金额数"], ["东街", one], ["西街", two], ["合计", both])
    assert (roles(table)[1], table.totals[0].agrees) == ("figure", True)


@pytest.mark.parametrize("heading", ["建会时间", "成立日期", "出生年月", "本届换届时间"])
@pytest.mark.parametrize("values", [["2011.3", "2011年3月"], [2011.3, 2011.11], [40603, 40700]])
def test_b03_days_are_no_figures(heading: str, values: list[Any]) -> None:
    table = only(["单位", heading, "会员"], ["东街", values[0], 4], ["西街", values[1], 6], ["合计", "", 10])
    assert (roles(table), table.totals[0].agrees) == (["label", "label", "figure"], True)
    phones = only(["单位", "会员", "联系电话"], ["东街", 4, 5551234], ["西街", 6, 5551235], ["合计", 10, ""])
    assert roles(phones) == ["label", "figure", "label"]
    hours = only(["单位", "培训时间"], ["东街", 4], ["西街", 6], ["合计", 11])
    assert (roles(hours)[1], hours.totals[0].agrees) == ("figure", False)


def test_b03_sums_without_words_above_below_and_without_a_name() -> None:
    rows = [["东街", 4], ["西街", 6], ["城区片", 10], ["南镇", 3], ["北镇", 2], ["乡镇片", 5], ["合计", 15]]
    below = only(HEAD, *rows)
    assert {total.row.row: total.covers for total in below.totals} == {4: (2, 3), 7: (5, 6), 8: (2, 3, 5, 6)}
    nameless = only(HEAD, *[["" if name.endswith("片") else name, n] for name, n in rows])
    assert (labels(nameless), nameless.sum(2)) == (["东街", "西街", "南镇", "北镇"], 15)
    top = only(HEAD, ["", 10], ["东街", 4], ["西街", 6])
    assert (labels(top), top.totals[0].agrees) == (["东街", "西街"], True)
    other = only(HEAD, ["", 11], ["东街", 4], ["西街", 6])
    assert len(other.details) == 3 and "第 2 行有数而没有名称，算作明细" in other.remarks


def test_b03_a_line_in_brackets_between_the_rows_is_a_note() -> None:
    table = only(HEAD, ["东街", 4], ["注：含新建", ""], ["西街", 6], ["（以上为城区）", ""], ["南镇", 3], ["合计", 13])
    assert (labels(table), table.totals[0].agrees) == (["东街", "西街", "南镇"], True)
    assert [cell.raw for cell in table.notes] == ["注：含新建", "（以上为城区）"]


def test_b03_a_list_printed_in_two_halves_is_told() -> None:
    table = only([*HEAD, *HEAD], ["东街", 1, "南街", 3], ["西街", 2, "北街", 4], ["", "", "合计", 10])
    assert any("左右两半" in remark for remark in table.remarks)
    wide = only(["指标", "", "", "会员"], ["一", "二", "东街", 5], ["一", "三", "西街", 6], merges=((1, 1, 1, 3),))
    assert not any("左右两半" in remark for remark in wide.remarks)


def test_b03_subtotals_under_merged_headings_over_months() -> None:
    table = only(["单位", "上半年", "", "", "下半年", "", ""], ["", "1月", "2月", "小计", "7月", "8月", "小计"],
                 ["东街", 1, 2, 4, 4, 5, 9], ["西街", 1, 1, 3, 1, 1, 2], ["合计", 2, 3, 6, 5, 6, 11],
                 merges=((1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 7)))  # fmt: skip
    assert paths(table)[3] == "上半年/小计"
    assert [total.column.letter for total in table.column_totals] == ["G"]
    assert "“上半年·小计”这一栏多数行不是 B、C 列之和，没有按合计核对" in table.remarks


@pytest.mark.parametrize("marks", [("一、", "1."), ("（一）", "1、"), ("一、", "（一）"), ("1.", "(1)")])
def test_b03_numbered_rows_are_sums_of_those_below(marks: tuple[str, str]) -> None:
    upper, lower = marks
    rows = [[f"{upper}收入", 10], [f"{lower}会费", 6], [f"{lower}拨款", 4], [f"{upper}支出", 8], [f"{lower}活动", 5],
            [f"{lower}其他", 2], ["结余", 2]]  # fmt: skip
    table = only(["项目", "金额"], *rows)
    assert {total.row.row: (total.covers, total.agrees) for total in table.totals} == {
        2: ((3, 4), True), 5: ((6, 7), False),
    }  # fmt: skip
    assert "第 5 行“" + upper + "支出”“金额”写的是 8，明细合计 7，不符" in table.remarks
    several = only(["项目", "金额"], [f"{upper}收入", 3], [f"{lower}会费", 6], [f"{lower}拨款", 4])
    assert len(several.details) == 3, "a mere list of numbered names"


def test_b03_what_goes_over_to_the_next_page_counts_once() -> None:
    table = only(HEAD, ["东街", 3], ["西街", 5], ["过次页", 8], ["承前页", 8], ["南街", 2], ["合计", 10])
    assert (labels(table), [total.agrees for total in table.totals]) == (["东街", "西街", "南街"], [True] * 3)


def test_b03_a_failed_formula_in_a_column_of_few_figures_is_told() -> None:
    table = only(["单位", "1月", "2月", "合计"], ["东街", 5, 3, "#REF!"], ["西街", 7, 3, 10], ["合计", 12, 6, "#REF!"])
    assert (roles(table)[3], table.totals[0].agrees) == ("total", None)
    assert any("D2“错误值”" in remark for remark in table.remarks)
    lost = only(["单位", "1月", "说明"], ["东街", 5, "#N/A"], ["西街", 7, "#N/A"])
    assert "C2、C3是错误值，没有数" in lost.remarks


def test_b03_a_rank_in_front_of_the_names_only_numbers_the_rows() -> None:
    table = only(["名次", "单位", "得分"], [1, "东街", 95], [2, "西街", 90], ["", "平均", 92.5])
    assert (labels(table), [row.label for row in table.derived]) == (["东街", "西街"], ["平均"])
