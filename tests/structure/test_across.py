"""Columns that are sums of other columns, and rows and columns that are reckoned from others and never added."""

from typing import Any

import pytest

from etl.labels.derived_labels import derived_label
from etl.layout.table import Table
from tests.structure.sheets import labels, only, roles

MONTHS = ["单位", "1月", "2月", "3月"]


def across(table: Table) -> list[tuple[str, str, list[tuple[int, float, float]]]]:
    """Return each column of sums with the columns it covers and the rows that differ."""
    return [
        (total.column.letter, "".join(part.letter for part in total.covers),
         [(one.row, one.written, one.added) for one in total.differs])
        for total in table.column_totals
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["合计", "总计", "合计（元）", "小计", "一季度", "全年", "合计：", "一季度合计"])
def test_b01_a_total_column_is_checked_row_by_row(heading: str) -> None:
    table = only([*MONTHS, heading], ["东街", 1, 2, 3, 6], ["西街", 4, 5, 6, 16], ["南关", 1, 1, 1, 3],
                 ["合计", 6, 8, 10, 25])  # fmt: skip
    assert across(table) == [("E", "BCD", [(3, 16, 15), (5, 25, 24)])]
    assert (roles(table)[1:], labels(table)) == (["figure"] * 3 + ["total"], ["东街", "西街", "南关"])
    assert any("第 3 行“西街”" in said and "写的是 16" in said and "不符" in said for said in table.remarks)
    assert table.totals[0].agrees is True, "down the column it adds up as any other"


def test_b01_townships_as_columns_with_rates_among_the_rows() -> None:
    table = only(["指标", "东街", "西街", "合计"], ["会员数", 10, 20, 30], ["女会员", 4, 6, 11], ["入会率", 80, 90, 87],
                 ["基层工会", 1, 2, 3])  # fmt: skip
    assert across(table) == [("D", "BC", [(3, 11, 10)])]


def test_b01_a_total_column_first_and_subtotals_of_groups() -> None:
    first = only(["单位", "合计", "男", "女"], ["东街", 10, 6, 4], ["西街", 9, 5, 3], ["南关", 7, 3, 4])
    assert across(first) == [("B", "CD", [(3, 9, 8)])]
    groups = only(["单位", "职工", "", "", "会员", "", "", "合计"], ["", "男", "女", "小计", "男", "女", "小计", ""],
                  ["东街", 1, 2, 3, 4, 5, 9, 12], ["西街", 2, 2, 4, 3, 3, 6, 10], ["南关", 2, 2, 5, 3, 3, 6, 11],
                  merges=((1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 7), (1, 8, 2, 8)))  # fmt: skip
    assert across(groups) == [("D", "BC", [(5, 5, 4)]), ("G", "EF", []), ("H", "BCEF", [(5, 11, 10)])]
    over = only(["单位", "东街", "", "西街", "", "合计", ""], ["", "男", "女", "男", "女", "男", "女"],
                ["一月", 1, 2, 3, 4, 4, 6], ["二月", 1, 1, 2, 2, 3, 4],
                merges=((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 1, 7)))  # fmt: skip
    assert across(over) == [("F", "BD", []), ("G", "CE", [(4, 4, 3)])]


def test_b01_quarters_halves_and_the_year_are_sums_of_the_months() -> None:
    heads = ["1月", "2月", "3月", "一季度", "4月", "5月", "6月", "二季度", "上半年"]
    table = only(["单位", *heads], ["东街", 1, 2, 3, 6, 1, 1, 1, 3, 9], ["西街", 1, 1, 1, 3, 2, 2, 2, 6, 10])
    assert across(table) == [("E", "BCD", []), ("I", "FGH", []), ("J", "BCDFGH", [(3, 10, 9)])]
    rows = only(["月份", "金额"], *([head, n] for head, n in zip(heads, [1, 2, 3, 7, 1, 1, 1, 3, 9], strict=True)))
    assert [(total.row.label, total.agrees) for total in rows.totals] == [
        ("一季度", False), ("二季度", True), ("上半年", True),
    ]  # fmt: skip


def test_b01_a_column_in_another_unit_counts_in_the_unit_of_the_sum() -> None:
    table = only(["单位", "拨款（元）", "捐款（千元）", "合计（万元）"], ["东街", 20000, 10, 3], ["西街", 5000, 5, 2],
                 ["南关", 10000, 10, 2])  # fmt: skip
    assert across(table) == [("D", "BC", [(3, 2, 1)])]


def test_b01_what_stands_beside_is_no_part_of_a_sum() -> None:
    table = only(["单位", "上年同期", "1季度", "2季度", "合计", "同比增减", "占比", "年度目标"],
                 ["东街", 50, 10, 20, 30, -20, "37.5%", 90], ["西街", 20, 20, 30, 50, 30, "62.5%", 95])  # fmt: skip
    assert across(table) == [("E", "CD", [])]
    running = only(["单位", "本月", "上月", "本年累计"], ["东街", 5, 4, 30], ["西街", 6, 6, 31])
    assert across(running) == [] and not any("相加" in said or "合计" in said for said in running.remarks)


