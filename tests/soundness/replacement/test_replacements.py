"""A return that replaces another: lost or changed rows must be confirmed, and a supplement (补报) only adds."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from base.errors import UserError
from base.periods import parse_span
from etl.collection.preview import changes
from etl.intake import ACCEPTED, HELD, Outcome, check_paths, confirm, load_paths, rebuild, withdraw
from etl.model.finding import Finding
from stats.catalogue import load_catalogue
from stats.readings import read
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.contents import contents
from tests.lib.county import (
    REPORTER,
    begin_store,
    copy_of,
    town_one,
    union_row,
    write_changes,
    write_register,
    write_roster,
)

Q1, Q2 = "2008年一季度", "2008年二季度"
NEW = {"unit_code": "T01004", "unit_name": "甲三厂工会", "level": "基层工会", "parent": "T01", "category": "私营",
       "org_type": "单一", "status": "在册", "effective": "2008-01-01"}  # fmt: skip
THIRD = union_row("甲三厂工会", 7, 9)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with the register, a fourth union of 甲镇 and the roster of the three others."""
    return copy_of(_with_a_roster, tmp_path)


def _with_a_roster(folder: Path) -> None:
    load_paths([write_register(folder, NEW), roster(folder, "甲镇.xlsx", town_one())], folder / "store")


def roster(tmp_path: Path, name: str, rows: list[Row], period: str = Q1, **other: object) -> Path:
    return write_roster(tmp_path / "sent", "甲镇", period, rows, name, **other)


def send(store: Path, path: Path) -> Outcome:
    return load_paths([path], store).outcomes[0]


def members(store: Path, span: str = "2008Q1", unit: str = "COUNTY") -> float | None:
    warehouse = open_warehouse(store)
    try:
        return read(warehouse, load_catalogue(), unit, parse_span(span), ["union_members"])[0].value
    finally:
        warehouse.close()


def asked(outcome: Outcome, rule: str) -> Finding:
    return next(finding for finding in outcome.findings if finding.rule == rule)


def same_when_rebuilt(store: Path) -> bool:
    before = contents(store)
    rebuild(store)
    return contents(store) == before


def test_a02_a_replacement_that_drops_unions_is_held_and_names_them(store: Path, tmp_path: Path) -> None:
    outcome = send(store, roster(tmp_path, "甲.xlsx", town_one(55)[:1]))
    told = asked(outcome, "drops_rows")
    assert outcome.what == HELD and members(store) == 100
    assert "上一份 3 家，这一份 1 家，少了 2 家（甲二厂工会、甲中学工会）；上一份是“甲镇.xlsx”" in told.problem
    assert "另有 1 个数和上一份不同，例如“甲一厂工会”会员人数·合计50 → 55" in told.problem
    with pytest.raises(UserError, match="请选一个：补报、更正"):
        confirm(store, outcome.seq or 0, "问过了", "李梅")
    with pytest.raises(UserError, match="没有“增补”可选"):
        confirm(store, outcome.seq or 0, "问过了", "李梅", choices=["增补"])


@pytest.mark.parametrize(("choice", "expected"), [("补报", 105), ("更正", 55)])
def test_a02_one_says_once_whether_it_adds_or_replaces(store: Path, tmp_path: Path, choice: str, expected: int) -> None:
    seq = send(store, roster(tmp_path, "甲.xlsx", town_one(55)[:1])).seq or 0
    assert confirm(store, seq, "问过了", "李梅", choices=[choice]).outcomes[0].what == ACCEPTED
    assert members(store) == expected
    assert same_when_rebuilt(store)
    withdraw(store, seq, "报错了", "李梅")
    assert members(store) == 100


def test_a02_a_file_that_calls_itself_a_supplement_only_adds(store: Path, tmp_path: Path) -> None:
    path = roster(tmp_path, "甲镇补报.xlsx", [THIRD])
    found = changes(store, check_paths([path], store))
    assert found and all(change.before is None for change in found)
    outcome = send(store, path)
    assert outcome.what == ACCEPTED and members(store) == 107
    assert same_when_rebuilt(store)
    first = next(one for one in load_paths([tmp_path / "sent" / "甲镇.xlsx"], store).outcomes)
    withdraw(store, first.seq or 0, "报错了", "李梅")
    assert members(store) == 7


@pytest.mark.parametrize("title", ["2008年一季度基层工会组织情况表（补报）", None])
def test_a02_what_came_before_its_main_part_stays(tmp_path: Path, title: str | None) -> None:
    store, name = tmp_path / "store", "甲镇.xlsx" if title else "甲镇（补报）.xlsx"
    load_paths([write_register(tmp_path, NEW)], store)
    late = roster(tmp_path / "late", name, [THIRD], title=title)
    assert [send(store, late).what, send(store, roster(tmp_path, "甲镇主表.xlsx", town_one())).what] == [ACCEPTED] * 2
    assert members(store) == 107
    assert same_when_rebuilt(store)


def test_a02_a_supplement_that_repeats_a_union_with_other_numbers_asks(store: Path, tmp_path: Path) -> None:
    outcome = send(store, roster(tmp_path, "甲镇补报.xlsx", [town_one(52)[0], THIRD]))
    assert outcome.what == HELD
    assert (
        "这一份里有 1 个数和已收下的（“甲镇.xlsx”）不同，例如“甲一厂工会”会员人数·合计50 → 52"
        in asked(outcome, "supplement_differs").problem
    )
    confirm(store, outcome.seq or 0, "以补报为准", "李梅")
    assert members(store) == 109
    assert same_when_rebuilt(store)
    withdraw(store, outcome.seq or 0, "报错了", "李梅")
    assert members(store) == 100


