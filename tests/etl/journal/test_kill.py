"""Killed at any point of a load, the last build stays readable and nothing that was received is lost."""

import random
import shutil
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from etl.intake import load_paths, withdraw
from etl.journal import Journal
from tests.lib.contents import contents
from tests.lib.county import town_one, town_two, union_row, write_register, write_roster
from tests.lib.few import few_at_first
from tests.lib.killed import begin

KILLS, KILLS_OF_A_WITHDRAWAL = 20, 8
FEW, FEW_OF_A_WITHDRAWAL = range(4), (0, 3, 6)  # with every test run; the others with `make soak`
QUARTERS = [f"{year}年{quarter}季度" for year in (2008, 2009, 2010) for quarter in "一二三四"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    for quarter in QUARTERS:
        write_roster(folder, "甲镇", quarter, [*town_one()])
        write_roster(folder, "乙乡", quarter, town_two())
    write_roster(folder, "甲镇", QUARTERS[0], [union_row("丁厂工会", 1, 2)], name="要退回.xlsx")
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("base")
    load_paths([write_register(tmp_path_factory.mktemp("register"))], store)
    return store


def wait_for_first_file(store: Path, process: BaseProcess) -> None:
    while process.is_alive() and len(list((store / "inbox").iterdir())) < 2:
        time.sleep(0.002)


@pytest.fixture(scope="module")
def seconds(files: Path, base: Path, tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long an undisturbed load runs after the first file has been received."""
    store = tmp_path_factory.mktemp("timed") / "store"
    shutil.copytree(base, store)
    process = begin(load_paths, [files], store)
    wait_for_first_file(store, process)
    begun = time.monotonic()
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - begun


@pytest.fixture(scope="module")
def expected(files: Path, base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    store = tmp_path_factory.mktemp("expected") / "store"
    shutil.copytree(base, store)
    load_paths([files], store)
    yield contents(store)


@pytest.mark.parametrize("kill", few_at_first(range(KILLS), FEW))
def test_a_killed_load_loses_nothing(
    kill: int, files: Path, base: Path, seconds: float, expected: object, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(base, store)
    process = begin(load_paths, [files], store)
    wait_for_first_file(store, process)
    time.sleep(random.Random(kill).uniform(0, seconds))
    process.kill()
    process.join()
    assert contents(store) in (contents(base), expected), "the old build or the new one, never half of it"
    received = {entry.sha for entry in Journal(store).entries()}
    kept = {path.stem for path in (store / "inbox").iterdir() if not path.name.startswith("part-")}
    assert received <= kept, "what the journal says was received lies in the inbox"
    load_paths([files], store)
    assert contents(store) == expected
    assert not list((store / "warehouse").glob("work-*"))
    assert all(entry.what for entry in Journal(store).entries() if entry.sha in received)


WITHDRAWN = "甲镇2010年四季度.xlsx"


@pytest.fixture(scope="module")
def full(files: Path, base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A store with all files, and the number of the one to withdraw."""
    store = shutil.copytree(base, tmp_path_factory.mktemp("full") / "store")
    load_paths([files], store)
    return store, next(entry.seq for entry in Journal(store).entries() if entry.name == WITHDRAWN)


def start_withdrawal(store: Path, seq: int) -> BaseProcess:
    """Start a withdrawal in a process of its own; return once its working copy is there."""
    process = begin(withdraw, store, seq, "报错了", "")
    while process.is_alive() and not list((store / "warehouse").glob("work-*")):
        time.sleep(0.001)
    return process


@pytest.fixture(scope="module")
def withdrawal(
    full: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, list[object]], float]:
    """What an undisturbed withdrawal leaves, and the seconds it runs after its working copy is there."""
    store = shutil.copytree(full[0], tmp_path_factory.mktemp("withdrawn") / "store")
    process = start_withdrawal(store, full[1])
    begun = time.monotonic()
    process.join()
    assert process.exitcode == 0
    return contents(store), time.monotonic() - begun


@pytest.mark.parametrize("kill", few_at_first(range(KILLS_OF_A_WITHDRAWAL), FEW_OF_A_WITHDRAWAL))
def test_a_killed_withdrawal_is_done_or_not(
    kill: int, full: tuple[Path, int], withdrawal: tuple[object, float], files: Path, tmp_path: Path
) -> None:
    after, seconds = withdrawal
    before = contents(full[0])
    store = shutil.copytree(full[0], tmp_path / "store")
    process = start_withdrawal(store, full[1])
    time.sleep(seconds * kill / KILLS_OF_A_WITHDRAWAL)
    process.kill()
    process.join()
    left = contents(store)
    assert left in (before, after), "the old build or the new one, never half of it"
    load_paths([files / f"乙乡{QUARTERS[0]}.xlsx"], store)
    entry = Journal(store).entries()[full[1] - 1]
    assert (entry.what, entry.intent) == ("withdrawn" if left == after else "accepted", None)
    assert contents(store) == left
    if left == before:
        withdraw(store, full[1], "报错了", "")
    assert contents(store) == after
