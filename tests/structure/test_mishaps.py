"""One small sheet for each structural mishap, with what must be found in it."""

import time

from etl.survey import survey
from tests.structure.sheets import labels, only, paths, sheet_of

HEAD = ["单位", "职工", "会员"]
ONE, TWO, THREE = ["东镇", 10, 8], ["西镇", 20, 15], ["南镇", 30, 25]


def test_labels_that_drift_to_the_right_belong_to_every_column_below_them() -> None:
    table = only(["县", "迁入", "", "迁出", ""], ["", "省内", "省外", "省内", "省外"], ["东县", 1, 2, 3, 4])
    assert paths(table) == ["县", "迁入/省内", "迁入/省外", "迁出/省内", "迁出/省外"]


def test_a_label_over_one_column_does_not_reach_the_next() -> None:
    table = only(["县", "人口", "", "户数"], ["", "", "男", ""], ["东县", 5, 2, 3], ["西县", 6, 3, 4])
    assert paths(table) == ["县", "人口", "男", "户数"]


def test_labels_repeated_by_merges_count_once() -> None:
    table = only(["县", "迁入", "迁入"], ["县", "省内", "省外"], ["东县", 1, 2])
    assert paths(table) == ["县", "迁入/省内", "迁入/省外"]


def test_a_header_of_four_rows_by_merges() -> None:
    table = only(
        ["县", "会员", "", "", ""],
        ["", "在岗", "", "", "其他"],
        ["", "在编", "", "编外", ""],
        ["", "男", "女", "", ""],
        ["东县", 1, 2, 3, 4],
        merges=((1, 1, 4, 1), (1, 2, 1, 5), (2, 2, 2, 4), (3, 2, 3, 3), (2, 5, 4, 5), (3, 4, 4, 4)),
    )
    assert paths(table) == ["县", "会员/在岗/在编/男", "会员/在岗/在编/女", "会员/在岗/编外", "会员/其他"]
    assert table.header_rows == (1, 2, 3, 4)


def test_numbers_and_letters_of_columns_are_no_data() -> None:
    table = only(HEAD, ["甲", 1, 2], ONE, TWO)
    assert labels(table) == ["东镇", "西镇"]
    assert labels(only(HEAD, ["A", "B", "C"], ONE, TWO)) == ["东镇", "西镇"]


def test_bilingual_header_lines_join_the_path() -> None:
    table = only(["地区", "职工人数", "会员人数"], ["Region", "Employees", "Members"], ONE, TWO)
    assert [row.row for row in table.details] == [3, 4]
    assert paths(table)[1] == "职工人数/Employees"


def test_units_in_a_row_of_their_own() -> None:
    table = only(["地区", "单位数", "职工人数"], ["", "(个)", "(万人)"], ONE, TWO)
    assert [column.measure for column in table.columns] == ["", "个", "万人"]
    assert paths(table) == ["地区", "单位数", "职工人数"]


def test_the_unit_of_measure_is_found_wherever_it_stands() -> None:
    told = [
        only(["收支表（万元）"], HEAD, ONE).measure,
        only(["收支表"], ["", "", "单位：万元"], HEAD, ONE).measure,
        only(["收支表"], HEAD, ONE, file="收支表（万元）.xlsx").measure,
    ]
    assert [(measure.text, measure.where) for measure in told if measure] == [
        ("万元", "标题"),
        ("万元", "C2"),
        ("万元", "文件名"),
    ]
    assert only(["地区", "收入（万元）"], ["东镇", 3]).columns[1].measure == "万元"
    by_row = only(["指标", "计量单位", "数值"], ["职工", "人", 5], ["经费", "万元", 2])
    assert [row.measure for row in by_row.details] == ["人", "万元"]


def test_total_first_in_the_middle_or_last_is_checked_and_left_out() -> None:
    total = ["合计", 60, 48]
    for rows in ((total, ONE, TWO, THREE), (ONE, total, TWO, THREE), (ONE, TWO, THREE, total)):
        table = only(HEAD, *rows)
        assert labels(table) == ["东镇", "西镇", "南镇"]
        assert [found.agrees for found in table.totals] == [True]
        assert table.sum(2) == 60


