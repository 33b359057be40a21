"""Streamlit renders most texts as Markdown, so foreign text has to go through as_written.

Our own are string literals, constants (in capitals), formatted numbers, and whatever is made only of these. The result
of a function annotated `-> Markdown` is checked where it is made; mypy ensures that nothing else has this type.
"""

import ast
import inspect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pytest
import streamlit

from tests.contracts.pages.assigned import set_to
from tests.contracts.source import ROOT, nodes, parse, product_files

WRAPPER, TYPE = "as_written", "Markdown"
WORDS = {"body", "caption", "captions", "delta", "help", "label", "tabs", "text", "title"}
CHOICES = {"radio", "pills", "segmented_control", "select_slider", "menu_button"}  # with Markdown in their options too
PLAIN = {"text", "code", "html", "table", "Page", "set_page_config"}  # these do not render Markdown
ALSO_OTHERS = {"info", "warning", "error", "exception", "title", "status"}  # other objects have methods of this name
NUMBER = re.compile(r"[+,]{0,2}(\d*d|\.\df|\.\d%|,)|%[YmdHM:%-]+")  # a format that raises an error for a text
CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")
KEEPING = {"list", "filter", "next", "sorted", "enumerate"}  # the result of these consists of their arguments
OURS = {"pages/parts/help/handbook_page.py:draw_chapter": "the handbook, written by us in Markdown"}

Function = ast.FunctionDef | ast.Lambda


def test_s06_what_is_not_ours_is_wrapped_wherever_streamlit_reads_markdown() -> None:
    found = [(place, call, scope) for place, call, scope in _calls()]
    assert len(found) > 80
    wrong = [
        f"{place}:{call.lineno} {ast.unparse(words)}"
        for place, call, scope in found
        if place not in OURS
        for words in _words(call)
        if not _ours(words, scope)
    ]
    assert not wrong, "as_written(…) is missing, or a number's form such as :, or :d\n" + "\n".join(wrong)


def test_s06_what_says_it_returns_markdown_is_made_of_ours_and_of_what_is_wrapped() -> None:
    made = [
        (f"{place}:{node.lineno}", node, scope)
        for place, node, scope in _nodes()
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == TYPE
        and place != "pages/view/foreign_text.py:as_written"
    ]
    assert made
    assert [place for place, node, scope in made if not all(_ours(one, scope) for one in node.args)] == []


def test_s06_no_exception_outlives_what_it_was_for() -> None:
    assert set(OURS) <= {place for place, call, scope in _calls() for words in _words(call) if not _ours(words, scope)}


@pytest.mark.parametrize(
    "source",
    [
        "def draw(entry):\n    st.warning(entry.name)",
        "def draw(name):\n    st.caption(f'删除“{name}”')",
        "def draw(name):\n    st.button('删除' + name)",
        "def draw(name):\n    said = '%s' % name\n    st.toast(said)",
        "def draw(name):\n    st.info('删除{}'.format(name))",
        "def draw(unit):\n    with st.expander(label=_label(unit)):\n        pass",
        "def draw(names):\n    st.radio('选一个', names)",
        "def draw(names):\n    st.pills('选一个', list(names), format_func=names.__getitem__)",
        "def draw(names):\n    st.pills('选一个', list(names), format_func=lambda one: names[one])",
        "def draw(name):\n    st.text_input('名称', help=name)",
        "def draw(name):\n    said = '没有'\n    if name:\n        said = name\n    st.caption(said)",
        "def draw(names):\n    for name in names:\n        st.write(name)",
        "def draw(parcel):\n    row = st.container()\n    row.button(parcel.name)",
        "def draw(table, name):\n    st.data_editor(table, column_config={'a': st.column_config.Column(help=name)})",
        "def draw(names):\n    st.tabs(names)",
        "def draw(name):\n    st.metric(name, 1)",
        "def draw(error):\n    st.warning(str(error), icon=':material/info:')",
        "def draw(names):\n    st.caption('、'.join(names))",
        "def draw(names):\n    st.warning(**names)",
    ],
)
def test_s06_a_text_that_is_not_wrapped_would_be_found(source: str) -> None:
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call) and _parameters(node)]
    assert any(not _ours(words, Scope(frozenset(), (function,))) for call in calls for words in _words(call))


def _around(module: str, node: ast.AST, scope: "Scope") -> Iterator[tuple[ast.AST, "Scope"]]:
    inner = Scope(scope.makers, (node, *scope.functions)) if isinstance(node, Function) else scope
    for child in ast.iter_child_nodes(node):
        yield child, inner
        yield from _around(module, child, inner)


