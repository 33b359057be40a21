"""A load that changes existing figures a lot must be confirmed, for either part of a rate."""

from pathlib import Path
from typing import Any

import pytest

from etl.intake import ACCEPTED, HELD, Outcome, check_paths, confirm, load_paths
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, UNITS, copy_of, union_row, write_changes, write_register, write_roster

Q1, Q2 = "2008年一季度", "2008年二季度"


def employers(count: int = 8, workers: int = 100, period: str = Q1, day: str = "2008-01-01", **other: Any) -> Form:
    usual = {"area": "甲镇", "category": "私营", "legal": "是", "scale": "是", "workers": workers, "unionised": "是",
             "effective": day} | other  # fmt: skip
    names = [f"E{number}" for number in range(count)]
    return Form(
        "R00E", "甲镇", period, [usual | {"employer_code": one, "employer_name": f"{one}公司"} for one in names]
    )


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(_with_employers, tmp_path)


def _with_employers(folder: Path) -> None:
    write_register(folder / "first")
    write_book(folder / "first" / "名录.xlsx", employers())
    assert load_paths([folder / "first"], folder / "store").count(ACCEPTED) == 2, "the first register is no question"


def send(store: Path, *forms: Form, name: str = "名录新.xlsx") -> Outcome:
    path = write_book(store.parent / "sent" / name, *forms)
    (checked,) = check_paths([path], store)
    (outcome,) = load_paths([path], store).outcomes
    assert checked.verdict == outcome.what, "the preview says the same"
    return outcome


def told(outcome: Outcome) -> list[str]:
    return [one.problem for one in outcome.findings if one.rule == "moved"]


@pytest.mark.parametrize("workers", [10, 350])
def test_a14_a_register_with_far_fewer_or_more_workers_is_held(store: Path, workers: int) -> None:
    outcome = send(store, employers(workers=workers, period=Q2, day="2008-04-01"))
    assert outcome.what == HELD
    assert any("800人，这次" in one and f"{8 * workers:,}人" in one for one in told(outcome))
    confirm(store, outcome.seq or 0, "已核实", "李梅")


@pytest.mark.parametrize("name", ["名录（更正）.xlsx", "甲镇.xlsx"])
def test_a14_a_register_sent_again_with_far_fewer_enterprises_is_held(store: Path, name: str) -> None:
    outcome = send(store, employers(2), name=name)
    assert outcome.what == HELD
    if "更正" in name:
        assert "企业" in told(outcome)[0] and "8家，这次2家" in told(outcome)[0]
    confirm(store, outcome.seq or 0, "已核实", "李梅", choices=["更正"])


@pytest.mark.parametrize("change", [{"status": "撤销"}, {"unionised": "否"}, {"scale": "否"}, {"legal": "否"}])
def test_a14_enterprises_that_leave_a_rates_whole_are_asked_about(store: Path, change: Row) -> None:
    outcome = send(store, employers(period=Q2, day="2008-04-01", **change))
    assert outcome.what == HELD and "8家，这次0家" in told(outcome)[0]


def test_a14_a_book_with_both_registers_is_held_too(store: Path) -> None:
    new = {"unit_code": "T01004", "unit_name": "甲三厂工会", "level": "基层工会", "parent": "T01", "category": "私营",
           "org_type": "单一", "status": "在册", "effective": "2008-04-01"}  # fmt: skip
    outcome = send(store, Form("R00", REPORTER, Q2, [new]), employers(workers=10, period=Q2, day="2008-04-01"))
    assert outcome.what == HELD and told(outcome)


def test_a14_many_unions_closed_at_once_are_asked_about(store: Path, tmp_path: Path) -> None:
    unions = [row | {"status": "撤销", "effective": "2008-04-01"} for row in UNITS if row["level"] == "基层工会"]
    (outcome,) = load_paths([write_changes(tmp_path, Q2, *unions[:4])], store).outcomes
    assert any("在册基层工会数已收的5家，这次1家" in one for one in told(outcome))


def test_a14_ordinary_changes_of_a_register_ask_nothing(store: Path) -> None:
    for number, form in enumerate((
        employers(workers=101),
        employers(workers=120, period=Q2, day="2008-04-01"),
        employers(2, workers=60, period=Q2, day="2008-05-01"),
        employers(11, workers=115, period="2008年三季度", day="2008-07-01"),
    )):  # fmt: skip
        assert send(store, form, name=f"{number}补报.xlsx" if number else "重发.xlsx").what == ACCEPTED


def test_a14_an_older_register_that_no_longer_holds_moves_nothing(store: Path) -> None:
    assert send(store, employers(workers=110, period=Q2, day="2008-04-01"), name="新.xlsx").what == ACCEPTED
    assert told(send(store, employers(2, workers=5, period=Q2, day="2007-04-01"), name="补报旧.xlsx")) == []


NAMES = [f"甲{number}厂工会" for number in range(1, 7)]


@pytest.fixture
def unions(tmp_path: Path) -> Path:
    return copy_of(_with_unions, tmp_path)


def _with_unions(folder: Path) -> None:
    rows: list[Row] = [
        {"unit_code": f"T019{number:02}", "unit_name": name, "level": "基层工会", "parent": "T01", "category": "私营",
         "org_type": "单一", "status": "在册", "effective": "2008-01-01"}
        for number, name in enumerate(NAMES)
    ]  # fmt: skip
    load_paths([write_book(folder / "名册.xlsx", Form("R00", REPORTER, Q1, [*UNITS, *rows]))], folder / "store")


