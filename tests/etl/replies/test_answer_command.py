"""python -m etl answer, and the list for the telephone."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from base import china_days
from base.settings import Settings
from etl.__main__ import main as etl
from etl.model.finding import gather
from etl.replies import answer
from etl.replies.answer import answer_name, telephone_list, write_answer
from stats.catalogue import load_catalogue
from tests.etl.replies.test_answer import PERIOD, told, wrong_rows
from tests.lib.county import begin_store, town_one, union_row, write_roster


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that knows the register."""
    return begin_store(tmp_path / "store")


def test_the_telephone_list_says_the_same_mistake_once(tmp_path: Path) -> None:
    findings = [told(f"J{row}") for row in range(5, 17)] + [told("B5", "confirm"), told("C5", "note")]
    assert telephone_list("二季度.xlsx", findings).split("\n") == [
        "“二季度.xlsx”有 13 处要改：退回 12 处，核实 1 处。",
        "1. 【退回】表“R01”J5—J16共12格（会员人数）：填的是“约三百”。这里要一个整数。请改正。",
        "2. 【核实】表“R01”B5（会员人数）：填的是“约三百”。这里要一个整数。请改正。",
    ]


def test_w51_equal_findings_of_a_column_are_told_once_with_their_count(tmp_path: Path) -> None:
    path = write_roster(tmp_path, "甲镇", PERIOD, town_one())
    findings = [told(f"J{row}") for row in range(5, 81)] + [told("J82"), told("K5", "confirm")]
    assert [one.address for one in gather(findings)] == ["J5—J80、J82共77格", "K5"]
    book = load_workbook(write_answer(path, path.name, findings, tmp_path / "答复.xlsx"))
    assert book.sheetnames == ["要改的 78 处", "R01"]
    listed = [[cell.value for cell in row][1:4] for row in book.worksheets[0].iter_rows(min_row=7)]
    assert listed == [["退回", "R01", "J5—J80、J82共77格"], ["核实", "R01", "K5"]]
    assert [cell.coordinate for cell in book["R01"]["J"] if cell.comment] == [
        *(f"J{row}" for row in range(5, 81)),
        "J82",
    ]


def test_w52_an_answer_has_a_letterhead_a_number_a_day_and_whom_to_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "settings", lambda: Settings(contact="办公室 0000-0000000"))
    path = write_roster(tmp_path, "甲镇", PERIOD, town_one())
    made = write_answer(path, path.name, [told("J5")], tmp_path / "答复.xlsx", send_to="示例县总工会", number=12)
    head = [row[0].value for row in load_workbook(made).worksheets[0].iter_rows(max_row=5)]
    assert head[0] == "示例县总工会报表退回单"
    by = china_days.today() + timedelta(days=load_catalogue().reporting.grace_days)
    for said in (
        "退回编号：第12号",
        f"请于{by.year}年{by.month}月{by.day}日前改好发回：示例县总工会",
        "联系人：办公室 0000-0000000",
    ):
        assert said in str(head[3])


def test_a_file_not_yet_taken_in_is_answered_too(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = write_roster(tmp_path, "甲镇", PERIOD, wrong_rows()), tmp_path / "答复.xlsx"
    assert etl(["answer", str(path), "--list", "--store", str(store)]) == 0
    assert "有 3 处要改" in capsys.readouterr().out and not out.exists()
    assert etl(["answer", str(path), "-o", str(out), "--store", str(store)]) == 0
    assert load_workbook(out).sheetnames == ["要改的 3 处", "R01"]


def test_nothing_is_written_when_nothing_is_to_be_changed(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = write_roster(tmp_path, "甲镇", PERIOD, town_one()), tmp_path / "答复.xlsx"
    assert etl(["answer", str(path), "-o", str(out), "--store", str(store)]) == 0
    assert f"“{path.name}”没有要改的地方。" in capsys.readouterr().out and not out.exists()


@pytest.mark.parametrize(("asked", "said"), [
    (["999", "-o", "答复.xlsx"], "没有编号为 999 的上报"),
    (["没有.xlsx", "-o", "答复.xlsx"], "不存在"),
    (["表.xlsx", "-o", "答复.xls"], "请以 .xlsx 结尾"),
    (["表.xlsx", "-o", "没有/答复.xlsx"], "写不了"),
    (["表.xlsx"], "--list"),
])  # fmt: skip
def test_wrong_use_is_said_so(
    asked: list[str],
    said: str,
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write_roster(tmp_path, "甲镇", PERIOD, [union_row("甲一厂工会", "约三百", 400)], name="表.xlsx")
    assert etl(["answer", *asked, "--store", str(store)]) == 2
    assert said in capsys.readouterr().err
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(("答复", "part-"))]


def test_the_name_of_an_answer_is_the_senders() -> None:
    assert answer_name("二季度.xls") == "二季度（退改）.xlsx" == answer_name("二季度（退改）.xlsx")
