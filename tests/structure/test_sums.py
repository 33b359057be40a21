"""Sums in sheets: which rows are totals of which, which columns add up at all, and what is said where they don't."""

from typing import Any

import pytest

from etl.layout.table import Table
from tests.structure.sheets import labels, only, roles

HEAD = ["单位", "工会数", "会员数"]


def _covers(table: Table) -> dict[int, tuple[int, ...]]:
    return {total.row.row: total.covers for total in table.totals}


def _agrees(table: Table) -> dict[str, bool | None]:
    return {total.row.label: total.agrees for total in table.totals}


@pytest.mark.parametrize("heading", ["比上年增减人数", "增长人数", "增减（人）", "比上年增加户数", "增减额"])
def test_b03_absolute_change_not_checked(heading: str) -> None:
    table = only(["单位", "期末会员", heading], ["东街", 55, 5], ["西街", 35, 7], ["合计", 90, 99])
    assert (roles(table)[2], table.totals[0].agrees) == ("figure", False)
    assert any("99，明细合计 12，不符" in remark for remark in table.remarks)


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("增长率", [5, 7, 6]),
        ("比上年增长%", [5, 7, 6]),
        ("同比增长", [5.2, 7.1, 6.3]),
        ("同比增长", [5, 7, 6]),
        ("同比", [5, -7, 1]),
        ("比上年增减", [12, 7, 9]),
        ("满意度", ["95%", "90%", "93%"]),
    ],
)
def test_b03_rates_are_not_added(heading: str, values: list[Any]) -> None:
    one, two, both = values
    table = only(["单位", "期末会员", heading], ["东街", 55, one], ["西街", 35, two], ["合计", 90, both])
    assert (roles(table)[2], table.totals[0].agrees) == ("rate", True)


@pytest.mark.parametrize("wrong", ["#REF!", "约50", "见附表"])
def test_b03_bad_cell_in_total_row_silent(wrong: str) -> None:
    table = only(
        ["单位", "会员数", "女会员"], ["东街", 60, 20], ["西街", 40, 30], ["小计", wrong, 50], ["合计", 100, wrong]
    )
    assert _agrees(table) == {"小计": None, "合计": None}
    told = [remark for remark in table.remarks if remark.endswith("”不是数，无法核对")]
    assert [remark.partition("“")[0] + remark.split("的 ")[1][:2] for remark in told] == ["第 4 行B4", "第 5 行C5"]


@pytest.mark.parametrize("mark", ["#", "其中：", "*"])
def test_b03_hash_on_first_row_swallows(mark: str) -> None:
    rows = [[f"{mark}东街", 5, 55], ["西街", 3, 35], ["南关", 1, 10], ["城区片", 8, 90], ["乡镇片", 1, 10]]
    table = only(HEAD, ["全县合计", 9, 100], *rows)
    assert labels(table) == [f"{mark}东街", "西街", "南关"]
    assert _covers(table) == {2: (3, 4, 5), 6: (3, 4), 7: (5,)}
    assert any(remark.startswith("第 3 行写了“其中”或“#”") for remark in table.remarks)


@pytest.mark.parametrize(
    "again", [["序号", "单位名称", "会员人数", "经费总收入"], ["序号", "名称", "会员人数", "经费收入"]]
)
def test_b03_header_repeated_with_changes(again: list[str]) -> None:
    table = only(["序号", "单位名称", "会员人数（人）", "经费收入"], [1, "东街", 120, 34], [2, "西街", 98, 28],
                 ["小计", "", 218, 62], again, [3, "南关", 77, 15], [4, "北关", 66, 14],
                 ["小计", "", 143, 29])  # fmt: skip
    assert labels(table) == ["东街", "西街", "南关", "北关"]
    assert _covers(table) == {4: (2, 3), 8: (6, 7)}
    assert "第 5 行重复了表头，没有算作数据" in table.remarks


def test_b03_negative_child_doubles_total() -> None:
    table = only(["单位", "新入会", "净增会员"], ["全县", 130, 25], ["城区片", 90, 20], ["东街", 50, 35],
                 ["西街", 20, 10],
                 ["南街", 20, -25], ["乡镇片", 40, 5], ["南关", 25, 30], ["北关", 10, -35],
                 ["东关", 5, 10])  # fmt: skip
    assert _covers(table) == {2: (4, 5, 6, 8, 9, 10), 3: (4, 5, 6), 7: (8, 9, 10)}
    assert set(_agrees(table).values()) == {True}
    alone = only(["单位", "净增"], ["全县", 5], ["城区片", 0 + 2], ["东街", 9], ["西街", -7], ["乡镇片", 3],
                 ["南关", -4],
                 ["北关", 7])  # fmt: skip
    assert _covers(alone) == {2: (4, 5, 7, 8), 3: (4, 5), 6: (7, 8)}


