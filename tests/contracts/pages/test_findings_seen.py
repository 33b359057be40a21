"""What compares with what others filed notes whom it quotes; what is shown of it goes through access/acts."""

import ast
from collections.abc import Iterator

import pytest

from etl.model.rules import COMPARING, RULES
from tests.contracts.source import ROOT, nodes, parse, product_files

# What `Known` tells of rows in force: with their files, or as a column.
NAMED, COLUMNS = {"rivals", "elsewhere", "targets"}, {"column", "in_force"}
# These tell what is usual among many rows, or how large an organisation is, as every page does.
OF_MANY = {"etl/compare/outliers.py", "etl/compare/implausible_values.py"}
# These ask about receipts and show nothing of those that are not seen.
ASKS = {
    "pages/view/receipts.py:entry_of": "the receipt of a cell that may be seen",
    "pages/parts/unit/filed_returns.py:draw_filed": "days and states; files are named to who may see them",
    "pages/parts/upload/dropped_files.py:judging": "knows by its hash a file that was taken in before",
}


def test_s02_whatever_names_the_files_of_others_notes_whom_it_quotes() -> None:
    asking = {place: tree for place, tree in _checks() if _known(tree) & NAMED or "sources" in _attributes(tree)}
    assert {"etl/compare/conflicting_rows.py", "etl/check/__init__.py", "etl/compare/replacements.py"} <= asking.keys()
    assert [place for place, tree in asking.items() if "quoting" not in _attributes(tree)] == []


def test_s02_rules_on_rows_in_force_are_of_history_or_note_whom_they_quote() -> None:
    for place, tree in _checks():
        if _known(tree) & COLUMNS and place not in OF_MANY and "quoting" not in _attributes(tree):
            told = {one.value for one in nodes(tree) if isinstance(one, ast.Constant) and one.value in RULES}
            assert {RULES[rule].of for rule in told} <= {"history"}, place


def test_s02_older_findings_of_rules_that_compare_may_quote_anybody() -> None:
    assert {"undecided", "reported_elsewhere", "across", "taken_over", "overwrites", "sent_twice"} <= COMPARING
    assert not {"bad_value", "blank", "total", "personal_data"} & COMPARING


def test_s02_pages_show_receipts_that_acts_sorted_out() -> None:
    raw = {
        f"{path.relative_to(ROOT).as_posix()}:{node.name}"
        for path in product_files()
        if path.relative_to(ROOT).as_posix().startswith("pages/")
        for node in parse(path).body
        if isinstance(node, ast.FunctionDef) and _takes_raw(node)
    }
    assert raw == set(ASKS)


@pytest.mark.parametrize(
    ("source", "raw"),
    [
        ("def f(store):\n    return receipts(store)", True),
        ("def f(store, doing):\n    return doing.received(receipts(store))", False),
        ("def f(store):\n    return read_entries(store)", True),
    ],
)
def test_s02_a_receipt_that_is_not_sorted_out_would_be_found(source: str, raw: bool) -> None:
    node = ast.parse(source).body[0]
    assert isinstance(node, ast.FunctionDef) and _takes_raw(node) is raw


def _takes_raw(function: ast.FunctionDef) -> bool:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    sorted_out = {id(one) for call in calls if ast.unparse(call.func).endswith(".received") for one in call.args}
    named = {"receipts", "read_entries", "_receipts"} - {function.name}
    inner = function.name in ("receipts", "_receipts")  # what the others are made of
    return not inner and any(ast.unparse(call.func) in named and id(call) not in sorted_out for call in calls)


def _checks() -> Iterator[tuple[str, ast.Module]]:
    for path in product_files():
        place = path.relative_to(ROOT).as_posix()
        if place.startswith(("etl/check/", "etl/compare/")):
            yield place, parse(path)


def _known(tree: ast.Module) -> set[str]:
    """Return what a module asks of a `Known`."""
    found = (node for node in nodes(tree) if isinstance(node, ast.Attribute))
    return {one.attr for one in found if ast.unparse(one.value).split(".")[-1].strip("_") == "known"}


def _attributes(tree: ast.Module) -> set[str]:
    return {node.attr for node in nodes(tree) if isinstance(node, ast.Attribute)}
