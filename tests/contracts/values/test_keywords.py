"""A dataclass with many fields is created by keyword, so that no value ends up in the wrong field."""

import ast
from collections.abc import Iterator

import pytest

from tests.contracts.source import parse, place, product_files

MOST = 5  # fields that may be passed by position


def test_a_dataclass_of_many_fields_is_made_by_keyword() -> None:
    wrong = [place(path, node) for path in product_files() for node in by_position(parse(path))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("head", ["@dataclass", "@dataclass(frozen=True)", "@dataclasses.dataclass(kw_only=False)"])
@pytest.mark.parametrize("fields", [5, 6])
def test_a_planted_one_is_seen(head: str, fields: int) -> None:
    lines = "".join(f"    f{at}: int\n" for at in range(fields))
    assert len([*by_position(ast.parse(f"{head}\nclass Made:\n{lines}"))]) == (fields > MOST)


def by_position(tree: ast.Module) -> Iterator[ast.ClassDef]:
    """Yield the dataclasses of more than five fields that can be created by position."""
    for node in ast.walk(tree):
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
