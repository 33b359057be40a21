"""What the tests share: the catalogue, and the sample county written and loaded once for all of them."""

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from filelock import FileLock
from hypothesis import settings

from access.accounts import passwords
from stats.catalogue import Catalogue, load_catalogue
from stats.warehouse import Warehouse, open_warehouse
from store import engine
from tests.lib.compiled import create_sharing_engine
from tests.lib.dashboard.chromium import path_of_chromium
from tests.lib.processes import InGroups, count_processes, group_of, turn_of

SHARED_SPREADSHEETS = Path(__file__).resolve().parents[2] / "shared" / "spreadsheets"

# Files, databases and child processes take their time: no deadline a case. `make soak` looks forty times longer.
settings.register_profile("usual", deadline=None, max_examples=25, print_blob=True)
settings.register_profile("soak", settings.get_profile("usual"), max_examples=1000)
settings.load_profile("usual")

_KEPT: set[str] = set()  # the names of what session fixtures wrote


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    """Hash passwords at little cost: hundreds of accounts are made, each for half a second of work.

    What a hash costs in use is held by tests/access/accounts/test_accounts.py.
    """
    cheap = PasswordHasher.from_parameters(CHEAPEST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", cheap)
        patch.setattr(passwords, "_NOBODY", cheap.hash("nobody"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", create_sharing_engine)
        yield


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The project's own catalogue."""
    return load_catalogue()


@pytest.fixture(scope="session")
def county_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample county's spreadsheets. Read only: all tests, in all processes, share it."""
    from etl.sample import write_county

    return _once(tmp_path_factory, "county", lambda folder: write_county(folder))


@pytest.fixture(scope="session")
def store(county_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample county loaded. Read only: a test that loads or withdraws makes its own.

    It is loaded once, and every process of the tests has a copy, for accounts and sessions are written into it.
    """
    from etl.intake import load_paths

    loaded = _once(tmp_path_factory, "loaded", lambda folder: load_paths([county_files], folder))
    return shutil.copytree(loaded, tmp_path_factory.mktemp("copy") / "store")


def _once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that the first of the tests' processes makes and the others wait for."""
    base = factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    done = folder.with_suffix(".done")
    with FileLock(folder.with_suffix(".lock")):
        if not done.is_file():
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def county(store: Path) -> Iterator[Warehouse]:
    """The sample county's warehouse, open for reading."""
    warehouse = open_warehouse(store)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium, for tests in a real browser. `make test` installs it."""
    return path_of_chromium()


@pytest.fixture(scope="session")
def shared_spreadsheets() -> Path:
    """Real spreadsheets from public sources, where they lie beside the project; they are never copied into it."""
    if not SHARED_SPREADSHEETS.is_dir():
        pytest.skip("the public spreadsheets do not lie beside this copy of the project")
    return SHARED_SPREADSHEETS


def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes `-n auto` starts."""
    return count_processes()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InGroups:
    """Deal the tests out to the processes in groups, in the order in which they stand."""
    config.option.loadscopereorder = False
    return InGroups(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of a group beside each other, and the groups that take longest first."""
    places: dict[str, int] = {}
    for item in items:
        places.setdefault(group_of(item.nodeid), len(places))
    items.sort(key=lambda item: (turn_of(item.nodeid), places[group_of(item.nodeid)]))


def pytest_collection_finish() -> None:
    """Spare garbage collection what was imported and collected: it stays to the end, and is a million objects.

    What tests make is looked through for garbage a tenth as often as usual: mostly it is freed without that.
    """
    gc.freeze()
    gc.set_threshold(10 * gc.get_threshold()[0], *gc.get_threshold()[1:])


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, Any, Any]:
    """Remove what the fixture of a module or package wrote when that is done with: a store is some forty megabytes."""
    base = _base(request.config)
    before, made = set(os.listdir(base)), _KEPT if fixturedef.scope == "session" else set[str]()
    if fixturedef.scope in ("module", "package"):
        fixturedef.addfinalizer(lambda: _remove(request.session, base, made - _KEPT))
    result = yield
    made |= set(os.listdir(base)) - before
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Remove what a test wrote beside its own folder, as one that draws its cases does for each of them."""
    base = _base(item.config)
    before = set(os.listdir(base))
    result = yield
    _remove(item.session, base, set(os.listdir(base)) - before - _KEPT)
    return result


def _base(config: pytest.Config) -> Path:
    """Return the folder in which this process makes all temporary ones."""
    base: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    return base


def _remove(session: pytest.Session, base: Path, names: Iterable[str]) -> None:
    """Remove folders, unless a test has failed: then somebody will look into them."""
    for name in [] if session.testsfailed else names:
        shutil.rmtree(base / name, ignore_errors=True)


def pytest_unconfigure() -> None:
    """Let go of what failed tests and caches still hold, so that the database library ends without a word.

    pytest then looks through what is left five times more; it has nothing to look at.
    """
    gc.collect()
    gc.freeze()
