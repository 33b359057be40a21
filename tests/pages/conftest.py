"""A page as AppTest runs it: the frame, the filters and the page itself, on a store of one's choice."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from access.accounts.roles import Role
from etl.intake import load_paths
from etl.journal import read_entries
from tests.contracts.source import ROOT
from tests.lib.county import town_one, town_two, write_register, write_roster
from tests.lib.people import session_for

OpenPage = Callable[..., AppTest]
PRESSED = re.compile(r'<button type="button" class="why"[^>]*>(.*?)</button>')
_REGISTERED: dict[Role, dict[str, Any]] = {}  # the pages of each role's menu, as the first page of a role names them


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Return a function that opens a page on a store as somebody of a role, at an address with these parameters.

    A page is named by its file or, if it is a board, by the board's code.
    """

    def start(store: Path, page: str = "", role: Role = Role.ADMIN, area: str = "", **address: str) -> AppTest:
        monkeypatch.setenv("MINGSHU_STORE", str(store))
        app = new_app()
        app.user["session"] = session_for(store, role, area)
        for key, value in address.items():
            app.query_params[key] = value
        return turn(app, page, role).run() if page else app.run()

    return start


def new_app() -> AppTest:
    """Return the dashboard, not run yet. As in a server, all sessions share what was found out about components."""
    app = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=60)
    app._bidi_component_manager = _components()
    return app


@cache
def _components() -> BidiComponentManager:
    found = BidiComponentManager()
    found.discover_and_register_components(start_file_watching=False)
    return found


def turn(app: AppTest, page: str, role: Role) -> AppTest:
    """Turn to a page before anything is drawn, as a page's own address does."""
    if not page.endswith(".py"):
        app._page_hash = calc_hash(page)
        return app
    if role not in _REGISTERED:
        other = new_app()
        other.user["session"] = app.user["session"]
        _REGISTERED[role] = other.run()._registered_pages
    app._registered_pages = _REGISTERED[role]
    return app.switch_page(page)


@pytest.fixture(scope="session")
def loaded_towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which both townships have reported the first quarter. Read only: `towns` is a copy."""
    folder, quarter = tmp_path_factory.mktemp("towns"), "2008年一季度"
    files = [
        write_register(folder),
        write_roster(folder, "甲镇", quarter, town_one()),
        write_roster(folder, "乙乡", quarter, town_two()),
    ]
    load_paths(files, folder / "store")
    return folder / "store"


@pytest.fixture
def towns(loaded_towns: Path, tmp_path: Path) -> Path:
    """A store of one's own in which both townships have reported the first quarter."""
    return copytree(loaded_towns, tmp_path / "store")


@pytest.fixture(autouse=True)
def _close_own_stores(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what a test may have made itself; what others of its module look at too keeps what was read of it."""
    yield
    if "tmp_path" in request.fixturenames:
        _close_warehouses()


@pytest.fixture(scope="module", autouse=True)
def _close_stores() -> Iterator[None]:
    yield
    _close_warehouses()


def _close_warehouses() -> None:
    from pages.view.cached import close_warehouses  # its caches want a running page when they are imported

    close_warehouses()


def words(app: AppTest) -> str:
    """Return everything the page says through HTML, captions and messages."""
    parts = [found.proto.body for found in app.get("html")]
    return "\n".join(
        [*parts, *(found.value for kind in (app.caption, app.warning, app.info, app.error) for found in kind)]
    )


def as_read(page: str) -> str:
    """Return a page's HTML with each number that can be pressed as the number alone."""
    return PRESSED.sub(r"\1", page)


def holds_accounts_alone(store: Path) -> bool:
    """Return whether nothing lies in a store but who may come in."""
    return [path.name for path in store.iterdir()] == ["journal.sqlite"] and read_entries(store) == []
