"""What a column of an example holds is told by its values: sums and rates are not read, days are written anyhow."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.etl.form_proposals.shaped_tables import lines_of, write_sheets
from tests.etl.form_proposals.test_form_command import begin, form
from tests.etl.own_layouts.written_tables import AREAS, UNIONS
from tests.lib.county import copy_of

MONTHLY = ["--code", "L02", "--name", "收缴", "--frequency", "month", "--numbers", "flow"]
LEDGER = ["--code", "L03", "--name", "帮扶", "--frequency", "month", "--numbers", "flow", "--measure", "人"]
SIGNED = ["--code", "L04", "--name", "合同", "--frequency", "standing", "--numbers", "stock", "--measure", "人"]
ROSTER = ["--code", "L01", "--name", "花名册", "--frequency", "quarter", "--numbers", "stock", "--measure", "人"]
FIRM, SCHOOL = "清河县甲纺织有限公司", "西乡中心学校"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(begin, tmp_path)


def tried(
    store: Path,
    tmp_path: Path,
    rows: list[list[Any]],
    words: list[str],
    capsys: pytest.CaptureFixture[str],
) -> str:
    path = write_sheets(tmp_path / "表.xlsx", {"Sheet1": rows})
    form(store, path, words)
    return lines_of(capsys)


def test_sums_since_january_and_rates_are_not_read(
    store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    head = ["单位", "应缴（元）", "本月实缴（元）", "1-6月累计实缴（元）", "完成情况", "占比"]
    rows = [
        [area, 100 + at, 50 + 7 * at, 900, round((50 + 7 * at) / (100 + at), 4), "9%"] for at, area in enumerate(AREAS)
    ]
    said = tried(store, tmp_path, [["2026年6月收缴表"], head, *rows], MONTHLY, capsys)
    assert "2026年6月，3 行，应缴共 303元，本月实缴共 171元\n" in said
    assert "不加总，不读：1-6月累计实缴、占比、完成情况" in said


def test_a_sum_since_january_alone_is_asked_about(
    store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [["单位", "累计实缴（元）"], *[[area, 900] for area in AREAS]]
    said = tried(store, tmp_path, [["2026年6月收缴表"], *rows], MONTHLY, capsys)
    assert "“累计实缴”是从年初累计的数，各期不能再相加" in said and "--stock 累计实缴" in said
    said = tried(store, tmp_path, [["2026年6月收缴表"], *rows], [*MONTHLY, "--stock", "累计实缴"], capsys)
    assert "累计实缴共 2,700元" in said


def test_days_without_their_year_and_sums_with_their_unit(
    store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    head = ["序号", "日期", "乡镇", "受助人", "金额"]
    rows = [[at, f"3月{at}日", AREAS[at % 3], "钱多多", "500元" if at % 2 else "1,000元"] for at in range(1, 11)]
    said = tried(store, tmp_path, [["2026年3月帮扶台账"], head, *rows], LEDGER, capsys)
    assert "2026年3月，10 行，金额共 7,500元" in said and "日期：日期" in said and "退回" not in said


def test_money_without_a_unit_is_asked_about_and_then_read(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = [["2026年6月收缴表"], ["单位", "实缴"], *[[area, 900] for area in AREAS]]
    said = tried(store, tmp_path, table, MONTHLY, capsys)
    assert "“实缴”没有写计量单位，是元、千元还是万元？" in said and "--measure 实缴=单位" in said
    assert "实缴共 2,700元" in tried(store, tmp_path, table, [*MONTHLY, "--measure", "实缴=元"], capsys)
    stated = [*table[:1], ["", "单位：万元"], *table[1:]]
    said = tried(store, tmp_path, stated, [*MONTHLY, "--measure", "实缴=元"], capsys)
    assert "实缴共 27,000,000元" in said, "what the table states goes first"


@pytest.mark.parametrize(
    "written",
    [
        "2023.3.1—2026.2.28", "2023年3月1日至2026年2月28日", "2023-03至2026-02", "自2023年3月1日起至2026年2月28日止",
        "2023-03-2026-02", "2023/3/1 ~ 2026/2/28",
    ],
)  # fmt: skip
def test_two_days_are_read_however_they_are_written(
    store: Path,
    tmp_path: Path,
    written: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [[1, FIRM, written, 90], [2, SCHOOL, "2024.6.1—2027.5.31", 80]]
    said = tried(store, tmp_path, [["集体合同"], ["序号", "企业名称", "合同期限", "覆盖职工"], *rows], SIGNED, capsys)
    assert "2024年二季度，2 行，覆盖职工共 170人" in said and "合同期限·止：日期，必填" in said


def test_the_end_of_a_contract_may_have_its_own_column(
    store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    head = ["序号", "企业名称", "终止日期", "起始日期", "覆盖职工"]
    rows = [[1, FIRM, "20260228", "20230301", 90], [2, SCHOOL, "2027年5月31日", "2024年6月1日", 80]]
    said = tried(store, tmp_path, [["集体合同"], head, *rows], SIGNED, capsys)
    assert "2024年二季度，2 行，覆盖职工共 170人" in said and "终止日期：日期，必填" in said


@pytest.mark.parametrize(
    ("head", "cells", "sentence"),
    [
        (["签订日期", "合同期限"], ["2023.3.1", "三年"], "“合同期限”写的是几年，定不下到哪天为止"),
        (["有效期", ""], ["2023.3.1", "2026.2.28"], "D 列下面有内容，没有栏头"),
        (["有效期", "有效期"], ["2023.3.1", "2026.2.28"], "“有效期”有几栏，分不清哪一栏是什么"),
    ],
)
def test_what_can_not_be_told_apart_is_asked(
    store: Path,
    tmp_path: Path,
    head: list[str],
    cells: list[str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [[at, name.removesuffix("工会"), *cells, 90] for at, name in enumerate(UNIONS, 1)]
    said = tried(store, tmp_path, [["集体合同"], ["序号", "企业名称", *head, "覆盖职工"], *rows], SIGNED, capsys)
    assert sentence in said and "没有立下" in said


def test_a_count_that_is_no_number_is_returned_with_its_place(
    store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    counts = ["40人", "１７５", "约50人", "1,060"]
    rows = [[at, *pair] for at, pair in enumerate(zip(UNIONS, counts, strict=True), 1)]
    said = tried(store, tmp_path, [["2026年6月花名册"], ["序号", "工会名称", "职工数"], *rows], ROSTER, capsys)
    assert "职工数共 1,275人" in said and "Sheet1”C5" in said and "约50人" in said


def test_rows_of_a_ledger_go_to_the_periods_of_their_days(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A half year in one table, by months; whoever signed for it is never taken, and no list of codes names him."""
    head = ["序号", "日期", "乡镇", "户主", "金额（元）", "签收"]
    days = [date(2026, at, at) if at % 2 else f"{at}月{at}日" for at in range(1, 7)] * 2
    rows = [[at, day, AREAS[at % 3], "王大锤", 100 * at, "王大锤"] for at, day in enumerate(days, 1)]
    table = [["2026年上半年帮扶台账"], head, *rows, ["合计", "", "", "", 7800]]
    said = tried(store, tmp_path, table, LEDGER, capsys)
    assert "2026年1月，2 行，金额共 800元" in said and "2026年6月，2 行，金额共 1,800元" in said
    assert "不取，收件时抹去：户主、签收" in said and "退回" not in said and "要定" not in said
    half_yearly = [word if word != "month" else "half_year" for word in LEDGER]
    assert "台账按月或按季报，不能按半年、按年报" in tried(store, tmp_path, table, half_yearly, capsys)
    rows[3][1] = "四月初"
    said = tried(store, tmp_path, [["2026年上半年帮扶台账"], head, *rows], LEDGER, capsys)
    assert "Sheet1”A6：“4”这一行看不出是哪一期的" in said


def test_the_day_of_the_numbers_tells_the_period(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [[at, name, 10] for at, name in enumerate(UNIONS, 1)]
    above = [["基层工会登记表"], ["统计时间：2026年6月30日", "", "填报日期：2026年7月9日"]]
    said = tried(store, tmp_path, [*above, ["序号", "工会名称", "职工数"], *rows], ROSTER, capsys)
    assert "2026年二季度，4 行，职工数共 40人" in said


def test_years_may_be_written_as_their_ends(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = [["历年数据"], ["年份", "会员（人）"], ["2024年底", 80], ["2025年底", 90]]
    said = tried(store, tmp_path, table, ["--code", "L05", "--name", "历年", "--frequency", "standing"], capsys)
    assert "要定：“会员”是哪个数据项的总数？" in said
