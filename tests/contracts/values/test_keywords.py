"""A dataclass with many fields is created by keyword, so that no value ends up in the wrong field."""

import ast
from collections.abc import Iterator
from typing import TypeGuard

import pytest

from tests.contracts.source import PACKAGES, nodes, parse, place, product_files

MOST = 5  # fields of a dataclass that can be created by position
MOST_GIVEN = 4  # values that a call passes to one by position


def test_a_dataclass_of_many_fields_is_made_by_keyword() -> None:
    wrong = [place(path, node) for path in product_files() for node in by_position(parse(path))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("head", ["@dataclass", "@dataclass(frozen=True)", "@dataclasses.dataclass(kw_only=False)"])
@pytest.mark.parametrize("fields", [5, 6])
def test_a_planted_one_is_seen(head: str, fields: int) -> None:
    lines = "".join(f"    f{at}: int\n" for at in range(fields))
    assert len([*by_position(ast.parse(f"{head}\nclass Made:\n{lines}"))]) == (fields > MOST)


def test_no_call_passes_many_values_by_position() -> None:
    ours = {node.name for path in product_files() for node in nodes(parse(path)) if _is_record(node)}
    wrong = [
        f"{place(path, call)}: {ast.unparse(call)[:80]}"
        for path in product_files()
        for call in long_calls(parse(path), ours)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_planted_long_call_is_seen() -> None:
    assert [*long_calls(ast.parse("Cell(1, 2, 3, 4, 5)"), {"Cell"})]
    assert not [*long_calls(ast.parse("Cell(1, 2, 3, 4, e=5)"), {"Cell"})]
    assert not [*long_calls(ast.parse("from sqlalchemy import Table\nTable(1, 2, 3, 4, 5)"), {"Table"})]


def long_calls(tree: ast.Module, ours: set[str]) -> Iterator[ast.Call]:
    """Yield the calls that create one of our dataclasses or named tuples with more than four values by position."""
    foreign = {
        alias.asname or alias.name
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] not in PACKAGES
        for alias in node.names
    }
    for node in nodes(tree):
        called = ast.unparse(node.func).split(".")[-1] if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and called in ours - foreign and len(node.args) > MOST_GIVEN:
            yield node


def _is_record(node: ast.AST) -> TypeGuard[ast.ClassDef]:
    return isinstance(node, ast.ClassDef) and (
        any(_name(each).endswith("dataclass") for each in node.decorator_list)
        or any(ast.unparse(base) == "NamedTuple" for base in node.bases)
    )


def by_position(tree: ast.Module) -> Iterator[ast.ClassDef]:
    """Yield the dataclasses of more than five fields that can be created by position."""
    for node in nodes(tree):
        if isinstance(node, ast.ClassDef) and len(_fields(node)) > MOST:
            made = [each for each in node.decorator_list if _name(each).endswith("dataclass")]
            if made and not any(_is_keyword_only(each) for each in made):
                yield node


def _fields(node: ast.ClassDef) -> list[str]:
    declared = [each for each in node.body if isinstance(each, ast.AnnAssign)]
    return [ast.unparse(each.target) for each in declared if "ClassVar" not in ast.unparse(each.annotation)]


def _name(decorator: ast.expr) -> str:
    return ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)


def _is_keyword_only(decorator: ast.expr) -> bool:
    given = decorator.keywords if isinstance(decorator, ast.Call) else []
    return any(each.arg == "kw_only" and ast.unparse(each.value) == "True" for each in given)
