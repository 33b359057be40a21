"""Who was to report, what has come, what is missing and how large it is, and the words that ask for it."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from base.periods import parse_quarter
from etl.__main__ import main as etl
from etl.collection.remind import remind
from etl.collection.status import MissingReturn, Status, StatusLine, status
from etl.intake import load_paths, withdraw
from stats.catalogue import load_catalogue
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, town_one, town_two, union_row, write_register, write_roster

FORM, NAME = "R01", "基层工会组织情况表"
REPORTING = load_catalogue().reporting
FIRST, SECOND = parse_quarter("2008Q1"), parse_quarter("2008Q2")
SAID = {FIRST: "2008年一季度", SECOND: "2008年二季度"}
IN_TIME, LATE = "2008-04-15T15:59:59+00:00", "2008-04-15T16:00:00+00:00"  # midnight in China


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the register (1), both townships for one quarter (2, 3) and one of them for the next (4)."""
    folder, store = tmp_path_factory.mktemp("sent"), tmp_path_factory.mktemp("loaded")
    files = [write_register(folder), write_roster(folder, "甲镇", SAID[FIRST], town_one())]
    files += [write_roster(folder, "乙乡", SAID[quarter], town_two()) for quarter in (FIRST, SECOND)]
    for file in files:
        assert load_paths([file], store).count("accepted") == 1
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A copy of the loaded store."""
    return shutil.copytree(loaded, tmp_path / "store")


def received_at(store: Path, times: dict[int, str]) -> None:
    """Let receipts have come at other times; the journal itself never changes one."""
    with sqlite3.connect(store / "journal.sqlite") as connection:
        connection.executemany("update received set at = ? where seq = ?", [(at, seq) for seq, at in times.items()])
    connection.close()


def line(found: Status, area: str = "T01", form: str = FORM) -> StatusLine:
    return next(line for line in found.lines if (line.area, line.form) == (area, form))


def missing(found: Status, form: str = FORM) -> list[MissingReturn]:
    return [one for one in found.missing if one.form == form]


def test_expected_received_and_missing_by_area_and_form(store: Path) -> None:
    found = status(store, SECOND)
    assert line(found) == StatusLine(
        form=FORM,
        form_name=NAME,
        area="T01",
        area_name="甲镇",
        expected=3,
        received=0,
        on_time=None,
        held=0,
        returned=0,
    )
    assert line(found, "T02") == StatusLine(
        form=FORM,
        form_name=NAME,
        area="T02",
        area_name="乙乡",
        expected=2,
        received=2,
        on_time=None,
        held=0,
        returned=0,
    )
    assert [(one.unit_name, one.state, one.size, one.size_measure) for one in missing(found)] == [
        ("甲一厂工会", "missing", 50, "人"), ("甲二厂工会", "missing", 30, "人"), ("甲中学工会", "missing", 20, "人"),
    ]  # fmt: skip
    assert found.expected == sum(line.expected for line in found.lines) == found.received + len(found.missing)


def test_a_quarter_nobody_has_reported_for_yet_is_expected_all_the_same(store: Path) -> None:
    found = status(store, SECOND + 1)
    assert [line(found, area).expected for area in ("T01", "T02")] == [3, 2]
    assert {one.size for one in missing(found)} == {50, 30, 20, 10, 8}


def test_a_return_is_on_time_until_midnight_of_the_due_day(store: Path) -> None:
    received_at(store, {1: "2008-04-01T00:00:00+00:00", 2: IN_TIME, 3: LATE})
    found = status(store, FIRST)
    assert (found.due, found.hindsight) == (date(2008, 4, 15), False)
    assert [(line(found, area).received, line(found, area).on_time) for area in ("T01", "T02")] == [(3, 3), (2, 0)]


def test_a_correction_that_comes_later_leaves_it_on_time(store: Path, tmp_path: Path) -> None:
    load_paths([write_roster(tmp_path, "甲镇", SAID[FIRST], town_one(51), name="更正.xlsx")], store)
    received_at(store, {1: IN_TIME, 2: IN_TIME, 3: IN_TIME, 5: LATE})
    assert line(status(store, FIRST)).on_time == 3


def test_a_quarter_due_before_the_first_receipt_has_nothing_on_time(store: Path) -> None:
    received_at(store, {seq: LATE for seq in (1, 2, 3, 4)})
    assert (status(store, FIRST).hindsight, status(store, FIRST).on_time) == (True, None)
    assert status(store, SECOND).hindsight is False


def test_returned_and_held_until_a_later_file_is_in(store: Path, tmp_path: Path) -> None:
    bad = write_roster(tmp_path, "甲镇", SAID[SECOND], [union_row("甲一厂工会", "约三百", 400)], name="坏.xlsx")
    load_paths([bad], store)
    found = status(store, SECOND)
    assert (line(found).received, line(found).returned) == (0, 3)
    assert {(one.state, one.seq) for one in missing(found)} == {("returned", 5)}
    load_paths([write_roster(tmp_path, "甲镇", SAID[SECOND], town_one()[:2], name="好.xlsx")], store)
    found = status(store, SECOND)
    assert (line(found).received, line(found).returned) == (2, 0)
    assert [(one.unit_name, one.state) for one in missing(found)] == [("甲中学工会", "missing")]
    withdraw(store, 6, "报错了", "")
    assert line(status(store, SECOND)).returned == 3


def test_a_held_ledger_is_neither_received_nor_missing(store: Path, tmp_path: Path) -> None:
    row = {"number": "F1", "date": "2008-05-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问",
           "households": 9, "persons": 8}  # fmt: skip
    load_paths([write_book(tmp_path / "帮扶.xlsx", Form("R07", REPORTER, SAID[SECOND], [row], money="元、吨"))], store)
    found = status(store, SECOND)
    assert (line(found, "COUNTY", "R07").received, line(found, "COUNTY", "R07").held) == (0, 1)
    assert [(one.state, one.seq) for one in missing(found, "R07")] == [("held", 5)]


def test_the_reminder_names_form_units_due_day_and_what_to_do(store: Path, tmp_path: Path) -> None:
    text = remind(status(store, SECOND), REPORTING, "T01", date(2008, 7, 20))
    assert text.startswith("甲镇：\n您好。2008年二季度的报表已于2008年7月15日到期，请于2008年7月25日前补齐，")
    assert "目前4家还缺12张表" in text and "\n1. 甲镇：缺3张表（《企业名录》" in text
    assert "\n2. 甲一厂工会、甲二厂工会、甲中学工会3家：各缺3张表（《基层工会组织情况表》《" in text
    assert text.count("甲一厂工会") == 1 and "，还没有报，请填好后报来。" in text
    assert "乙一厂" not in text and "！" not in text
    assert "请于2008年7月15日前报齐" in remind(status(store, SECOND), REPORTING, "T01", date(2008, 7, 15))


def test_the_reminder_for_all_has_a_letter_an_area(store: Path) -> None:
    letters = remind(status(store, SECOND), REPORTING, today=date(2008, 7, 20)).split("\n\n")
    assert [letter.split("：")[0] for letter in letters] == [REPORTER, "甲镇", "乙乡"]


def test_the_reminder_says_so_when_nothing_is_owed(store: Path) -> None:
    found = status(store, SECOND)
    whole = replace(found, missing=())
    assert remind(whole, REPORTING) == "2008年二季度的报表已经收齐，感谢支持。"


@pytest.fixture
def asked(store: Path) -> Iterator[list[str]]:
    yield ["status", "--period", "2008Q2", "--store", str(store)]


def test_the_command_speaks_json_under_the_agreed_keys(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert etl([*asked, "--json", "--area", "T01"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["period", "due", "hindsight", "expected", "received", "on_time", "held", "returned",
                           "lines", "missing"]  # fmt: skip
    assert {line["area"] for line in found["lines"]} == {one["area"] for one in found["missing"]} == {"T01"}
    assert (found["period"], found["due"], found["hindsight"], found["on_time"]) == ("2008Q2", "2008-07-15", True, None)
    assert list(found["lines"][0]) == ["form", "form_name", "area", "area_name", "expected", "received", "on_time",
                                       "held", "returned"]  # fmt: skip
    assert list(found["missing"][0]) == ["form", "form_name", "unit", "unit_name", "area", "area_name", "state",
                                         "size", "size_measure", "seq"]  # fmt: skip


def test_the_command_tells_people_and_refuses_an_unknown_area(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert etl(asked) == 0
    told = capsys.readouterr().out
    assert "甲镇《基层工会组织情况表》：应报 3，已收下 0，历史补录，不考核是否按时，待核实 0，退回 0" in told
    assert "缺：甲镇　甲一厂工会《基层工会组织情况表》未报，上次报 50 人" in told
    assert etl([*asked, "--remind"]) == 0
    assert capsys.readouterr().out.startswith(f"{REPORTER}：")
    assert etl([*asked, "--area", "T09"]) == 2
    assert "是不是“T0" in capsys.readouterr().err


def test_without_data_there_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert etl(["status", "--period", "2008Q2", "--store", str(tmp_path / "none")]) == 2
    assert "还没有数据。请先上报报表。" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
