"""A11: a closed organisation no longer counts from the quarter of closing on: in any item, count, list or split."""

from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import confirm, load_paths, rebuild
from stats.catalogue import Catalogue
from stats.readings import Reading, read
from stats.warehouse import Warehouse, open_warehouse, run_query
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, copy_of, town_one, town_two, write_changes, write_register, write_roster

QUARTERS = ("2008年一季度", "2008年二季度", "2008年三季度")
Q1, Q2, Q3 = (parse_span(f"2008Q{number}").first for number in (1, 2, 3))


def ending(code: str, name: str, parent: str, status: str, into: str = "", day: str = "2008-04-15") -> Row:
    return {"unit_code": code, "unit_name": name, "level": "基层工会", "parent": parent, "status": status,
            "successor": into, "effective": day}  # fmt: skip


def contract(number: str, union: str) -> Row:
    return {"number": number, "type": "集体合同", "scope": "单独", "unit": union, "employer": "某厂",
            "employer_code": number, "scale": "是", "enterprises": 1, "workers": 10,
            "start": "2008-04-10" if number == "H3" else "2008-01-10",
            "end": "2009-12-31"}  # fmt: skip


def confirmed(store: Path, changes: Path) -> None:
    """Load a register that takes effect before rosters already accepted, and confirm it."""
    (outcome,) = load_paths([changes], store).outcomes
    assert (outcome.what, {found.rule for found in outcome.findings}) == ("held", {"register_reaches_back"})
    assert outcome.seq
    assert confirm(store, outcome.seq, "已核实", "办公室").count("accepted") == 1


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The small county over three quarters, with a contract of a union in each township."""
    return copy_of(_after_three_quarters, tmp_path)


def _after_three_quarters(folder: Path) -> None:
    sent = folder / "sent"
    write_register(sent)
    for quarter in QUARTERS:
        write_roster(sent, "甲镇", quarter, town_one())
        write_roster(sent, "乙乡", quarter, town_two())
    contracts = [contract("H1", "乙一厂工会"), contract("H2", "甲一厂工会"), contract("H3", "甲中学工会")]
    write_book(sent / "合同一.xlsx", Form("R03", REPORTER, QUARTERS[0], contracts[:2]))
    write_book(sent / "合同二.xlsx", Form("R03", REPORTER, QUARTERS[1], contracts[2:]))
    assert load_paths([sent], folder / "store").count("accepted") == 9


def one(warehouse: Warehouse, catalogue: Catalogue, code: str, unit: str, quarter: int) -> Reading:
    return read(warehouse, catalogue, unit, parse_span(f"2008Q{quarter}"), [code])[0]


def test_a11_a_closed_union_is_out_from_the_quarter_of_its_closing(
    store: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    confirmed(store, write_changes(tmp_path, QUARTERS[1], ending("T02001", "乙一厂工会", "T02", "撤销")))
    for _ in ("as loaded", "as made anew"):
        with closing(open_warehouse(store)) as found:
            for unit, before, after in (("COUNTY", 5, 4), ("T02", 2, 1)):
                first, later = (one(found, catalogue, "union_orgs", unit, quarter) for quarter in (1, 2))
                assert (first.value, first.reported, first.expected) == (before,) * 3
                assert (later.value, later.reported, later.expected) == (after,) * 3
            assert one(found, catalogue, "union_members", "T02", 1).value == 18
            assert [one(found, catalogue, "union_members", "T02", quarter).value for quarter in (2, 3)] == [8, 8]
            assert one(found, catalogue, "union_members", "T02001", 2).value is None
            split = run_query(found, "change_parts.sql", item="union_members", unit="T02", before=Q1, now=Q2, most=9)
            assert {row["part"]: (row["total"], row["unit_name"]) for row in split if row["total"]} == {
                "ended": (-10, "乙一厂工会")
            }
            last = run_query(found, "rows_reported.sql", unit="T02001", last=Q3)
            assert {row["period"] for row in last} == {Q1}, "what it reported after its closing is no longer its own"
        rebuild(store)


def test_a11_contracts_of_a_closed_union_go_on_where_it_stood_and_of_a_merged_one_with_its_heir(
    store: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    gone = ending("T02001", "乙一厂工会", "T02", "撤销")
    merged = ending("T01001", "甲一厂工会", "T01", "合并", "T01002")
    confirmed(store, write_changes(tmp_path, QUARTERS[1], gone, merged))
    with closing(open_warehouse(store)) as found:
        told = {
            unit: [one(found, catalogue, "collective_contracts", unit, quarter).value or 0 for quarter in (1, 2)]
            for unit in ("COUNTY", "T01", "T01001", "T01002", "T02", "T02001")
        }
        assert told == {"COUNTY": [2, 3], "T01": [1, 2], "T01001": [1, 0], "T01002": [0, 1], "T02": [1, 1],
                        "T02001": [1, 0]}  # fmt: skip
        assert one(found, catalogue, "union_members", "T01", 2).value == 50, "the heir tells of them itself"


def test_a11_a_union_that_opens_again_counts_again(store: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    opened = ending("T02001", "乙一厂工会", "T02", "在册", day="2008-07-02") | {"category": "私营"}
    confirmed(store, write_changes(tmp_path, QUARTERS[2], opened, ending("T02001", "乙一厂工会", "T02", "撤销")))
    with closing(open_warehouse(store)) as found:
        assert [one(found, catalogue, "union_members", "T02", quarter).value for quarter in (1, 2, 3)] == [18, 8, 18]


def test_a11_a_union_merged_into_one_that_is_not_there_is_asked_about(store: Path, tmp_path: Path) -> None:
    for into, name in (("T99", "一"), ("T02001", "二"), ("T01", "三")):
        row = ending("T02001", "乙一厂工会", "T02", "合并", into, "2008-07-15")
        path = write_changes(tmp_path / name, QUARTERS[2], row)
        (outcome,) = load_paths([path], store).outcomes
        assert outcome.what == "held"
        assert "register_successor" in {found.rule for found in outcome.findings}
