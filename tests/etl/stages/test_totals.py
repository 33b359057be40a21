"""Totals and subtotals of returns: known by their words, not counted, each held against the rows it covers."""

from pathlib import Path
from typing import Any

import pytest

from etl.check.finding_writer import FindingWriter
from etl.check.stated_totals import check_totals
from etl.extract import extract
from etl.labels.total_labels import total_rank
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.read import read_sheets
from etl.recognise import recognise
from stats.catalogue import Catalogue
from tests.lib.books import Form, Row, write_book
from tests.lib.county import union_row

PERIOD = "2008年一季度"
GRAND = [
    "合计：", "合计（人）", "合 计", "总计（个）", "合计人数", "总数", "计", "汇总", "本年累计", "全县", "全县合计：",
    "共计", "一、合计", "【合计】", "合计/平均", "合计（不含退休）", "合計", "1-9月累计", "各乡镇合计", "合计12家",
    "Grand Total", "合计 Total",
]  # fmt: skip
PARTIAL = [
    "小计：", "小 计", "小计（人）", "城区片小计", "东街合计：", "蒋家嘴镇 汇总", "蒋家嘴镇汇总",
    "Subtotal", "东街 Total",
]  # fmt: skip
NAMES = [
    "会计师事务所工会", "统计局工会", "设计院工会", "全县教师工会", "总公司工会", "汇总中心工会", "年末总数", "总人数",
    "累计投入", "会计", "资料汇总", "其中：合计", "#合计", "以上数据由组织部汇总。", "全民", "summary",
]  # fmt: skip


@pytest.mark.parametrize(("rank", "words"), [(2, GRAND), (1, PARTIAL), (0, NAMES)])
def test_b01_words_of_a_total(rank: int, words: list[str]) -> None:
    assert {word: total_rank(word) for word in words} == dict.fromkeys(words, rank)


@pytest.mark.parametrize(
    "words",
    [
        "截至本季累计",
        "截止本年累计：",
        "上半年累计",
        "前三季度合计",
        "下半年累计数",
        "合计*",
        "共3家",
        "共 20 户",
        "∑",
        "Σ",
    ],
)
def test_b01_sibling_more_words_of_a_total(words: str) -> None:
    assert total_rank(words) == 2
    assert [total_rank(name) for name in ("共青团县委", "共同富裕示范点3家", "截至本季")] == [0, 0, 0]


def _taken(form: Form, folder: Path, catalogue: Catalogue) -> tuple[Return, list[Finding]]:
    (sheet,) = read_sheets(write_book(folder / "表.xlsx", form))
    layout, told = recognise(sheet, "表.xlsx", catalogue)
    assert layout is not None
    found, more = extract(layout, "表.xlsx", catalogue)
    told += [*more, *check_totals(found, FindingWriter(found, "表.xlsx", catalogue))]
    return found, [finding for finding in told if finding.rule != "unused_column"]


def _roster(*rows: Row) -> Form:
    return Form("R01", "甲镇", PERIOD, rows, money="元、吨")


def _sum(label: str, members: int, workers: int) -> Row:
    return {"union": label, "members": members, "workers": workers}


def _aid(number: str, amount: Any, **other: Any) -> Row:
    return {"number": number, "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问",
            "amount": amount} | other  # fmt: skip


ONE, TWO, THREE = (
    union_row("甲一厂工会", 50, 100),
    union_row("统计局工会", 30, 40),
    union_row("会计师事务所工会", 20, 20),
)


@pytest.mark.parametrize("label", ["合计：", "总计（个）", "合计人数", "汇总", "计", "全县", "本年累计", "Grand Total"])
def test_b01_a_total_in_other_words_is_no_union_but_checked(label: str, tmp_path: Path, catalogue: Catalogue) -> None:
    found, told = _taken(_roster(ONE, TWO, _sum(label, 80, 140)), tmp_path, catalogue)
    assert (found.column("union"), told) == (["甲一厂工会", "统计局工会"], [])
    _, told = _taken(_roster(ONE, TWO, _sum(label, 81, 140)), tmp_path, catalogue)
    assert [(one.rule, one.severity, one.address, one.requirement) for one in told] == [
        ("total", "return", "J7", "各行相加是80")
    ]


def test_b01_a_ledger_row_about_the_whole_county_is_no_total(tmp_path: Path, catalogue: Catalogue) -> None:
    rows = [_aid("F1", 50), _aid("全县", 7, unit="全县")]
    found, _ = _taken(Form("R07", "甲镇", PERIOD, rows, money="元、吨"), tmp_path, catalogue)
    assert (found.size, found.totals) == (2, [])


