"""Whatever stands in an address, the page is drawn; what of it is no choice is passed over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from access.accounts.roles import Role
from stats.catalogue import Catalogue
from tests.contracts.source import ROOT, parse, product_files
from tests.lib.people import session_for
from tests.pages.conftest import new_app, turn, words

_BAR = ("unit", "span", "from", "to", "against", "kind")
# The pages that take something of their own from the address, besides what the filter bar takes.
TAKEN = {
    "overview.py": (), "targets.py": ("gap",), "papers.py": ("part", "outline", "ref"), "indicator.py": ("figure",),
    "show.py": ("step",), "scoring.py": ("scheme", "scored"), "submissions.py": ("quarter", "area"),
    "templates.py": ("blank", "form"), "help.py": ("help-for",),
}  # fmt: skip
PARAMETERS = (*_BAR, *(one for own in TAKEN.values() for one in own))
OF_GATE = ("next", "why", "visit")  # what the gate's own pages take
ODD = ("²", "９" * 5, "9" * 5000, "nan", "-1e999", "Q", "2008Q9", "2008Q4..2008Q1", "", "\x00{}")
_APART = 3  # a page meets every third of them in `make test`


@pytest.mark.parametrize("page", TAKEN)
def test_s10_whatever_the_address_says_the_page_is_drawn(
    page: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page meets some of the odd values, and each of them some pages; in the soak all meet."""
    monkeypatch.setenv("MINGSHU_STORE", str(store))
    for odd in ODD[[*TAKEN].index(page) % _APART :: _APART]:
        _see(store, page, dict.fromkeys((*_BAR, *TAKEN[page]), odd))


@pytest.mark.soak
@pytest.mark.parametrize("page", TAKEN)
def test_s10_each_page_is_drawn_whatever_odd_value_its_address_has(
    page: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGSHU_STORE", str(store))
    for odd in ODD:
        _see(store, page, dict.fromkeys((*_BAR, *TAKEN[page]), odd))


def test_s10_a_span_begun_and_not_ended_is_drawn(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGSHU_STORE", str(store))
    _see(store, "overview.py", {"span": "自选起止", "from": "²", "to": "2008Q0"})


def _see(store: Path, page: str, address: dict[str, str]) -> None:
    """See that a page is drawn at an address with these parameters."""
    app = new_app()
    app.user["session"] = session_for(store)
    for key, value in address.items():
        app.query_params[key] = value
    turn(app, page, Role.ADMIN).run()
    assert not app.exception and not app.error and '<h1 class="finding">' in words(app), address


def test_every_parameter_is_asked_about() -> None:
    found = {name for path in product_files() for name in _taken_by(path)}
    assert {"figure", "step", "next", "ref"} <= found <= {*PARAMETERS, *OF_GATE}


def _taken_by(path: Path) -> Iterator[str]:
    """Yield every name in addresses that a file asks for or binds a field to, where it is written out."""
    module = parse(path)
    words = {
        ast.unparse(one.targets[0]): one.value.value
        for one in module.body
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
    }
    for node in ast.walk(module):
        for name in _names_in(node):
            word = name.value if isinstance(name, ast.Constant) else words.get(ast.unparse(name))
            if isinstance(word, str):
                yield word


def _names_in(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what a call or a subscript takes out of the address."""
    if isinstance(node, ast.Subscript) and _of_address(node.value):
        yield node.slice
    if isinstance(node, ast.Call):
        given = {one.arg: one.value for one in node.keywords}
        if "bind" in given:
            yield given["key"]
        if isinstance(node.func, ast.Attribute) and node.func.attr == "get" and _of_address(node.func.value):
            yield node.args[0]


def _of_address(node: ast.expr) -> bool:
    """Return whether something is what an address says."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name.endswith("query_params")


def test_no_board_has_the_address_of_a_page(catalogue: Catalogue) -> None:
    """Two pages of one address stop the program on every page."""
    frame = (ROOT / "pages" / "frame" / "page_frame.py").read_text(encoding="utf-8")
    taken = {path.stem for path in (ROOT / "pages").glob("*.py")} | set(re.findall(r'url_path="([^"]+)"', frame))
    assert taken >= {"audit", "goals", "help"}
    assert taken.isdisjoint(catalogue.boards)
