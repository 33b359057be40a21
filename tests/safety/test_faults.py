"""A full disk, a read-only store, a clock set back: refused or survived with a sentence, and nothing half-written."""

import shutil
from pathlib import Path

import pytest
import time_machine

from base.errors import UserError
from etl.__main__ import main as etl
from etl.backup import back_up
from etl.backup.manifest import backups_in
from etl.backup.restore import restore
from etl.backup.verify import verify_backup
from etl.intake import check_paths, forget, load_paths, rebuild, withdraw
from etl.journal import Journal
from etl.pipeline.server_start import served_store
from store.audit import entries, note, verify
from store.verbs import Verb
from tests.lib.contents import contents
from tests.lib.county import town_one, town_two, write_roster
from tests.lib.faults import MB, closed, disk, leave
from tests.lib.few import few_at_first

ROOMS = (0, 4 << 10, 64 << 10, 256 << 10, MB, 3 * MB, 5 * MB, 6 * MB, 9 * MB)  # bytes left on the disk
QUARTERS = [f"{year}年{quarter}季度" for year in (2009, 2010) for quarter in "一二三四"]


@pytest.fixture(scope="module")
def rosters(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two townships' rosters of eight quarters. Read only."""
    folder = tmp_path_factory.mktemp("in")
    return [
        write_roster(folder, town, quarter, rows)
        for quarter in QUARTERS
        for town, rows in (("甲镇", town_one()), ("乙乡", town_two()))
    ]


@pytest.fixture(scope="module")
def grown(loaded: Path, rosters: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store as it is with the eight quarters more, and its backup from before. Read only."""
    folder = tmp_path_factory.mktemp("grown")
    store = shutil.copytree(loaded, folder / "store")
    back_up(store, folder / "backups")
    load_paths(rosters, store)
    return folder


@pytest.fixture(scope="module")
def expected(grown: Path) -> dict[str, list[object]]:
    """What the store says with the eight quarters more."""
    return contents(grown / "store")


@pytest.mark.parametrize("room", few_at_first(ROOMS, {0, 256 << 10, 3 * MB, 9 * MB}))
def test_a_load_onto_a_full_disk_is_refused_with_a_sentence_and_done_once_there_is_room(
    room: int, loaded: Path, rosters: list[Path], expected: dict[str, list[object]], tmp_path: Path
) -> None:
    with disk(tmp_path / "disk", 64) as place:
        store = shutil.copytree(loaded, place / "store")
        filler = leave(place, room)
        before = contents(store)
        try:
            load_paths(rosters, store)
        except UserError as error:
            assert "磁盘满了" in str(error)
            assert contents(store) in (before, expected)
        assert not [*store.glob("warehouse/work-*"), *store.glob("inbox/part-*")], "what was half done makes room again"
        assert verify(store).broken is None
        assert all((store / entry.file).is_file() for entry in Journal(store).entries())
        filler.unlink()
        load_paths(rosters, store)
        assert contents(store) == expected
        assert verify(store).broken is None
        assert all(entry.what for entry in Journal(store).entries())


@pytest.mark.parametrize("room", [0, 64 << 10, 300 << 10, 1 * MB])
def test_a_backup_onto_a_full_disk_leaves_the_earlier_ones_whole(room: int, grown: Path, tmp_path: Path) -> None:
    store = shutil.copytree(grown / "store", tmp_path / "store")
    with disk(tmp_path / "disk", 64) as place:
        shutil.copytree(grown / "backups", place / "backups")
        filler = leave(place, room)
        with pytest.raises(UserError, match="磁盘满了"):
            back_up(store, place / "backups", keep=1)
        assert [verify_backup(path) for path in backups_in(place / "backups")] == [[]]
        with pytest.raises(UserError, match="磁盘满了"):
            restore(place / "backups", place / "new")
        filler.unlink()
        made = back_up(store, place / "backups", keep=1)
        assert backups_in(place / "backups") == [made.folder] and verify_backup(made.folder) == []
        restore(place / "backups", place / "new")
        assert contents(place / "new") == contents(store)


def test_a_store_on_a_full_disk_is_still_backed_up(loaded: Path, tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 32) as place:
        store = shutil.copytree(loaded, place / "store")
        leave(place, 0)
        made = back_up(store, tmp_path / "backups")
        assert "磁盘满了" in made.unnoted and verify_backup(made.folder) == []


def test_what_cannot_be_noted_is_refused(loaded: Path, tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 32) as place:
        store = shutil.copytree(loaded, place / "store")
        leave(place, 0)
        with pytest.raises(UserError, match="磁盘满了"):
            note(store, "李梅", Verb.LOOKED, "甲")
        assert len(entries(store)) == 2


def test_a_read_only_store_can_be_looked_at_and_says_that_it_takes_nothing(
    store: Path, loaded: Path, rosters: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(store)
    with closed(store):
        assert contents(store) == before
        assert check_paths(rosters[:1], store)[0].verdict == "accepted"
        assert verify(store).broken is None and len(entries(store)) == 2
        for act in (
            lambda: load_paths(rosters, store),
            lambda: withdraw(store, 1, "报错了", "王强"),
            lambda: forget(store, 3, "含个人信息", "王强"),
            lambda: rebuild(store),
            lambda: note(store, "李梅", Verb.LOOKED, "甲"),
        ):
            with pytest.raises(UserError, match="不能写入"):
                act()
        assert etl(["load", str(rosters[0]), "--store", str(store)]) == 2
        assert "现在只能查看" in capsys.readouterr().err
        with served_store(store):
            assert contents(store) == before
        made = back_up(store, tmp_path / "backups")
        assert "不能写入" in made.unnoted and verify_backup(made.folder) == []
        restore(tmp_path / "backups", tmp_path / "new")
    assert contents(tmp_path / "new") == contents(loaded) == contents(store)


def test_nothing_is_lost_when_the_clock_is_set_back(store: Path, rosters: list[Path], tmp_path: Path) -> None:
    numbers = len(Journal(store).entries())
    with time_machine.travel("2015-01-01T00:00:00+00:00"):
        load_paths(rosters[:2], store, who="李梅")
        back_up(store, tmp_path / "backups")
        withdraw(store, numbers + 1, "报错了", "王强")
    load_paths(rosters, store)
    then = contents(store)
    found = Journal(store).entries()
    assert [entry.seq for entry in found] == sorted(entry.seq for entry in found)
    assert [entry.at for entry in entries(store)] == sorted(entry.at for entry in entries(store))
    assert {entry.clock[:4] for entry in entries(store)} == {"", "2015"}
    rebuild(store)
    assert contents(store) == then
    assert verify(store).broken is None


def test_a_full_disk_is_told_on_the_command_line(
    loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_roster(tmp_path, "乙乡", "2008年二季度", town_two())
    with disk(tmp_path / "disk", 32) as place:
        store = shutil.copytree(loaded, place / "store")
        leave(place, 0)
        assert etl(["load", str(file), "--store", str(store)]) == 2
        said = capsys.readouterr().err
        assert "磁盘满了，这次没有做完" in said and "Traceback" not in said
