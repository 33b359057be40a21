"""A file that pushes a rate out of its valid range must be confirmed, whatever the order of files."""

from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import Outcome, check_paths, confirm, load_paths
from stats.catalogue import Catalogue
from stats.readings import read
from stats.warehouse import open_warehouse
from store.builds import current_build
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, copy_of, write_register

Q1, Q2 = "2008年一季度", "2008年二季度"


def employers(town: str, *names: str, **other: object) -> Form:
    usual = {"area": town, "category": "私营", "legal": "是", "scale": "是", "workers": 100, "unionised": "是",
             "effective": "2008-01-01"} | other  # fmt: skip
    return Form("R00E", town, Q1, [usual | {"employer_code": name, "employer_name": f"{name}公司"} for name in names])


def contract(number: str, code: str, enterprises: int = 1, workers: int = 90, **other: object) -> Row:
    row = {
        "number": number,
        "type": "集体合同",
        "scope": "区域性",
        "unit": "甲镇",
        "employer": f"{code}片区",
        "scale": "否",
        "enterprises": enterprises,
        "workers": workers,
        "start": "2008-01-10",
        "end": "2009-12-31",
    }
    return row | other  # fmt: skip


def ledger(folder: Path, rows: list[Row], quarter: str = Q1, name: str = "合同.xlsx") -> Path:
    return write_book(folder / name, Form("R03", REPORTER, quarter, rows))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(_with_employers, tmp_path)


def _with_employers(where: Path) -> None:
    folder = where / "registers"
    write_register(folder)
    write_book(folder / "甲镇名录.xlsx", employers("甲镇", "E1", "E2", "E3", "E4"))
    write_book(folder / "乙乡名录.xlsx", employers("乙乡", "E5", "E6", "E7", "E8"))
    assert load_paths([folder], where / "store").count("accepted") == 3


def rate(store: Path, catalogue: Catalogue, code: str = "collective_contract_rate") -> float | None:
    with closing(open_warehouse(store)) as warehouse:
        (reading,) = read(warehouse, catalogue, "COUNTY", parse_span("2008Q1"), [code])
    return reading.value