@pytest.mark.parametrize("heading", ["每个工会人数", "平均规模", "规模", "会员密度"])
def test_b03_nonadditive_column_doubles_total(heading: str) -> None:
    table = only([*HEAD, heading], ["全县", 10, 1000, 100], ["城区片", 6, 700, 117], ["东街", 2, 300, 150],
                 ["西街", 4, 400, 100], ["乡镇片", 4, 300, 75], ["南关", 1, 100, 100],
                 ["北关", 3, 200, 67])  # fmt: skip
    assert _covers(table) == {2: (4, 5, 7, 8), 3: (4, 5), 6: (7, 8)}
    assert (set(_agrees(table).values()), roles(table)[3]) == ({True}, "rate")


def test_b03_a_quotient_is_told_by_its_values() -> None:
    rows = [["东街", 2, 300, 150], ["西街", 4, 400, 100], ["南关", 1, 90, 90], ["合计", 7, 790, 112.9]]
    table = only([*HEAD, "规模"], *rows)
    assert (roles(table)[3], table.totals[0].agrees) == ("rate", True)
    rows[-1][3] = 340  # no quotient and no sum either
    table = only([*HEAD, "规模"], *rows)
    assert (roles(table)[3], table.totals[0].agrees) == ("figure", True)
    rows[-1][3] = 341
    assert only([*HEAD, "规模"], *rows).totals[0].agrees is False


@pytest.mark.parametrize("first", [True, False])
def test_b03_one_wrong_group_row_doubles_total(first: bool) -> None:
    leaves = [["东街", 2, 300], ["西街", 4, 400], ["南关", 1, 100], ["北关", 3, 200]]
    groups = [["城区片", 6, 700], ["乡镇片", 4, 200]]
    table = only(HEAD, ["全县合计", 10, 1000], *(groups + leaves if first else leaves + groups))
    assert labels(table) == ["东街", "西街", "南关", "北关"]
    assert _agrees(table) == {"全县合计": True, "城区片": True, "乡镇片": False}
    assert any("相加是 900，第 2 行“全县合计”写的是 1000，不符" in remark for remark in table.remarks)


def test_b03_one_wrong_parent_row_doubles_total() -> None:
    table = only(HEAD, ["全县", 10, 1000], ["城区片", 6, 700], ["东街", 2, 300], ["西街", 4, 400], ["乡镇片", 4, 200],
                 ["南关", 1, 100], ["北关", 3, 200])  # fmt: skip
    assert _agrees(table) == {"全县": True, "城区片": True, "乡镇片": False}


@pytest.mark.parametrize("unit", ["单位：%", "（%）", "单位：‰", "单位：元/人"])
def test_b03_percent_table_added_up(unit: str) -> None:
    table = only(["各单位建会情况（2025年）"], [unit], ["单位", "企业", "机关"], ["东街", 95, 96], ["西街", 85, 94],
                 ["全县", 90, 95])  # fmt: skip
    assert (roles(table), table.totals[0].agrees) == (["label", "rate", "rate"], None)
    assert not any("不符" in remark for remark in table.remarks)


@pytest.mark.parametrize(
    ("part", "whole"),
    [("小计：", "合计"), ("小计（人）", "总计（人）"), ("东片 汇总", "总计"), ("小 计", "全县合计：")],
)
def test_b03_total_label_colon_or_unit(part: str, whole: str) -> None:
    table = only(["单位", "会员数（人）"], ["东街", 60], ["西街", 40], [part, 100], ["南关", 30], ["北关", 20],
                 [part.replace("东", "西"), 50], [whole, 150])  # fmt: skip
    assert labels(table) == ["东街", "西街", "南关", "北关"]
    assert _covers(table) == {4: (2, 3), 7: (5, 6), 8: (2, 3, 5, 6)}
    assert set(_agrees(table).values()) == {True}


@pytest.mark.parametrize(
    "texts",
    [
        ["以上数据截至9月30日，由组织部汇总。", "①含新业态会员；②不含退休会员。"],
        ["各镇数据以年报为准"],
        ["本表由组织部提供，每季更新"],
    ],
)
@pytest.mark.parametrize("total", [True, False])
def test_b03_trailing_text_as_detail(texts: list[str], total: bool) -> None:
    body: list[list[Any]] = [["单位", "会员数", "女会员"], ["东街", 55, 25], ["西街", 35, 15]]
    rows = [*body, *([["合计", 90, 40]] if total else []), *([text] for text in texts)]
    first = len(rows) - len(texts) + 1
    table = only(*rows, merges=tuple((row, 1, row, 3) for row in range(first, len(rows) + 1)))
    assert (labels(table), [cell.raw for cell in table.notes]) == (["东街", "西街"], texts)


@pytest.mark.parametrize("text", ["以上不含退休人员", "以上数据截至9月底", "表内数据为快报数", "上述各项均不含借调"])
def test_b03_sibling_a_line_about_all_rows_is_a_note_without_a_total_too(text: str) -> None:
    table = only(["单位", "会员数"], ["东街", 55], ["西街", 35], [text, ""])
    assert (labels(table), [cell.raw for cell in table.notes]) == (["东街", "西街"], [text])


