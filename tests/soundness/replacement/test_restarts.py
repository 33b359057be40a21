"""A ledger whose numbers begin at 1 on every sheet, or in every month's file, loses no row."""

from itertools import permutations
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.collection.preview import changes
from etl.intake import ACCEPTED, HELD, Outcome, check_paths, confirm, load_paths, rebuild
from etl.known.in_force import KeptRow
from etl.known.restarted_numbering import is_other_part
from stats.catalogue import load_catalogue
from stats.readings import read
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.contents import contents
from tests.lib.county import REPORTER, begin_store
from tests.lib.few import few_at_first

Q1 = "2008年一季度"
MONTHS = (("1月", 1, 300, 20), ("2月", 2, 500, 7), ("3月", 3, 40, 9))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return begin_store(tmp_path / "store")


def aid(number: int, month: int, amount: float, unit: str = "甲镇") -> Row:
    return {"number": str(number), "date": f"2008-0{month}-05", "unit": unit, "direction": "发放", "kind": "走访慰问",
            "amount": amount}  # fmt: skip


def ledger(*rows: Row, period: str = Q1) -> Form:
    return Form("R07", REPORTER, period, rows, money="元、吨")


def book(folder: Path, name: str, *sheets: tuple[str, Form]) -> Path:
    return write_book(folder / name, *(form for _, form in sheets), sheets=[sheet for sheet, _ in sheets])


def spent(store: Path, code: str = "aid_spent") -> float | None:
    warehouse = open_warehouse(store)
    try:
        return read(warehouse, load_catalogue(), "COUNTY", parse_span("2008Q1"), [code])[0].value
    finally:
        warehouse.close()


def load(store: Path, *paths: Path) -> list[Outcome]:
    return load_paths(paths, store).outcomes


def same_when_rebuilt(store: Path) -> bool:
    before = contents(store)
    rebuild(store)
    return contents(store) == before


def by_month(period: str = Q1) -> list[tuple[str, Form]]:
    return [
        (name, ledger(aid(1, month, one), aid(2, month, two), period=period or f"2008年{month}月"))
        for name, month, one, two in MONTHS
    ]


@pytest.mark.parametrize("period", [Q1, ""])
def test_a01_numbers_that_begin_anew_each_month_are_one_return(store: Path, tmp_path: Path, period: str) -> None:
    path = book(tmp_path, "账.xlsx", *by_month(period))
    assert sum("金额" in change.column for change in changes(store, check_paths([path], store))) == 6
    assert load(store, path)[0].what == ACCEPTED
    assert spent(store) == 876
    assert same_when_rebuilt(store)


def test_a01_numbers_that_begin_anew_each_township_are_one_return(store: Path, tmp_path: Path) -> None:
    one, two = (ledger(*(aid(n, n, 10 * n, unit) for n in (1, 2, 3))) for unit in ("甲镇", "乙乡"))
    assert load(store, book(tmp_path, "账.xlsx", ("甲镇", one), ("乙乡", two)))[0].what == ACCEPTED
    assert spent(store) == 120 and same_when_rebuilt(store)
    later = [(sheet, Form("R07", REPORTER, "2008年二季度", [aid(1, 4, 5, unit)], money="元、吨"))
             for sheet, unit in (("甲镇", "甲镇"), ("乙乡", "乙乡"))]  # fmt: skip
    assert load(store, book(tmp_path, "账二.xlsx", *later))[0].what == ACCEPTED, "the next quarter begins anew too"


def test_a01_a_contract_ledger_by_month_is_one_return(store: Path, tmp_path: Path) -> None:
    row = {"number": "1", "type": "集体合同", "scope": "区域性", "unit": "甲镇", "scale": "否", "enterprises": 2,
           "workers": 90, "end": "2009-12-31"}  # fmt: skip
    sheets = [(name, Form("R03", REPORTER, Q1, [row | {"employer": name, "start": f"2008-0{month}-01"}]))
              for name, month, *_ in MONTHS]  # fmt: skip
    assert load(store, book(tmp_path, "合同.xlsx", *sheets))[0].what == ACCEPTED
    assert spent(store, "collective_contracts") == 3


@pytest.mark.parametrize(("choice", "expected"), [("都收", 800), ("初稿", 300)])
def test_a01_what_nothing_tells_apart_is_asked_with_a_choice_of_both(
    store: Path, tmp_path: Path, choice: str, expected: int
) -> None:
    outcome = load(
        store, book(tmp_path, "账.xlsx", ("初稿", ledger(aid(1, 1, 300))), ("二稿", ledger(aid(1, 1, 500))))
    )[0]
    (asked,) = [finding for finding in outcome.findings if finding.rule == "returned_twice"]
    assert outcome.what == HELD and asked.choices == ("初稿", "二稿", "都收")
    confirm(store, outcome.seq or 0, "问过了", "李梅", choices=[choice])
    assert spent(store) == expected and same_when_rebuilt(store)


@pytest.mark.parametrize("order", few_at_first(permutations(range(3)), ((0, 1, 2), (1, 2, 0), (2, 1, 0))))
@pytest.mark.parametrize("at_once", [True, False])
def test_a01_months_in_files_of_their_own_that_begin_at_1_add_up(
    store: Path, tmp_path: Path, order: tuple[int, ...], at_once: bool
) -> None:
    sheets = by_month("")
    paths = [book(tmp_path / str(place), f"{place}.xlsx", sheets[month]) for place, month in enumerate(order)]
    outcomes = load(store, *paths) if at_once else [outcome for path in paths for outcome in load(store, path)]
    assert {outcome.what for outcome in outcomes} == {ACCEPTED}
    assert spent(store) == 876 and same_when_rebuilt(store)


@pytest.mark.parametrize(("choice", "expected"), [("补报", 376), ("更正", 76)])
def test_a01_another_township_under_the_same_numbers_does_not_replace_the_first(
    store: Path, tmp_path: Path, choice: str, expected: int
) -> None:
    assert load(store, book(tmp_path, "甲.xlsx", ("账", ledger(aid(1, 1, 300)))))[0].what == ACCEPTED
    outcome = load(store, book(tmp_path, "乙.xlsx", ("账", ledger(aid(1, 1, 76, "乙乡")))))[0]
    assert outcome.what == HELD and "drops_rows" in {finding.rule for finding in outcome.findings}
    confirm(store, outcome.seq or 0, "问过了", "李梅", choices=[choice])
    assert spent(store) == expected and same_when_rebuilt(store)


def test_a01_a_correction_of_one_row_is_still_a_correction(store: Path, tmp_path: Path) -> None:
    load(store, book(tmp_path, "甲.xlsx", ("账", ledger(aid(1, 1, 300), aid(2, 2, 50)))))
    assert load(store, book(tmp_path, "甲改.xlsx", ("账", ledger(aid(1, 1, 310), aid(2, 2, 50)))))[0].what == ACCEPTED
    assert spent(store) == 360


def test_s02_rows_of_which_neither_day_nor_unit_is_known_are_no_other_part(store: Path, tmp_path: Path) -> None:
    (examined,) = check_paths([book(tmp_path, "一季度.xlsx", ("一季度", ledger(aid(1, 1, 300))))], store)
    (found,) = examined.returns
    assert not is_other_part([found], [KeptRow(found.keys[0], "", {})])
    assert is_other_part([found], [KeptRow(found.keys[0], "", {"date": "2008-02-01"})])
