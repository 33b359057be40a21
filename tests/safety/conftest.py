"""A small store that everything can be done to, and what it says of itself."""

import shutil
from pathlib import Path

import pytest

from etl.intake import load_paths
from tests.lib.county import town_one, town_two, union_row, write_register, write_roster

PERIOD = "2008年一季度"
IDENTITY = "11010519491231002X"


@pytest.fixture(scope="session")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the small county: a register, two rosters, and one that is sent back for an identity number."""
    folder = tmp_path_factory.mktemp("sent")
    write_register(folder)
    write_roster(folder, "甲镇", PERIOD, town_one())
    write_roster(folder, "乙乡", PERIOD, town_two())
    write_roster(
        folder,
        "甲镇",
        "2008年二季度",
        [union_row("甲一厂工会", 1, 2), union_row(IDENTITY, 1, 2)],
        name="含身份证.xlsx",
    )
    return folder


@pytest.fixture(scope="session")
def loaded(sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store with those files. Read only."""
    store = tmp_path_factory.mktemp("loaded")
    load_paths([sent], store, who="李梅")
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """The store again, to do anything to."""
    return shutil.copytree(loaded, tmp_path / "store")
