"""What accepting a file would change, value by value, against what is in force."""

import shutil
from pathlib import Path

import pytest

from etl.collection.preview import ValueChange, changes
from etl.intake import check_paths, load_paths
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, town_one, union_row, write_register, write_roster

PERIOD, NUMBER = "2008年一季度", 2008 * 4


def paid(number: str, **values: object) -> Row:
    row = {"number": number, "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问"}
    return row | values


def aid(folder: Path, name: str, *rows: Row, money: str = "万元、吨") -> Path:
    return write_book(folder / name, Form("R07", REPORTER, PERIOD, list(rows), money=money))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the register, a roster and an aid ledger."""
    folder, store = tmp_path_factory.mktemp("sent"), tmp_path_factory.mktemp("loaded")
    ledger = aid(folder, "帮扶.xlsx", paid("F1", amount=3), paid("F2", amount=1))
    summary = load_paths([write_register(folder), write_roster(folder, "甲镇", PERIOD, town_one()), ledger], store)
    assert summary.count("accepted") == 3
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A copy of the loaded store."""
    return shutil.copytree(loaded, tmp_path / "store")


def preview(path: Path, store: Path) -> list[ValueChange]:
    return changes(store, check_paths([path], store))


def test_one_corrected_number_is_one_change(store: Path, tmp_path: Path) -> None:
    corrected = write_roster(tmp_path, "甲镇", PERIOD, town_one(51))
    assert preview(corrected, store) == [
        ValueChange(
            form="R01",
            form_name="基层工会组织情况表",
            period=NUMBER,
            unit="T01001",
            unit_name="甲一厂工会",
            row_name="甲一厂工会",
            column="会员人数·合计",
            before="50",
            after="51",
        )
    ]


def test_what_is_the_same_changes_nothing(store: Path, tmp_path: Path) -> None:
    assert preview(write_roster(tmp_path, "甲镇", PERIOD, town_one()), store) == []


def test_a_row_left_out_goes_away_and_a_new_return_is_all_new(store: Path, tmp_path: Path) -> None:
    gone = preview(write_roster(tmp_path, "甲镇", PERIOD, town_one()[:2], name="少一行.xlsx"), store)
    assert {(change.unit, change.after) for change in gone} == {("T01003", None)}
    assert ("会员人数·合计", "20") in {(change.column, change.before) for change in gone}
    new = preview(write_roster(tmp_path, "乙乡", PERIOD, [union_row("乙一厂工会", 10, 25)]), store)
    assert {change.before for change in new} == {None}
    assert ("法人登记", "是") in {(change.column, change.after) for change in new}


def test_a_ledger_is_told_by_its_numbers_in_the_unit_that_is_kept(store: Path, tmp_path: Path) -> None:
    corrected = aid(tmp_path, "更正.xlsx", paid("F2", amount=1), paid("F1", amount=2, kind="医疗救助"))
    told = [(change.row_name, change.unit_name, change.column, change.before, change.after)
            for change in preview(corrected, store)]  # fmt: skip
    assert ("F1", "甲镇", "金额（元）", "30,000", "20,000") in told
    assert {row for row, *_ in told} == {"F1"} and len(told) == 2


def test_a_file_that_would_be_returned_changes_nothing(store: Path, tmp_path: Path) -> None:
    assert preview(write_roster(tmp_path, "甲镇", PERIOD, [union_row("甲一厂工会", 9, 4)]), store) == []


def test_in_an_empty_store_all_is_new(tmp_path: Path) -> None:
    told = preview(write_register(tmp_path), tmp_path / "store")
    assert ("T01001", "单位名称", None, "甲一厂工会") in [
        (change.row_name, change.column, change.before, change.after) for change in told
    ]
