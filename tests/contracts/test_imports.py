"""Libraries and connections stay where they belong: see test_floors.py for the order of our own packages."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

from tests.contracts.imports import OURS, every_import
from tests.contracts.source import ROOT, module_of, parse, place, product_files

# Who may import or call what few should.
ONLY_IN = {
    "streamlit": ("app", "pages", "access", "serving"),
    "python_calamine": ("etl.read",),
    "sqlalchemy": ("store", "access", "etl.journal", "stats.papers.cited_figures"),
}
MAY_CONNECT = {"stats.warehouse", "etl.load"}
INSIDE_STREAMLIT = "serving.streamlit_internals"


def test_libraries_stay_where_they_belong() -> None:
    wrong = [
        f"{where}: {module} imports {name}"
        for module, name, where in every_import()
        if name.split(".")[0] in ONLY_IN and not _within(module, ONLY_IN[name.split(".")[0]])
    ]
    assert not wrong, "\n".join(wrong)


def test_the_inside_of_streamlit_is_used_through_one_module() -> None:
    wrong = [
        f"{where}: {module} imports {name}"
        for module, name, where in every_import()
        if name.startswith("streamlit.") and module != INSIDE_STREAMLIT
    ]
    assert not wrong, "\n".join(wrong)


def test_every_library_is_pinned() -> None:
    pinned = {_plain(line) for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()}
    owners = packages_distributions()
    foreign = {name.split(".")[0] for _, name, _ in every_import()} - {*OURS, *sys.stdlib_module_names}
    assert sorted(name for name in foreign if not {_plain(owner) for owner in owners.get(name, [])} & pinned) == []


def test_the_journal_has_one_schema_and_one_engine() -> None:
    wrong = [
        place(path, node)
        for path in product_files()
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and _called(node) in {"MetaData", "create_engine"} and path.parts[-2] != "store"
    ]
    assert not wrong, "\n".join(wrong)


def test_only_two_modules_connect_to_duckdb() -> None:
    wrong = [
        place(path, node)
        for path in product_files()
        for node in ast.walk(parse(path))
        if _connects(node) and module_of(path) not in MAY_CONNECT
    ]
    assert not wrong, "\n".join(wrong)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _plain(requirement: str) -> str:
    """Return a distribution's name as the registry compares it, without version and extras."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[=; ]", requirement)[0]).lower()


def _within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def _connects(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "duckdb" and any(alias.name == "connect" for alias in node.names)
    return isinstance(node, ast.Attribute) and node.attr == "connect" and ast.unparse(node.value) == "duckdb"
