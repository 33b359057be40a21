"""The same return twice in one workbook or load: the last one must not win silently."""

from pathlib import Path

import pytest

from base.errors import UserError
from base.periods import parse_span
from etl.collection.preview import changes
from etl.intake import ACCEPTED, HELD, Outcome, check_paths, confirm, load_paths, rebuild, withdraw
from etl.model.finding import Finding
from stats.catalogue import load_catalogue
from stats.readings import read
from stats.readings.trace import trace
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.contents import contents
from tests.lib.county import REPORTER, begin_store, town_one, town_two

Q1, Q2 = "2008年一季度", "2008年二季度"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return begin_store(tmp_path / "store")


def aid(number: str, day: str, amount: float, unit: str = "甲镇") -> Row:
    return {"number": number, "date": day, "unit": unit, "direction": "发放", "kind": "走访慰问", "amount": amount}


def ledger(period: str, *rows: Row, **other: object) -> Form:
    return Form("R07", REPORTER, period, rows, money="元、吨", **other)  # type: ignore[arg-type]


def roster(members: int, period: str = Q1, town: str = "甲镇") -> Form:
    return Form("R01", town, period, town_one(members))


def book(tmp_path: Path, name: str, *sheets: tuple[str, Form]) -> Path:
    return write_book(tmp_path / "sent" / name, *(form for _, form in sheets), sheets=[sheet for sheet, _ in sheets])


def load(store: Path, *paths: Path) -> list[Outcome]:
    return load_paths(paths, store).outcomes


def value(store: Path, code: str, span: str = "2008Q1") -> float | None:
    warehouse = open_warehouse(store)
    try:
        return read(warehouse, load_catalogue(), "COUNTY", parse_span(span), [code])[0].value
    finally:
        warehouse.close()


def asked(outcome: Outcome, rule: str) -> Finding:
    return next(finding for finding in outcome.findings if finding.rule == rule)


MONTHS = (
    ("1月", ledger("2008年1月", aid("F1", "2008-01-05", 300))),
    ("2月", ledger("2008年2月", aid("F2", "2008-02-05", 500), aid("F3", "2008-02-06", 20))),
    ("3月", ledger("2008年3月", aid("F4", "2008-03-05", 7))),
)


def test_a01_a_ledger_spread_over_months_is_one_return(store: Path, tmp_path: Path) -> None:
    path = book(tmp_path, "账.xlsx", *MONTHS)
    assert [change.after for change in changes(store, check_paths([path], store)) if "金额" in change.column] == [
        "300", "500", "20", "7"
    ]  # fmt: skip
    assert load(store, path)[0].what == ACCEPTED
    assert value(store, "aid_spent") == 827
    warehouse = open_warehouse(store)
    cells = trace(warehouse, load_catalogue(), "aid_spent", "COUNTY", parse_span("2008Q1"))
    warehouse.close()
    assert {(cell.sheet, cell.value) for cell in cells} == {("1月", 300), ("2月", 500), ("2月", 20), ("3月", 7)}


def test_a01_each_sheet_of_a_ledger_has_its_own_total(store: Path, tmp_path: Path) -> None:
    wrong = ("2月", ledger("2008年2月", aid("F2", "2008-02-05", 500), total={"amount": 800}))
    outcome = load(store, book(tmp_path, "账.xlsx", MONTHS[0], wrong))[0]
    assert asked(outcome, "total").sheet == "2月"


def test_a01_an_empty_month_beside_filled_ones_is_only_noted(store: Path, tmp_path: Path) -> None:
    outcome = load(store, book(tmp_path, "账.xlsx", MONTHS[0], ("2月", ledger("2008年2月"))))[0]
    assert outcome.what == ACCEPTED and asked(outcome, "empty").severity == "note"
    assert value(store, "aid_spent") == 300


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
@pytest.mark.parametrize("at_once", [True, False])
def test_a01_months_in_files_of_their_own_add_up_in_any_order_and_load(
    store: Path, tmp_path: Path, order: tuple[int, ...], at_once: bool
) -> None:
    paths = [book(tmp_path, f"{place}账.xlsx", MONTHS[month]) for place, month in enumerate(order)]
    outcomes = load(store, *paths) if at_once else [outcome for path in paths for outcome in load(store, path)]
    assert {outcome.what for outcome in outcomes} == {ACCEPTED}
    assert value(store, "aid_spent") == 827
    before = contents(store)
    rebuild(store)
    assert contents(store) == before


