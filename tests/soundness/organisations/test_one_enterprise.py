"""An enterprise is one however its code is written, and asked about where it stands under another code or none."""

import shutil
from pathlib import Path

import pytest

from etl.intake import Outcome, confirm, load_paths
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, begin_store
from tests.soundness.replacement.test_counted_once import contract, counted

FIRST, SECOND = "2008年一季度", "2008年二季度"
OLD, NEW = ("2008-01-10", "2008-12-31"), ("2008-05-01", "2010-04-30")


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("registered")
    begin_store(store)
    return store


@pytest.fixture
def store(registered: Path, tmp_path: Path) -> Path:
    return shutil.copytree(registered, tmp_path / "store")


def send(store: Path, quarter: str, *rows: Row, code: str = "R03", reporter: str = REPORTER, name: str = "") -> Outcome:
    path = write_book(store.parent / f"{code}{quarter}{name}.xlsx", Form(code, reporter, quarter, list(rows)))
    return load_paths([path], store).outcomes[0]


def employer(code: str, name: str, **other: str) -> Row:
    row = {"employer_code": code, "employer_name": name, "area": "甲镇", "category": "私营", "legal": "是",
           "scale": "是", "workers": 100, "unionised": "否", "effective": "2008-01-01"}  # fmt: skip
    return row | other


def offer(number: str, code: str, name: str, **other: str) -> Row:
    row = {"number": number, "employer_code": code, "employer": name, "unit": "甲镇", "scale": "是", "workers": 60,
           "offered": "2008-02-01"}  # fmt: skip
    return row | other


@pytest.mark.parametrize("code", ["e1", "Ｅ1", "E 1", " E1", "E１"])
def test_a15_sibling_a_code_is_the_same_however_it_is_written(code: str, store: Path) -> None:
    assert send(store, FIRST, contract("H1", *OLD)).what == "accepted"
    assert send(store, SECOND, contract("H2", *NEW, employer_code=code, workers=99)).what == "accepted"
    assert [counted(store, f"contract_{what}", "2008Q2") for what in ("enterprises", "workers")] == [1, 99]


@pytest.mark.parametrize("name", ["甲一 厂", "甲一厂　"])
def test_a15_sibling_so_is_a_name_without_a_code(name: str, store: Path) -> None:
    assert send(store, FIRST, contract("H1", *OLD, employer_code=None)).what == "accepted"
    assert send(store, SECOND, contract("H2", *NEW, employer_code=None, employer=name)).what == "accepted"
    assert counted(store, "contract_enterprises", "2008Q2") == 1


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("E1", None, "“H2”没有填企业代码，“H1”里“甲一厂”的是“E1”"),
        (None, "E1", "“H2”企业代码填的是“E1”，“H1”里“甲一厂”没有填"),
        ("E1", "E01", "“H2”企业代码填的是“E01”，“H1”里“甲一厂”的是“E1”"),
    ],
)
def test_a15_sibling_one_name_under_two_codes_is_asked_in_either_order(
    first: str | None, second: str | None, said: str, store: Path
) -> None:
    assert send(store, FIRST, contract("H1", *OLD, employer_code=first)).what == "accepted"
    held = send(store, SECOND, contract("H2", *NEW, employer_code=second))
    assert (held.what, [(one.rule, one.problem) for one in held.findings]) == ("held", [("two_codes", said)])
    assert held.seq is not None
    confirm(store, held.seq, "确是另一家", "县总工会")
    assert counted(store, "contract_enterprises", "2008Q2") == 2


@pytest.mark.parametrize("number", ["H1", "H2"])
def test_a15_sibling_a_correction_may_put_the_code_right(number: str, store: Path) -> None:
    """The row with the wrong code goes, under the same number or another; only a row that stays contradicts."""
    assert send(store, FIRST, contract("H1", *OLD, employer_code="E7"), name="原报").what == "accepted"
    assert send(store, FIRST, contract(number, *OLD), name="更正").what == "accepted"
    held = send(store, FIRST, contract("H3", *OLD, employer_code="E7"), name="补报")
    assert [one.rule for one in held.findings] == ["two_codes"]


def test_a15_sibling_two_rows_of_one_sheet_are_asked_about_once(store: Path) -> None:
    held = send(store, FIRST, contract("H1", *OLD), contract("H2", "2008-02-01", "2009-01-31", employer_code=None))
    assert [one.rule for one in held.findings] == ["two_codes"]


