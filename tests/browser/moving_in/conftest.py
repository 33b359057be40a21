"""A dashboard that begins from nothing: its store, and its address."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lib.server import serve


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def started(empty: Path) -> Iterator[str]:
    with serve(empty) as address:
        yield address