def test_a_total_that_differs_says_where_and_by_how_much() -> None:
    table = only(HEAD, ONE, TWO, ["合计", 30, 24])
    assert table.totals[0].agrees is False
    assert "第 4 行“合计”“会员”写的是 24，明细合计 23，不符" in table.remarks


def test_a_total_over_missing_figures_can_not_be_judged() -> None:
    table = only(HEAD, ["东镇", "—", 8], ["西镇", 20, 15], ["合计", 35, 23])
    assert table.totals[0].agrees is None
    assert table.details[0].number(2) is None
    assert table.sum(2) == 20


def test_subtotals_are_not_added_to_the_total() -> None:
    table = only(
        HEAD,
        ["合计", 100, 80],
        ["小计", 30, 23],
        ONE,
        TWO,
        ["小计", 70, 57],
        THREE,
        ["北镇", 40, 32],
    )
    assert [found.agrees for found in table.totals] == [True, True, True]
    assert table.totals[1].covers == (4, 5)
    assert table.sum(2) == 100


def test_subtotals_below_their_details() -> None:
    table = only(HEAD, ONE, TWO, ["东片小计", 30, 23], THREE, ["北镇", 40, 32], ["西片小计", 70, 57], ["总计", 100, 80])
    assert [found.agrees for found in table.totals] == [True, True, True]
    assert table.sum(3) == 80


def test_sums_without_a_word_for_it_are_found_by_their_figures() -> None:
    parents = only(
        HEAD, ["全县", 60, 48], ["东片", 30, 23], ONE, TWO, ["西片", 30, 25], ["南镇", 18, 14], ["北镇", 12, 11]
    )
    assert labels(parents) == ["东镇", "西镇", "南镇", "北镇"]
    assert any("第 3、6 行没有写“合计”" in remark for remark in parents.remarks)


def test_parts_of_a_row_are_never_added() -> None:
    table = only(["指标", "数量"], ["会员", 100], ["其中：女", 40], ["职工", 120], ["#农民工", 30])
    assert labels(table) == ["会员", "职工"]
    assert [(part.row.row, part.of) for part in table.subsets] == [(3, 2), (5, 4)]


def test_a_part_may_bear_a_running_number_in_the_same_cell() -> None:
    table = only(["指标", "数量"], ["1 会员", 100], ["2 其中：女", 40], ["3 职工", 120])
    assert [(part.row.row, part.of) for part in table.subsets] == [(3, 2)]


def test_parts_larger_than_the_whole_are_remarked() -> None:
    table = only(["指标", "数量"], ["会员", 100], ["其中：女", 140])
    assert any("其中数大于" in remark for remark in table.remarks)


def test_a_code_list_beside_the_table_is_told_apart() -> None:
    table = only(
        ["会员表", "", "", "", "", ""],
        [*HEAD, "", "代码", "名称"],
        [*ONE, "", "01", "农业"],
        [*TWO, "", "02", "工业"],
        ["", "", "", "", "03", "商业"],
    )
    assert paths(table) == HEAD
    assert len(table.loose_cells) == 8
    assert any("表旁另有 8 格" in remark for remark in table.remarks)


def test_stray_numbers_beside_and_below_are_told_apart() -> None:
    table = only(HEAD, [*ONE, "", 999], TWO, [], ["", 12, ""])
    assert sorted(cell.address for cell in table.loose_cells) == ["B5", "E2"]
    assert table.sum(2) == 30


def test_two_tables_one_below_the_other() -> None:
    sheet = sheet_of(["甲表"], HEAD, ONE, ["注：一"], [], ["乙表"], ["项目", "金额（元）"], ["会费", 7])
    first, second = survey(sheet, "表.xlsx")
    assert (first.title and first.title.text, labels(first), paths(first)) == ("甲表", ["东镇"], HEAD)
    assert (second.title and second.title.text, labels(second), second.columns[1].measure) == ("乙表", ["会费"], "元")
    assert [cell.raw for cell in first.notes] == ["注：一"]


