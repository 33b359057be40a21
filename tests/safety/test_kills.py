"""Killed at any step: nothing that was received is lost, nothing stands half-written, and the audit's chain is whole.

Each kind of work is done once whole, its steps are noted; then it is done anew again and again, each time on a fresh
copy, and killed at a step drawn by seed, or a moment after it, when a database is at work. Three seeds a kind run with
every test run, fifty more with `make soak`.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.backup import back_up
from etl.backup.manifest import backups_in
from etl.backup.restore import restore
from etl.backup.verify import verify_backup
from etl.intake import load_paths
from etl.journal import Journal
from etl.pipeline.upgrade import upgrade
from stats.warehouse import build_version
from store.audit import verify
from store.builds import STORE_VERSION, current_build
from tests.lib.contents import contents
from tests.lib.county import town_one, town_two, write_register, write_roster
from tests.lib.few import few_at_first
from tests.lib.killed import Step, kill_at, steps_of
from tests.safety.test_serving import age

QUICK, LONG = 3, 50
SEEDS = few_at_first(range(QUICK + LONG), range(QUICK))
LATEST = 0.04  # seconds after a step


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    for quarter in ("2008年一季度", "2008年二季度"):
        write_roster(folder, "甲镇", quarter, town_one())
        write_roster(folder, "乙乡", quarter, town_two())
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the register alone. Read only."""
    store = tmp_path_factory.mktemp("base") / "store"
    load_paths([write_register(tmp_path_factory.mktemp("register"))], store)
    return store


@pytest.fixture(scope="module")
def full(base: Path, files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store with all files. Read only."""
    store = shutil.copytree(base, tmp_path_factory.mktemp("full") / "store")
    load_paths([files], store)
    return store


@pytest.fixture(scope="module")
def taking_in(base: Path, files: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Step]:
    """The steps of a load."""
    store = shutil.copytree(base, tmp_path_factory.mktemp("steps") / "store")
    return steps_of(load_paths, [files], store)


def upload(steps: list[Step]) -> range:
    """Return the steps in which files are kept and their receipt noted."""
    return range(0, _last(steps, "/inbox/part-") + 4)


def load(steps: list[Step]) -> range:
    """Return the steps in which files are judged and written to the working copy."""
    return range(_last(steps, "/inbox/part-") + 1, _first(steps, "CURRENT.part"))


def publish(steps: list[Step]) -> range:
    """Return the steps around the moving of CURRENT, up to the end."""
    return range(_first(steps, "CURRENT.part") - 4, len(steps))


PHASES = {"upload": upload, "load": load, "publish": publish}


def _first(steps: list[Step], part: str) -> int:
    return next(number for number, (_, path) in enumerate(steps) if part in path)


def _last(steps: list[Step], part: str) -> int:
    return max(number for number, (_, path) in enumerate(steps) if part in path)


def kill(seed: int, steps: range, work: Callable[..., Any], *arguments: Any) -> None:
    rng = random.Random(seed)
    kill_at(rng.choice(steps), rng.choice([0.0, rng.uniform(0, LATEST)]), work, *arguments)


def expect_nothing_lost(store: Path) -> None:
    """Everything the journal tells of lies in the inbox as it was received, and the chain is whole."""
    entries = Journal(store).entries()
    assert all((store / entry.file).is_file() for entry in entries)
    assert verify(store).broken is None


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("phase", PHASES)
def test_a_killed_load(
    phase: str, seed: int, files: Path, base: Path, full: Path, taking_in: list[Step], tmp_path: Path
) -> None:
    store = shutil.copytree(base, tmp_path / "store")
    kill(seed, PHASES[phase](taking_in), load_paths, [files], store)
    assert contents(store) in (contents(base), contents(full)), "the old build or the new one, never half of it"
    expect_nothing_lost(store)
    load_paths([files], store)
    assert contents(store) == contents(full)
    expect_nothing_lost(store)
    assert all(entry.what == "accepted" and entry.intent is None for entry in Journal(store).entries())
    assert not [*store.glob("warehouse/work-*"), *store.glob("inbox/part-*")]


@pytest.fixture(scope="module")
def backing_up(base: Path, full: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Step]:
    folder = tmp_path_factory.mktemp("steps")
    back_up(base, folder / "backups")
    return steps_of(back_up, shutil.copytree(full, folder / "store"), folder / "backups", 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_killed_backup(seed: int, base: Path, full: Path, backing_up: list[Step], tmp_path: Path) -> None:
    folder, store = tmp_path / "backups", shutil.copytree(full, tmp_path / "store")
    back_up(shutil.copytree(base, tmp_path / "before"), folder)
    kill(seed, range(len(backing_up)), back_up, store, folder, 1)
    assert backups_in(folder) and all(verify_backup(path) == [] for path in backups_in(folder))
    restore(folder, tmp_path / "new")
    assert contents(tmp_path / "new") in (contents(base), contents(full))
    expect_nothing_lost(store)
    assert contents(store) == contents(full)
    back_up(store, folder, keep=1)
    assert [verify_backup(path) for path in backups_in(folder)] == [[]]
    assert not [*folder.rglob("part-*")]


@pytest.fixture(scope="module")
def backups(full: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a backup of the full store. Read only."""
    folder = tmp_path_factory.mktemp("kept")
    back_up(shutil.copytree(full, folder / "store"), folder / "backups")
    return folder / "backups"


@pytest.fixture(scope="module")
def restoring(backups: Path, base: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Step]:
    store = shutil.copytree(base, tmp_path_factory.mktemp("steps") / "store")
    return steps_of(restore, backups, store, "", True)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_killed_restore(
    seed: int, backups: Path, base: Path, full: Path, files: Path, restoring: list[Step], tmp_path: Path
) -> None:
    store = shutil.copytree(base, tmp_path / "store")
    kill(seed, range(len(restoring)), restore, backups, store, "", True)
    load_paths([base / entry.file for entry in Journal(base).entries()], store)  # whoever opens it next settles it
    assert contents(store) in (contents(base), contents(full)), "the old store or the new one"
    expect_nothing_lost(store)
    kept = [store, *store.glob("aside-*")]
    assert any(contents(folder) == contents(base) for folder in kept), "the old one is where it was, or aside"
    restore(backups, store, aside=True)
    assert contents(store) == contents(full)
    expect_nothing_lost(store)
    assert not [*store.glob("part-*"), *store.glob("restoring")]


@pytest.fixture(scope="module")
def older(full: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The full store as an earlier version would have left it. Read only."""
    store = shutil.copytree(full, tmp_path_factory.mktemp("older") / "store")
    age(store, STORE_VERSION - 1)
    yield store


@pytest.fixture(scope="module")
def upgrading(older: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Step]:
    return steps_of(upgrade, shutil.copytree(older, tmp_path_factory.mktemp("steps") / "store"))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_killed_upgrade(seed: int, older: Path, full: Path, upgrading: list[Step], tmp_path: Path) -> None:
    store = shutil.copytree(older, tmp_path / "store")
    old = current_build(store)
    kill(seed, range(len(upgrading)), upgrade, store)
    current = current_build(store)
    assert current and build_version(current) in (STORE_VERSION - 1, STORE_VERSION)
    expect_nothing_lost(store)
    upgrade(store)
    assert contents(store) == contents(full)
    expect_nothing_lost(store)
    assert old and old.is_file(), "the old build is kept"