@pytest.mark.parametrize("code", ["E9", "E2", None])
def test_a15_sibling_the_register_knows_the_code_of_a_name(code: str | None, store: Path) -> None:
    assert (
        send(store, FIRST, employer("E1", "甲一厂"), employer("E2", "甲二厂"), code="R00E", reporter="甲镇").what
        == "accepted"
    )
    held = send(store, FIRST, contract("H1", *OLD, employer_code=code))
    assert [one.problem.partition("，")[2] for one in held.findings] == ["“企业名录”里“甲一厂”的是“E1”"]
    assert send(store, SECOND, contract("H2", *NEW)).what == "accepted"


def test_a15_sibling_an_offer_to_another_code_is_asked_about(store: Path) -> None:
    assert (
        send(store, FIRST, employer("E1", "甲一厂"), employer("E2", "甲二厂"), code="R00E", reporter="甲镇").what
        == "accepted"
    )
    held = send(store, FIRST, offer("Y1", "E2", "甲一厂"), code="R17")
    assert (held.what, held.findings[0].rule) == ("held", "two_codes")


def test_a15_sibling_trades_namesakes_and_unknown_names_ask_nothing(store: Path) -> None:
    regional = {"scope": "行业性", "employer": "餐饮行业", "employer_code": None}
    rows = [
        contract("H1", *OLD, **regional),
        contract("H2", *OLD, **regional | {"unit": "乙一厂工会"}),
        contract("H3", *OLD, employer="兴隆厂", employer_code="E3"),
        contract("H4", *OLD, employer="兴隆厂", employer_code="E4", unit="乙一厂工会"),
    ]
    assert send(store, FIRST, *rows).what == "accepted"
    both = [employer(f"E{number}", "兴隆厂" if number in (3, 4) else f"{number}厂") for number in range(30)]
    assert send(store, FIRST, *both, code="R00E", reporter="甲镇").what == "accepted"
    assert send(store, SECOND, contract("H5", *NEW, employer="兴隆厂", employer_code="E4")).what == "accepted"


@pytest.mark.parametrize("number", ["y0012", "Ｙ００１２", "Y 0012"])
def test_a04_sibling_a_number_told_again_in_another_writing_is_the_same_offer(number: str, store: Path) -> None:
    assert send(store, FIRST, offer("Y0012", "E1", "甲一厂"), code="R17").what == "accepted"
    again = offer(number, "E1", "甲一厂", replied="2008-05-01")
    assert send(store, SECOND, again, code="R17").what == "accepted"
    assert counted(store, "bargaining_offers", "2008Q2") == 1


@pytest.mark.parametrize(("first", "second"), [("0012", 12), (12, "0012"), ("012", "0012")])
def test_a04_sibling_zeros_that_a_spreadsheet_dropped_are_asked_about(
    first: object, second: object, store: Path
) -> None:
    assert send(store, FIRST, offer("0", "E1", "甲一厂") | {"number": first}, code="R17").what == "accepted"
    again = offer("0", "E1", "甲一厂", replied="2008-05-01") | {"number": second}
    held = send(store, SECOND, again, code="R17")
    assert (held.what, [one.problem for one in held.findings]) == ("held", [f"“{second}”另有一个写成“{first}”"])


def test_a04_sibling_many_numbers_without_their_zeros_are_told_once(store: Path) -> None:
    rows = [employer(f"{number:04}", f"{number}厂") for number in range(1, 6)]
    assert send(store, FIRST, *rows, code="R00E", reporter="甲镇").what == "accepted"
    later = [row | {"employer_code": number, "effective": "2008-04-01"} for number, row in enumerate(rows, start=1)]
    held = send(store, SECOND, *later, code="R00E", reporter="甲镇")
    told = [one.problem for one in held.findings if one.rule == "leading_zeros"]
    assert (held.what, told) == ("held", ["“1”另有一个写成“0001”，这样的共5行"])


def test_a04_sibling_numbers_that_run_on_ask_nothing(store: Path) -> None:
    first = [offer(str(number), f"E{number}", f"{number}厂") for number in range(1, 12)]
    assert send(store, FIRST, *first, code="R17").what == "accepted"
    assert send(store, SECOND, first[0] | {"replied": "2008-05-01"}, code="R17").what == "accepted"