def test_a02_a_correction_replaces_supplements_too(store: Path, tmp_path: Path) -> None:
    send(store, roster(tmp_path, "甲镇补报.xlsx", [THIRD]))
    outcome = send(store, roster(tmp_path, "甲镇更正.xlsx", town_one(40)))
    assert outcome.what == ACCEPTED and members(store) == 90
    noted = asked(outcome, "drops_noted")
    assert noted.severity == "note" and "少了 1 家（甲三厂工会）" in noted.problem
    assert same_when_rebuilt(store)


@pytest.mark.parametrize(("choice", "expected"), [("补报", 105), ("更正", 55)])
def test_a02_sibling_a_correction_of_the_changed_rows_alone_is_held(
    store: Path, tmp_path: Path, choice: str, expected: int
) -> None:
    path = roster(tmp_path, "甲镇（更正）.xlsx", town_one(55)[:1])
    assert check_paths([path], store)[0].verdict == HELD
    outcome = send(store, path)
    assert outcome.what == HELD and members(store) == 100
    assert "少了 2 家（甲二厂工会、甲中学工会）" in asked(outcome, "drops_rows").problem
    confirm(store, outcome.seq or 0, "问过了", "李梅", choices=[choice])
    assert members(store) == expected and same_when_rebuilt(store)


def test_a02_rows_of_unions_that_closed_or_moved_may_go(store: Path, tmp_path: Path) -> None:
    closed: Row = {"unit_code": "T01003", "unit_name": "甲中学工会", "level": "基层工会", "parent": "T01"}
    send(store, roster(tmp_path, "二.xlsx", town_one(), Q2))
    closing = send(store, write_changes(tmp_path, Q2, closed | {"status": "撤销", "effective": "2008-05-01"}))
    if closing.what == HELD:
        confirm(store, closing.seq or 0, "五月撤销", "李梅")
    outcome = send(store, roster(tmp_path, "二新.xlsx", town_one()[:2], Q2))
    assert outcome.what == ACCEPTED and members(store, "2008Q2") == 80
    assert "drops_rows" not in {finding.rule for finding in outcome.findings}


def test_a02_a_ledger_that_drops_rows_is_held_too(store: Path, tmp_path: Path) -> None:
    def aid(*numbers: str) -> Form:
        rows: list[Row] = [
            {"number": one, "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问", "amount": 5}
            for one in numbers
        ]
        return Form("R07", REPORTER, Q1, rows, money="元、吨")

    send(store, write_book(tmp_path / "账.xlsx", aid("F1", "F2")))
    outcome = send(store, write_book(tmp_path / "账新.xlsx", aid("F2", "F3")))
    assert "上一份 2 行，这一份 2 行，少了 1 行（F1）" in asked(outcome, "drops_rows").problem


def test_a17_an_earlier_quarter_is_not_overwritten_unasked(store: Path, tmp_path: Path) -> None:
    send(store, roster(tmp_path, "二.xlsx", town_one(60), Q2))
    outcome = send(store, roster(tmp_path, "一.xlsx", town_one(55)))
    told = asked(outcome, "overwrites")
    assert outcome.what == HELD and members(store) == 100
    assert "2008年一季度的这张表已收下过（“甲镇.xlsx”），收下会改动其中 1 个数" in told.problem
    confirm(store, outcome.seq or 0, "确是更正", "李梅")
    assert members(store) == 105


@pytest.mark.parametrize("name", ["一（更正）.xlsx", "订正一.xlsx"])
def test_a17_a_file_that_says_it_corrects_may_change_an_earlier_quarter(store: Path, tmp_path: Path, name: str) -> None:
    send(store, roster(tmp_path, "二.xlsx", town_one(60), Q2))
    assert send(store, roster(tmp_path, name, town_one(55))).what == ACCEPTED
    assert members(store) == 105


def test_a17_what_a_correction_said_is_not_undone_by_the_file_before_it(tmp_path: Path) -> None:
    store = tmp_path / "store"
    begin_store(store)
    assert send(store, roster(tmp_path, "甲镇（更正）.xlsx", town_one(60))).what == ACCEPTED
    assert send(store, roster(tmp_path, "甲镇.xlsx", town_one(50))).what == HELD
    assert members(store) == 110


def test_a17_a_correction_in_time_and_the_same_numbers_again_ask_nothing(store: Path, tmp_path: Path) -> None:
    assert send(store, roster(tmp_path, "甲.xlsx", town_one(55))).what == ACCEPTED
    send(store, roster(tmp_path, "二.xlsx", town_one(60), Q2))
    assert send(store, roster(tmp_path, "重发.xlsx", town_one(55), footer="")).what == ACCEPTED


def test_a17_a_large_file_that_is_taken_after_its_correction_stays_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_store(tmp_path / "store")
    large = roster(tmp_path, "甲镇.xlsx", town_one(50))
    book = load_workbook(large)
    book.properties.description = "".join(chr(0x4E00 + number * 37 % 20000) for number in range(5000))
    book.save(large)
    small = roster(tmp_path, "甲镇（更正）.xlsx", town_one(60))
    monkeypatch.setattr("etl.pipeline.reading_ahead._LARGE", small.stat().st_size + 1)
    assert {outcome.what for outcome in load_paths([large, small], tmp_path / "store").outcomes} == {ACCEPTED}
    assert members(tmp_path / "store") == 110
    assert same_when_rebuilt(tmp_path / "store")
