"""Backup and restore: the drill an administrator may have to do one day, and what must not go wrong in it."""

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
import time_machine

from base.errors import UserError
from base.periods import parse_span
from etl.__main__ import main as etl
from etl.backup import back_up
from etl.backup.manifest import MANIFEST, backups_in, find_backup, read_manifest
from etl.backup.restore import restore
from etl.backup.verify import verify_backup
from etl.intake import forget, load_paths, rebuild, withdraw
from etl.journal import Journal
from stats.catalogue import Catalogue
from stats.readings import Reading, read
from stats.warehouse import open_warehouse
from store.audit import entries, verify
from store.builds import builds_of, current_build
from tests.lib.contents import contents
from tests.lib.county import town_one, town_two, union_row, write_roster
from tests.safety.conftest import PERIOD

QUARTERS = [f"{year}年{quarter}季度" for year in (2009, 2010) for quarter in "一二三四"]


def readings(store: Path, catalogue: Catalogue) -> list[Reading]:
    warehouse = open_warehouse(store)
    try:
        return [
            one for unit in ("COUNTY", "T01", "T02") for one in read(warehouse, catalogue, unit, parse_span("2008Q1"))
        ]
    finally:
        warehouse.close()


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_drill(store: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    """Load, back up, correct something, restore elsewhere: the figures are those at the time of the backup."""
    then, receipts = readings(store, catalogue), Journal(store).entries()
    made = back_up(store, tmp_path / "backups", who="管理员")
    rows = [union_row("甲一厂工会", 55, 100), *town_one()[1:]]
    corrected = write_roster(tmp_path, "甲镇", PERIOD, rows, name="更正.xlsx")
    load_paths([corrected], store)
    assert readings(store, catalogue) != then
    restore(tmp_path / "backups", tmp_path / "new", who="管理员")
    assert readings(tmp_path / "new", catalogue) == then
    assert Journal(tmp_path / "new").entries() == receipts
    assert verify(tmp_path / "new").broken is None
    assert [entry.verb for entry in entries(tmp_path / "new")][-1] == "restored"
    load_paths([corrected], tmp_path / "new")
    assert contents(tmp_path / "new") == contents(store), "work goes on where it was"
    rebuild(tmp_path / "new")
    assert contents(tmp_path / "new") == contents(store)
    assert verify_backup(made.folder) == []


def test_only_what_is_new_is_copied_and_the_last_few_are_kept(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    assert back_up(store, folder, keep=2).copied == 4 + 1 + 1, "originals, a build, the journal"
    assert back_up(store, folder, keep=2).copied == 1, "the journal alone"
    load_paths([write_roster(tmp_path, "甲镇", PERIOD, town_one(51), name="更正.xlsx")], store)
    assert back_up(store, folder, keep=2).copied == 3
    assert [path.name[:6] for path in backups_in(folder)] == ["000002", "000003"]
    assert all(verify_backup(path) == [] for path in backups_in(folder))


def test_what_no_backup_speaks_of_any_more_goes(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    back_up(store, folder)
    returned = next(entry for entry in Journal(store).entries() if entry.what == "returned")
    forget(store, returned.seq, "含个人信息", "赵明")
    back_up(store, folder)
    assert (folder / returned.file).is_file(), "the first backup still holds it"
    back_up(store, folder, keep=1)
    assert not (folder / returned.file).exists()
    restore(folder, tmp_path / "new")
    assert not (tmp_path / "new" / returned.file).exists()


def test_the_order_of_backups_is_that_of_their_numbers_whatever_the_clock_says(store: Path, tmp_path: Path) -> None:
    back_up(store, tmp_path / "backups")
    with time_machine.travel("1999-01-01T00:00:00+00:00"):
        second = back_up(store, tmp_path / "backups", keep=1)
    assert find_backup(tmp_path / "backups") == second.folder == backups_in(tmp_path / "backups")[0]
    assert second.folder.name.startswith("000002-1999")


@pytest.mark.parametrize("loads", [3, pytest.param(len(QUARTERS), marks=pytest.mark.soak)])
def test_a_backup_under_loads_is_of_one_moment(loads: int, store: Path, tmp_path: Path) -> None:
    files = [write_roster(tmp_path / "in", "甲镇", quarter, town_one()) for quarter in QUARTERS[:loads]]
    states = [contents(store)]
    done = threading.Event()

    def load() -> None:
        for file in files:
            load_paths([file], store)
            states.append(contents(store))
        done.set()

    thread = threading.Thread(target=load)
    thread.start()
    made = []
    while not done.wait(0.1):
        made.append(back_up(store, tmp_path / "backups", keep=100))
    thread.join()
    assert len(made) > 1
    for number, backup in enumerate(made):
        assert verify_backup(backup.folder) == []
        restore(tmp_path / "backups", tmp_path / f"new{number}", backup.folder.name)
        assert contents(tmp_path / f"new{number}") in states
    load_paths(files, tmp_path / "new0")
    assert contents(tmp_path / "new0") == states[-1], (
        "what was on its way then is taken in, what came later comes again"
    )
    assert verify(store).broken is None


@pytest.mark.parametrize("place", ["store/backups", ".", "store"])
def test_a_backup_is_never_kept_in_the_store_nor_around_it(place: str, store: Path, tmp_path: Path) -> None:
    before = files_in(store)
    with pytest.raises(UserError, match="备份不能放在数据目录里"):
        back_up(store, tmp_path / place)
    assert files_in(store) == before


def test_a_journal_in_another_database_is_left_to_its_keeper(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGSHU_JOURNAL", f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    with pytest.raises(UserError, match="用那个数据库自己的工具备份日志"):
        back_up(store, tmp_path / "backups")


def test_a_damaged_file_is_found_and_nothing_is_restored_from_it(store: Path, tmp_path: Path) -> None:
    made = back_up(store, tmp_path / "backups")
    for file in made.manifest.files:
        path = tmp_path / "backups" / file.kept
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        assert any(file.kept in fault for fault in verify_backup(made.folder))
        with pytest.raises(UserError, match="不完整，没有恢复"):
            restore(tmp_path / "backups", tmp_path / "new")
        path.write_bytes(content)
    assert not (tmp_path / "new").exists()


def test_a_manifest_that_was_altered_is_not_believed(store: Path, tmp_path: Path) -> None:
    made = back_up(store, tmp_path / "backups")
    path = made.folder / MANIFEST
    path.write_text(path.read_text("utf-8").replace('"current": "000001.duckdb"', '"current": ""'), "utf-8")
    with pytest.raises(UserError, match="清单被改动过"):
        restore(tmp_path / "backups", tmp_path / "new")
    path.write_text(path.read_text("utf-8")[:100], "utf-8")
    with pytest.raises(UserError, match="清单读不了"):
        read_manifest(made.folder)


def test_an_original_that_is_gone_or_damaged_is_told_and_the_rest_is_backed_up(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone, damaged = (store / entry.file for entry in Journal(store).entries()[:2])
    gone.unlink()
    damaged.write_bytes(b"x")
    assert etl(["backup", str(tmp_path / "backups"), "--store", str(store)]) == 0
    assert "有 2 份原件不在收件箱里" in capsys.readouterr().out
    manifest = read_manifest(find_backup(tmp_path / "backups"))
    assert {Path(file).name for file in manifest.missing} == {gone.name, damaged.name}


def test_what_lay_there_is_moved_aside_only_when_told(store: Path, loaded: Path, tmp_path: Path) -> None:
    back_up(store, tmp_path / "backups")
    withdraw(store, 1, "报错了", "王强")
    then = contents(store)
    with pytest.raises(UserError, match="已有数据，没有恢复"):
        restore(tmp_path / "backups", store)
    assert contents(store) == then
    restore(tmp_path / "backups", store, aside=True)
    assert contents(store) == contents(loaded)
    (aside,) = store.glob("aside-*")
    assert contents(aside) == then, "and it is whole"


def test_the_audit_of_the_store_is_held_against_what_backups_kept(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["backup", str(tmp_path / "backups"), "--store", str(store)]
    assert etl(asked) == 0
    assert etl([*asked, "--verify"]) == 0
    with closing(sqlite3.connect(store / "journal.sqlite")) as connection:
        connection.executescript("delete from audit")  # and make another one
    withdraw(store, 1, "报错了", "别人")
    assert verify(store).broken is None
    capsys.readouterr()
    assert etl([*asked, "--verify"]) == 1
    assert "操作记录与备份时对不上" in capsys.readouterr().out


def test_builds_that_papers_cite_are_kept_too(store: Path, tmp_path: Path) -> None:
    from stats.papers.cited_figures import Registered, register

    cited = Registered(
        ref="7K2M-Q9XT4",
        subject="union_members",
        name="会员",
        unit="COUNTY",
        span="2008Q1",
        build=1,
        built_at="2026",
        value=1.0,
        text="1",
        content="x",
    )
    register(store, "讲话", [(cited, "1人")])
    load_paths([write_roster(tmp_path, "乙乡", "2008年二季度", town_two())], store)
    back_up(store, tmp_path / "backups")
    restore(tmp_path / "backups", tmp_path / "new")
    assert [path.name for path in builds_of(tmp_path / "new" / "warehouse")] == ["000001.duckdb", "000002.duckdb"]
    assert (current_build(tmp_path / "new") or Path()).name == "000002.duckdb"


def test_a_store_cannot_be_restored_while_it_is_served(store: Path, tmp_path: Path) -> None:
    from store.server_lock import hold_store

    back_up(store, tmp_path / "backups")
    with hold_store(store), pytest.raises(UserError, match="正由.*使用。请先停掉它"):
        restore(tmp_path / "backups", store, aside=True)


def test_wrong_use_is_2_with_a_sentence(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for asked in (
        ["restore", str(tmp_path / "none"), "--store", str(tmp_path / "new")],
        ["backup", str(tmp_path / "backups"), "--store", str(tmp_path / "empty")],
        ["backup", str(tmp_path / "backups"), "--keep", "0", "--store", str(store)],
    ):
        assert etl(asked) == 2
        assert "。" in capsys.readouterr().err
    shutil.rmtree(tmp_path / "backups", ignore_errors=True)