def test_a01_sibling_months_in_numerals_add_up_too(store: Path, tmp_path: Path) -> None:
    for number, (month, day, amount) in enumerate((("一月", "2008-01-05", 300), ("二月", "2008-02-05", 27))):
        sheet = (month, ledger(f"2008年{month}", aid(f"F{number}", day, amount)))
        assert load(store, book(tmp_path, f"{month}账.xlsx", sheet))[0].what == ACCEPTED
    assert value(store, "aid_spent") == 327


def test_a01_townships_in_files_of_one_load_add_up(store: Path, tmp_path: Path) -> None:
    one = book(tmp_path, "甲镇账.xlsx", ("账", ledger(Q1, aid("A1", "2008-01-05", 300))))
    two = book(tmp_path, "乙乡账.xlsx", ("账", ledger(Q1, aid("B1", "2008-02-05", 40, "乙乡"))))
    assert {outcome.what for outcome in load(store, one, two)} == {ACCEPTED}
    assert value(store, "aid_spent") == 340
    before = contents(store)
    rebuild(store)
    assert contents(store) == before


def test_a01_a_row_on_two_sheets_is_asked_about_and_counts_once(store: Path, tmp_path: Path) -> None:
    again = ("一季度", ledger(Q1, aid("F1", "2008-01-05", 300), aid("F9", "2008-03-09", 1)))
    outcome = load(store, book(tmp_path, "账.xlsx", MONTHS[0], again))[0]
    assert (
        outcome.what == HELD
        and "表“一季度”有 1 行在表“1月”里已经报过：F1" in asked(outcome, "repeated_on_sheets").problem
    )
    confirm(store, outcome.seq or 0, "同一笔", "李梅")
    assert value(store, "aid_spent") == 301


def test_a01_draft_and_final_ask_which_one_counts(store: Path, tmp_path: Path) -> None:
    path = book(tmp_path, "甲镇.xlsx", ("草稿", roster(50)), ("定稿", roster(60)))
    assert changes(store, check_paths([path], store)) == []
    outcome = load(store, path)[0]
    told = asked(outcome, "returned_twice")
    assert (
        outcome.what == HELD and "表“草稿”和“定稿”都是甲镇2008年一季度的" in told.problem and "50 → 60" in told.problem
    )
    with pytest.raises(UserError, match="请选一个：草稿、定稿"):
        confirm(store, outcome.seq or 0, "问过了", "李梅")
    confirm(store, outcome.seq or 0, "问过了", "李梅", choices=["草稿"])
    assert value(store, "union_members") == 100
    before = contents(store)
    rebuild(store)
    assert contents(store) == before


def test_a01_another_quarter_left_in_the_book_is_asked_about(store: Path, tmp_path: Path) -> None:
    load(store, book(tmp_path, "甲.xlsx", ("表", roster(50))))
    outcome = load(store, book(tmp_path, "甲镇.xlsx", ("本期", roster(60, Q2)), ("上期", roster(55))))[0]
    assert outcome.what == HELD
    told = asked(outcome, "several_quarters")
    assert "表“本期”是2008年二季度的，表“上期”是2008年一季度的" in told.problem
    confirm(store, outcome.seq or 0, "只报二季度", "李梅", choices=["本期"])
    assert (value(store, "union_members"), value(store, "union_members", "2008Q2")) == (100, 110)


def test_a01_another_quarter_left_as_it_was_changes_nothing(store: Path, tmp_path: Path) -> None:
    load(store, book(tmp_path, "甲.xlsx", ("表", roster(50))))
    assert load(store, book(tmp_path, "乙.xlsx", ("本期", roster(60, Q2)), ("上期", roster(50))))[0].what == ACCEPTED
    assert value(store, "union_members") == 100