@dataclass(frozen=True)
class Scope:
    """The context of an expression: its file's functions that return Markdown, and the enclosing ones, inmost first."""

    makers: frozenset[str]
    functions: tuple[ast.AST, ...]

    @property
    def name(self) -> str:
        return str(next((name for one in self.functions if (name := getattr(one, "name", ""))), ""))


@cache
def _nodes() -> list[tuple[str, ast.AST, Scope]]:
    """Return every node of the pages with its position and its scope."""
    found = []
    for path in product_files():
        module = path.relative_to(ROOT).as_posix()
        if module.startswith("pages/") or module == "app.py":
            tree = parse(path)
            makers = {one.name for one in nodes(tree) if isinstance(one, ast.FunctionDef) and _says(one.returns)}
            around = _around(module, tree, Scope(frozenset(makers - {WRAPPER}), ()))
            found += [(f"{module}:{scope.name}", node, scope) for node, scope in around]
    return found


def _says(annotation: ast.expr | None) -> bool:
    return annotation is not None and ast.unparse(annotation) == TYPE


def _calls() -> Iterator[tuple[str, ast.Call, Scope]]:
    """Yield every call that passes text to Streamlit."""
    for place, node, scope in _nodes():
        if isinstance(node, ast.Call) and _parameters(node):
            yield place, node, scope


def _parameters(call: ast.Call) -> list[str]:
    """Return the parameter names of the positional arguments of a Streamlit call; none for any other call."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr in PLAIN:
        return []
    owner, name = ast.unparse(call.func.value), call.func.attr
    if owner not in ("st", "st.column_config") and (name in ALSO_OTHERS or not owner.isidentifier()):
        return []
    called = getattr(streamlit.column_config if owner == "st.column_config" else streamlit, name, None)
    if not inspect.isfunction(called) and not inspect.ismethod(called):
        return []
    named = list(inspect.signature(called).parameters)
    return named if name == "write" or (WORDS | {"options"}) & {*named} else []


def _words(call: ast.Call) -> Iterator[ast.expr]:
    """Yield the arguments of a call that Streamlit renders as Markdown."""
    assert isinstance(call.func, ast.Attribute)
    if call.func.attr == "write":
        yield from call.args
        return
    given = dict(zip(_parameters(call), call.args, strict=False)) | {one.arg or "": one.value for one in call.keywords}
    yield from (words for name, words in given.items() if name in WORDS or not name)
    if call.func.attr in CHOICES:
        yield given.get("format_func", given["options"])


def _ours(node: ast.expr | None, scope: Scope) -> bool:
    """Return whether an expression consists of our own texts, numbers and wrapped foreign text."""
    if isinstance(node, ast.Lambda | ast.GeneratorExp | ast.ListComp):
        scope = Scope(scope.makers, (node, *scope.functions))
    if isinstance(node, ast.Name):
        return bool(CONSTANT.fullmatch(node.id)) or node.id == WRAPPER or _named_ours(node.id, scope)
    parts = _parts(node, scope)
    return parts is not None and all(_ours(part, scope) for part in parts)


def _parts(node: ast.expr | None, scope: Scope) -> Sequence[ast.expr | None] | None:
    """Return the parts of an expression; None if it may be anything."""
    match node:
        case None | ast.Constant():
            return []
        case ast.FormattedValue(value=value, format_spec=form):
            return [] if form and NUMBER.fullmatch(ast.unparse(form)[2:-1]) else [value]
        case ast.BinOp(left=left, right=right, op=ast.Add()) | ast.IfExp(body=left, orelse=right):
            return [left, right]
        case ast.Call(func=func, args=args):
            return _given(ast.unparse(func), args, scope)
        case ast.Dict(keys=keys, values=values):
            return [*keys, *values]
        case ast.Lambda(body=value) | ast.GeneratorExp(elt=value) | ast.ListComp(elt=value):
            return [value]
    several = getattr(node, "values", getattr(node, "elts", None))
    return several or ([node.value] if isinstance(node, ast.Attribute | ast.Subscript | ast.Starred) else None)


def _given(called: str, args: list[ast.expr], scope: Scope) -> list[ast.expr] | None:
    if called in {WRAPPER, "len", *scope.makers}:
        return []
    return args if called in KEEPING or re.fullmatch(r"'[^']*'\.join", called) else None


def _named_ours(name: str, scope: Scope) -> bool:
    """Return whether every value of a name is ours: assigned, iterated over, or passed as an argument."""
    for around in scope.functions:
        values = list(set_to(name, around, _says))
        if values:
            return all(value is not None and _ours(value, scope) for value in values)
    return False
