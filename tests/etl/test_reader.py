"""The reader goes on after its child process was lost, and can be closed more than once."""

import os
from pathlib import Path

import pytest

from etl.read import Reader
from etl.reading.guard import Refused
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
