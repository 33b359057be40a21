"""Imports go one way: app → pages → stats and etl; etl → catalogue, warehouse; within stats from drawing to errors."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.contracts.source import ROOT, module_of, parse, place, product_files

# A module of stats may import its own layer and those before it. A new module finds its place here first.
STATS_LAYERS = (
    {"errors", "words", "containers"},
    {"settings"},
    {"periods"},
    {"catalogue_rules", "catalogue_codes"},
    {"catalogue_models"},
    {"catalogue_boards", "placeholder_syntax", "catalogue_scoring"},
    {"board_checks", "catalogue_outlines", "scheme_checks"},
    {"catalogue_files"},
    {"catalogue"},
    {"warehouse", "formats", "storage"},
    {"targets", "traces", "organisations", "dossier"},
    {"totals"},
    {"parts"},
    {"looks"},
    {"series", "pace", "unreported"},
    {"verdicts"},
    {"judging"},
    {"readings"},
    {"standings", "scheme_rules"},
    {"attainment", "score_lines"},
    {"scoring"},
    {"sentences", "tables"},
    {"movements", "coverage_words"},
    {"figure"},
    {"figures", "score_words"},
    {"closing", "attainment_words", "breakdown"},
    {"closing_list", "aim_course", "target_cells"},
    {"references"},
    {"brief", "mentioned_cells"},
    {"drawn_numbers", "register"},
    {"mentions"},
    {"retyped"},
    {"citing"},
    {"wordings", "paper_lists"},
    {"placeholders", "clauses"},
    {"composing"},
    {"drawing"},
    {"exports"},
    {"commands"},
    {"__main__"},
)
# What each package may import of ours, by module prefix.
DECLARATIONS = ("stats.errors", "stats.words", "stats.containers", "stats.periods", "stats.catalogue_rules",
                "stats.catalogue_models", "stats.catalogue", "stats.catalogue_scoring")  # fmt: skip
ALLOWED = {
    "store": ("store", "stats.errors", "stats.storage"),
    "stats": ("stats", "store"),
    "etl": (
        "etl",
        *DECLARATIONS,
        "stats.settings",
        "stats.warehouse",
        "stats.storage",
        "stats.exports",
        "stats.register",
        "store",
    ),
    "access": (
        "access",
        "stats.errors",
        "stats.organisations",
        "stats.settings",
        "stats.warehouse",
        "stats.storage",
        "stats.exports",
        "etl.intake",
        "etl.journal",
        "store",
        "etl.examine",
        "etl.findings",
        "etl.nouns",
        "stats.catalogue_models",
        "etl.collecting",
        "etl.freezing",
        "etl.frozen",
        "etl.objections",
    ),
    "serving": ("serving", "stats.errors", "stats.settings", "stats.warehouse", "store.engine"),
    "pages": ("pages", "stats", "etl", "access", "serving", "store"),
    "app": ("pages", "stats", "etl", "access", "serving"),
}
OURS = tuple(ALLOWED)
# Who may import, or call, what only few should.
ONLY_IN = {
    "streamlit": ("app", "pages", "access", "serving"),
    "python_calamine": ("etl.read",),
    "sqlalchemy": ("store", "access", "etl", "stats.register", "stats.storage"),
}
MAY_CONNECT = {"stats.warehouse", "etl.load"}


def test_each_package_imports_only_what_it_may() -> None:
    wrong = [
        f"{where}: {module} imports {name}"
        for module, name, where in _all_imports()
        if name.split(".")[0] in OURS and not _within(name, ALLOWED[module.split(".")[0]])
    ]
    assert not wrong, "\n".join(wrong)


def test_no_arrow_in_stats_goes_back() -> None:
    wrong = [
        f"{where}: {module} imports {name}"
        for module, name, where in _all_imports()
        if module.startswith("stats.") and name.startswith("stats.") and _layer(name) > _layer(module)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_stats_module_has_a_layer() -> None:
    known = set().union(*STATS_LAYERS)
    found = {path.relative_to(ROOT / "stats").parts[0].removesuffix(".py") for path in (ROOT / "stats").rglob("*.py")}
    assert found - known - {"__init__"} == set(), "give these a layer in STATS_LAYERS"


def test_libraries_stay_where_they_belong() -> None:
    wrong = [
        f"{where}: {module} imports {name}"
        for module, name, where in _all_imports()
        if name.split(".")[0] in ONLY_IN and not _within(module, ONLY_IN[name.split(".")[0]])
    ]
    assert not wrong, "\n".join(wrong)


def test_every_library_is_pinned() -> None:
    pinned = {_plain(line) for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()}
    owners = packages_distributions()
    foreign = {name.split(".")[0] for _, name, _ in _all_imports()} - {*OURS, *sys.stdlib_module_names}
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


def _all_imports() -> Iterator[tuple[str, str, str]]:
    """Yield module, imported name and place of every import in the product."""
    for path in product_files():
        for node in ast.walk(parse(path)):
            for name in _imported(node, path):
                yield module_of(path), name, place(path, node)


def _imported(node: ast.AST, path: Path) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        base = _from_base(node, path)
        return [f"{base}.{alias.name}" if base in OURS else base for alias in node.names]
    return []


def _from_base(node: ast.ImportFrom, path: Path) -> str:
    if not node.level:
        return node.module or ""
    parents = path.relative_to(ROOT).parts[: -node.level]
    return ".".join([*parents, *(node.module or "").split(".")]).rstrip(".")


def _plain(requirement: str) -> str:
    """Return a distribution's name as the registry compares it, without version and extras."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[=; ]", requirement)[0]).lower()


def _within(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def _layer(name: str) -> int:
    module = name.split(".")[1]
    return next((height for height, layer in enumerate(STATS_LAYERS) if module in layer), -1)


def _connects(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.module == "duckdb" and any(alias.name == "connect" for alias in node.names)
    return isinstance(node, ast.Attribute) and node.attr == "connect" and ast.unparse(node.value) == "duckdb"
