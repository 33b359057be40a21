"""Known ways in which figures of this kind go wrong silently, one test each."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.readings import Reading, read, read_areas
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, town_one, town_two, union_row, write_register, write_roster

FIRST, SECOND = "2008年一季度", "2008年二季度"


def contract(number: str, start: str, end: str, kind: str = "集体合同", **other: object) -> Row:
    return {"number": number, "type": kind, "scope": "单独", "unit": "甲一厂工会", "employer": "甲一厂",
            "employer_code": "E1", "scale": "是", "enterprises": 1, "workers": 100, "start": start, "end": end
            } | other  # fmt: skip


def aid(number: str, day: str, **other: object) -> Row:
    return {"number": number, "date": day, "unit": "甲镇", "direction": "发放", "kind": "走访慰问"} | other


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    folder, store = tmp_path_factory.mktemp("sent"), tmp_path_factory.mktemp("store")
    write_register(folder)
    for quarter in (FIRST, SECOND):
        write_roster(folder, "甲镇", quarter, town_one())
    write_roster(folder, "乙乡", FIRST, town_two())
    contracts = [
        contract("H1", "2008-01-10", "2008-06-30"),
        contract("H2", "2008-02-01", "2008-03-30"),
        contract("G1", "2008-01-10", "2008-12-31", "工资专项集体合同"),
        contract("G2", "2008-02-10", "2009-02-09", "工资专项集体合同"),
    ]
    write_book(folder / "合同一.xlsx", Form("R03", REPORTER, FIRST, contracts))
    write_book(folder / "合同二.xlsx", Form("R03", REPORTER, SECOND, [contract("H3", "2008-04-01", "2010-03-31")]))
    money = [aid("F1", "2008-02-01", amount=1.5, persons=30, households=20, person_times=45, rice=2),
             aid("F2", "2008-03-01", direction="筹措", kind="筹措资金", amount=2)]  # fmt: skip
    write_book(folder / "帮扶一.xlsx", Form("R07", REPORTER, FIRST, money, money="万元、吨"))
    in_yuan = [aid("F3", "2008-05-01", direction="筹措", kind="筹措资金", amount=5000)]
    write_book(folder / "帮扶二.xlsx", Form("R07", REPORTER, SECOND, in_yuan, money="元、公斤"))
    assert load_paths([folder], store).count("returned") == 0
    opened = open_warehouse(store)
    yield opened
    opened.close()


def one(warehouse: Warehouse, catalogue: Catalogue, code: str, span: str, unit: str = "COUNTY") -> Reading:
    return read(warehouse, catalogue, unit, parse_span(span), [code])[0]


def test_a_stock_is_never_summed_over_quarters(warehouse: Warehouse, catalogue: Catalogue) -> None:
    assert one(warehouse, catalogue, "union_members", "2008Q1..2008Q2", "T01").value == 100


def test_a_flow_adds_up_over_quarters_in_one_unit_of_money(warehouse: Warehouse, catalogue: Catalogue) -> None:
    assert one(warehouse, catalogue, "aid_funds_raised", "2008Q1").value == 20000
    assert one(warehouse, catalogue, "aid_funds_raised", "2008Q1..2008Q2").value == 25000


def test_money_raised_is_not_money_spent(warehouse: Warehouse, catalogue: Catalogue) -> None:
    assert one(warehouse, catalogue, "aid_funds_raised", "2008Q1").value == 20000, "15000 were paid out, not raised"


def test_goods_keep_their_own_unit(warehouse: Warehouse, catalogue: Catalogue) -> None:
    assert one(warehouse, catalogue, "aid_rice_tons", "2008Q1").value == 2


def test_rates_are_never_averaged(warehouse: Warehouse, catalogue: Catalogue) -> None:
    county = one(warehouse, catalogue, "union_unit_member_share", "2008Q1")
    parts = read_areas(warehouse, catalogue, parse_span("2008Q1"), ["union_unit_member_share"])
    shares = [part.value for part in parts if part.value is not None]
    assert county.value == pytest.approx(118 / 193)
    assert county.value != pytest.approx(sum(shares) / len(shares))
    assert min(shares) <= county.value <= max(shares)


def test_an_expired_contract_is_no_longer_counted(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """H2 ends on 30 March, so it is not in force at the quarter's end; H1 ends on 30 June and is in force that day."""
    assert one(warehouse, catalogue, "collective_contracts", "2008Q1").value == 1
    assert one(warehouse, catalogue, "collective_contracts", "2008Q2").value == 2


