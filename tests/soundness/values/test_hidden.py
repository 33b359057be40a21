"""Hidden rows count, hidden sheets are not read; both are reported, and a total that differs must be confirmed."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.intake import check_paths
from etl.model.examination import Examination
from tests.lib.books import first_row
from tests.lib.county import begin_store, town_one
from tests.lib.files.formats import table_of, write_table
from tests.messy.returns import Maker, aid, book, cadres, roster

FIRST = first_row("R07")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("store")
    begin_store(made)
    return made


def judge(store: Path, path: Path) -> Examination:
    (judged,) = check_paths([path], store)
    return judged


def ledger(*amounts: int, total: int | None = None) -> Maker:
    form = aid(*({"amount": amount} for amount in amounts))
    form.total = None if total is None else {"amount": total}
    return book(form, name="原表.xlsx")


@pytest.mark.parametrize("kind", ["xlsx", "moved.xlsx", "xls", "xlsb", "ods", "xml", "html"])
def test_a18_hidden_rows_are_told_in_every_format(kind: str, store: Path, tmp_path: Path) -> None:
    table = table_of(ledger(100, 200, 300)(tmp_path), hidden=frozenset({FIRST, FIRST + 2}))
    judged = judge(store, write_table(table, kind, tmp_path))
    (told,) = judged.findings
    assert (told.rule, told.severity, judged.verdict) == ("hidden_rows", "note", "accepted")
    assert f"第{FIRST}、{FIRST + 2}行" in told.problem


def test_a18_hidden_rows_of_the_heading_are_no_matter(store: Path, tmp_path: Path) -> None:
    table = table_of(ledger(100)(tmp_path), hidden=frozenset({1}))
    assert judge(store, write_table(table, "xlsx", tmp_path)).findings == []


@pytest.mark.parametrize(("total", "says"), [(300, "只合了看得见的行"), (600, "一起合的")])
def test_a18_a_total_over_hidden_rows_is_asked(total: int, says: str, store: Path, tmp_path: Path) -> None:
    table = table_of(ledger(100, 200, 300, total=total)(tmp_path), hidden=frozenset({FIRST + 2}))
    judged = judge(store, write_table(table, "xlsx", tmp_path))
    assert judged.verdict == "held"
    (asked,) = [one for one in judged.findings if one.severity == "confirm"]
    assert asked.rule == "hidden_total" and says in asked.problem


def test_a18_a_total_that_fits_neither_is_wrong(store: Path, tmp_path: Path) -> None:
    table = table_of(ledger(100, 200, 300, total=500)(tmp_path), hidden=frozenset({FIRST + 2}))
    assert judge(store, write_table(table, "xlsx", tmp_path)).verdict == "returned"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a18_a_hidden_sheet_is_told(state: str, store: Path, tmp_path: Path) -> None:
    path = book(roster(*town_one()), cadres(1))(tmp_path)
    changed = load_workbook(path)
    changed["R12"].sheet_state = state
    changed.save(path)
    judged = judge(store, path)
    assert [(one.rule, one.severity) for one in judged.findings] == [("hidden_sheet", "note")]
    assert "R12" in judged.findings[0].problem and [one.form.code for one in judged.returns] == ["R01"]


def test_a18_a_file_with_nothing_in_sight_is_no_return(store: Path, tmp_path: Path) -> None:
    path = book(roster(*town_one()))(tmp_path)
    changed = load_workbook(path)
    changed.create_sheet("空")
    changed["R01"].sheet_state = "hidden"
    changed.save(path)
    judged = judge(store, path)
    assert judged.verdict == "returned" and "隐藏" in judged.findings[0].problem


def test_a18_hidden_columns_with_figures_are_told(store: Path, tmp_path: Path) -> None:
    path = ledger(100)(tmp_path)
    changed = load_workbook(path)
    changed["R07"].column_dimensions["L"].hidden = True
    changed.save(path)
    (told,) = judge(store, path).findings
    assert told.rule == "hidden_columns" and "L列" in told.problem
