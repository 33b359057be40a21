"""A first ledger with one absurd row has no history, but the unit's size and absolute limits are known."""

import shutil
from pathlib import Path

import pytest

from etl.intake import ACCEPTED, HELD, Outcome, check_paths, load_paths
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, begin_store, town_one, write_roster

Q1 = "2008年一季度"
ROWS: dict[str, Row] = {
    "R02": {"number": "1", "date": "2008-02-01", "unit": "甲一厂工会", "kind": "岗位练兵技术比武", "title": "比武"},
    "R03": {"number": "1", "type": "集体合同", "scope": "区域性", "unit": "甲镇", "employer": "东片", "scale": "否",
            "enterprises": 2, "workers": 90, "start": "2008-01-10", "end": "2009-12-31"},
    "R05": {"number": "1", "date": "2008-02-01", "unit": "甲一厂工会", "kind": "劳动争议案件"},
    "R07": {"number": "1", "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问"},
    "R08": {"number": "1", "date": "2008-02-01", "unit": "甲一厂工会", "kind": "职工培训班", "title": "电工"},
    "R14": {"number": "1", "date": "2008-02-01", "unit": "甲一厂工会", "kind": "体育活动", "title": "球赛"},
    "R17": {"number": "1", "employer_code": "E1", "employer": "E1公司", "unit": "甲一厂工会", "scale": "是",
            "workers": 90, "offered": "2008-02-01"},
    "R15": {"employer_code": "E1", "employer": "E1公司", "unit": "甲一厂工会", "date": "2008-02-01", "scale": "是",
            "teams": 4, "workers": 90},
}  # fmt: skip


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("registers")
    begin_store(store)
    return store


