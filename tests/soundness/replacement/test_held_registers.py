"""A file with a register of organisations is held as any other: for an impossible rate, as one of two versions."""

from contextlib import closing
from pathlib import Path

import pytest

from etl.intake import Outcome, check_paths, confirm, load_paths
from stats.warehouse import open_warehouse, run_query
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, UNITS, town_one, town_two, union_row, write_register, write_roster

Q1, Q2 = "2008年一季度", "2008年二季度"
CONTRACT = {"number": "H1", "type": "集体合同", "scope": "区域性", "unit": "甲镇", "employer": "东片", "scale": "否",
            "enterprises": 90, "workers": 900, "start": "2008-04-10", "end": "2009-12-31"}  # fmt: skip
EMPLOYER = {"employer_code": "E1", "employer_name": "E1公司", "area": "甲镇", "category": "私营", "legal": "是",
            "scale": "是", "workers": 1000, "unionised": "是", "effective": "2008-01-01"}  # fmt: skip
NEW = {"unit_code": "T01004", "unit_name": "甲三厂工会", "level": "基层工会", "parent": "T01", "category": "私营",
       "org_type": "单一", "status": "在册", "effective": "2008-04-01"}  # fmt: skip


def verdicts(outcomes: list[Outcome]) -> dict[str, str]:
    return {Path(one.name).stem: one.what for one in outcomes}


@pytest.mark.parametrize("roster", ["1", "3"])
def test_a14_a_book_with_the_register_is_held_for_an_impossible_rate(tmp_path: Path, roster: str) -> None:
    """The contracts in the book of the register weigh most; so the book is held, and what needs it waits."""
    first, folder, store = tmp_path / "first", tmp_path / "sent", tmp_path / "store"
    write_register(first)
    write_book(first / "名录.xlsx", Form("R00E", "甲镇", Q1, [EMPLOYER]))
    assert load_paths([first], store).count("accepted") == 2
    write_book(folder / "2.xlsx", Form("R00", REPORTER, Q2, [NEW]), Form("R03", REPORTER, Q2, [CONTRACT]))
    write_roster(folder, "甲镇", Q2, [*town_one(), union_row("甲三厂工会", 5, 9)], name=f"{roster}.xlsx")
    write_roster(folder, "乙乡", Q2, town_two(), name="4.xlsx")
    checked = {Path(one.submission.name).stem: one.verdict for one in check_paths([folder], store)}
    outcomes = load_paths([folder], store).outcomes
    assert verdicts(outcomes) == checked == {"2": "held", roster: "returned", "4": "accepted"}
    held = next(one for one in outcomes if one.what == "held")
    assert [one.rule for one in held.findings if one.severity == "confirm"] == ["impossible_rate"]
    assert held.seq is not None
    assert confirm(store, held.seq, "含外地企业", "县总工会").count("accepted") == 1
    assert load_paths([folder / f"{roster}.xlsx"], store).count("accepted") == 1


@pytest.mark.parametrize("names", [("1", "2"), ("2", "1")])
def test_a01_two_versions_of_a_register_are_both_held(tmp_path: Path, names: tuple[str, str]) -> None:
    folder, store = tmp_path / "sent", tmp_path / "store"
    other = [one | ({"category": "私营"} if one["unit_code"] == "T01002" else {}) for one in UNITS]
    for name, units in zip(names, (UNITS, other), strict=True):
        write_book(folder / f"{name}.xlsx", Form("R00", REPORTER, Q1, units))
    checked = check_paths([folder], store)
    outcomes = load_paths([folder], store).outcomes
    assert verdicts(outcomes) == {"1": "held", "2": "held"}
    assert {one.verdict for one in checked} == {"held"}
    assert all(any(one.rule == "sent_twice" for one in outcome.findings) for outcome in outcomes)
    chosen = next(one for one in outcomes if Path(one.name).stem == names[1])
    assert chosen.seq is not None
    assert confirm(store, chosen.seq, "以这一份为准", "县总工会").count("accepted") == 1
    with closing(open_warehouse(store)) as warehouse:
        known = {row["code"]: row["category"] for row in run_query(warehouse, "organisations.sql")}
    assert known["T01002"] == "170"
