"""Patterns are the program's own: what comes from elsewhere enters one escaped. And nothing from elsewhere is run."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.contracts.source import module_of, nodes, parse, place, product_files

USES = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")  # written in the program, never read from anywhere
RUNS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "pickle.loads", "pickle.load"}
RUN_BY = ("subprocess.", "os.exec", "os.spawn", "asyncio.create_subprocess")
# LibreOffice, to write the sample county's old .xls files; the command line alone does it, with names of its own.
MAY_RUN = {"etl.sample.legacy"}


def test_what_enters_a_pattern_is_escaped_or_the_programs_own() -> None:
    wrong = [place(path, node) for path in product_files() for node in foreign_patterns(parse(path))]
    assert not wrong, "escape it by re.escape:\n" + "\n".join(wrong)


def test_no_text_is_run_and_no_program_started() -> None:
    wrong = [
        place(path, node)
        for path in product_files()
        if module_of(path) not in MAY_RUN
        for node in nodes(parse(path))
        if isinstance(node, ast.Call) and _runs(ast.unparse(node.func))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("re.compile(f'a{word}')", True),
        ("re.search('|'.join(words), text)", True),
        ("re.sub(word, '', text)", True),
        ("re.compile(f'a{re.escape(word)}')", False),
        ("re.compile('|'.join(map(re.escape, words)))", False),
        ("re.compile('|'.join(re.escape(word) for word in words))", False),
        ("re.compile(rf'{_NUMBER}{LABELS[label]}')", False),
        ("pattern.search(text)", False),
        ("def any_of(words):\n    return '|'.join(map(re.escape, words))\nre.compile(f'a{any_of(words)}')", False),
        ("def any_of(words):\n    return '|'.join(words)\nre.compile(f'a{any_of(words)}')", True),
    ],
)
def test_a_planted_one_is_seen(source: str, seen: bool) -> None:
    assert bool([*foreign_patterns(ast.parse(source))]) is seen
    assert _runs("subprocess.run") and _runs("eval") and not _runs("re.compile")


def foreign_patterns(tree: ast.Module) -> Iterator[ast.Call]:
    """Yield the uses of patterns into which anything but constants enters as it is."""
    escaping = _escaping(tree)
    for node in nodes(tree):
        if isinstance(node, ast.Call) and _is_of_re(node.func) and not _is_own(node.args[0], escaping):
            yield node


def _escaping(tree: ast.Module) -> frozenset[str]:
    """Return the functions of a module that return nothing from elsewhere as it is."""
    functions = [node for node in nodes(tree) if isinstance(node, ast.FunctionDef)]
    returned = {
        one.name: [node.value for node in ast.walk(one) if isinstance(node, ast.Return) and node.value]
        for one in functions
    }
    return frozenset(name for name, values in returned.items() if values and all(map(_is_own, values)))


def _is_of_re(function: ast.expr) -> bool:
    named = isinstance(function, ast.Attribute) and function.attr in USES
    return named and ast.unparse(function).startswith("re.")


def _is_own(part: ast.expr, escaping: frozenset[str] = frozenset()) -> bool:
    """Return whether nothing in an expression is from elsewhere, unless it is escaped, here or by such a function."""
    if isinstance(part, ast.Name):
        return CONSTANT.fullmatch(part.id) is not None
    if isinstance(part, ast.Subscript):
        return _is_own(part.value, escaping)
    if isinstance(part, ast.Call):
        escaped = ast.unparse(part.func) in {"re.escape", *escaping} or ast.unparse(part).startswith("map(re.escape, ")
        return escaped or all(_is_own(each, escaping) for each in [*part.args, *_of_method(part.func)])
    if isinstance(part, ast.GeneratorExp | ast.ListComp):
        return _is_own(part.elt, escaping)
    return all(_is_own(child, escaping) for child in ast.iter_child_nodes(part) if isinstance(child, ast.expr))


def _of_method(function: ast.expr) -> list[ast.expr]:
    return [function.value] if isinstance(function, ast.Attribute) else []


def _runs(name: str) -> bool:
    return name in RUNS or name.startswith(RUN_BY)
