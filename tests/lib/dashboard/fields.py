"""Every field in which somebody may write or drop a file: of the pages, by their source, and of the gate's forms."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.contracts.source import ROOT, nodes, parse, place, product_files

KINDS = {
    "text_input": "stTextInput",
    "text_area": "stTextArea",
    "file_uploader": "stFileUploader",
    "chat_input": "stChatInput",
}
FREE = "accept_new_options"  # a choice in which something else may be written too
TEMPLATES = ROOT / "access" / "gate" / "templates"
_FORM = "form"  # the field of the token, which only the server can write


class Field(NamedTuple):
    """A field of a page: what Streamlit calls its kind in the browser, and what its class there looks like."""

    kind: str
    key: re.Pattern[str]
    where: str

    def fits(self, kind: str, key: str) -> bool:
        """Return whether a field in the browser is this one."""
        return self.kind == kind and bool(self.key.fullmatch(key))


def fields_of_pages() -> list[Field]:
    """Return every field of the pages that takes words or files. Raises AssertionError for one without a key."""
    return [field for path in product_files() for field in _fields_in(path)]


def fields_of_gate() -> set[str]:
    """Return the names of all fields of the gate's own forms but their token."""
    named = (re.findall(r'<input[^>]* name="(\w+)"', path.read_text("utf-8")) for path in TEMPLATES.glob("*.html"))
    return {name for names in named for name in names} - {_FORM}


def _fields_in(path: Path) -> Iterator[Field]:
    for function in nodes(parse(path)):
        if isinstance(function, ast.FunctionDef):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _takes_words(call):
                    for key in _keys(call, function):
                        yield Field(KINDS.get(call.func.attr, call.func.attr), _pattern(key), place(path, call))


def _takes_words(call: ast.Call) -> bool:
    assert isinstance(call.func, ast.Attribute)
    return call.func.attr in KINDS or any(one.arg == FREE for one in call.keywords)


def _keys(call: ast.Call, function: ast.FunctionDef) -> Iterator[ast.expr]:
    """Yield the key of a field; where the function is given it, that of each call of the function."""
    given = [one.value for one in call.keywords if one.arg == "key"]
    assert given, f"a field without a key: {ast.unparse(call)}"
    names = [one.arg for one in function.args.args]
    if isinstance(given[0], ast.Name) and given[0].id in names:
        number = names.index(given[0].id)
        found = [one.args[number] for one in _calls_of(function.name)]
        assert found
        yield from found
    else:
        yield given[0]


def _calls_of(name: str) -> Iterator[ast.Call]:
    found = (node for path in product_files() for node in nodes(parse(path)))
    yield from (node for node in found if isinstance(node, ast.Call) and ast.unparse(node.func) == name)


def _pattern(key: ast.expr) -> re.Pattern[str]:
    """Return what a key looks like in the browser, where each sign that fits no class has become a hyphen."""
    parts = key.values if isinstance(key, ast.JoinedStr) else [key]
    written = (_as_class(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts)
    return re.compile("".join(written))


def _as_class(words: str) -> str:
    return re.escape(re.sub(r"[^a-zA-Z0-9_-]", "-", words))