def test_b03_a_name_below_the_last_figure_stays_a_row() -> None:
    assert labels(only(["单位", "会员数"], ["东街", 55], ["西街", 35], ["南关", ""])) == ["东街", "西街", "南关"]


def test_b03_wrong_subtotal_moved_below() -> None:
    head = ["月份", "入会人数", "退会人数", "转会人数"]
    table = only(head, ["1月", 20, 3, ""], ["2月", 30, 4, ""], ["3月", 40, 5, ""], ["小计", 80, 12, 0], ["4月"],
                 ["5月"],
                 ["小计", 0, 0, 0])  # fmt: skip
    assert _covers(table) == {5: (2, 3, 4), 8: (6, 7)}
    assert "第 5 行“小计”“入会人数”写的是 80，明细合计 90，不符" in table.remarks
    above = only(head[:2], ["小计", 80], ["1月", 20], ["2月", 30], ["小计", 40], ["3月", 40])
    assert _covers(above) == {2: (3, 4), 5: (6,)}


def test_b02_subtotals_of_subtotals_in_any_sheet() -> None:
    table = only(["单位", "会员数"], ["东一", 5], ["小计", 5], ["东二", 7], ["东三", 1], ["小计", 8], ["东片合计", 14],
                 ["西一", 9], ["小计", 9], ["西片合计", 9], ["总计", 22])  # fmt: skip
    assert _covers(table) == {3: (2,), 6: (4, 5), 7: (2, 4, 5), 9: (8,), 10: (8,), 11: (2, 4, 5, 8)}
    assert [total.agrees for total in table.totals] == [True, True, False, True, True, True]


def test_b03_sums_of_sums_without_a_word_for_it() -> None:
    rows = [["全县合计", 20, 47], ["东区", 12, 30], ["东一片", 5, 9], ["甲", 2, 4], ["乙", 3, 5], ["东二片", 7, 21],
            ["丙", 1, 8], ["丁", 6, 13], ["西区", 8, 17], ["西一片", 8, 17], ["戊", 3, 7], ["己", 5, 10]]  # fmt: skip
    table = only(HEAD, *rows)
    assert labels(table) == ["甲", "乙", "丙", "丁", "戊", "己"]
    assert _covers(table)[3] == (5, 6, 8, 9)
    assert set(_agrees(table).values()) == {True}
    rows[2][2] = 90
    assert [label for label, agrees in _agrees(only(HEAD, *rows)).items() if agrees is False] == ["东一片"]


def test_b03_a_row_written_twice_is_no_sum() -> None:
    table = only(HEAD, ["东街", 5, 3], ["东街", 5, 3], ["西街", 4, 1], ["合计", 9, 4])
    assert (len(table.details), table.totals[0].agrees) == (3, False)


def test_b02_a_subtotal_is_not_taken_for_that_of_the_next_rows() -> None:
    table = only(
        ["单位", "会员数"], ["东一", 5], ["东二", 4], ["小计", 7], ["西一", 3], ["西二", 4], ["小计", 7], ["合计", 16]
    )
    assert [total.agrees for total in table.totals] == [False, True, True]


def test_b03_a_part_of_the_total_is_no_row_beside_the_others() -> None:
    table = only(["单位", "会员数"], ["合计", 10], ["其中：女", 4], ["东街", 6], ["西街", 4])
    assert (labels(table), table.totals[0].agrees) == (["东街", "西街"], True)
    assert [(part.row.row, part.of) for part in table.subsets] == [(3, 2)]


def test_b03_groups_of_gains_and_losses() -> None:
    table = only(
        ["单位", "净增"], ["全县", 4], ["东片", -1], ["东一", 5], ["东二", -6], ["西片", 5], ["西一", 7], ["西二", -2]
    )
    assert _covers(table) == {2: (4, 5, 7, 8), 3: (4, 5), 6: (7, 8)}


def test_b01_a_word_that_may_be_a_sum_is_none_beside_another_name() -> None:
    rows = [["本季", "应缴", 10], ["", "实缴", 8], ["本年累计", "应缴", 40], ["", "实缴", 30]]
    table = only(["期间", "项目", "金额（元）"], *rows, merges=((2, 1, 3, 1), (4, 1, 5, 1)))
    assert (len(table.details), table.totals) == (4, [])
    assert only(["期间", "项目", "金额（元）"], *rows[:2], ["本年累计", "", 18]).totals[0].agrees is True


def test_b03_a_value_to_the_right_of_its_label_is_no_heading() -> None:
    rows = [
        ["", "工会名称", "甲厂工会"],
        ["职代会", "已建制", "是"],
        ["", "职工代表人数", 40],
        ["厂务公开", "已建制", "是"],
    ]
    assert only(*rows, ["", "公开次数", 4]).header_rows == (1,)
