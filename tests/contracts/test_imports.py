"""Libraries and connections stay where they belong: see test_floors.py for the order of our own packages."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.contracts.imports import OURS, every_import
from tests.contracts.source import ROOT, module_of, nodes, parse, place, product_files

# Who may import or call what few should.
ONLY_IN = {
    "streamlit": ("app", "pages", "access", "serving"),
    "python_calamine": ("etl.read",),
    "sqlalchemy": ("store", "access", "etl.journal", "stats.papers.cited_figures"),
}
MAY_CONNECT = {"stats.warehouse", "etl.load.working_copy"}
# Besides the engine: the check of a backup's copy, and the audit of a store, which must not alter what it looks at.
MAY_OPEN_SQLITE = {"store.engine", "etl.backup.verify", "etl.store_audit"}
INSIDE_STREAMLIT = "serving.streamlit_internals"
# What `st.` reaches without an import of its own; names with an underscore are internal as well.
INTERNALS = {"config", "elements", "logger", "proto", "runtime", "testing", "web"}


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
    reached = [
        place(path, node)
        for path in product_files()
        if module_of(path) != INSIDE_STREAMLIT
        for node in nodes(parse(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"st", "streamlit"}
        if node.attr in INTERNALS or re.match(r"_(?!_)", node.attr)
    ]
    assert not wrong + reached, "\n".join(wrong + reached)


def test_every_library_is_pinned() -> None:
    pinned = {_plain(line) for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()}
    owners = packages_distributions()
    foreign = {name.split(".")[0] for _, name, _ in every_import()} - {*OURS, *sys.stdlib_module_names}
    assert sorted(name for name in foreign if not {_plain(owner) for owner in owners.get(name, [])} & pinned) == []


def test_the_journal_has_one_schema_and_one_engine() -> None:
    wrong = [
        place(path, node)
        for path in product_files()
        for node in nodes(parse(path))
        if path.parts[-2] != "store" and _names(node) & {"MetaData", "create_engine"}
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("library", "allowed"), [("duckdb", MAY_CONNECT), ("sqlite3", MAY_OPEN_SQLITE)])
def test_only_few_modules_connect_to_a_database(library: str, allowed: set[str]) -> None:
    wrong = [
        place(path, node)
        for path in product_files()
        for node in nodes(parse(path))
        if _connects(node, library) and module_of(path) not in allowed
    ]
    assert not wrong, "\n".join(wrong)


def _names(node: ast.AST) -> set[str]:
    """Return what a node names: the names it imports, or the attribute it takes."""
    imported = node.names if isinstance(node, ast.Import | ast.ImportFrom) else []
    return {alias.name for alias in imported} | ({node.attr} if isinstance(node, ast.Attribute) else set())


def _plain(requirement: str) -> str:
    """Return a distribution's name as the registry compares it, without version and extras."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[=; ]", requirement)[0]).lower()


def _within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def _connects(node: ast.AST, library: str) -> bool:
    """Return whether a node takes `connect` of a library, or hides the library behind another name."""
    if isinstance(node, ast.Import):
        return any(alias.name == library and alias.asname for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return node.module == library and any(alias.name == "connect" for alias in node.names)
    return isinstance(node, ast.Attribute) and node.attr == "connect" and ast.unparse(node.value) == library
