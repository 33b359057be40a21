"""A wrong unit above a table makes every amount wrong: it is told once, and what follows from it is not told."""

import shutil
from pathlib import Path

import pytest

from etl.intake import load_paths
from etl.model.finding import Finding
from tests.lib.books import Form, Row
from tests.lib.county import begin_store, town_one, union_row
from tests.messy.returns import Maker, aid, book, roster

Q1, Q2 = "2008年一季度", "2008年二季度"
UNIONS = {"甲一厂工会": 100, "甲二厂工会": 40, "甲中学工会": 20}


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("registered")
    begin_store(store)
    return store


@pytest.fixture
def store(registered: Path, tmp_path: Path) -> Path:
    return shutil.copytree(registered, tmp_path / "store")


def fees(quarter: str, money: str, worth: float = 1, unions: tuple[str, ...] = tuple(UNIONS)) -> Form:
    """Return fees of 6,000 yuan a worker and quarter, written in a unit of which one is `worth` yuan."""
    return Form("R11", "甲镇", quarter, [_fee(name, quarter, worth) for name in unions], money=money)


def _fee(name: str, quarter: str, worth: float) -> Row:
    wages = UNIONS[name] * 6000 / worth
    due, quarters = wages / 50, 1 if quarter == Q1 else 2
    return {"union": name, "wages": wages, "due": due, "paid": due, "due_year": due * quarters,
            "paid_year": due * quarters}  # fmt: skip


def innovations(quarter: str, day: str, worth: float = 1, money: str = "元") -> Form:
    usual = {"date": day, "unit": "甲一厂工会", "kind": "技术革新", "title": "改造", "times": 1}
    rows = [usual | {"number": f"{quarter}{n}", "benefit": (90_000 + 5_000 * n) / worth} for n in range(6)]
    return Form("R02", "示例县总工会", quarter, rows, money=money)


def told(store: Path, folder: Path, *makers: Maker) -> tuple[Finding, ...]:
    for number, make in enumerate(makers):
        (outcome,) = load_paths([make(folder / str(number))], store).outcomes
        assert outcome.what == ("held" if make is makers[-1] else "accepted"), outcome
    return outcome.findings


@pytest.mark.parametrize(("worth", "said"), [(10_000, "10,000"), (1000, "1,000")])
def test_b10_one_wrong_unit_above_a_table_is_one_finding(worth: float, said: str, store: Path, tmp_path: Path) -> None:
    right = book(roster(*town_one()), fees(Q1, "元"))
    wrong = book(roster(*town_one(), period=Q2), fees(Q2, "元", worth))
    (finding,) = told(store, tmp_path, right, wrong)
    assert (finding.rule, finding.severity) == ("unit_slip", "confirm")
    assert f"小了约{said}倍" in finding.requirement
    assert "表头的计量单位" in finding.todo


def test_b10_so_is_one_without_a_quarter_before(store: Path, tmp_path: Path) -> None:
    (finding,) = told(store, tmp_path, book(roster(*town_one()), fees(Q1, "元", 10_000)))
    assert "这样的共3行" in finding.problem
    assert "表头的计量单位" in finding.todo


def test_b10_so_is_one_of_a_single_union(store: Path, tmp_path: Path) -> None:
    union = ("甲一厂工会",)
    (finding,) = told(
        store,
        tmp_path,
        book(roster(union_row("甲一厂工会", 50, 100)), fees(Q1, "元", unions=union)),
        book(roster(union_row("甲一厂工会", 50, 100), period=Q2), fees(Q2, "万元", 1, union)),
    )
    assert "大了约10,000倍" in finding.requirement


def test_b10_so_is_one_above_a_ledger(store: Path, tmp_path: Path) -> None:
    rows = [{"amount": 3000 + 100 * n, "households": 20, "persons": 22} for n in range(6)]
    later = [row | {"date": "2008-05-01"} for row in rows]
    right, wrong = book(aid(*rows)), book(aid(*later, period=Q2, money="万元、吨"))
    (finding,) = told(store, tmp_path, right, wrong)
    assert (finding.rule, finding.column) == ("unit_slip", "金额")


def test_b10_so_is_one_above_a_ledger_without_people(store: Path, tmp_path: Path) -> None:
    first, second = innovations(Q1, "2008-02-01"), innovations(Q2, "2008-05-01", 1, "万元")
    (finding,) = told(store, tmp_path, book(first), book(second))
    assert finding.column == "创造效益"


def test_b10_what_has_nothing_to_do_with_the_unit_is_told_all_the_same(store: Path, tmp_path: Path) -> None:
    right = book(roster(*town_one()), fees(Q1, "元"))
    later = [union_row("甲一厂工会", 50, 900), *town_one()[1:]]
    findings = told(store, tmp_path, right, book(roster(*later, period=Q2), fees(Q2, "元", 10_000)))
    assert sorted(finding.rule for finding in findings) == ["jump", "unit_slip"]