def roster(store: Path, period: str, name: str = "", members: int = 60, **other: Any) -> Outcome:
    rows = [union_row(one, members, 90, **other) for one in NAMES]
    return load_paths([write_roster(store.parent / period, "甲镇", period, rows, name)], store).outcomes[0]


@pytest.mark.parametrize("order", [(Q1, Q2), (Q2, Q1)])
def test_a14_many_small_falls_that_no_row_shows_are_told_together(unions: Path, order: tuple[str, str]) -> None:
    outcomes = [roster(unions, period, members=60 if period == Q1 else 9) for period in order]
    assert [one.what for one in outcomes] == [ACCEPTED, HELD]
    assert any("工会会员人数" in one and "360人" in one and "54人" in one for one in told(outcomes[1]))


@pytest.mark.parametrize("column", ["legal_person", "audit", "account", "women_org"])
def test_a16_yes_that_becomes_no_for_most_is_asked_about(unions: Path, column: str) -> None:
    women = {"members_women": 20, "workers_women": 30}
    assert roster(unions, Q1, **women, **{column: "是"}).what == ACCEPTED
    outcome = roster(unions, Q2, **women, **{column: "否"})
    assert outcome.what == HELD and "6家，这次0家" in told(outcome)[0]


def test_a16_no_that_becomes_yes_in_a_campaign_is_not(unions: Path) -> None:
    assert roster(unions, Q1, legal_person="否", account="否").what == ACCEPTED
    assert roster(unions, Q2, legal_person="是", account="是").what == ACCEPTED


def test_a14_a_correction_in_the_same_quarter_that_moves_the_whole_is_asked_about(unions: Path) -> None:
    assert roster(unions, Q1).what == ACCEPTED
    outcome = roster(unions, Q1, "甲镇（更正）.xlsx", members=6)
    assert outcome.what == HELD and "360人，这次36人" in told(outcome)[0]
    assert roster(unions, Q1, "甲镇（再更正）.xlsx", members=50).what == ACCEPTED


def test_s01_a_township_takes_no_enterprise_of_another_without_a_question(store: Path) -> None:
    """Otherwise its figures would fall without its reporters knowing."""
    theirs = employers(1, period=Q2, day="2008-04-01", area="乙乡")
    outcome = send(store, Form("R00E", "乙乡", Q2, theirs.rows))
    assert outcome.what == HELD
    (asked,) = [one for one in outcome.findings if one.rule == "taken_over"]
    assert "“E0”已收下的记在“甲镇”名下" in asked.problem
    confirm(store, outcome.seq or 0, "已迁到乙乡", "县总工会")


def test_s01_a_township_says_of_its_own_enterprises_what_it_likes(store: Path) -> None:
    outcome = send(store, employers(8, workers=110, period=Q2, day="2008-04-01"))
    assert outcome.what == ACCEPTED


def test_s01_an_enterprise_that_was_closed_can_be_registered_by_another_township(store: Path) -> None:
    closed = employers(1, period=Q2, day="2008-04-01", status="撤销")
    assert send(store, closed).what == ACCEPTED
    theirs = employers(1, period="2008年三季度", day="2008-07-01", area="乙乡")
    outcome = send(store, Form("R00E", "乙乡", "2008年三季度", theirs.rows))
    assert [one.rule for one in outcome.findings if one.severity == "confirm"] == []


def cadres(store: Path, period: str, **numbers: int) -> Outcome:
    usual = {"area": "甲镇", "cadres_full": 2, "cadres_part": 9, "instructors": 6, "enterprises": 5}
    path = write_book(store.parent / f"R12{period}.xlsx", Form("R12", REPORTER, period, [usual | numbers]))
    return load_paths([path], store).outcomes[0]


@pytest.mark.parametrize(("column", "then", "now"), [
    ("instructors", 6, 60), ("instructors", 60, 6), ("instructors", 40, 0), ("enterprises", 5, 50),
    ("enterprises", 40, 4), ("enterprises", 9, 0),
])  # fmt: skip
def test_a14_a_single_row_a_place_off_is_asked_about(unions: Path, column: str, then: int, now: int) -> None:
    assert cadres(unions, Q1, **{column: then}).what == ACCEPTED
    assert cadres(unions, Q2, **{column: now}).what == HELD


@pytest.mark.parametrize("order", [(Q1, Q2), (Q2, Q1)])
@pytest.mark.parametrize("change", [{"members": 600, "workers": 700}, {"members": 4, "workers": 70}, {"members": 0}])
def test_a14_so_is_a_union_that_reports_alone(unions: Path, order: tuple[str, str], change: dict[str, int]) -> None:
    usual = {"members": 60, "workers": 70}
    sent = [usual if period == Q1 else usual | change for period in order]
    outcomes = [
        load_paths(
            [write_roster(unions.parent / period, "甲镇", period, [union_row(NAMES[0], **one)])], unions
        ).outcomes[0]
        for period, one in zip(order, sent, strict=True)
    ]
    assert [one.what for one in outcomes] == [ACCEPTED, HELD]


@pytest.mark.parametrize("members", [180, 25, 90])
def test_a14_a_union_that_grows_or_shrinks_alone_is_not(unions: Path, members: int) -> None:
    for period, number in ((Q1, 60), (Q2, members)):
        path = write_roster(unions.parent / period, "甲镇", period, [union_row(NAMES[0], number, 200)])
        assert load_paths([path], unions).count(ACCEPTED) == 1
