"""Organisations opened, closed, merged or renamed more than once in a quarter load, or must be confirmed."""

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from base.periods import parse_span
from etl.intake import confirm, load_paths
from tests.lib.books import Row
from tests.lib.contents import contents
from tests.lib.county import town_one, town_two, write_changes, write_register, write_roster

FIRST, SECOND = "2008年一季度", "2008年二季度"
EARLY, LATE = "2008-04-10", "2008-06-20"


def new(day: str, status: str = "在册", **other: Any) -> Row:
    return {"unit_code": "T02009", "unit_name": "乙新厂工会", "level": "基层工会", "parent": "T02", "category": "私营",
            "org_type": "单一", "status": status, "effective": day} | other  # fmt: skip


def old(day: str, status: str = "在册", **other: Any) -> Row:
    return new(day, status, **({"unit_code": "T02001", "unit_name": "乙一厂工会"} | other))


def office(day: str, status: str = "在册", **other: Any) -> Row:
    return new(day, status, **({"unit_code": "T02002", "unit_name": "乙政府工会"} | other))


def town(day: str, status: str = "在册") -> Row:
    return {"unit_code": "T09", "unit_name": "丙镇", "level": "乡镇", "parent": "COUNTY", "cluster": "东片",
            "status": status, "effective": day}  # fmt: skip


COURSES = {
    "opened and closed": [new(EARLY), new(LATE, "撤销")],
    "opened and merged": [new(EARLY), new(LATE, "合并", successor="T02001")],
    "merged into one opened and closed": [new(EARLY), old("2008-05-10", "合并", successor="T02009"), new(LATE, "撤销")],
    "merged into each other": [old(EARLY, "合并", successor="T02002"), office(LATE, "合并", successor="T02001")],
    "a township opened and closed": [town(EARLY), town(LATE, "撤销")],
    "a union of a township opened and closed": [town(EARLY), new("2008-04-11", parent="T09"), town(LATE, "撤销")],
    "closed and opened again": [old(EARLY, "撤销"), old(LATE)],
    "opened, closed, opened": [new(EARLY), new("2008-05-20", "撤销"), new(LATE)],
    "renamed twice": [old(EARLY, unit_name="乙二厂工会"), old(LATE, unit_name="乙三厂工会")],
    "renamed and back": [old(EARLY, unit_name="乙二厂工会"), old(LATE)],
    "moved and closed": [old(EARLY, parent="T01"), old(LATE, "撤销", parent="T01")],
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loaded")
    sent = folder / "sent"
    write_roster(sent, "甲镇", FIRST, town_one())
    write_roster(sent, "乙乡", FIRST, town_two())
    assert load_paths([write_register(folder), sent], folder / "store").count("accepted") == 3
    return folder / "store"


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    return copytree(loaded, tmp_path / "store")


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("course", COURSES)
def test_a11_more_than_one_event_of_a_quarter_loads_or_is_asked(
    course: str, turned: bool, store: Path, tmp_path: Path
) -> None:
    rows = COURSES[course][:: -1 if turned else 1]
    (outcome,) = load_paths([write_changes(tmp_path, SECOND, *rows)], store).outcomes
    if outcome.what == "held":
        assert outcome.seq is not None
        outcome = confirm(store, outcome.seq, "已核实", "办公室").outcomes[0]
    assert outcome.what == "accepted"


def test_a11_what_a_union_of_some_weeks_had_is_nowhere_lost(store: Path, tmp_path: Path) -> None:
    """The union was never open at a quarter end, so it has no node and its ledger rows go to its township."""
    assert load_paths([write_changes(tmp_path, SECOND, *COURSES["opened and closed"])], store).count("accepted") == 1
    assert [row for row in contents(store)["units"] if row[0] == "T02009"] == []
    assert len([row for row in contents(store)["units"] if row[4] <= parse_span("2008Q2").first]) > 5


@pytest.mark.parametrize(
    "row",
    [
        {"unit_code": "COUNTY", "unit_name": "示例县总工会", "status": "撤销"},
        {"unit_code": "COUNTY", "unit_name": "示例县总工会", "status": "合并", "successor": "T01"},
        {"unit_code": "COUNTY2", "unit_name": "另一县总工会", "status": "在册"},
    ],
)
def test_a11_the_county_itself_neither_ends_nor_stands_twice(row: Row, store: Path, tmp_path: Path) -> None:
    path = write_changes(tmp_path, SECOND, {"level": "县总工会", "effective": EARLY} | row)
    (outcome,) = load_paths([path], store).outcomes
    assert (outcome.what, [one.rule for one in outcome.findings if one.severity == "return"]) == (
        "returned", ["register_root"],
    )  # fmt: skip