def test_b01_a_total_that_is_no_sum_is_said_in_words() -> None:
    table = only([*MONTHS, "合计"], ["东街", 1, 2, 3, 9], ["西街", 4, 5, 6, 19], ["南关", 1, 1, 1, 3])
    assert (across(table), roles(table)[4]) == ([], "figure")
    assert any("“合计”这一栏多数行不是 B、C、D 列之和" in said for said in table.remarks)


def test_b01_parts_that_hold_words_are_not_held_against_a_total() -> None:
    table = only([*MONTHS, "合计"], ["东街", 1, "约2", 3, 6], ["西街", 4, 5, 6, 15], ["南关", 1, "", 1, 3])
    assert across(table) == [("E", "BCD", [(4, 3, 2)])]


@pytest.mark.parametrize(
    ("label", "values"),
    [("平均", [5, 45]), ("平均数", [5, 45]), ("人均", [5, 45]), ("全县平均", [5, 45]), ("增减", [2, 11]),
     ("比上年增减", [2, 11]), ("同比增长（%）", [25, 13]), ("占比", [80, 90]), ("上年同期", [8, 79]),
     ("上年同期合计", [8, 79]), ("2024年同期", [8, 79]), ("排名", [2, 3]), ("完成率", [0.8, 0.9]),
     ("同比上升", [2, 11]), ("average", [5, 45]), ("【平均】", [5, 45]),
     ("年度目标", [12, 100]), ("较去年", [2, 11]), ("每家平均会员", [5, 45])],
)  # fmt: skip
def test_b02_a_row_reckoned_from_others_is_no_detail(label: str, values: list[Any]) -> None:
    rows = [["东街", 6, 55], ["西街", 4, 35], ["合计", 10, 90], [label, *values]]
    table = only(["单位", "工会数", "会员数"], *rows)
    assert (labels(table), [row.row for row in table.derived]) == (["东街", "西街"], [5])
    assert (table.totals[0].agrees, table.totals[0].covers, table.sum(3)) == (True, (2, 3), 90)
    top = only(["单位", "工会数", "会员数"], rows[2], rows[3], *rows[:2])
    assert label in ("较去年", "每家平均会员") or labels(top) == ["东街", "西街"]


def test_b02_rows_without_a_word_for_it_are_known_by_their_values() -> None:
    head, rows = ["单位", "工会数", "会员数"], [["东街", 6, 56], ["西街", 4, 34], ["南关", 2, 30], ["合计", 12, 120]]
    mean = only(head, *rows, ["县均", 4, 40])
    assert (labels(mean), [row.row for row in mean.derived]) == (["东街", "西街", "南关"], [6])
    rest = only(head, *rows, ["上年同期", 10, 100], ["多出", 2, 20])
    assert [row.row for row in rest.derived] == [6, 7]
    other = only(head, *rows, ["县直", 5, 50])
    assert labels(other)[-1] == "县直" and "第 6 行不在合计所含的各行之内，算作明细" in other.remarks


def test_b02_a_list_of_such_rows_alone_is_a_table_and_names_are_names() -> None:
    table = only(["指标", "2023年", "2024年"], ["占比", 5, 6], ["同比", 3, 4])
    assert labels(table) == ["占比", "同比"]
    held = (
        "完成",
        "增加",
        "上半年",
        "2024年末",
        "上年结转",
        "人均收入",
        "平均路工会",
        "比亚迪工会",
        "计划科",
        "目标镇",
    )
    assert {word: derived_label(word) for word in held} == dict.fromkeys(held, "")
    years = only(["年份", "会员数"], ["2023年末", 5], ["2024年末", 6])
    assert labels(years) == ["2023年末", "2024年末"]


def test_b02_the_kinds_of_one_unit_under_each_other() -> None:
    table = only(["单位", "项目", "会员"], ["东街", "本期", 60], ["", "上年同期", 50], ["", "增减", 10],
                 ["西街", "本期", 40], ["", "上年同期", 45], ["", "增减", -5], ["合计", "", 100],
                 merges=((2, 1, 4, 1), (5, 1, 7, 1)))  # fmt: skip
    assert (table.sum(3), table.totals[0].agrees) == (100, True)
    assert [row.row for row in table.derived] == [3, 4, 6, 7]


@pytest.mark.parametrize("head", ["合计", "会员总数", "职工总人数（人）"])
def test_b01_a_sum_before_its_parts_with_other_columns_behind(head: str) -> None:
    table = only(["单位", head, "男", "女", "工会数"], ["东街", 5, 3, 2, 1], ["西街", 7, 3, 3, 1], ["南街", 2, 1, 1, 4])
    assert across(table) == [("B", "CD", [(3, 7, 6)])]
    none = only(["单位", head, "男", "工会数"], ["东街", 5, 3, 1], ["西街", 7, 3, 1], ["南街", 2, 1, 4])
    assert across(none) == []


def test_b01_a_part_of_a_part_is_not_added() -> None:
    table = only(["单位", "男", "女", "其中：农民工", "合计"], ["东街", 3, 2, 1, 5], ["西街", 3, 3, 1, 7],
                 ["南街", 1, 1, 1, 2])  # fmt: skip
    assert across(table) == [("E", "BC", [(3, 7, 6)])]
