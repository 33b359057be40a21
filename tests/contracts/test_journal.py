"""What people do is written to the journal together with its entry in the audit: both, or neither."""

import ast
from collections.abc import Iterator

from tests.contracts.source import module_of, nodes, parse, place, product_files

# These write what no entry tells of: each is part of signing in, which has an entry of its own.
WITHOUT_ENTRY = {
    "access.accounts.second_factor._use_code": "marks a code as used",
    "access.accounts.second_factor._use_recovery": "removes a code that was used",
    "access.accounts.sessions.know_browser": "remembers a browser",
    "access.accounts.sessions._touch": "when a session was last used",
}
ADDING, BEGINNING = {"add"}, {"note", "writing"}


def test_every_transaction_adds_its_entry_to_the_audit() -> None:
    wrong = [place for name, place, called in _transactions() if not called & ADDING and name not in WITHOUT_ENTRY]
    assert not wrong, "add the entry in the same transaction:\n" + "\n".join(wrong)


def test_no_transaction_begins_another() -> None:
    assert [place for _, place, called in _transactions() if called & BEGINNING] == []


def test_no_exception_outlives_what_it_was_for() -> None:
    assert set(WITHOUT_ENTRY) == {name for name, _, called in _transactions() if not called & ADDING}


def test_a_planted_transaction_without_an_entry_is_seen() -> None:
    source = "def f(store):\n    with writing(store) as connection:\n        connection.execute(insert(table))"
    assert [called & ADDING for _, _, called in transactions(ast.parse(source))] == [set()]
    assert [called & ADDING for _, _, called in transactions(ast.parse(source + "\n        audit.add(c, [e])"))] == [
        ADDING
    ]


def _transactions() -> Iterator[tuple[str, str, set[str]]]:
    for path in product_files():
        if module_of(path).split(".")[0] != "store":
            for function, node, called in transactions(parse(path)):
                yield f"{module_of(path)}.{function}", place(path, node), called


def transactions(tree: ast.Module) -> Iterator[tuple[str, ast.With, set[str]]]:
    """Yield every transaction with the function it stands in and the names of what is called within it."""
    for function in nodes(tree):
        for node in ast.walk(function) if isinstance(function, ast.FunctionDef) else ():
            if isinstance(node, ast.With) and any(_called(item.context_expr) == "writing" for item in node.items):
                yield function.name, node, {_called(each) for line in node.body for each in ast.walk(line)} - {""}


def _called(node: ast.AST) -> str:
    return ast.unparse(node.func).split(".")[-1] if isinstance(node, ast.Call) else ""