def test_b01_a_running_total_may_hold_earlier_quarters(tmp_path: Path, catalogue: Catalogue) -> None:
    rows = [_aid("F1", 50), {"number": "本季合计", "amount": 50}, {"number": "本年累计", "amount": 90}]
    _, told = _taken(Form("R07", "甲镇", "2008年二季度", rows, money="元、吨"), tmp_path, catalogue)
    assert [(one.rule, one.severity) for one in told if one.rule == "total"] == [("total", "note")]
    rows[2]["amount"] = 40
    _, told = _taken(Form("R07", "甲镇", "2008年二季度", rows, money="元、吨"), tmp_path, catalogue)
    assert [one.severity for one in told if one.rule == "total"] == ["return"]


def test_b02_subtotals_below_their_rows_are_each_checked(tmp_path: Path, catalogue: Catalogue) -> None:
    rows = [ONE, TWO, _sum("东片小计", 80, 140), THREE, _sum("西片小计", 20, 20), _sum("合计", 100, 160)]
    found, told = _taken(_roster(*rows), tmp_path, catalogue)
    assert (found.size, len(found.totals), told) == (3, 3, [])
    rows[2] = _sum("东片小计", 90, 140)
    _, (told_of,) = _taken(_roster(*rows), tmp_path, catalogue)
    assert (told_of.address, told_of.problem) == ("J7", "“东片小计”的会员人数·合计填的是90")
    assert told_of.requirement == "第5—6行相加是80"


def test_b02_subtotals_above_their_rows(tmp_path: Path, catalogue: Catalogue) -> None:
    rows = [_sum("全县", 100, 160), _sum("东片小计", 80, 140), ONE, TWO, _sum("西片小计", 21, 21), THREE]
    _, told = _taken(_roster(*rows), tmp_path, catalogue)
    assert {(one.address, one.requirement) for one in told} == {("G9", "第10行是20"), ("J9", "第10行是20")}


def test_b02_subtotals_of_subtotals(tmp_path: Path, catalogue: Catalogue) -> None:
    four = union_row("甲二厂工会", 7, 9)
    rows = [ONE, _sum("小计", 50, 100), TWO, _sum("小计", 30, 40), _sum("东片合计", 80, 140), THREE, four,
            _sum("小计", 27, 29), _sum("西片合计", 27, 29), _sum("总计", 107, 169)]  # fmt: skip
    found, told = _taken(_roster(*rows), tmp_path, catalogue)
    assert (found.size, len(found.totals), told) == (4, 6, [])
    rows[4] = _sum("东片合计", 85, 145)
    _, told = _taken(_roster(*rows), tmp_path, catalogue)
    assert {(one.address, one.requirement) for one in told} == {("G9", "第5—7行相加是140"), ("J9", "第5—7行相加是80")}


def test_b02_the_rows_that_excel_puts_in_itself(tmp_path: Path, catalogue: Catalogue) -> None:
    rows = [_aid("F1", 50), _aid("F2", 20), {"unit": "甲镇 汇总", "amount": 70},
            _aid("F3", 9, unit="乙乡"), {"unit": "乙乡 汇总", "amount": 9}, {"unit": "总计", "amount": 79}]  # fmt: skip
    found, told = _taken(Form("R07", "甲镇", PERIOD, rows, money="元、吨"), tmp_path, catalogue)
    assert (found.size, [one.rule for one in told if one.severity == "return"]) == (3, [])
    rows[4]["amount"] = 10
    _, told = _taken(Form("R07", "甲镇", PERIOD, rows, money="元、吨"), tmp_path, catalogue)
    assert [(one.rule, one.requirement) for one in told if one.severity == "return"] == [("total", "第7行是9")]


@pytest.mark.parametrize(
    "label", ["平均", "平均数", "增减", "比上年增减数", "同比（%）", "占比", "上年同期", "上年同期合计", "排名"]
)
def test_b02_a_row_reckoned_from_others_is_no_union(label: str, tmp_path: Path, catalogue: Catalogue) -> None:
    rows = [ONE, TWO, _sum("合计", 80, 140), _sum(label, 40, 70)]
    found, told = _taken(_roster(*rows), tmp_path, catalogue)
    assert (found.column("union"), [(one.rule, one.severity, one.address) for one in told]) == (
        ["甲一厂工会", "统计局工会"], [("derived_row", "note", "A8")],
    )  # fmt: skip
    ledger = [_aid("F1", 50), _aid("F2", 30), {"number": "合计", "amount": 80}, {"number": label, "amount": 40}]
    found, told = _taken(Form("R07", "甲镇", PERIOD, ledger, money="元、吨"), tmp_path, catalogue)
    assert (found.size, [one.rule for one in told if one.severity == "return"]) == (2, [])
    assert "derived_row" in {one.rule for one in told}


def test_b01_sibling_a_total_in_another_unit_is_told_in_the_same_one(tmp_path: Path, catalogue: Catalogue) -> None:
    rows = [_aid("一", 1.5), _aid("二", 2.5)]
    form = Form("R07", "示例县总工会", PERIOD, rows, money="万元、吨", total={"amount": 5})
    _, (told,) = _taken(form, tmp_path, catalogue)
    assert (told.problem, told.requirement) == ("“合计”的金额填的是5万元", "各行相加是4万元")
