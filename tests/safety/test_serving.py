"""One server a store, older and newer formats, and the backups a server makes by itself."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import time, timedelta
from pathlib import Path

import duckdb
import pytest
import time_machine

from base.errors import UserError
from etl.__main__ import main as etl
from etl.backup.manifest import backups_in
from etl.backup.plan import BackupPlan, backup_plan
from etl.backup.schedule import BY_ITSELF, backup_age, run_backup, scheduled_backups
from etl.backup.verify import verify_backup
from etl.intake import load_paths
from etl.journal import Journal
from etl.pipeline.server_start import served_store
from etl.pipeline.upgrade import upgrade
from stats.warehouse import open_warehouse
from store.audit import entries, verify
from store.builds import STORE_VERSION, builds_of, current_build
from store.schema import JOURNAL_VERSION
from store.server_lock import hold_store
from tests.lib.contents import contents
from tests.lib.server import ROOT, start


def age(store: Path, version: int) -> Path:
    """Make the build in force into one of another version; return its file."""
    path = current_build(store)
    assert path
    with duckdb.connect(str(path)) as connection:
        connection.execute("update core.build set store_version = $version", {"version": version})
    return path


def test_a_second_server_is_refused_with_who_holds_the_store(store: Path) -> None:
    with start(store) as (_, pid):
        command = [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.port",
            "0",
            "--server.headless",
            "true",
        ]
        second = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | {"MINGSHU_STORE": str(store)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert second.returncode == 2
        assert f"上的服务（进程 {pid}，" in second.stderr and "请先停掉它" in second.stderr
        assert "Traceback" not in second.stderr
    with hold_store(store):
        pass


def test_a_store_of_an_earlier_version_is_brought_up_and_the_old_build_kept(store: Path, loaded: Path) -> None:
    old = age(store, STORE_VERSION - 1)
    with pytest.raises(UserError, match="请管理员升级数据"):
        open_warehouse(store)
    done = upgrade(store, "管理员")
    assert done and (done.before, done.build, done.left_out) == (STORE_VERSION - 1, 2, ())
    assert contents(store) == contents(loaded)
    assert old.is_file() and len(builds_of(store / "warehouse")) == 2
    assert entries(store)[-1].verb == "upgraded" and verify(store).broken is None
    assert upgrade(store) is None


def test_a_load_into_a_store_whose_tables_lack_a_column_rebuilds_it(store: Path, loaded: Path, sent: Path) -> None:
    with duckdb.connect(str(age(store, STORE_VERSION - 1))) as connection:
        connection.execute("update core.build set catalogue = 'of the earlier version'")
        connection.execute("alter table core.form drop column role")
    load_paths([sent], store)
    assert contents(store) == contents(loaded)


def test_a_server_brings_an_older_store_up_at_its_start(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    age(store, STORE_VERSION - 1)
    with served_store(store):
        open_warehouse(store).close()
    assert "升级到第" in capsys.readouterr().err


def test_a_server_starts_where_an_upgrade_fails_and_tells_what_to_do(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    age(store, STORE_VERSION - 1)
    with closing(sqlite3.connect(store / "journal.sqlite")) as connection:
        connection.executescript("update outcome set what = 'returned'")
    with served_store(store), pytest.raises(UserError, match="请管理员升级数据"):
        open_warehouse(store)
    assert "没有已收下的报表，无从重建" in capsys.readouterr().err


def test_a_build_of_a_later_version_is_left_as_it_is(
    store: Path, sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = age(store, STORE_VERSION + 1)
    before = path.read_bytes()
    for act in (lambda: upgrade(store), lambda: load_paths([sent], store), lambda: open_warehouse(store)):
        with pytest.raises(UserError, match="请换用新的程序"):
            act()
    assert etl(["upgrade", "--store", str(store)]) == 2
    assert (current_build(store), path.read_bytes()) == (path, before)


def test_a_journal_of_a_later_version_is_left_as_it_is(store: Path, sent: Path) -> None:
    with closing(sqlite3.connect(store / "journal.sqlite")) as connection:
        connection.executescript(f"insert into journal_version values ({JOURNAL_VERSION + 1}, '')")
    before = (store / "journal.sqlite").read_bytes()
    with pytest.raises(UserError, match="请换用新的程序"):
        load_paths([sent], store)
    assert (store / "journal.sqlite").read_bytes() == before


def test_a_journal_of_the_first_version_is_copied_before_it_is_changed(store: Path) -> None:
    receipts = Journal(store).entries()
    with closing(sqlite3.connect(store / "journal.sqlite")) as connection:
        connection.executescript("drop table audit; drop table journal_version")
    assert Journal(store).entries() == receipts
    with closing(sqlite3.connect(store / "journal-v1.sqlite")) as connection:
        tables = {row[0] for row in connection.execute("select name from sqlite_master")}
        assert "received" in tables and "audit" not in tables
    load_paths([store / receipts[0].file], store)
    assert verify(store).broken is None


def test_backups_are_made_by_plan(store: Path, tmp_path: Path) -> None:
    plan = BackupPlan(tmp_path / "backups", time(12, 30), 2, 3)
    for _ in range(3):
        run_backup(store, plan)
    assert [path.name[:6] for path in backups_in(tmp_path / "backups")] == ["000002", "000003"]
    assert all(verify_backup(path) == [] for path in backups_in(tmp_path / "backups"))
    assert {entry.who for entry in entries(store) if entry.verb == "backed_up"} == {BY_ITSELF}


def test_the_schedule_is_daily_and_soon_where_the_last_is_old(store: Path, tmp_path: Path) -> None:
    plan = BackupPlan(tmp_path / "backups", time(12, 30), 2, 3)
    with scheduled_backups(store, plan) as scheduler:
        jobs = scheduler.get_jobs()  # type: ignore[union-attr]
        assert len(jobs) == 2, "the daily one, and one soon: there never was any"
        daily = next(job for job in jobs if job.id == "backup")
        assert (daily.next_run_time.hour, daily.next_run_time.minute) == (12, 30)
    run_backup(store, plan)
    with scheduled_backups(store, plan) as scheduler:
        assert len(scheduler.get_jobs()) == 1  # type: ignore[union-attr]
    with scheduled_backups(store, BackupPlan(None, time(12, 30), 2, 3)) as scheduler:
        assert scheduler is None


def test_a_backup_that_fails_is_told_in_the_log(store: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    run_backup(store, BackupPlan(store / "inside", time(12, 30), 2, 3))
    assert "自动备份没有做成：备份不能放在数据目录里" in caplog.text
    run_backup(store, BackupPlan(tmp_path / "file" / "under", time(12, 30), 2, 3))
    assert caplog.text.count("自动备份没有做成") == 2


def test_the_age_of_the_last_backup_is_known(store: Path, tmp_path: Path) -> None:
    assert backup_age(tmp_path / "none") is None
    assert backup_age(store) == timedelta.max, "there are data, and never was a backup"
    run_backup(store, BackupPlan(tmp_path / "backups", time(12, 30), 2, 3))
    found = backup_age(store)
    assert found and found.days == 0
    with time_machine.travel("2100-01-01T00:00:00+00:00"):
        later = backup_age(store)
        assert later and later.days > 20_000


@pytest.mark.parametrize(("name", "value", "said"), [
    ("MINGSHU_BACKUP_AT", "25:99", "不是时间"), ("MINGSHU_BACKUP_KEEP", "0", "不是大于零的整数"),
    ("MINGSHU_BACKUP_WARN_DAYS", "三", "不是大于零的整数"),
])  # fmt: skip
def test_a_plan_that_cannot_be_read_is_told(name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UserError, match=said):
        backup_plan()


def test_an_unfinished_restore_is_finished_by_whoever_opens_the_store(
    store: Path, loaded: Path, tmp_path: Path
) -> None:
    """As a kill between the changing of places leaves it: the journal is new, inbox and warehouse are still old."""
    from etl.backup.restore import READY

    shutil.rmtree(store / "warehouse")
    (store / "warehouse").mkdir()
    ready = store / READY
    shutil.copytree(loaded, ready)
    (ready / "aside").write_text("aside-1", "utf-8")
    (ready / "journal.sqlite").rename(store / "journal.sqlite")
    load_paths([loaded / entry.file for entry in Journal(store).entries()[:1]], store)
    assert contents(store) == contents(loaded)
    assert not ready.exists() and (store / "aside-1" / "inbox").is_dir()
