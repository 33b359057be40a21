"""Sheets that are none of our forms, and what is told of them: which form they are most like, and where they differ."""

from typing import Any

import pytest

from etl.model.finding import Finding
from etl.model.nouns import Layout
from etl.recognise import recognise
from stats.catalogue import Catalogue
from tests.structure.sheets import sheet_of

ROW = ["Q1", "2011-07-05", "甲镇", "医疗", "省级", 12, 4800]


def _told(catalogue: Catalogue, title: str, heads: list[str]) -> tuple[Layout | None, list[Finding]]:
    row: list[Any] = [*ROW, *[""] * len(heads)][: len(heads)]
    sheet = sheet_of([title], ["填报单位：甲镇", "报告期：2011年三季度", "单位：元"], heads, row, row)
    return recognise(sheet, "表.xlsx", catalogue)


@pytest.mark.parametrize("turned", [False, True])
def test_b09_an_aid_ledger_with_other_headings_is_no_ledger_of_disputes(turned: bool, catalogue: Catalogue) -> None:
    heads = ["编号", "日期", "乡镇", "救助项目", "资金来源", "受益人数", "金额"]
    layout, (finding,) = _told(catalogue, "2011年三季度救助明细", heads[::-1] if turned else heads)
    assert layout is None
    assert (finding.rule, finding.severity, finding.problem) == ("unknown_form", "return", "不像我们的任何一张表")
    assert finding.requirement.startswith("最像“帮扶救助发放台账”，差在缺“单位（乡镇）”“收支”“帮扶类别”，认不出")
    assert "“救助项目”" in finding.requirement and "信访" not in finding.requirement


def test_b09_the_name_of_a_form_in_the_title_says_which_is_meant(catalogue: Catalogue) -> None:
    _, (finding,) = _told(catalogue, "职工培训台账", ["编号", "日期", "承办", "班次", "参训人员"])
    assert finding.requirement.startswith("最像“职工培训台账”")


def test_b09_common_columns_alone_make_no_form(catalogue: Catalogue) -> None:
    for heads in (
        ["编号", "日期", "单位", "人数", "备注"],
        ["序号", "编号", "日期", "内容", "经办"],
        ["日期", "类别", "名称"],
    ):
        assert _told(catalogue, "情况登记", heads)[0] is None


@pytest.mark.parametrize("code", ["R01", "R02", "R03", "R05", "R07", "R08", "R10", "R13", "R16", "R17"])
@pytest.mark.parametrize("renamed", [0, 3, 5])
def test_b09_a_form_with_one_heading_renamed_is_still_that_form(code: str, renamed: int, catalogue: Catalogue) -> None:
    heads = [column.name.rpartition("/")[2] if "/" not in column.name else column.aliases[0] if column.aliases
             else column.name for column in catalogue.forms[code].columns]  # fmt: skip
    heads[renamed] = "别的栏名"
    layout, _ = _told(catalogue, "情况登记", heads)
    assert layout is not None and layout.form.code == code


def test_b09_a_sheet_with_no_word_of_ours_is_told_as_before(catalogue: Catalogue) -> None:
    layout, (finding,) = _told(catalogue, "值班表", ["星期", "值班员", "电话"])
    assert (layout, finding.problem) == (None, "看不出是哪一张报表")


def test_b09_sibling_a_list_of_disputes_is_no_aid_ledger(catalogue: Catalogue) -> None:
    """人数 and 金额 are of the aid ledger alone, but the title says what the sheet is about."""
    heads = ["编号", "日期", "单位", "案由", "人数", "金额", "结果"]
    for title in ("2011年三季度劳动争议调解情况", "信访情况登记"):
        layout, (finding,) = _told(catalogue, title, heads)
        assert layout is None
        assert finding.requirement.startswith("最像“信访与劳动争议台账”，差在缺“类别”")


def test_b09_sibling_a_title_that_speaks_of_another_form_makes_no_other_of_full_headings(catalogue: Catalogue) -> None:
    heads = [column.name for column in catalogue.forms["R07"].columns]
    layout, _ = _told(catalogue, "劳模、劳动争议困难职工救助", heads)
    assert layout is not None and layout.form.code == "R07"
    layout, (finding,) = _told(catalogue, "劳模慰问发放表", ["编号", "日期", "单位", "慰问对象", "人数", "金额"])
    assert layout is None and finding.requirement.startswith("最像“帮扶救助发放台账”，差在缺“收支”“帮扶类别”")
