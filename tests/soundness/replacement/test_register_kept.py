"""A register return for the quarter of the one in force takes no organisation away that something stands on."""

from contextlib import closing
from pathlib import Path

import pytest

from base.errors import UserError
from etl.intake import ACCEPTED, HELD, Outcome, confirm, load_paths, rebuild
from stats.organisations import organisations
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.contents import contents
from tests.lib.county import REPORTER, UNITS, begin_store, town_one, write_roster
from tests.soundness.replacement.test_replacements import NEW, Q1, asked


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return begin_store(tmp_path / "store")


def send(store: Path, rows: list[Row], name: str = "变动.xlsx") -> Outcome:
    path = write_book(store.parent / "sent" / name, Form("R00", REPORTER, Q1, rows))
    return load_paths([path], store).outcomes[0]


def test_a_change_in_the_quarter_of_the_list_is_added_to_it(store: Path) -> None:
    outcome = send(store, [NEW])
    finding = asked(outcome, "drops_rows")
    assert outcome.what == HELD and finding.choices == ("补报",)
    assert "没有写的 1 行（甲镇）下面还有单位，或有已收下的数" in finding.problem
    with pytest.raises(UserError, match="没有“更正”可选"):
        confirm(store, outcome.seq or 0, "问过了", "李梅", choices=["更正"])
    assert confirm(store, outcome.seq or 0, "问过了", "李梅", choices=["补报"]).outcomes[0].what == ACCEPTED
    before = contents(store)
    rebuild(store)
    assert contents(store) == before and {"T01004", "T02001"} <= codes(store)


def test_a_whole_register_without_a_union_that_reported_is_not_taken(store: Path, tmp_path: Path) -> None:
    load_paths([write_roster(tmp_path / "sent", "甲镇", Q1, town_one())], store)
    outcome = send(store, [row for row in UNITS if row["unit_code"] != "T01001"], "单位名册更正.xlsx")
    assert outcome.what == HELD and "（甲一厂工会）" in asked(outcome, "drops_rows").problem


def test_an_organisation_that_nothing_stands_on_may_be_left_out(store: Path) -> None:
    outcome = send(store, [row for row in UNITS if row["unit_code"] != "T02002"], "单位名册更正.xlsx")
    assert outcome.what == ACCEPTED and "T02002" not in codes(store)


def codes(store: Path) -> set[str]:
    with closing(open_warehouse(store)) as warehouse:
        return {unit.code for unit in organisations(warehouse)}
