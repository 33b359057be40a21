"""A cell whose formula failed is not blank: the finding is the same in every file format."""

from pathlib import Path

import pytest

from etl.intake import check_paths
from tests.lib.books import address
from tests.lib.county import begin_store
from tests.lib.files.formats import ERRORS, WRITERS, Table, table_of, write_table
from tests.messy.returns import aid, book

COLUMN = "amount"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("store")
    begin_store(made)
    return made


def broken_ledger(folder: Path, *errors: str) -> Table:
    """Return an aid ledger in which some amounts are errors."""
    rows = [{COLUMN: 100}, *({COLUMN: error} for error in errors), {COLUMN: 50}]
    return table_of(book(aid(*rows), name="原表.xlsx")(folder))


@pytest.mark.parametrize("kind", WRITERS)
def test_a03_the_same_finding_comes_for_every_format(kind: str, store: Path, tmp_path: Path) -> None:
    path = write_table(broken_ledger(tmp_path, "#REF!", "#DIV/0!"), kind, tmp_path)
    (judged,) = check_paths([path], store)
    assert judged.verdict == "returned"
    told = [(one.rule, one.address, one.problem) for one in judged.findings]
    assert told == [("bad_value", address("R07", COLUMN, index), "错误值") for index in (1, 2)]


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods", "csv"])
def test_a03_every_kind_of_error_is_seen(kind: str, store: Path, tmp_path: Path) -> None:
    path = write_table(broken_ledger(tmp_path, *ERRORS), kind, tmp_path)
    (judged,) = check_paths([path], store)
    assert [one.problem for one in judged.findings] == ["错误值"] * len(ERRORS)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_a03_an_error_in_a_column_of_words_is_no_word(kind: str, store: Path, tmp_path: Path) -> None:
    path = book(aid({"amount": 1, "activity": "#N/A"}, {"amount": 2, "number": "#REF!"}), name="原表.xlsx")(tmp_path)
    (judged,) = check_paths([write_table(table_of(path), kind, tmp_path)], store)
    assert {one.problem for one in judged.findings} == {"错误值"} and judged.verdict == "returned"
