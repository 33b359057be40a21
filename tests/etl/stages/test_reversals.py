"""Rows of negative numbers in a ledger: asked about, then subtracted; refused where they can't be what they say."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import Outcome, confirm, load_paths
from stats.catalogue import Catalogue
from stats.readings import read
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, begin_store, town_one, union_row
from tests.lib.oracles.reckoning import Reckoning

Q1, Q2 = "2008年一季度", "2008年二季度"
CONTRACT = {"number": "H1", "type": "集体合同", "scope": "单独", "unit": "甲一厂工会", "employer": "甲一厂",
            "employer_code": "E1", "scale": "是", "enterprises": 1, "workers": 9, "start": "2008-01-10",
            "end": "2009-01-09"}  # fmt: skip


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("registered")
    begin_store(store)
    return store


@pytest.fixture
def store(registered: Path, tmp_path: Path) -> Path:
    return shutil.copytree(registered, tmp_path / "store")


def aid(number: str, amount: object, **other: object) -> Row:
    row = {"number": number, "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问"}
    return row | {"amount": amount} | other


def send(store: Path, rows: list[Row], code: str = "R07", quarter: str = Q1, reporter: str = REPORTER) -> Outcome:
    path = write_book(store.parent / f"{code}{quarter}.xlsx", Form(code, reporter, quarter, rows, money="元、吨"))
    (outcome,) = load_paths([path], store).outcomes
    return outcome


def value(store: Path, catalogue: Catalogue, code: str, span: str = "2008Q1") -> float | None:
    """Return what is read, after holding its numerator against the one reckoned in plain Python."""
    with closing(open_warehouse(store)) as warehouse:
        (reading,) = read(warehouse, catalogue, "COUNTY", parse_span(span), [code])
        reckoned = Reckoning(warehouse, catalogue).indicator(catalogue.indicators[code], "COUNTY", parse_span(span))
    assert reading.value == reckoned
    return reading.value


@pytest.mark.parametrize("written", [-3000, "-3,000", "−3,000元", "（3,000）"])
def test_b08_a_negative_row_is_asked_about_and_then_subtracted(
    written: object, store: Path, catalogue: Catalogue
) -> None:
    held = send(store, [aid("F1", 3000, households=10), aid("F2", 4000, households=20), aid("F3", written)])
    (finding,) = held.findings
    assert (held.what, finding.rule) == ("held", "reversal")
    assert "冲的像是“F1”" in finding.requirement
    assert "整数" not in finding.sentence()
    assert held.seq is not None
    confirm(store, held.seq, "F1 重复发放，已退回", "县总工会")
    assert value(store, catalogue, "aid_spent") == 4000


def test_b08_one_may_stand_under_the_number_it_takes_back_with_all_its_numbers(
    store: Path, catalogue: Catalogue
) -> None:
    both = [aid("F1", 3000, households=10, persons=12), aid("F1", -3000, households=-10, persons=-12)]
    held = send(store, [*both, aid("F2", 4000, households=20, persons=25)])
    assert [finding.rule for finding in held.findings] == ["reversal"]
    assert held.seq is not None
    confirm(store, held.seq, "F1 已退回", "县总工会")
    assert value(store, catalogue, "aid_spent") == 4000
    assert value(store, catalogue, "aid_households") == 20
    assert value(store, catalogue, "aid_per_household") == 200
    twice = send(store, [*both, both[1], aid("F2", 9000)])
    assert (twice.what, "repeated" in {finding.rule for finding in twice.findings}) == ("returned", True)


def test_b08_a_row_of_an_earlier_quarter_can_be_taken_back(store: Path, catalogue: Catalogue) -> None:
    assert send(store, [aid("F1", 3000)]).what == "accepted"
    later = [aid("G1", 5000, date="2008-05-01", unit="乙乡"), aid("G2", -3000, date="2008-05-02")]
    held = send(store, later, quarter=Q2)
    assert [(held.what, "“F1”" in finding.requirement) for finding in held.findings] == [("held", True)]
    assert held.seq is not None
    confirm(store, held.seq, "一季度的一笔退回", "县总工会")
    assert value(store, catalogue, "aid_spent", "2008Q1..2008Q2") == 5000


def test_b08_a_figure_below_zero_is_refused_and_told_how_to_mend(store: Path) -> None:
    refused = send(store, [aid("F1", 2000), aid("F2", -3000)])
    (finding,) = refused.findings
    assert (refused.what, finding.rule) == ("returned", "reversal")
    assert "会是-1,000" in finding.requirement
    assert "重新上报" in finding.todo
    alone = send(store, [aid("F1", 9000), aid("F2", -3000, unit="乙乡")])
    assert (alone.what, "这个单位的" in alone.findings[0].requirement) == ("returned", True)


def test_b08_a_row_of_mixed_signs_is_refused(store: Path) -> None:
    refused = send(store, [aid("F1", 3000, households=10), aid("F2", -3000, households=10)])
    assert (refused.what, refused.findings[0].requirement) == ("returned", "冲销的一行各数都应是负数")


def test_b08_where_rows_are_counted_a_number_takes_none_back(store: Path) -> None:
    usual = {"date": "2008-02-01", "unit": "甲一厂工会", "kind": "文艺活动", "title": "歌咏比赛"}
    rows = [usual | {"number": "W1", "participants": 80}, usual | {"number": "W2", "participants": -80}]
    refused = send(store, rows, "R14")
    assert (refused.what, "按行计数" in refused.findings[0].requirement) == ("returned", True)


@pytest.mark.parametrize(
    ("code", "rows", "reporter"),
    [
        ("R01", [union_row("甲一厂工会", -3, 9), *town_one()[1:]], "甲镇"),
        ("R03", [CONTRACT | {"workers": -9}], REPORTER),
        ("R11", [{"union": "甲一厂工会", "wages": 9000, "due": 180, "paid": -180, "due_year": 180, "paid_year": 180}],
         "甲镇"),
    ],
)  # fmt: skip
def test_b08_elsewhere_a_negative_number_is_named_as_such(
    code: str, rows: list[Row], reporter: str, store: Path
) -> None:
    refused = send(store, rows, code, reporter=reporter)
    (finding,) = refused.findings
    assert (refused.what, finding.rule, finding.requirement) == ("returned", "bad_value", "这里不能是负数")
    assert "不要用负数冲减" in finding.todo
