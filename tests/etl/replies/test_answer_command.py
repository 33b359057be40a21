"""python -m etl answer, and the list for the telephone."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.__main__ import main as etl
from etl.replies.answer import answer_name, telephone_list
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
        "1. 【退回】表“R01”J5、J6、J7等12格（会员人数）：填的是“约三百”。这里要一个整数。请改正。",
        "2. 【核实】表“R01”B5（会员人数）：填的是“约三百”。这里要一个整数。请改正。",
    ]


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
