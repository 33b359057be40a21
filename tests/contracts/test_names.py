"""Names say what a thing is: no module and no class has the name of another, and no name is a word without content."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.contracts.source import ROOT, module_of, nodes, parse, place, product_files

# Rooms whose modules are named from outside and may therefore repeat the name of what they open.
NAMED_FROM_OUTSIDE = {
    "etl.commands": "the word typed after python -m etl",
    "etl.commands.upkeep": "the word typed after python -m etl",
    "stats.commands": "the word typed after python -m stats",
    "access.commands": "the word typed after python -m access",
    "pages": "the address of a screen",
    "pages.parts": "a folder per screen, under the name of the screen",
}
# Rooms side by side: a name that stands in several of them is one thing in several forms.
SIDE_BY_SIDE = (
    {"stats.figures", "stats.drawing"},  # a kind of figure: its numbers and its drawing
    {
        "stats.exports.word",
        "stats.exports.slides",
        "stats.exports.workbook",
        "stats.exports.page",
    },  # formats of a paper
    {"etl", "stats", "access"},  # `commands`: the commands of each package
)

# Words that once were names here without saying of what: `one` in a loop over findings is a finding.
UNTELLING = {
    "alone", "anew", "beside", "deed", "deeds", "desk", "found", "gap", "lately", "luck", "me",
    "mine", "one", "parcel", "parcels", "past", "recalled", "said", "some", "teller", "theirs", "thing",
    "things", "told", "turn", "turns", "worth",
}  # fmt: skip


def test_no_module_name_stands_twice() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for path in product_files():
        room, _, name = module_of(path).rpartition(".")
        if name != "__main__" and room not in NAMED_FROM_OUTSIDE:
            homes[name].add(room)
    twice = {name: rooms for name, rooms in homes.items() if len(rooms) > 1}
    assert {name: rooms for name, rooms in twice.items() if not any(rooms <= side for side in SIDE_BY_SIDE)} == {}


def test_no_screen_is_called_like_a_module_of_python() -> None:
    """The server looks for modules beside its first script too, so that `import calendar` would draw a page."""
    unused = {"trace"}  # a tool for developers, which no library imports
    screens = {path.stem for path in (ROOT / "pages").iterdir()}
    assert screens & (sys.stdlib_module_names - unused) == set()


def test_declared_rooms_exist() -> None:
    rooms = {module_of(path).rpartition(".")[0] for path in product_files()}
    assert set(NAMED_FROM_OUTSIDE).union(*SIDE_BY_SIDE) <= rooms


def test_no_class_name_stands_twice() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path in product_files():
        for node in nodes(parse(path)):
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(place(path, node))
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


def test_no_name_is_a_word_that_explains_nothing() -> None:
    wrong = [
        f"{where}: {name}"
        for path in product_files()
        for name, where in _names(path)
        if name.strip("_").lower() in UNTELLING
    ]
    assert not wrong, "\n".join(wrong)


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(path.relative_to(ROOT)) for path in product_files() if not ast.get_docstring(parse(path))]
    assert silent == []


def _names(path: Path) -> Iterator[tuple[str, str]]:
    """Yield all names of a module: its own, and those of classes, functions, parameters, fields and variables."""
    yield path.stem, str(path.relative_to(ROOT))
    for node in nodes(parse(path)):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, place(path, node)
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name, place(path, node)
