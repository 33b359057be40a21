"""A page as AppTest runs it: the frame, the filters and the page itself, on a store of one's choice."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.accounts.roles import Role
from etl.journal import read_entries
from tests.contracts.source import ROOT
from tests.lib.people import session_for

OpenPage = Callable[..., AppTest]


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Return a function that opens a page on a store as somebody of a role, at an address with these parameters."""

    def start(store: Path, page: str = "", role: Role = Role.ADMIN, area: str = "", **address: str) -> AppTest:
        monkeypatch.setenv("MINGSHU_STORE", str(store))
        app = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=60)
        app.user["session"] = session_for(store, role, area)
        for key, value in address.items():
            app.query_params[key] = value
        app.run()
        return app.switch_page(page).run() if page else app

    return start


@pytest.fixture(autouse=True)
def _close_afterwards() -> Iterator[None]:
    yield
    from pages.view.cached import close_warehouses  # its caches want a running page when they are imported

    close_warehouses()


def words(app: AppTest) -> str:
    """Return everything the page says through HTML, captions and messages."""
    parts = [found.proto.body for found in app.get("html")]
    return "\n".join(
        [*parts, *(found.value for kind in (app.caption, app.warning, app.info, app.error) for found in kind)]
    )


def holds_accounts_alone(store: Path) -> bool:
    """Return whether nothing lies in a store but who may come in."""
    return [path.name for path in store.iterdir()] == ["journal.sqlite"] and read_entries(store) == []
