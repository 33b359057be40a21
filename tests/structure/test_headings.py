"""Where the heading stands, and what its labels and units are, in sheets that were not made for a machine."""

from typing import Any

import pytest

from tests.structure.sheets import labels, only, paths, roles

TITLE = ["各单位会员情况（2025年三季度）"]


def test_b03_first_heading_merged_wide() -> None:
    rows = [
        TITLE,
        ["指标", "", "", "职工人数", "会员人数"],
        ["东街工会", "", "", 150, 120],
        ["西街工会", "", "", 110, 98],
    ]
    table = only(*rows, merges=((1, 1, 1, 5), *((row, 1, row, 3) for row in (2, 3, 4))))
    assert table.header_rows == (2,)
    assert (labels(table), paths(table)[3:]) == (["东街工会", "西街工会"], ["职工人数", "会员人数"])
    short = [[row[0], "", "", row[3]] for row in rows[1:]]
    table = only(TITLE, *short, merges=((1, 1, 1, 4), *((row, 1, row, 3) for row in (2, 3, 4))))
    assert (table.header_rows, table.title and table.title.text) == ((2,), TITLE[0])


@pytest.mark.parametrize("merges", [((1, 3, 1, 4), (1, 5, 1, 6)), ()])
@pytest.mark.parametrize("stub", [["序号", "单位"], ["片区", "单位名称"]])
def test_b03_group_labels_lost_stub_below(merges: Any, stub: list[str]) -> None:
    table = only(["", "", "职工", "", "会员", ""], [*stub, "男", "女", "男", "女"], ["1", "东街", 60, 40, 50, 30],
                 ["2", "西街", 30, 20, 25, 15], merges=merges)  # fmt: skip
    assert table.header_rows == (1, 2)
    assert paths(table) == [*stub, "职工/男", "职工/女", "会员/男", "会员/女"]


def test_b03_header_second_row_as_detail() -> None:
    table = only(TITLE, ["单位：人"], ["", "新入会", "退会", "净增"], ["单位", "人数", "人数", "人数"],
                 ["全县", 100, 30, 70], ["东街", 60, 10, 50], ["西街", 40, 20, 20])  # fmt: skip
    assert (table.header_rows, labels(table)) == ((3, 4), ["东街", "西街"])
    assert paths(table) == ["单位", "新入会/人数", "退会/人数", "净增/人数"]
    table = only(["", "上年", "本年"], ["乡镇", "会员数", "会员数"], ["东街", 6, 7], ["西街", 4, 5])
    assert paths(table) == ["乡镇", "上年/会员数", "本年/会员数"]


def test_b03_helper_numbers_right_of_header() -> None:
    rows: list[list[Any]] = [
        ["序号", "单位名称", "职工人数", "会员人数"], [1, "东街工会", 150, 120], [2, "西街工会", 110, 98],
        ["合计", "", 260, 218],
    ]  # fmt: skip
    for beside in (["", 19], [19], ["", "", 20]):
        right = only(*([*row, *beside] for row in rows))
        assert (right.range, right.header_rows, right.totals[0].agrees) == ("A1:D4", (1,), True)
        assert len(right.loose_cells) == 4
    left = only(*([19, "", *row] for row in rows))
    assert (left.range, left.header_rows, left.totals[0].agrees) == ("C1:F4", (1,), True)


@pytest.mark.parametrize(
    "above",
    [
        [["报表导出人：", "王某"], ["报表导出时间：", "2025年10月09日"], ["统计周期", "2025年三季度"]],
        [["统计周期", "2025年三季度"]],
        [["导出人：", "王某", "导出时间：", "2025-10-09"]],
    ],
)
@pytest.mark.parametrize("left", [0, 2])
def test_b03_keyvalue_preamble_as_header(above: list[list[str]], left: int) -> None:
    rows = [["乡镇", "单位", "职工人数", "会员人数"], ["东街", "东街工会", 150, 120], ["西街", "西街工会", 110, 98]]
    table = only(*above, *([""] * left + row for row in rows))
    assert table.header_rows == (len(above) + 1,)
    assert (paths(table), labels(table)) == (rows[0], ["东街", "西街"])


@pytest.mark.parametrize(
    "head",
    [
        ["单位", 1, 2, 3, "合计"],
        ["乡镇", 10, 11, 12, "合计"],
        ["", 1, 2, 3, "合计"],
        ["指标名称", 2023, 2024, 2025, "合计"],
        ["科室", 1, 2, 3, "全年"],
    ],
)
def test_b03_months_as_number_headings(head: list[Any]) -> None:
    table = only(["2025年各月入会人数"], ["单位：人"], head, ["东街", 5, 5, 6, 16], ["西街", 3, 3, 4, 10],
                 ["合计", 8, 8, 10, 26])  # fmt: skip
    assert table.header_rows == (3,)
    assert (labels(table), table.totals[0].agrees) == (["东街", "西街"], True)
    assert paths(table) == [str(label) for label in head]
    assert table.measure and table.measure.text == "人"


def test_b03_one_year_as_number_heading() -> None:
    table = only(["工会主要指标"], ["指标", "计量单位", 2025], ["会员", "人", 120], ["经费", "万元", 30])
    assert (table.header_rows, paths(table)) == ((2,), ["指标", "计量单位", "2025"])


def test_b03_rows_of_numbers_in_order_stay_rows() -> None:
    table = only(["单位", "一车间", "二车间", "三车间"], ["东街", 1, 2, 3], ["西街", 2, 3, 4], ["合计", 3, 5, 7])
    assert (table.header_rows, labels(table), table.totals[0].agrees) == ((1,), ["东街", "西街"], True)


