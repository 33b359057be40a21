"""Names say what a thing is: no class name stands twice, and no word that explains nothing is a name by itself."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.contracts.source import ROOT, parse, place, product_files

# Words that once named a class, a function or a field here, and from which nobody could tell what it was.
UNTELLING = {
    "alone", "anew", "beside", "deed", "deeds", "desk", "gap", "lately", "parcel", "parcels", "past", "recalled",
    "teller", "thing", "things", "told", "turn", "turns",
}  # fmt: skip


def test_no_class_name_stands_twice() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path in product_files():
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(place(path, node))
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


def test_no_name_is_a_word_that_explains_nothing() -> None:
    wrong = [
        f"{where}: {name}" for path in product_files() for name, where in _names(path) if name.lower() in UNTELLING
    ]
    assert not wrong, "\n".join(wrong)


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(path.relative_to(ROOT)) for path in product_files() if not ast.get_docstring(parse(path))]
    assert silent == []


def _names(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what a module defines for others: itself, classes, functions, methods and fields."""
    yield path.stem, str(path.relative_to(ROOT))
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, place(path, node)
        if isinstance(node, ast.ClassDef):
            fields = (one for one in node.body if isinstance(one, ast.AnnAssign))
            yield from ((one.target.id, place(path, one)) for one in fields if isinstance(one.target, ast.Name))
