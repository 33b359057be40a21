"""The command line: exit codes, one line a file, sentences instead of tracebacks."""

import json
from pathlib import Path

import pytest

from etl.__main__ import main as etl
from stats.__main__ import main as stats
from stats.readings import JSON_KEYS as READ_KEYS
from stats.readings.trace import JSON_KEYS as TRACE_KEYS
from store.builds import CURRENT, STORE_VARIABLE
from tests.lib.county import copy_of, town_one, union_row, write_register, write_roster

PERIOD = "2008年一季度"


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    """A store with the register and one township."""
    return copy_of(_with_a_roster, tmp_path)


def _with_a_roster(folder: Path) -> None:
    write_register(folder / "sent")
    write_roster(folder / "sent", "甲镇", PERIOD, town_one())
    assert etl(["load", str(folder / "sent"), "--store", str(folder / "store")]) == 0


def test_all_in_is_0_and_some_sent_back_is_1(loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    write_roster(tmp_path / "more", "甲镇", PERIOD, [union_row("甲一厂工会", "约三百", 400)], name="二季度.xlsx")
    assert etl(["load", str(tmp_path / "more" / "*.xlsx"), "--store", str(loaded)]) == 1
    out = capsys.readouterr().out
    assert "退回  二季度.xlsx（编号 3）" in out and "约三百" in out
    assert "已收下 0 份，待核实 0 份，退回 1 份" in out


@pytest.mark.parametrize("arguments", [["load", "没有这个目录"], ["build"]])
def test_wrong_use_is_2_with_a_sentence(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert etl([*arguments, "--store", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "请" in said and "Traceback" not in said


def test_an_unknown_command_is_2() -> None:
    with pytest.raises(SystemExit) as stop:
        etl(["upload"])
    assert stop.value.code == 2


def test_read_and_trace_speak_json_under_the_agreed_keys(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    asked = ["--unit", "COUNTY", "--span", "2008Q1..2008Q1", "--json", "--store", str(loaded)]
    assert stats(["read", "union_members", *asked]) == 0
    reading = json.loads(capsys.readouterr().out)
    assert [list(row) for row in reading] == [[*READ_KEYS, "name_en"]]
    assert reading[0]["value"] == 100
    assert stats(["trace", "union_members", *asked]) == 0
    cells = json.loads(capsys.readouterr().out)
    assert all(list(cell) == list(TRACE_KEYS) for cell in cells)
    assert sum(cell["value"] for cell in cells) == 100
    assert all(Path(cell["file"]).is_relative_to(loaded / "inbox") for cell in cells)


def test_the_variable_names_the_store(
    loaded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(STORE_VARIABLE, str(loaded))
    assert stats(["read", "union_members", "--unit", "T01", "--span", "2008Q1"]) == 0
    assert "100" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [
    ["read", "union_member", "--unit", "COUNTY", "--span", "2008Q1"],
    ["read", "--unit", "T99", "--span", "2008Q1"],
    ["read", "--unit", "COUNTY", "--span", "2008M13"],
])  # fmt: skip
def test_what_is_not_known_is_said_so(wrong: list[str], loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert stats([*wrong, "--store", str(loaded)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def spoil_nothing(store: Path) -> None:
    (store / "warehouse" / CURRENT).unlink()


def spoil_pointer(store: Path) -> None:
    (store / "warehouse" / CURRENT).write_text("000099.duckdb", encoding="utf-8")


def spoil_build(store: Path) -> None:
    (store / "warehouse" / "000001.duckdb").write_bytes(b"half a build")


@pytest.mark.parametrize("spoil", [spoil_nothing, spoil_pointer, spoil_build])
def test_a_spoilt_store_gives_a_sentence_and_can_be_rebuilt(
    spoil: object, loaded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(spoil)
    spoil(loaded)
    asked = ["read", "union_members", "--unit", "COUNTY", "--span", "2008Q1", "--store", str(loaded)]
    assert stats(asked) == 2
    assert "请" in capsys.readouterr().err
    assert etl(["build", "--store", str(loaded)]) == 0
    assert stats(asked) == 0