def test_a01_a_roster_by_parts_on_several_sheets_is_one_return(store: Path, tmp_path: Path) -> None:
    parts = [(row["union"], Form("R01", "甲镇", Q1, [row])) for row in town_one()]
    assert load(store, book(tmp_path, "甲镇.xlsx", *parts))[0].what == ACCEPTED
    assert value(store, "union_members") == 100


@pytest.mark.parametrize("names", [("甲镇1.xlsx", "甲镇2.xlsx"), ("甲镇2.xlsx", "甲镇1.xlsx")])
@pytest.mark.parametrize("wanted", [50, 60])
def test_a17_a_roster_twice_in_one_load_asks_which_whatever_the_files_are_called(
    store: Path, tmp_path: Path, names: tuple[str, str], wanted: int
) -> None:
    paths = [book(tmp_path, name, ("表", roster(members))) for name, members in zip(names, (50, 60), strict=True)]
    assert [one.verdict for one in check_paths(paths, store)] == [HELD, HELD], "the preview says the same"
    outcomes = {one.name: one for one in load(store, *paths)}
    assert [one.what for one in outcomes.values()] == [HELD, HELD] and value(store, "union_members") is None
    told = {asked(one, "sent_twice").problem for one in outcomes.values()}
    assert len(told) == 1 and "这次报来了两份（“甲镇1.xlsx”和“甲镇2.xlsx”）" in told.pop()
    kept, other = (outcomes[name].seq or 0 for name in (names if wanted == 50 else names[::-1]))
    assert confirm(store, kept, "以这一份为准", "李梅").outcomes[0].what == ACCEPTED
    withdraw(store, other, "不要", "李梅")
    assert value(store, "union_members") == wanted + 50
    before = contents(store)
    rebuild(store)
    assert contents(store) == before


@pytest.mark.parametrize("names", [("1.xlsx", "2.xlsx", "3.xlsx"), ("3.xlsx", "1.xlsx", "2.xlsx")])
def test_a17_only_the_files_that_contradict_each_other_are_held(
    store: Path, tmp_path: Path, names: tuple[str, str, str]
) -> None:
    fuller = Form("R01", "甲镇", Q1, town_one(50)[:2])
    other = Form("R01", "乙乡", Q1, town_two())
    paths = [book(tmp_path, name, ("表", form)) for name, form in zip(names, (fuller, roster(50), other), strict=True)]
    outcomes = {one.name: one.what for one in load(store, *paths)}
    assert [outcomes[name] for name in names] == [HELD, HELD, ACCEPTED], "one of them lacks a union"


@pytest.mark.parametrize("names", [("1.xlsx", "2.xlsx"), ("2.xlsx", "1.xlsx")])
def test_a17_a_register_of_enterprises_twice_in_one_load_asks(
    store: Path, tmp_path: Path, names: tuple[str, str]
) -> None:
    row = {"employer_code": "E1", "employer_name": "E1公司", "area": "甲镇", "category": "私营", "legal": "是",
           "scale": "是", "unionised": "是", "effective": "2008-01-01"}  # fmt: skip
    forms = [Form("R00E", "甲镇", Q1, [row | {"workers": workers}]) for workers in (100, 130)]
    paths = [book(tmp_path, name, ("表", form)) for name, form in zip(names, forms, strict=True)]
    assert [one.what for one in load(store, *paths)] == [HELD, HELD]


@pytest.mark.parametrize("names", [("1甲镇（更正）.xlsx", "2甲镇.xlsx"), ("2甲镇（更正）.xlsx", "1甲镇.xlsx")])
def test_a17_a_correction_beside_what_it_corrects_counts_in_either_order(
    store: Path, tmp_path: Path, names: tuple[str, str]
) -> None:
    paths = [book(tmp_path, name, ("表", roster(members))) for name, members in zip(names, (60, 50), strict=True)]
    load(store, *paths)
    assert value(store, "union_members") == 110


def test_a01_a_new_file_of_the_same_contents_asks_nothing(store: Path, tmp_path: Path) -> None:
    again = book(tmp_path, "重发.xlsx", ("表", roster(50)))
    outcomes = load(store, book(tmp_path, "甲镇.xlsx", ("表一", roster(50))), again)
    assert {outcome.what for outcome in outcomes} == {ACCEPTED}
