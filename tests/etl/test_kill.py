"""Killed at any point of a load, the last build stays readable and nothing that was received is lost."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.intake import load_paths
from etl.journal import Journal
from tests.lib.contents import contents
from tests.lib.county import town_one, town_two, union_row, write_register, write_roster

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20
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


def start(files: Path, store: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "etl", "load", str(files), "--store", str(store)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for_first_file(store: Path, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None and len(list((store / "inbox").iterdir())) < 2:
        time.sleep(0.002)


@pytest.fixture(scope="module")
def seconds(files: Path, base: Path, tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long an undisturbed load runs after the first file has been received."""
    store = tmp_path_factory.mktemp("timed") / "store"
    shutil.copytree(base, store)
    process = start(files, store)
    wait_for_first_file(store, process)
    begun = time.monotonic()
    assert process.wait() == 1, "one file is sent back"
    return time.monotonic() - begun


@pytest.fixture(scope="module")
def expected(files: Path, base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    store = tmp_path_factory.mktemp("expected") / "store"
    shutil.copytree(base, store)
    load_paths([files], store)
    yield contents(store)


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_killed_load_loses_nothing(
    kill: int, files: Path, base: Path, seconds: float, expected: object, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(base, store)
    process = start(files, store)
    wait_for_first_file(store, process)
    time.sleep(random.Random(kill).uniform(0, seconds))
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert contents(store) in (contents(base), expected), "the old build or the new one, never half of it"
    received = {entry.sha for entry in Journal(store).entries()}
    kept = {path.stem for path in (store / "inbox").iterdir() if not path.name.startswith("part-")}
    assert received <= kept, "what the journal says was received lies in the inbox"
    load_paths([files], store)
    assert contents(store) == expected
    assert not list((store / "warehouse").glob("work-*"))
    assert all(entry.what for entry in Journal(store).entries() if entry.sha in received)