def test_two_tables_side_by_side() -> None:
    sheet = sheet_of([*HEAD, "", "项目", "金额"], [*ONE, "", "会费", 7], [*TWO, "", "补助", 9])
    first, second = survey(sheet, "表.xlsx")
    assert (labels(first), labels(second)) == (["东镇", "西镇"], ["会费", "补助"])


def test_notes_signatures_and_prepared_rows_are_no_data() -> None:
    table = only(
        ["序号", *HEAD],
        [1, *ONE],
        [2, *TWO],
        [3, "", "", ""],
        [4, "", 0, 0],
        ["", "合计", 30, 23],
        ["填表人：甲", "", "审核人：乙", ""],
        ["注：不含退休人员。"],
        ["资料来源：镇工会"],
    )
    assert labels(table) == ["东镇", "西镇"]
    assert table.prepared == [4, 5]
    assert [cell.address for cell in table.footers] == ["A7", "C7"]
    assert [cell.address for cell in table.notes] == ["A8", "A9"]
    assert table.totals[0].agrees is True


def test_known_cells_tell_reporter_and_period() -> None:
    table = only(["会员统计表"], ["填报单位：东镇总工会", "", "报告期：2010年四季度"], HEAD, ONE)
    assert table.title and table.title.text == "会员统计表"
    assert table.reporter and table.reporter.text == "东镇总工会"
    assert table.period and (table.period.quarter, table.period.where) == (2010 * 4 + 3, "C2")


def test_the_period_in_a_file_name_is_remarked() -> None:
    table = only(HEAD, ONE, file="会员统计2010年三季度.xlsx")
    assert table.period and table.period.quarter == 2010 * 4 + 2
    assert any(remark.startswith("时间取自文件名") for remark in table.remarks)


def test_a_row_with_a_name_but_no_figures_stays_a_detail() -> None:
    table = only(HEAD, ONE, ["西镇", "", ""], THREE)
    assert labels(table) == ["东镇", "西镇", "南镇"]
    assert table.details[1].number(2) is None


def test_a_section_title_is_no_detail() -> None:
    table = only(["指标", "2009", "2010"], ["工会基本情况", "", ""], ["会员", 5, 6], ["职工", 8, 9])
    assert [row.label for row in table.sections] == ["工会基本情况"]
    assert labels(table) == ["会员", "职工"]
    assert table.period and table.period.years == (2009, 2010)


def test_text_where_a_figure_belongs_is_remarked() -> None:
    table = only(HEAD, ONE, ["西镇", "120多", 5], THREE)
    assert any("B3“120多”" in remark for remark in table.remarks)


def test_a_sheet_without_a_header_says_so() -> None:
    table = only([1, 2, 3], [4, 5, 6])
    assert "没有找到表头，各栏没有名称" in table.remarks


def test_an_empty_sheet_has_no_table() -> None:
    assert survey(sheet_of(), "空.xlsx") == []


def test_a_table_with_its_names_in_the_first_column_says_so() -> None:
    rows = [
        ["统计", "姓名", "甲"],
        ["", "数字", "乙"],
        ["", "姓名", "丙"],
        ["", "数字", "丁"],
        ["时间：2010年", "", ""],
    ]
    table = only(*rows, merges=((1, 1, 4, 1),))
    assert "同一栏上方的名称有重复，表可能是横着排的，名称在左边一列，请核对各栏" in table.remarks


def test_a_running_number_before_a_part_does_not_make_it_a_row_of_its_own() -> None:
    table = only(
        ["序号", "单位", "会员数(人)"], [1, "东厂", 10], [1, "其中：一车间", 4], [2, "西厂", 20], ["", "合计", 30]
    )
    assert labels(table) == ["东厂", "西厂"]
    assert [(subset.row.row, subset.of) for subset in table.subsets] == [(3, 2)]
    assert table.totals[0].agrees is True


def test_a_wrong_total_over_many_rows_is_told_soon() -> None:
    began = time.process_time()
    heads = ["单位", *(f"数{n}(人)" for n in range(10))]
    rows = [[f"第{n}厂", *range(n % 7, n % 7 + 10)] for n in range(5000)]
    table = only(heads, *rows, ["合计", *[12345] * 10])
    assert table.totals[0].agrees is False
    assert time.process_time() - began < 10