@pytest.mark.parametrize("corner", ["万元", "（万元）", "单位：万元"])
def test_b03_a_corner_may_hold_only_the_unit(corner: str) -> None:
    table = only(["收支表"], [corner, "上年", "本年"], ["收入", 12, 20], ["支出", 10, 15], ["结余", 2, 5])
    assert (table.header_rows, labels(table)) == ((2,), ["收入", "支出", "结余"])
    assert table.measure and (table.measure.text, table.measure.where) == ("万元", "A2")


@pytest.mark.parametrize("heading", ["单位", "计量单位", ""])
@pytest.mark.parametrize("brackets", ["({})", "（{}）", "[{}]", "{}"])
def test_b03_unit_column_in_brackets(heading: str, brackets: str) -> None:
    units = [brackets.format(unit) for unit in ("人", "万元", "%")]
    rows = [["会员人数", units[0], 100, 60], ["经费收入", units[1], 20.5, 12.5], ["建会率", units[2], 95, 96]]
    table = only(["工会主要指标（2025年）"], ["指标名称", heading, "全县", "东街"], *rows)
    assert [row.measure for row in table.details] == ["人", "万元", "%"]
    assert labels(table) == ["会员人数", "经费收入", "建会率"]
    assert not any("没有写明计量单位" in remark for remark in table.remarks)


@pytest.mark.parametrize(
    ("line", "measure"),
    [
        ("单位：人、%（不含退休）", "人、%"),
        ("单位：人 万元", "人、万元"),
        ("单位：人、‰(person，‰)", "人、‰"),
        ("（单位：人）", "人"),
        ("计量单位：个，人次", "个、人次"),
    ],
)
def test_b03_unit_line_taken_for_reporter(line: str, measure: str) -> None:
    table = only(
        ["工会主要指标（2025年）"], [line], ["单位名称", "会员数", "建会率"], ["东街", 60, 96], ["西街", 40, 94]
    )
    assert table.measure and table.measure.text == measure
    assert table.reporter is None


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [0, 1, 3, 2]])
def test_b03_unnamed_running_number(order: list[int]) -> None:
    rows: list[list[Any]] = [
        ["", "单位", "会员数", "类别"], [1, "东街", 60, "甲"], [2, "西街", 40, "乙"], ["合计", "", 100, ""],
    ]  # fmt: skip
    table = only(*([row[at] for at in order] for row in rows))
    assert labels(table) == ["东街", "西街"]
    assert (table.totals[0].agrees, [total.checks[0].added for total in table.totals]) == (True, [100])


@pytest.mark.parametrize(
    "names", [["一", "二", "三"], ["甲班", "乙班", "丙班"], ["三", "五", "十一"], ["十", "二十", "三十"]]
)
def test_b03_chinese_numeral_names(names: list[str]) -> None:
    table = only(["班组", "会员数", "女会员"], *([name, 10, 5] for name in names), ["合计", 30, 15])
    assert (labels(table), table.totals[0].agrees) == (names, True)
    table = only(["序号", "班组", "会员数"], *([at, name, 10] for at, name in enumerate(names, 1)), ["合计", "", 30])
    assert (labels(table), table.totals[0].agrees) == (names, True)


def test_b03_chinese_numerals_under_a_count_are_figures() -> None:
    table = only(["单位", "人数"], ["东街", "三十"], ["西街", "二十"], ["合计", "五十"])
    assert (roles(table), table.totals[0].agrees) == (["label", "figure"], True)


def test_b03_one_group_label_below_a_title_and_three_rows_of_labels() -> None:
    merges = ((1, 1, 1, 6), (2, 3, 2, 6))
    body = [["1", "东街", 5, 3, 6, 2], ["2", "西街", 4, 2, 5, 1]]
    table = only(
        ["会员统计表"], ["", "", "会员", "", "", ""], ["序号", "单位", "男", "女", "在职", "退休"], *body, merges=merges
    )
    assert (table.header_rows, paths(table)[2]) == ((2, 3), "会员/男")
    table = only(["", "", "职工", "", "会员", ""], ["", "", "人数", "占比", "人数", "占比"],
                 ["序号", "单位", "（人）", "（%）", "（人）", "（%）"], *body)  # fmt: skip
    assert table.header_rows == (1, 2, 3)
    assert paths(table)[1:4] == ["单位", "职工/人数", "职工/占比"]


def test_b03_lines_of_two_cells_above_a_heading() -> None:
    above = [["制表人", "王某"], ["联系电话", "0731-1234567"], ["导出日期", "2025-10-09"], ["统计周期", "2025年三季度"]]
    table = only(*above, ["单位", "职工", "会员"], ["东街", 5, 3], ["西街", 4, 2])
    assert (table.header_rows, labels(table)) == ((5,), ["东街", "西街"])
    assert table.period and table.period.text == "2025年三季度"


def test_b03_months_below_a_title_under_a_heading_of_any_name() -> None:
    table = only(["2025年各月入会人数"], ["站点", 1, 2, 3], ["东街", 5, 5, 6], ["西街", 3, 3, 4], ["合计", 8, 8, 10])
    assert (table.header_rows, table.totals[0].agrees) == ((2,), True)


def test_b03_numerals_without_a_heading_only_number_the_rows() -> None:
    assert labels(only(["", "单位", "会员"], ["一", "东街", 5], ["二", "西街", 4], ["合计", "", 9])) == ["东街", "西街"]