def test_contracts_are_no_enterprises(warehouse: Warehouse, catalogue: Catalogue) -> None:
    assert one(warehouse, catalogue, "wage_agreements", "2008Q1").value == 2
    assert one(warehouse, catalogue, "scale_ent_wage_bargaining", "2008Q1").value == 1, "both are of one enterprise"


def test_missing_is_not_zero_and_zero_is_not_missing(warehouse: Warehouse, catalogue: Catalogue) -> None:
    assert one(warehouse, catalogue, "union_members", "2008Q2", "T02").value is None
    assert one(warehouse, catalogue, "women_special_contracts", "2008Q1").value == 0, "the ledger came and had none"
    assert one(warehouse, catalogue, "trained_person_times", "2008Q1").value is None, "no ledger came"


def test_new_unions_do_not_turn_a_rate_of_two_forms_into_a_fall(county: Warehouse, catalogue: Catalogue) -> None:
    rate = one(county, catalogue, "worker_membership_rate", "2010Q1..2010Q4")
    assert rate.change is not None and rate.change > 0
    assert rate.comparable_change is None


def test_coverage_travels_with_the_figure_and_cannot_exceed_what_was_expected(
    warehouse: Warehouse, catalogue: Catalogue
) -> None:
    for reading in read(warehouse, catalogue, "COUNTY", parse_span("2008Q1..2008Q2")):
        assert 0 <= reading.reported <= reading.expected or (reading.reported, reading.expected) == (0, 0)
    members = one(warehouse, catalogue, "union_members", "2008Q2")
    assert (members.reported, members.expected) == (3, 5)


def test_a_period_without_data_reads_as_unknown(warehouse: Warehouse, catalogue: Catalogue) -> None:
    for span in ("2005Q1..2005Q4", "2015Q1..2015Q4"):
        assert {reading.value for reading in read(warehouse, catalogue, "COUNTY", parse_span(span))} == {None}


def test_a_total_row_is_not_one_more_union(tmp_path: Path, catalogue: Catalogue) -> None:
    write_register(tmp_path / "sent")
    rows = [union_row("甲一厂工会", 50, 100), union_row("甲二厂工会", 30, 40)]
    write_roster(tmp_path / "sent", "甲镇", FIRST, rows, total={"members": 80, "workers": 140})
    load_paths([tmp_path / "sent"], tmp_path / "store")
    with closing(open_warehouse(tmp_path / "store")) as found:
        assert one(found, catalogue, "union_members", "2008Q1").value == 80
        assert one(found, catalogue, "union_orgs", "2008Q1").value == 2


def test_the_same_union_in_two_files_is_not_counted_twice(tmp_path: Path, catalogue: Catalogue) -> None:
    write_register(tmp_path / "sent")
    write_roster(tmp_path / "sent", "甲镇", FIRST, town_one(), name="甲镇.xlsx")
    write_roster(tmp_path / "sent", "甲一厂工会", FIRST, town_one()[:1], name="自报.xlsx")
    summary = load_paths([tmp_path / "sent"], tmp_path / "store")
    told = [finding.rule for outcome in summary.outcomes for finding in outcome.findings]
    assert "reported_elsewhere" in told
    with closing(open_warehouse(tmp_path / "store")) as found:
        assert one(found, catalogue, "union_members", "2008Q1").value == 100


def test_a_contract_listed_again_next_quarter_is_not_counted_twice(tmp_path: Path, catalogue: Catalogue) -> None:
    write_register(tmp_path / "sent")
    for number, quarter in enumerate((FIRST, SECOND)):
        book = Form("R03", REPORTER, quarter, [contract("H1", "2008-01-10", "2009-12-31")])
        write_book(tmp_path / "sent" / f"{number}.xlsx", book)
    summary = load_paths([tmp_path / "sent"], tmp_path / "store")
    assert summary.count("returned") == 1
    with closing(open_warehouse(tmp_path / "store")) as found:
        assert one(found, catalogue, "collective_contracts", "2008Q1").value == 1
