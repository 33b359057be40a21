"""Checking a file: the same judgement as loading it, and nothing is kept."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from etl.__main__ import main as etl
from etl.intake import check_paths, confirm, load_paths
from etl.load import Build
from stats.catalogue import load_catalogue
from store.builds import current_build
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, town_one, town_two, union_row, write_register, write_roster

PERIOD = "2008年一季度"
FINDING_KEYS = [
    "rule", "severity", "file", "sheet", "address", "found", "expected", "todo", "column", "about", "offered", "others",
    "stands", "quotes", "sentence",
]  # fmt: skip
KEYS = ["file", "verdict", "forms", "findings", "changes", "questions"]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good file, one to be held and one to be returned."""
    folder = tmp_path_factory.mktemp("sent")
    row = {"number": "F1", "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问",
           "households": 9, "persons": 8}  # fmt: skip
    write_roster(folder, "乙乡", PERIOD, town_two(), name="一好.xlsx")
    write_book(folder / "二待核实.xlsx", Form("R07", REPORTER, PERIOD, [row], money="元、吨"))
    write_roster(folder, "甲镇", PERIOD, [union_row("甲一厂工会", "约三百", 400)], name="三坏.xlsx")
    return folder


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the register and one roster. Read only."""
    folder, store = tmp_path_factory.mktemp("good"), tmp_path_factory.mktemp("loaded")
    load_paths([write_register(folder), write_roster(folder, "甲镇", PERIOD, town_one())], store)
    return store


def bytes_of(store: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in store.rglob("*") if path.is_file()}


def test_the_judgement_is_that_of_a_load(loaded: Path, sent: Path, tmp_path: Path) -> None:
    checked = check_paths([sent], loaded)
    store = shutil.copytree(loaded, tmp_path / "store")
    told = {outcome.name: (outcome.what, outcome.findings) for outcome in load_paths([sent], store).outcomes}
    assert {one.submission.name: (one.verdict, tuple(one.findings)) for one in checked} == told


def test_nothing_in_the_store_changes(loaded: Path, sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = bytes_of(loaded)
    assert etl(["check", str(sent), "--store", str(loaded)]) == 1
    assert "共 3 份，核对完毕，没有接收" in capsys.readouterr().out
    assert bytes_of(loaded) == before


def test_a_build_of_another_catalogue_is_checked_by_todays(loaded: Path, sent: Path, tmp_path: Path) -> None:
    """What a copied build says of its catalogue is taken for granted only where it was made from the same one."""
    before = [(one.verdict, one.findings) for one in check_paths([sent], loaded)]
    store = shutil.copytree(loaded, tmp_path / "store")
    build = current_build(store)
    assert build
    with duckdb.connect(str(build)) as connection:
        connection.execute("update core.build set catalogue = 'another'")
        for table in ("form", "assigned", "item", "part"):
            connection.execute(f"delete from core.{table}")
    assert [(one.verdict, one.findings) for one in check_paths([sent], store)] == before
    again = Build(store, load_catalogue(), apart=tmp_path)
    try:
        assert again._fetch("select count(*) from core.part")[0][0] > 0
    finally:
        again.discard()


def test_json_has_an_object_a_file_under_the_agreed_keys(
    loaded: Path, sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert etl(["check", str(sent), "--json", "--store", str(loaded)]) == 1
    told = {one["file"]: one for one in json.loads(capsys.readouterr().out)}
    assert [list(one) for one in told.values()] == [KEYS] * 3
    good, held, bad = told["一好.xlsx"], told["二待核实.xlsx"], told["三坏.xlsx"]
    assert [one["verdict"] for one in (good, held, bad)] == ["accepted", "held", "returned"]
    assert good["forms"] == [{"form": "R01", "reporter": "T02", "period": "2008Q1", "rows": 2}]
    assert good["changes"] > 20 and bad["changes"] == 0
    assert list(bad["findings"][0]) == FINDING_KEYS
    assert "约三百" in bad["findings"][0]["sentence"]


def test_without_a_store_the_register_is_empty_and_none_is_made(sent: Path, tmp_path: Path) -> None:
    checked = check_paths([sent / "一好.xlsx"], tmp_path / "none")
    assert [finding.rule for one in checked for finding in one.findings] == ["unknown_reporter"]
    assert not (tmp_path / "none").exists()


def test_files_checked_together_explain_each_other_as_in_a_load(sent: Path, tmp_path: Path) -> None:
    register = write_register(tmp_path / "later")
    checked = check_paths([sent / "一好.xlsx", register], tmp_path / "none")
    assert {one.verdict for one in checked} == {"accepted"}
    assert all(one.returns for one in checked)


def test_what_was_confirmed_is_not_asked(loaded: Path, sent: Path, tmp_path: Path) -> None:
    store = shutil.copytree(loaded, tmp_path / "store")
    seq = load_paths([sent / "二待核实.xlsx"], store).outcomes[0].seq
    assert seq is not None
    confirm(store, seq, "已核实", "")
    assert [one.verdict for one in check_paths([sent / "二待核实.xlsx"], store)] == ["accepted"]


def test_a_good_file_is_0_and_a_wrong_path_2(loaded: Path, sent: Path) -> None:
    assert etl(["check", str(sent / "一好.xlsx"), "--store", str(loaded)]) == 0
    assert etl(["check", "没有这个文件.xlsx", "--store", str(loaded)]) == 2