def test_a14_a_contract_that_covers_more_enterprises_than_there_are_is_held(
    store: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    before = current_build(store)
    rows = [contract("H1", "东", 2), contract("H2", "西", 90, 900)]  # few enough to be plausible as such
    path = ledger(tmp_path / "sent", rows)
    (checked,) = check_paths([path], store)
    assert checked.verdict == "held", "the preview says the same"
    (held,) = load_paths([path], store).outcomes
    assert held.what == "held"
    finding = next(one for one in held.findings if "企业数" in one.column)
    assert (finding.rule, finding.severity) == ("impossible_rate", "confirm")
    assert "“H2”覆盖·企业数填的是90" in finding.problem
    assert "示例县总工会2008年一季度集体合同建制率会是1150.0%" in finding.requirement
    assert current_build(store) == before
    assert held.seq is not None
    confirm(store, held.seq, "已核实，含外地企业", "县总工会")
    assert rate(store, catalogue) == pytest.approx(92 / 8)


def test_a14_a_thousand_enterprises_where_there_are_eight_are_asked_about(store: Path, tmp_path: Path) -> None:
    path = ledger(tmp_path / "sent", [contract("H1", "东", 2), contract("H2", "西", 1000, 2000)])
    (checked,) = check_paths([path], store)
    (held,) = load_paths([path], store).outcomes
    assert (checked.verdict, held.what) == ("held", "held")
    asked = [finding for finding in held.findings if finding.severity == "confirm" and "1000家" in finding.problem]
    assert [finding.column for finding in asked] == ["覆盖·企业数"]


def test_a14_what_is_possible_goes_in(store: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    path = ledger(tmp_path / "sent", [contract("H1", "东", 3), contract("H2", "西", 1)])
    assert [one.what for one in load_paths([path], store).outcomes] == ["accepted"]
    assert rate(store, catalogue) == 0.5


def test_a14_a_township_beyond_what_it_has_is_held(store: Path, tmp_path: Path) -> None:
    """Seven of the county's eight are possible, but not seven of the township's four."""
    (held,) = load_paths([ledger(tmp_path / "sent", [contract("H1", "东", 7)])], store).outcomes
    assert held.what == "held"
    assert any("甲镇2008年一季度集体合同建制率会是175.0%" in one.requirement for one in held.findings)


def test_a14_the_other_files_of_a_load_go_in(store: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    folder = tmp_path / "sent"
    ledger(folder, [contract("H1", "东", 2)], name="一.xlsx")
    later = [contract("H2", "西", 1000, start="2008-04-10")]
    ledger(folder, later, Q2, name="二.xlsx")
    outcomes: dict[str, Outcome] = {one.name: one for one in load_paths([folder], store).outcomes}
    assert {name: one.what for name, one in outcomes.items()} == {"一.xlsx": "accepted", "二.xlsx": "held"}
    assert rate(store, catalogue) == 0.25


@pytest.mark.parametrize("names", [("1", "2", "3"), ("3", "2", "1")])
def test_a14_the_order_of_files_decides_nothing(names: tuple[str, str, str], tmp_path: Path) -> None:
    """Contracts filed before the enterprises they cover are no error."""
    folder = tmp_path / "sent"
    write_register(folder)
    ledger(folder, [contract("H1", "东", 3), contract("H2", "西", 4, unit="乙乡")], name=f"{names[0]}.xlsx")
    write_book(folder / f"{names[1]}.xlsx", employers("甲镇", "E1", "E2", "E3", "E4"))
    write_book(folder / f"{names[2]}.xlsx", employers("乙乡", "E5", "E6", "E7", "E8"))
    assert load_paths([folder], tmp_path / "store").count("accepted") == 4


def test_a14_returns_still_missing_are_no_fault(tmp_path: Path) -> None:
    """With the enterprises of one of two townships, the county may well have twice as many."""
    folder = tmp_path / "sent"
    write_register(folder)
    write_book(folder / "甲镇名录.xlsx", employers("甲镇", "E1", "E2", "E3", "E4"))
    ledger(folder, [contract("H1", "东", 3), contract("H2", "西", 4, unit="乙乡")])
    assert load_paths([folder], tmp_path / "store").count("accepted") == 3


def test_a14_a_register_that_comes_after_the_contracts_is_held(tmp_path: Path, catalogue: Catalogue) -> None:
    """Whoever comes second is asked: the contracts had nothing yet to be held against."""
    write_register(tmp_path / "registers")
    sent = ledger(tmp_path / "sent", [contract("H1", "东", 90, 900)])
    store = tmp_path / "store"
    assert load_paths([tmp_path / "registers", sent], store).count("accepted") == 2
    towns = [employers("甲镇", "E1", "E2", "E3", "E4"), employers("乙乡", "E5", "E6", "E7", "E8")]
    paths = [write_book(tmp_path / "later" / f"{one.reporter}.xlsx", one) for one in towns]
    assert [one.verdict for one in check_paths(paths[:1], store)] == ["held"]
    outcomes = load_paths(paths, store).outcomes
    held = next(one for one in outcomes if one.name == "甲镇.xlsx")
    assert held.what == "held"
    finding = next(one for one in held.findings if one.rule == "impossible_rate")
    assert finding.problem == "这份表里已建会企业数合计4家，是分母，已收下的分子比它大"
    assert "示例县总工会2008年一季度集体合同建制率会是1125.0%" in finding.requirement
    assert held.seq is not None
    confirm(store, held.seq, "含外地企业", "县总工会")
    assert rate(store, catalogue) is not None
    more = employers("乙乡", "E5", "E6", "E7", "E8", "E9")  # the same file again would be unchanged
    again = write_book(tmp_path / "again" / "乙乡.xlsx", more)
    assert load_paths([again], store).count("accepted") == 1, "the county was beyond before"


def test_a14_a_smaller_denominator_is_asked_about(store: Path, tmp_path: Path) -> None:
    assert load_paths([ledger(tmp_path / "sent", [contract("H1", "东", 4)])], store).count("accepted") == 1
    without = employers("甲镇", "E1", effective="2008-04-01", unionised="否")
    path = write_book(tmp_path / "again" / "甲镇名录.xlsx", Form("R00E", "甲镇", Q2, without.rows))
    (checked,) = check_paths([path], store)
    (held,) = load_paths([path], store).outcomes
    assert (checked.verdict, held.what) == ("held", "held")
    asked = [one.requirement for one in held.findings if one.rule == "impossible_rate"]
    assert any("甲镇2008年二季度集体合同建制率会是133.3%" in one for one in asked), [
        one.sentence() for one in held.findings
    ]


def test_a14_the_first_of_several_registers_tells_nothing_of_the_county(tmp_path: Path) -> None:
    """Contracts of two townships, and the enterprises of the smaller one: the others are still to come."""
    write_register(tmp_path / "registers")
    sent = ledger(tmp_path / "sent", [contract("H1", "东", 8), contract("H2", "西", 1, unit="乙乡")])
    store = tmp_path / "store"
    assert load_paths([tmp_path / "registers", sent], store).count("accepted") == 2
    path = write_book(tmp_path / "later" / "乙乡.xlsx", employers("乙乡", "E5"))
    assert load_paths([path], store).count("accepted") == 1
