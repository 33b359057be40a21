"""HTML written by a page contains data only if escaped.

Checked are every value in a text with a tag and every argument of `st.html`. A value may be escaped, a number, a
constant (in capitals), a literal, or made of these: by an expression, or by a function of the same file, whose return
values are checked too. Results of `say_…` and `sign_…`, which consist of numbers and fixed words, are allowed.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest

from tests.contracts.pages.assigned import set_to
from tests.contracts.source import ROOT, nodes, parse, product_files

TAG = re.compile(r"<[a-z/!]")
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
NUMBER = re.compile(r"[+,]{0,2}(\d*d|\.\df|\.\d%|,)")  # a format that raises an error for a text
MADE = {"escape", "quote", "len", "sum", "round"}
MADE |= {
    "explained",
    "explained_as",
    "marks_of",
    "naming",
    "copying",
    "picture_button",
}  # ours, which escape what they are given
KEEPING = {"list", "sorted", "filter", "next", "reversed"}  # the result of these consists of their arguments
# Fields of models without foreign text: states and signs, codes of the catalogue, numbers, cell addresses.
OWN_FIELDS = {"state", "sign", "colour", "ref", "place", "address", "period", "quarter", "build", "year", "code"}
NUMBERS = {"int", "float", "bool", "int | None", "float | None"}
# Each was reviewed: what it inserts is ours, or escaped where it is made.
LOOKED_AT = {
    "pages/overview.py:draw_cards": "cards, each made by card_of, which escapes",
    "pages/parts/board/large_numbers.py:draw_large_numbers": "cards, each made by small_card_of, which escapes",
    "pages/parts/help/handbook_page.py:picture_of": "a picture of our own handbook",
    "pages/parts/scoring/score_sheet.py:_row": "cells, escaped where they are made, since some hold links",
    "pages/parts/unit/filed_returns.py:_cell": "days, cut out of what say_time says",
    "pages/shared/heading.py:draw_about": "parts that are HTML already",
    "pages/show.py:show": "our own style sheet",
    "pages/view/stylesheet.py:dress": "our own style sheet and the colours of the theme",
}

Function = ast.FunctionDef | ast.Lambda | ast.GeneratorExp | ast.ListComp


@dataclass(frozen=True)
class Scope:
    """The context of an expression: the enclosing functions, inmost first, and all functions of its file by name."""

    module: str
    around: tuple[ast.AST, ...]
    functions: dict[str, ast.FunctionDef]
    asked: frozenset[str] = frozenset()  # functions and names being checked, so that a cycle ends

    @property
    def name(self) -> str:
        return next((one.name for one in self.around if isinstance(one, ast.FunctionDef)), "")


def test_s06_data_in_html_are_escaped() -> None:
    values = list(_values())
    assert len(values) > 300
    wrong = [
        f"{place}:{value.lineno} {ast.unparse(value)}"
        for place, value, scope in values
        if place not in LOOKED_AT and not _safe(value, scope)
    ]
    assert not wrong, "escape(…) is missing, or a number's form such as :, or :d\n" + "\n".join(wrong)


def test_s06_no_exception_in_html_outlives_what_it_was_for() -> None:
    assert set(LOOKED_AT) == {place for place, value, scope in _values() if not _safe(value, scope)} & set(LOOKED_AT)


@pytest.mark.parametrize(
    "source",
    [
        "def draw(entry):\n    st.html(f'<p>{entry.name}</p>')",
        "def draw(entry):\n    st.html(entry.name)",
        "def draw(name):\n    st.html('<p>' + name + '</p>')",
        "def draw(names):\n    st.html(''.join(f'<li>{name}</li>' for name in names))",
        "def draw(name):\n    said = escape(name) if name else name\n    st.html(f'<p>{said}</p>')",
        "def draw(one):\n    st.html(f'<p>{_name(one)}</p>')\n\ndef _name(one):\n    return one.name",
        "def draw(names):\n    st.html(f'<p>{\"、\".join(names)}</p>')",
        "def draw(names):\n    st.html(f'<p>{names[0]}</p>')",
        "def draw(name):\n    st.html('<p>{}</p>'.format(name))",
        "def draw(name):\n    st.html(f'<p>{name!r}</p>')",
    ],
)
def test_s06_a_value_that_is_not_escaped_would_be_found(source: str) -> None:
    tree = ast.parse(source)
    assert any(not _safe(value, scope) for _, value, scope in _in_file("x", tree))


@cache
def _values() -> tuple[tuple[str, ast.expr, Scope], ...]:
    """Return every value that a page inserts into HTML, with its position and its scope."""
    found: list[tuple[str, ast.expr, Scope]] = []
    for path in product_files():
        module = path.relative_to(ROOT).as_posix()
        if module.startswith("pages/"):
            found += _in_file(module, parse(path))
    return tuple(found)


def _in_file(module: str, tree: ast.Module) -> Iterator[tuple[str, ast.expr, Scope]]:
    functions = {one.name: one for one in nodes(tree) if isinstance(one, ast.FunctionDef)}
    for node, scope in _walk(tree, Scope(module, (), functions)):
        place = f"{module}:{scope.name}"
        if isinstance(node, ast.JoinedStr) and any(map(_has_tag, node.values)):
            yield from ((place, one, scope) for one in node.values if isinstance(one, ast.FormattedValue))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "st.html" and not _is_fstring(node.args[0]):
            yield place, node.args[0], scope


def _has_tag(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and TAG.search(str(part.value)) is not None


def _is_fstring(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr)


def _walk(node: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
    inner = replace(scope, around=(node, *scope.around)) if isinstance(node, Function) else scope
    for child in ast.iter_child_nodes(node):
        yield child, inner
        yield from _walk(child, inner)


def _safe(node: ast.expr | None, scope: Scope) -> bool:
    """Return whether an expression contains no unescaped foreign text."""
    match node:
        case None | ast.Constant():
            return True
        case ast.FormattedValue(value=value, format_spec=form):
            return bool(form and NUMBER.fullmatch(ast.unparse(form)[2:-1])) or _safe(value, scope)
        case ast.Name(id=name):
            return bool(CONSTANT.fullmatch(name)) or _all_safe(name, scope)
        case ast.Attribute(attr=name):
            return name in OWN_FIELDS or bool(CONSTANT.fullmatch(name))
        case ast.Call():
            return _answers_safely(node, scope)
        case ast.GeneratorExp(elt=value) | ast.ListComp(elt=value):
            return _safe(value, replace(scope, around=(node, *scope.around)))
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            return _safe(one, scope) and _safe(other, scope)
        case ast.Starred(value=value) | ast.Subscript(value=value):
            return _safe(value, scope)
    parts = getattr(node, "values", getattr(node, "elts", None))
    return parts is not None and all(_safe(one, scope) for one in parts)


def _answers_safely(call: ast.Call, scope: Scope) -> bool:
    called = ast.unparse(call.func)
    own = called.split(".")[-1]
    if called in MADE or own.startswith(("say_", "sign_")):
        return True
    if called in scope.functions:
        return _returns_safely(scope.functions[called], scope)
    if called == "map":
        return ast.unparse(call.args[0]) in MADE or _answers_safely(ast.Call(call.args[0], [], []), scope)
    return (called in KEEPING or own == "join") and all(_safe(one, scope) for one in call.args)


def _returns_safely(function: ast.FunctionDef, scope: Scope) -> bool:
    if function.name in scope.asked or f"{scope.module}:{function.name}" in LOOKED_AT:
        return True
    inner = replace(scope, around=(function,), asked=scope.asked | {function.name})
    answers = [one for one in ast.walk(function) if isinstance(one, ast.Return | ast.Yield)]
    return all(_safe(one.value, inner) for one in answers)


def _all_safe(name: str, scope: Scope) -> bool:
    """Return whether every value of a name is safe: assigned, iterated over, or passed as an argument."""
    for around in scope.around:
        values = list(set_to(name, around, _is_number))
        if values:
            key = f"{name} in {id(around)}"
            inner = replace(scope, asked=scope.asked | {key})
            return key in scope.asked or all(value is not None and _safe(value, inner) for value in values)
    return False


def _is_number(annotation: ast.expr | None) -> bool:
    return annotation is not None and ast.unparse(annotation) in NUMBERS