@pytest.fixture(scope="module")
def sized(registers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the workers of 甲镇: 160 by the roster, and one employer of 100."""
    store, folder = tmp_path_factory.mktemp("sized") / "store", tmp_path_factory.mktemp("sent")
    shutil.copytree(registers, store)
    employer = {"employer_code": "E1", "employer_name": "E1公司", "area": "甲镇", "category": "私营", "legal": "是",
                "scale": "是", "workers": 100, "unionised": "是", "union": "甲一厂工会",
                "effective": "2008-01-01"}  # fmt: skip
    write_book(folder / "名录.xlsx", Form("R00E", "甲镇", Q1, [employer]))
    write_roster(folder, "甲镇", Q1, town_one())
    assert load_paths([folder], store).count(ACCEPTED) == 2
    return store


def send(store: Path, tmp_path: Path, code: str, *rows: Row) -> Outcome:
    own = shutil.copytree(store, tmp_path / "store", dirs_exist_ok=True)
    numbered = [ROWS[code] | ({"number": str(n)} if "number" in ROWS[code] else {}) | row for n, row in enumerate(rows)]
    money = "元、吨" if code == "R07" else "元"
    path = write_book(tmp_path / f"{code}.xlsx", Form(code, REPORTER, Q1, numbered, money=money))
    (checked,) = check_paths([path], own)
    (outcome,) = load_paths([path], own).outcomes
    assert checked.verdict == outcome.what, "the preview says the same"
    return outcome


@pytest.mark.parametrize("row", [
    {"amount": 88_000_000, "persons": 1}, {"amount": 88_000_000},
    {"amount": 88_000_000, "direction": "筹措", "kind": "筹措资金"},
    {"rice": 5000}, {"persons": 3_000_000},
])  # fmt: skip
def test_a13_one_absurd_row_of_a_first_ledger_is_held(registers: Path, tmp_path: Path, row: Row) -> None:
    outcome = send(registers, tmp_path, "R07", row)
    assert outcome.what == HELD and outcome.findings[0].rule == "out_of_line"


@pytest.mark.parametrize(("code", "row"), [
    ("R07", {"amount": 2_000_000}), ("R07", {"persons": 5000}), ("R07", {"person_times": 9000}),
    ("R02", {"participants": 9000, "times": 1}), ("R02", {"kind": "技术革新", "benefit": 90_000_000, "times": 1}),
    ("R03", {"enterprises": 1000}), ("R03", {"workers": 20_000}), ("R05", {"persons": 4000}),
    ("R05", {"recovered": 9_000_000, "persons": 90}), ("R08", {"person_times": 90_000, "sessions": 20}),
    ("R14", {"participants": 90_000}), ("R17", {"workers": 900}), ("R15", {"teams": 90, "workers": 80}),
])  # fmt: skip
def test_a13_a_number_beyond_what_is_known_of_the_unit_is_held(
    sized: Path, tmp_path: Path, code: str, row: Row
) -> None:
    outcome = send(sized, tmp_path, code, row)
    assert outcome.what == HELD, outcome


def test_a13_the_finding_says_what_the_unit_is_known_to_have(sized: Path, tmp_path: Path) -> None:
    (finding,) = send(sized, tmp_path, "R07", {"amount": 2_000_000}).findings
    assert "金额是200万元" in finding.problem
    assert finding.requirement == "100万元以内才合常理（按“甲镇”的已建会单位职工人数160估计）"


def test_a14_a_contract_of_a_thousand_enterprises_is_held_with_only_the_register(
    registers: Path, tmp_path: Path
) -> None:
    outcome = send(registers, tmp_path, "R03", {"enterprises": 1000, "workers": 2000})
    assert outcome.what == HELD
    assert (
        "覆盖·企业数是1000家" in outcome.findings[0].problem
        and "“甲镇”的名册里的单位数" in outcome.findings[0].requirement
    )


@pytest.mark.parametrize("row", [{"workers": 190}, {"scale": "否"}])
def test_a13_an_offer_is_held_against_the_employer_it_is_made_to(sized: Path, tmp_path: Path, row: Row) -> None:
    (finding,) = send(sized, tmp_path, "R17", row).findings
    assert (finding.rule, finding.severity) == ("across", "confirm") and "企业名录" in finding.problem


def test_a13_a_contract_of_one_employer_has_the_size_class_of_the_register(sized: Path, tmp_path: Path) -> None:
    one = {"scope": "单独", "unit": "甲一厂工会", "employer": "E1公司", "employer_code": "E1", "enterprises": 1}
    assert send(sized, tmp_path, "R03", one | {"scale": "是"}).what == ACCEPTED
    assert [finding.rule for finding in send(sized, tmp_path / "2", "R03", one | {"scale": "否"}).findings] == [
        "across"
    ]


@pytest.mark.parametrize(("code", "rows"), [
    ("R07", [{"amount": 20_000, "persons": 1}]), ("R07", [{"amount": 300_000, "households": 600, "persons": 900}]),
    ("R07", [{"amount": 900_000, "direction": "筹措", "kind": "筹措资金"}]),
    ("R02", [{"participants": 1500, "times": 1}]), ("R02", [{"kind": "技术革新", "benefit": 5_000_000, "times": 2}]),
    ("R03", [{"enterprises": 1, "workers": 95}]), ("R05", [{"persons": 120, "recovered": 900_000}]),
    ("R08", [{"person_times": 2500, "sessions": 12}]), ("R14", [{"participants": 3000}]),
    ("R17", [{"workers": 130}, {"workers": 100}]), ("R15", [{"workers": 95}]),
])  # fmt: skip
def test_a13_an_ordinary_first_ledger_is_not_held(sized: Path, tmp_path: Path, code: str, rows: list[Row]) -> None:
    outcome = send(sized, tmp_path, code, *rows)
    assert outcome.what == ACCEPTED, outcome


def test_a13_what_only_part_of_the_county_has_told_is_no_limit_for_all_of_it(sized: Path, tmp_path: Path) -> None:
    asked = send(sized, tmp_path, "R02", {"unit": REPORTER, "times": 12, "participants": 3500})
    assert asked.what == ACCEPTED, "乙乡 has told nothing yet"
    asked = send(sized, tmp_path, "R02", {"unit": REPORTER, "times": 12, "participants": 190_000})
    assert asked.what == HELD and "还没有报过的单位数" in asked.findings[0].requirement
