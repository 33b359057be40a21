"""The name of the current build, asked for dozens of times in a run of a page, is never that of a build before."""

import os
from pathlib import Path
from shutil import copytree

import pytest

from base.errors import UserError
from store.builds import BUILD_NAME, CURRENT, STORE_VARIABLE, current_build_name
from store.publish import point_to, point_to_nothing


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with two builds, the first of them current."""
    warehouse = tmp_path / "store" / "warehouse"
    warehouse.mkdir(parents=True)
    for number in (1, 2):
        (warehouse / BUILD_NAME.format(number)).write_bytes(b"build")
    point_to(warehouse, 1)
    monkeypatch.setenv(STORE_VARIABLE, str(tmp_path / "store"))
    return tmp_path / "store"


def _number() -> int:
    name = current_build_name()
    assert name is not None and name == current_build_name()
    return int(Path(name.split("|")[0]).stem)


def test_each_publishing_is_noticed_at_the_next_question(store: Path) -> None:
    for number in (1, 2, 1, 2, 2, 1):
        point_to(store / "warehouse", number)
        assert _number() == number


def test_a_pointer_written_in_place_with_the_time_of_the_one_before_is_noticed(store: Path) -> None:
    assert _number() == 1
    pointer = store / "warehouse" / CURRENT
    state = pointer.stat()
    pointer.write_text(BUILD_NAME.format(2), encoding="utf-8")
    os.utime(pointer, ns=(state.st_atime_ns, state.st_mtime_ns))  # as a restore that keeps times does
    assert _number() == 2


def test_a_build_written_again_has_another_name(store: Path) -> None:
    before, build = current_build_name(), store / "warehouse" / BUILD_NAME.format(1)
    build.write_bytes(b"again")
    os.utime(build, (1, 1))
    assert current_build_name() not in (before, None)


def test_what_is_gone_is_noticed(store: Path) -> None:
    assert _number() == 1
    (store / "warehouse" / BUILD_NAME.format(1)).unlink()
    with pytest.raises(UserError, match="缺当前的数据文件"):
        current_build_name()
    point_to_nothing(store / "warehouse")
    assert current_build_name() is None


def test_a_link_that_leads_to_another_store_is_followed(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, link = copytree(store, tmp_path / "other"), tmp_path / "link"
    point_to(other / "warehouse", 2)
    link.symlink_to(store)
    monkeypatch.setenv(STORE_VARIABLE, str(link))
    assert _number() == 1
    link.unlink()
    link.symlink_to(other)
    assert _number() == 2 and str(current_build_name()).startswith(str(other))
