"""What the pages must show: each row of tests/pages/shown_rows.csv names the test, or the picture, that shows it."""

import ast
import csv

import pytest

from tests.contracts.source import ROOT, parse

ROWS = ROOT / "tests" / "pages" / "shown_rows.csv"
NUMBERS = range(1, 76)
# Not shown yet. A number goes out of here with its test, and none comes in.
OPEN = {41}


def rows() -> dict[int, dict[str, str]]:
    with ROWS.open(encoding="utf-8", newline="") as file:
        return {int(row["number"]): row for row in csv.DictReader(file)}


def exists(test: str) -> bool:
    """Return whether a test named by path::name is there, or a picture of the gallery."""
    if test.endswith(".webp"):
        return (ROOT / test).is_file()
    path, _, name = test.partition("::")
    functions = parse(ROOT / path).body if (ROOT / path).is_file() else []
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in functions)


def test_every_row_is_there_and_says_what_must_hold() -> None:
    assert list(rows()) == list(NUMBERS)
    assert all(row["holds"] for row in rows().values())


def test_every_row_is_shown_by_a_test_that_is_there() -> None:
    assert {number for number, row in rows().items() if not row["test"]} == OPEN
    assert [row["test"] for row in rows().values() if row["test"] and not exists(row["test"])] == []


@pytest.mark.parametrize(
    "test", ["tests/pages/no_file.py::test_a", "tests/pages/frame/test_shown_rows.py::test_no_such"]
)
def test_a_test_that_is_not_there_is_seen(test: str) -> None:
    assert not exists(test)
