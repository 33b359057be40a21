"""Who comes while another works waits for the turn, knows how many are ahead, and does not wait for ever."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from base.errors import UserError
from etl.intake import load_paths, withdraw
from etl.journal import Journal
from etl.pipeline import exclusive_lock as queue
from etl.pipeline.exclusive_lock import exclusive_lock, report_waiting
from store.audit import verify
from tests.lib.contents import contents
from tests.lib.county import begin_store, town_one, town_two, write_roster
from tests.lib.server import ROOT

QUARTERS = ("2008年一季度", "2008年二季度", "2008年三季度")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return begin_store(tmp_path / "store")


def until(done: Callable[[], bool]) -> None:
    """Wait for something that other threads or processes do."""
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def load(file: Path, store: Path, told: list[int]) -> list[str]:
    with report_waiting(told.append):
        return [outcome.what for outcome in load_paths([file], store).outcomes]


def test_s10_those_who_come_at_once_are_all_served_in_the_order_of_their_coming(store: Path, tmp_path: Path) -> None:
    files = [write_roster(tmp_path, "甲镇", quarter, town_one()) for quarter in QUARTERS]
    told: list[list[int]] = [[], [], []]
    with ThreadPoolExecutor(3) as threads:
        with exclusive_lock(store):
            waiting = []
            for number, file in enumerate(files):
                waiting.append(threads.submit(load, file, store, told[number]))
                until(lambda mine=told[number]: bool(mine))
        assert [one.result() for one in waiting] == [["accepted"]] * 3
    assert [numbers[0] for numbers in told] == [1, 2, 3] and all(numbers[-1] == 0 for numbers in told)
    assert all(numbers == sorted(numbers, reverse=True) for numbers in told)
    assert [entry.name for entry in Journal(store).entries()][1:] == [file.name for file in files]
    assert verify(store).broken is None and not list(store.glob("queue-*"))


def test_s10_acts_of_every_kind_wait_for_each_other(store: Path, tmp_path: Path) -> None:
    load_paths([write_roster(tmp_path, "甲镇", QUARTERS[0], town_one())], store)
    file, told = write_roster(tmp_path, "乙乡", QUARTERS[0], town_two()), list[int]()
    with ThreadPoolExecutor(2) as threads:
        with exclusive_lock(store):
            taken = threads.submit(load, file, store, told)
            until(lambda: bool(told))
            gone = threads.submit(withdraw, store, 2, "报错了单位", "王强")
        assert taken.result() == ["accepted"]
        gone.result()
    assert [entry.what for entry in Journal(store).entries()] == ["accepted", "withdrawn", "accepted"]


def test_s10_a_command_waits_for_the_server_and_says_how_many_are_ahead(store: Path, tmp_path: Path) -> None:
    file = write_roster(tmp_path, "甲镇", QUARTERS[0], town_one())
    with exclusive_lock(store):
        before = contents(store)
        command = [sys.executable, "-m", "etl", "load", str(file), "--store", str(store)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        until(lambda: len(list(store.glob("queue-*"))) == 2)
        assert contents(store) == before and process.poll() is None
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0 and "已收下" in out
    assert "前面还有 1 份" in err and "Traceback" not in err


def test_s10_who_was_killed_while_waiting_holds_nobody_up(store: Path, tmp_path: Path) -> None:
    file = write_roster(tmp_path, "甲镇", QUARTERS[0], town_one())
    with exclusive_lock(store):
        command = [sys.executable, "-m", "etl", "load", str(file), "--store", str(store)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: len(list(store.glob("queue-*"))) == 2)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    told: list[int] = []
    assert load(file, store, told) == ["accepted"] and set(told) == {0}
    assert not list(store.glob("queue-*"))


def test_s10_nobody_waits_for_ever(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "_PATIENCE", 0.3)
    file = write_roster(tmp_path, "甲镇", QUARTERS[0], town_one())
    with exclusive_lock(store), ThreadPoolExecutor(1) as threads:
        before = contents(store)
        with pytest.raises(UserError, match=r"另一个上报正在进行.*请过一会儿再做一次"):
            threads.submit(load, file, store, []).result()
        assert contents(store) == before and len(list(store.glob("queue-*"))) == 1
    assert load(file, store, []) == ["accepted"]
