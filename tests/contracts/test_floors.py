"""Imports go one way: every room is on a floor, and imports only from the floors below."""

from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.contracts.imports import all_imports, imported_names
from tests.contracts.source import ROOT, check_files, module_of, product_files

# Bottom up. A room is a folder, or a module directly in a top-level package; rooms on the same floor must not import
# each other. A new folder has to be added here.
FLOORS = (
    ("base",),
    ("store",),
    ("stats.catalogue.layers", "stats.catalogue.layouts", "stats.warehouse"),
    ("stats.catalogue",),
    ("stats.editing.shapes",),
    ("stats.editing.fields",),
    ("stats.catalogue_in_force", "stats.catalogue_changes"),
    ("stats.catalogue_declared",),
    ("stats.editing",),
    ("stats.organisations",),
    ("stats.totals", "stats.search"),
    ("stats.judging",),
    ("stats.readings",),
    ("stats.figures.elements",),
    ("stats.figures",),
    ("stats.attainment", "stats.scoring", "stats.due_days"),
    ("stats.papers", "stats.drawing.elements"),
    ("stats.drawing",),
    ("stats.exports.style",),
    ("stats.exports.charts",),
    ("stats.exports.word", "stats.exports.slides", "stats.exports.workbook", "stats.exports.page"),
    ("stats.exports",),
    ("stats.claims.grammar", "stats.claims.draft_files"),
    ("stats.claims.phrases",),
    ("stats.claims.checks",),
    ("stats.claims.from_data",),
    ("stats.claims",),
    ("stats.claims.answers",),
    ("stats.commands",),
    ("etl.receive", "etl.model"),
    ("etl.privacy", "etl.labels"),
    ("etl.resolve",),
    ("etl.guard",),
    ("etl.read",),
    ("etl.layout",),
    ("etl.sums",),
    ("etl.survey",),
    ("etl.extract",),
    ("etl.recognise",),
    ("etl.own_layouts",),
    ("etl.forms", "etl.known", "etl.redraw"),
    ("etl.check",),
    ("etl.compare",),
    ("etl.journal",),
    ("etl.load",),
    ("etl.matching",),
    ("etl.backup",),
    ("etl.pipeline",),
    ("etl.publishing", "etl.total_decisions"),
    ("etl.intake",),
    ("etl.store_audit", "etl.collection", "etl.replies", "etl.unit_lists"),
    ("etl.layout_proposals", "etl.register_changes"),
    ("etl.form_proposals",),
    ("etl.sample.county",),
    ("etl.sample.form_rows",),
    ("etl.sample.funds",),
    ("etl.sample",),
    ("etl.commands",),
    ("etl.commands.move_in", "etl.commands.upkeep"),
    ("etl.__main__", "stats.__main__"),  # the catalogue is published beside where it is listed
    ("serving",),
    ("access.audit_list",),
    ("access.audit_file",),
    ("access.accounts",),
    ("access.form_permissions",),
    ("access.telling",),
    ("access.acts",),
    ("access.gate",),
    ("access.commands",),
    ("access.__main__",),
    ("pages.view",),
    ("pages.shared",),
    ("pages.returns", "pages.explaining"),
    ("pages.frame",),
    ("pages.parts",),
    ("pages",),
    ("app",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
LARGEST = 15  # modules in a folder; pages/ has one per menu entry
SCREENS = ROOT / "pages"


def test_no_import_goes_up_or_across() -> None:
    wrong = [
        f"{where}: {room_of(module)} imports {name}"
        for module, name, where in all_imports()
        if room_of(name) != room_of(module) and FLOOR[room_of(name)] >= FLOOR[room_of(module)]
    ]
    assert not wrong, "\n".join(wrong)


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Inside a room too, and wherever the import stands: one within a function only hides the circle."""
    graph = {module: imported_names(module) - {module} for module in map(module_of, product_files())}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def test_every_room_has_a_floor() -> None:
    modules = [module_of(path) for path in product_files() if path.stem != "__init__"]
    assert [module for module in modules if room_of(module) not in FLOOR] == []
    found = {room_of(module_of(path)) for path in product_files()}
    assert set(FLOOR) - found == set(), "rooms that are no more"


def test_a_folder_holds_fifteen_modules_at_most() -> None:
    counted = {folder: len(list(folder.glob("*.py"))) for folder in _folders() if folder != SCREENS}
    assert {str(folder.relative_to(ROOT)): n for folder, n in counted.items() if n > LARGEST} == {}


def test_a_folder_of_tests_holds_fifteen_modules_at_most() -> None:
    counted = Counter(path.parent for path in check_files() if path.stem != "__init__")
    assert {str(folder.relative_to(ROOT)): n for folder, n in counted.items() if n > LARGEST} == {}


@pytest.mark.parametrize(
    "screen", sorted(p.name for p in (SCREENS / "parts").iterdir() if (p / "__init__.py").exists())
)
def test_parts_of_a_screen_are_its_own(screen: str) -> None:
    home = f"pages.parts.{screen}"
    wrong = [
        f"{where}: {module} imports {name}"
        for module, name, where in all_imports()
        if _within(name, home) and not (_within(module, home) or module == f"pages.{screen}")
    ]
    assert not wrong, "\n".join(wrong)


def test_what_pages_share_is_used_by_two() -> None:
    alone = [name for name in sorted(_shared()) if len(_screens_using(name)) < 2]
    assert alone == [], "belongs to pages/parts/<screen>"


def room_of(module: str) -> str:
    """Return the room of a module or an imported name: the longest match in FLOORS, otherwise the name itself."""
    parts = module.split(".")
    longer = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in longer if name in FLOOR), module)


def _folders() -> set[Path]:
    return {path.parent for path in product_files()} - {ROOT}


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _shared() -> set[str]:
    return {module_of(path) for path in (SCREENS / "shared").glob("*.py") if path.stem != "__init__"}


def _screens_using(shared: str) -> set[str]:
    """Return the screens that reach a module through their imports; the frame around all pages counts as all."""
    return {screen for screen in _screens() if shared in _reached(screen)}


def _screens() -> Iterator[str]:
    yield from (module_of(path) for path in SCREENS.glob("*.py") if path.stem != "__init__")


def _reached(screen: str) -> set[str]:
    found: set[str] = set()
    waiting = [screen]
    while waiting:
        for name in imported_names(waiting.pop()):
            if name.startswith("pages.") and name not in found:
                found.add(name)
                waiting.append(name)
    return found
