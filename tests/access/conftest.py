"""A small county of two townships behind the gate, and people of every role who may sign in."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from access.accounts.roles import Role
from base.settings import Settings
from etl.intake import load_paths
from tests.access.office import Browse, make_people, open_office
from tests.lib.county import town_one, town_two, write_register, write_roster
from tests.lib.people import account_for
from tests.lib.server import serve

QUARTER = "2008年一季度"


def make_county(folder: Path) -> Path:
    """Return a store in which both townships have reported, with an account of every role: two clerks, T01 and T02."""
    files = [
        write_register(folder),
        write_roster(folder, "甲镇", QUARTER, town_one()),
        write_roster(folder, "乙乡", QUARTER, town_two()),
    ]
    for file in files:
        load_paths([file], folder / "store")
    for role in (Role.ADMIN, Role.STAFF, Role.LEADER):
        account_for(folder / "store", role)
    for area in ("T01", "T02"):
        account_for(folder / "store", Role.CLERK, area)
    return folder / "store"


@pytest.fixture(scope="package")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store the others are copies of; nothing is ever done to it."""
    return make_county(tmp_path_factory.mktemp("county"))


@pytest.fixture
def county_store(template: Path, tmp_path: Path) -> Path:
    """A store of one's own: what happens to it harms no other test."""
    return shutil.copytree(template, tmp_path / "store")


@pytest.fixture(scope="package")
def shared_store(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store several tests look at: nobody is stopped in it and nothing withdrawn."""
    return shutil.copytree(template, tmp_path_factory.mktemp("gate") / "store")


@pytest.fixture(scope="package")
def address(shared_store: Path) -> Iterator[str]:
    """The address of the dashboard on that store."""
    with serve(shared_store) as found:
        yield found


@pytest.fixture(scope="package")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two accounts whose passwords are known and changed; copied for each test."""
    return make_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def store(people: Path, tmp_path: Path) -> Path:
    return shutil.copytree(people, tmp_path / "store")


@pytest.fixture
def browse(store: Path) -> Browse:
    """Return a function that gives a browser at an address; all of them come to one server."""
    servers: dict[Settings, Starlette] = {}

    def open_browser(address: str = "10.0.0.1", settings: Settings | None = None) -> TestClient:
        wanted = settings or Settings()
        server = servers.setdefault(wanted, open_office(store, wanted))
        scheme = "https" if wanted.only_encrypted else "http"
        return TestClient(server, f"{scheme}://office.test", client=(address, 50000), follow_redirects=False)

    return open_browser
