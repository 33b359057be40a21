"""An audit of a store finds what does not fit in originals, journal, builds, chain, catalogue, changing nothing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from etl.__main__ import main as etl
from etl.journal import Journal
from etl.store_audit import audit_store
from store.builds import current_build
from tests.safety.test_backup import files_in


def in_journal(sql: str) -> Callable[[Path], None]:
    def alter(store: Path) -> None:
        with closing(sqlite3.connect(store / "journal.sqlite")) as connection:
            connection.executescript(sql)

    return alter


def in_build(sql: str) -> Callable[[Path], None]:
    def alter(store: Path) -> None:
        with duckdb.connect(str(current_build(store))) as connection:
            connection.execute(sql)

    return alter


def original_of(store: Path, seq: int) -> Path:
    return store / Journal(store).entries()[seq - 1].file


def damage(path: Path, at: float) -> None:
    """Overwrite a few kilobytes of a file, so far into it."""
    whole = bytearray(path.read_bytes())
    begin = int(len(whole) * at)
    whole[begin : begin + 8192] = b"\xff" * len(whole[begin : begin + 8192])
    path.write_bytes(bytes(whole))


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "an original gone": (lambda store: original_of(store, 1).unlink(), "第 1 号.*原件不见了"),
    "an original altered": (lambda store: original_of(store, 2).write_bytes(b"x"), "第 2 号.*与收到时不一样"),
    "a returned original gone": (lambda store: original_of(store, 4).unlink(), "第 4 号.*原件不见了"),
    "a stray file": (lambda store: (store / "inbox" / "x.xlsx").write_bytes(b"x"), "x.xlsx 是日志里没有的"),
    "the journal gone": (lambda store: (store / "journal.sqlite").unlink(), "日志不见了"),
    "the journal no database": (lambda store: (store / "journal.sqlite").write_bytes(b"x" * 9000), "日志已损坏"),
    "the journal damaged": (lambda store: damage(store / "journal.sqlite", 0.5), "日志已损坏|操作记录"),
    "an outcome altered": (in_journal("update outcome set what = 'held' where seq = 1"), "在当前的数据里"),
    "a receipt deleted": (
        in_journal("delete from outcome where seq = 1; delete from received where seq = 1"),
        "有第 1 号上报，日志里没有",
    ),
    "the chain altered": (in_journal("update audit set who = '别人' where number = 1"), "操作记录第 1 条"),
    "a hash altered": (in_build("update raw.submission set sha = 'x' where id = 1"), "第 1 号.*校验码"),
    "a receipt taken from the build": (in_build("delete from raw.submission where id = 1"), "第 1 号.*却没有"),
    "a figure altered": (in_build("update mart.rollup set value = value + 1"), "汇总与明细不符"),
    "another catalogue": (in_build("update core.build set catalogue = 'x'"), "另一份指标目录"),
    "an older format": (in_build("update core.build set store_version = 1"), "第 1 版格式"),
    "another build's number": (in_build("update core.build set number = 7"), "写的是第 7 版"),
    "a build cut short": (
        lambda store: (path := store / "warehouse" / "000001.duckdb").write_bytes(path.read_bytes()[:5000]),
        "000001.duckdb 打不开或已损坏",
    ),
    "CURRENT gone": (lambda store: (store / "warehouse" / "CURRENT").unlink(), "没有当前的数据"),
    "CURRENT elsewhere": (lambda store: (store / "warehouse" / "CURRENT").write_text("000009.duckdb"), "000009"),
    "CURRENT binary": (lambda store: (store / "warehouse" / "CURRENT").write_bytes(b"\xff\x00\xfe"), "CURRENT"),
}  # fmt: skip


def test_s05_a_whole_store_fits_and_is_left_as_it_is(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files_in(store)
    assert etl(["audit-store", "--store", str(store)]) == 0
    assert "都对得上" in capsys.readouterr().out and files_in(store) == before


@pytest.mark.parametrize("fault", FAULTS)
def test_s05_each_fault_is_told_and_ends_with_1(fault: str, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import re

    spoil, said = FAULTS[fault]
    spoil(store)
    before = files_in(store)
    assert etl(["audit-store", "--store", str(store)]) == 1
    told = capsys.readouterr()
    assert re.search(said, told.out), told.out
    assert "Traceback" not in told.err and files_in(store) == before


def test_s05_a_folder_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    assert etl(["audit-store", "--store", str(tmp_path / "none")]) == 2
    assert audit_store(tmp_path) == []
