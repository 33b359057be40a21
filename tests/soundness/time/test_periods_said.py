"""A return filed under a wrong quarter: all places that state a quarter must agree."""

from pathlib import Path

import pytest

from etl.intake import ACCEPTED, HELD, RETURNED, Outcome, load_paths
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, begin_store, town_one

Q1, Q2 = "2008年一季度", "2008年二季度"


def send(tmp_path: Path, name: str, form: Form, sheet: str) -> Outcome:
    begin_store(tmp_path / "store")
    path = write_book(tmp_path / name, form, sheets=[sheet])
    return load_paths([path], tmp_path / "store").outcomes[0]


@pytest.mark.parametrize(
    ("name", "sheet", "title", "quoted"),
    [
        ("甲镇.xlsx", "2008年二季度", None, "表名写的是“2008年二季度”，报告期（B2）写的是2008年一季度"),
        ("甲镇.xlsx", "二季度", None, "表名写的是“二季度”，报告期（B2）写的是2008年一季度"),
        ("甲镇.xlsx", "Q2", None, "表名写的是“Q2”"),
        ("甲镇.xlsx", "4月", None, "表名写的是“4月”"),
        ("甲镇.xlsx", "2007", None, "表名写的是“2007”"),
        ("甲镇.xlsx", "表", "第二季度基层工会组织情况表", "标题写的是“第二季度基层工会组织情况表”，报告期（B2）"),
        ("甲镇二季度报表.xlsx", "表", None, "文件名写的是“甲镇二季度报表.xlsx”，表里写的是2008年一季度"),
        ("甲镇2007年报表.xlsx", "表", None, "文件名写的是“甲镇2007年报表.xlsx”，表里写的是2008年一季度"),
        ("甲镇2008年二季度报表.xlsx", "表", None, "文件名写的是2008年二季度，表里写的是2008年一季度"),
        ("甲镇.xlsx", "表", "2007年基层工会组织情况表", "标题写的是“2007年基层工会组织情况表”，报告期（B2）"),
        (
            "甲镇.xlsx",
            "表",
            "2008年下半年基层工会组织情况表",
            "标题写的是“2008年下半年基层工会组织情况表”，报告期（B2）",
        ),
        ("甲镇.xlsx", "下半年", None, "表名写的是“下半年”，报告期（B2）写的是2008年一季度"),
        ("甲镇.xlsx", "六月", None, "表名写的是“六月”，报告期（B2）写的是2008年一季度"),
        ("甲镇下半年.xlsx", "表", None, "文件名写的是“甲镇下半年.xlsx”，表里写的是2008年一季度"),
        ("甲镇2007年12月报表.xlsx", "表", None, "文件名写的是“甲镇2007年12月报表.xlsx”，表里写的是2008年一季度"),
        ("甲镇二〇〇七年1-9月.xlsx", "表", None, "文件名写的是“甲镇二〇〇七年1-9月.xlsx”，表里写的是2008年一季度"),
    ],
)
def test_a17_places_that_speak_of_different_quarters_are_asked_about(
    tmp_path: Path, name: str, sheet: str, title: str | None, quoted: str
) -> None:
    outcome = send(tmp_path, name, Form("R01", "甲镇", Q1, town_one(), title=title), sheet)
    assert outcome.what == HELD
    assert any(quoted in finding.problem for finding in outcome.findings), [one.problem for one in outcome.findings]


@pytest.mark.parametrize(
    ("name", "sheet", "title"),
    [
        ("甲镇.xlsx", "Sheet1", None),
        ("甲镇一季度报表（4月8日报）.xlsx", "一季度", None),
        ("甲镇2008年1-3月.xlsx", "1—3月", None),
        ("2008年4月收甲镇.xlsx", "3月", "2008年基层工会组织情况表"),
        ("甲镇.xlsx", "2008年", "基层工会组织情况表（一季度）"),
        ("甲镇第一、二季度.xlsx", "表1", None),
        ("甲镇2008年1—2月.xlsx", "三月", "2008年上半年基层工会组织情况表"),
        ("2009年3月5日补录甲镇.xlsx", "上半年", "2008年度基层工会组织情况表"),
        ("甲镇12月换届后.xlsx", "表", None),
    ],
)
def test_a17_places_that_agree_or_say_nothing_are_left_alone(
    tmp_path: Path, name: str, sheet: str, title: str | None
) -> None:
    outcome = send(tmp_path, name, Form("R01", "甲镇", Q1, town_one(), title=title), sheet)
    assert outcome.what == ACCEPTED, outcome.findings


def test_a17_a_sheet_of_a_month_is_of_its_quarter(tmp_path: Path) -> None:
    aid = {"number": "F1", "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问", "amount": 5}
    assert send(tmp_path, "账.xlsx", Form("R07", REPORTER, "2008年2月", [aid], money="元、吨"), "2月").what == ACCEPTED


def test_b12_a_quarter_that_cannot_be_told_quotes_both_places(tmp_path: Path) -> None:
    form = Form("R01", "甲镇", Q1, town_one(), title="2009年一季度基层工会组织情况表")
    outcome = send(tmp_path, "甲镇.xlsx", form, "表")
    assert outcome.what == RETURNED
    assert "标题写的是2009年一季度，报告期写的是2008年一季度" in outcome.findings[0].sentence()
