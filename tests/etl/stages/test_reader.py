"""The reader goes on after its child process was lost, and can be closed more than once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.guard import Refused
from etl.read import Reader
from tests.lib.county import write_register


def _die() -> None:
    os._exit(1)


def test_a_reader_whose_pool_is_gone_takes_a_fresh_one(tmp_path: Path) -> None:
    path, found = write_register(tmp_path), Reader()
    assert found.start(path)()
    found.close()  # a pool that broke refuses work just as one that was stopped
    assert found.start(path)()
    found.close()
    found.close()


def test_work_that_ends_the_child_is_refused_and_the_next_is_done(tmp_path: Path) -> None:
    path, found = write_register(tmp_path), Reader()
    with pytest.raises(Refused):
        found.run(_die)
    assert found.start(path)()
    found.close()


_ENDING_EARLY = """
import time
from pebble.pool import process
from etl.read import Reader

stop = process.stop_process
process.stop_process = lambda child: (time.sleep(3), stop(child))  # as on a busy machine: the child starts meanwhile
if __name__ == "__main__":
    reader = Reader()
    reader.warm(print)
    reader.close()
"""


def test_b11_a_program_that_ends_while_a_child_is_starting_prints_nothing(tmp_path: Path) -> None:
    script = tmp_path / "ending.py"
    script.write_text(_ENDING_EARLY, encoding="utf-8")
    root = Path(__file__).parents[3]
    ended = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(root)}
    )
    assert ended.stderr == "" and ended.returncode == 0
