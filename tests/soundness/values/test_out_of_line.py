"""An extreme outlier must be confirmed; a merely large number need not."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import Outcome, confirm, load_paths
from etl.model.finding import Finding
from stats.catalogue import Catalogue
from stats.readings import read
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, begin_store, union_row, write_roster

Q1, Q2 = "2008年一季度", "2008年二季度"
AMOUNTS = (3200, 3800, 2900, 4100, 3500, 2700)


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("registered")
    begin_store(store)
    return store


@pytest.fixture
def store(registered: Path, tmp_path: Path) -> Path:
    return shutil.copytree(registered, tmp_path / "store")


def aid(amount: float | None, number: str, day: str = "2008-02-01", **other: object) -> Row:
    row = {"number": number, "date": day, "unit": "甲镇", "direction": "发放", "kind": "走访慰问", "amount": amount}
    return row | other


def visits(prefix: str = "F", day: str = "2008-02-01", **other: object) -> list[Row]:
    return [aid(amount, f"{prefix}{n}", day, **other) for n, amount in enumerate(AMOUNTS)]


def send(store: Path, rows: list[Row], code: str = "R07", quarter: str = Q1) -> Outcome:
    path = write_book(store.parent / f"{code}{quarter}.xlsx", Form(code, REPORTER, quarter, rows, money="元、吨"))
    (outcome,) = load_paths([path], store).outcomes
    return outcome


def one(outcome: Outcome) -> Finding:
    assert outcome.what == "held", outcome
    (finding,) = outcome.findings
    return finding


def test_a13_a_payment_ten_thousand_times_too_large_is_held(store: Path, catalogue: Catalogue) -> None:
    held = send(store, [*visits(), aid(23_000_000, "F9")])
    finding = one(held)
    assert finding.severity == "confirm"
    assert "“F9”金额是2300万元" in finding.problem
    assert "3500元" in finding.requirement
    assert finding.address.startswith("L")
    assert held.seq is not None
    confirm(store, held.seq, "已向填报单位核实", "县总工会")
    with closing(open_warehouse(store)) as warehouse:
        (raised,) = read(warehouse, catalogue, "COUNTY", parse_span("2008Q1"), ["aid_spent"])
    assert raised.value == 23_000_000 + sum(AMOUNTS)


def test_a13_a_number_in_万元_among_numbers_in_元_is_held(store: Path) -> None:
    assert "“F9”金额是0.38元" in one(send(store, [*visits(), aid(0.38, "F9")])).problem


@pytest.mark.parametrize("amount", [38_000, 100_000, 300_000])
def test_a13_a_large_payment_is_not_held(amount: float, store: Path) -> None:
    assert send(store, [*visits(), aid(amount, "F9")]).what == "accepted"


def test_a13_money_raised_is_not_held_against_money_spent(store: Path) -> None:
    rows = [*visits(), aid(5_000_000, "F9", direction="筹措", kind="筹措资金")]
    assert send(store, rows).what == "accepted"


def test_a13_few_rows_are_held_against_the_quarters_before(store: Path) -> None:
    assert send(store, visits()).what == "accepted"
    rows = [aid(23_000_000, "G1", "2008-05-01"), aid(3100, "G2", "2008-05-01")]
    assert "“G1”" in one(send(store, rows, quarter=Q2)).problem


def test_a13_money_on_each_household_is_held_against_what_is_usual(store: Path) -> None:
    """A hundred times too much is within the range of amounts, but not per household."""
    rows = [*visits(households=25), aid(380_000, "F9", households=27)]
    finding = one(send(store, rows))
    assert "“F9”金额是38万元，户数是27户，平均每户1.407万元" in finding.problem
    assert send(store, [*visits(households=25), aid(38_000, "F9", households=27)]).what == "accepted"


def test_a13_money_on_each_person_has_a_limit_where_nothing_is_known_yet(store: Path) -> None:
    finding = one(send(store, [aid(30_000_000, "F1", persons=2)]))
    assert "平均每人1500万元" in finding.problem
    assert "10万元以内" in finding.requirement


def test_a13_goods_and_people_are_held_too(store: Path) -> None:
    rows = [*visits(rice=0.5, persons=20), aid(3000, "F9", rice=500, persons=20)]
    assert "大米是500吨" in one(send(store, rows)).problem
    rows = [*visits(persons=20), aid(3000, "F9", persons=300_000)]
    assert "人数是300000人" in one(send(store, rows)).problem


def test_a13_another_ledger_is_held_too(store: Path) -> None:
    usual = {"date": "2008-02-01", "unit": "甲一厂工会", "kind": "技术革新", "title": "改造", "times": 1}
    rows = [usual | {"number": f"J{n}", "benefit": 90_000 + 5_000 * n} for n in range(6)]
    assert send(store, rows, "R02").what == "accepted"
    slipped = [*rows, usual | {"number": "J9", "benefit": 1_200_000_000}]
    assert "“J9”创造效益是12亿元" in one(send(store, slipped, "R02")).problem


def test_a13_a_union_of_millions_is_held_at_its_first_return(store: Path) -> None:
    rows = [
        union_row(name, 5, workers)
        for name, workers in (("甲一厂工会", 90), ("甲二厂工会", 1_200_000), ("甲中学工会", 60))
    ]
    write_roster(store.parent / "sent", "乙乡", Q1, [union_row("乙一厂工会", 8, 70), union_row("乙政府工会", 8, 30)])
    load_paths([store.parent / "sent"], store)
    path = write_roster(store.parent, "甲镇", Q1, rows)
    (outcome,) = load_paths([path], store).outcomes
    assert "“甲二厂工会”职工人数·合计是1200000人" in [f for f in outcome.findings if f.severity == "confirm"][0].problem
    assert outcome.what == "held"
