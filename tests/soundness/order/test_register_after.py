"""A register that comes after the ledgers which name its rows is held against them as they would be against it."""

from pathlib import Path

import pytest

from etl.intake import Outcome, check_paths, confirm, load_paths
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, begin_store

Q1, Q2 = "2008年一季度", "2008年二季度"


def employers(workers: int, *codes: str, period: str = Q1, since: str = "2008-01-01", scale: str = "是") -> Form:
    usual = {"area": "甲镇", "category": "私营", "legal": "是", "scale": scale, "unionised": "是", "effective": since}
    rows = [
        usual | {"employer_code": code, "employer_name": f"{code}公司", "workers": workers} for code in codes or ("E1",)
    ]
    return Form("R00E", "甲镇", period, rows)


def contracts(workers: int, *codes: str, period: str = Q1, start: str = "2008-01-10", scope: str = "单独") -> Form:
    usual = {"type": "集体合同", "scope": scope, "unit": "甲一厂工会", "scale": "是", "enterprises": 1,
             "workers": workers, "start": start, "end": "2009-12-31"}  # fmt: skip
    named = [
        {"number": f"H{code}{start}", "employer": f"{code}公司", "employer_code": code} for code in codes or ["E1"]
    ]
    return Form("R03", REPORTER, period, [usual | one for one in named])


def offers(workers: int) -> Form:
    row = {"number": "Y1", "employer_code": "E1", "employer": "E1公司", "unit": "甲一厂工会", "scale": "是"}
    return Form("R17", REPORTER, Q1, [row | {"workers": workers, "offered": "2008-02-01"}])


def contest(workers: int, scale: str = "是") -> Form:
    row: Row = {"employer_code": "E1", "employer": "E1公司", "unit": "甲一厂工会", "date": "2008-03-01", "teams": 2}
    return Form("R15", REPORTER, Q1, [row | {"scale": scale, "workers": workers}])


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return begin_store(tmp_path / "store")


def send(store: Path, form: Form, name: str = "") -> Outcome:
    path = write_book(store.parent / "sent" / f"{name or form.code + form.period}.xlsx", form)
    (checked,) = check_paths([path], store)
    (outcome,) = load_paths([path], store).outcomes
    assert checked.verdict == outcome.what, "the preview says the same"
    return outcome


def contradictions(outcome: Outcome) -> list[str]:
    return [f"{one.column}：{one.problem}" for one in outcome.findings if one.rule == "across"]


WRONG = [
    (contracts(160), "职工人数：“E1”职工人数是100人，已收下的“集体协商与集体合同台账”2008年一季度“HE12008-01-10”"
                     "的覆盖·职工数是160人"),
    (offers(200), "职工人数：“E1”职工人数是100人，已收下的“集体协商要约台账”2008年一季度“Y1”的涉及职工数是200人"),
    (contest(120), "职工人数：“E1”职工人数是100人，已收下的“安康杯与劳动保护表”2008年一季度“E1”的参赛职工数是120人"),
    (contest(90, "否"), "规模以上：“E1”规模以上是“是”，已收下的“安康杯与劳动保护表”2008年一季度“E1”的规模以上是“否”"),
]  # fmt: skip


@pytest.mark.parametrize(("ledger", "said"), WRONG)
def test_a05_a_register_after_a_ledger_is_asked_as_the_ledger_after_it(store: Path, ledger: Form, said: str) -> None:
    assert send(store, ledger).what == "accepted"
    asked = send(store, employers(100))
    assert asked.what == "held"
    assert contradictions(asked) == [said]


@pytest.mark.parametrize(("ledger", "said"), WRONG)
def test_a05_the_ledger_after_the_register_is_asked(store: Path, ledger: Form, said: str) -> None:
    assert send(store, employers(100)).what == "accepted"
    assert send(store, ledger).what == "held"


@pytest.mark.parametrize("names", [("1", "2"), ("2", "1")])
def test_a05_one_of_two_files_of_a_load_is_asked_in_either_order(store: Path, names: tuple[str, str]) -> None:
    folder = store.parent / "both"
    write_book(folder / f"{names[0]}.xlsx", contracts(160))
    write_book(folder / f"{names[1]}.xlsx", employers(100))
    assert sorted(one.what for one in load_paths([folder], store).outcomes) == ["accepted", "held"]


def test_a05_a_register_is_held_against_the_ledgers_of_later_quarters(store: Path) -> None:
    assert send(store, contracts(160, period=Q2, start="2008-04-10")).what == "accepted"
    assert "2008年二季度" in contradictions(send(store, employers(100)))[0]


def test_a05_a_later_register_says_nothing_of_ledgers_before_it(store: Path) -> None:
    """An enterprise that shrinks keeps the contracts of better times."""
    assert send(store, employers(100, "E1", "E2")).what == "accepted"
    assert send(store, contracts(100)).what == "accepted"
    assert send(store, employers(60, period=Q2, since="2008-04-01")).what == "accepted"


def test_a05_what_fits_goes_in_after_the_ledgers(store: Path) -> None:
    for ledger in (contracts(140), offers(150), contest(100)):
        assert send(store, ledger).what == "accepted"
    wide = contracts(900, scope="区域性", period=Q2, start="2008-04-10")
    assert send(store, wide).what == "accepted"
    others = employers(5000, "E9")
    assert send(store, Form("R00E", "甲镇", Q1, [*employers(100).rows, *others.rows])).what == "accepted"


def test_a05_a_contradiction_that_was_confirmed_is_not_asked_again(store: Path) -> None:
    assert send(store, employers(100)).what == "accepted"
    held = send(store, contracts(160))
    assert held.seq is not None
    confirm(store, held.seq, "含劳务派遣", "县总工会")
    assert contradictions(send(store, employers(101), "企业名录更正")) == []


def test_a05_a_whole_register_that_contradicts_is_asked_once(store: Path) -> None:
    codes = ("E1", "E2", "E3", "E4")
    assert send(store, contracts(160, *codes)).what == "accepted"
    (said,) = contradictions(send(store, employers(100, *codes)))
    assert said.endswith("，这样的共4行")
