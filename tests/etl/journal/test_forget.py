"""Deleting a kept original: personal data go, what was done stays in the journal."""

from pathlib import Path

import pytest

from base.errors import UserError
from etl.__main__ import main as etl
from etl.intake import forget, load_paths, rebuild, withdraw
from etl.journal import Entry, Journal
from etl.pipeline.decisions import original
from store.builds import builds_of
from tests.lib.contents import contents
from tests.lib.county import copy_of, town_one, union_row, write_register, write_roster

PERIOD = "2008年一季度"
WHY = "含个人信息"
IDENTITY = "11010519491231002X"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with the register (1), a roster (2) and a returned one that holds an identity number (3)."""
    return copy_of(_with_an_identity, tmp_path)


def _with_an_identity(where: Path) -> None:
    folder, store = where / "sent", where / "store"
    load_paths([write_register(folder), write_roster(folder, "甲镇", PERIOD, town_one())], store)
    returned = write_roster(
        folder, "甲镇", PERIOD, [union_row("甲一厂工会", 1, 2), union_row(IDENTITY, 1, 2)], name="含身份证.xlsx"
    )
    assert [outcome.what for outcome in load_paths([returned], store).outcomes] == ["returned"]


def entry(store: Path, seq: int) -> Entry:
    return Journal(store).entries()[seq - 1]


def test_the_original_goes_and_the_journal_keeps_who_and_why(store: Path) -> None:
    kept = entry(store, 3)
    forget(store, 3, WHY, "王会计")
    assert not (store / kept.file).exists()
    after = entry(store, 3)
    assert (after.what, after.name, after.sha) == ("returned", "含身份证.xlsx", kept.sha)
    assert after.forgotten and (after.forgotten.who, after.forgotten.reason) == ("王会计", WHY)
    with pytest.raises(UserError, match="含身份证.xlsx”的原件已由王会计于 .* 删除（含个人信息）"):
        original(store, after)
    rebuild(store)


def test_no_identity_number_stands_in_journal_or_warehouse(store: Path) -> None:
    for path in [store / "journal.sqlite", *builds_of(store / "warehouse")]:
        assert IDENTITY.encode() not in path.read_bytes()


def test_of_a_withdrawn_file_no_build_keeps_the_cells(store: Path) -> None:
    withdraw(store, 2, "报错了", "")
    before = contents(store)
    forget(store, 2, WHY, "")
    assert contents(store) == before
    assert [path.name for path in builds_of(store / "warehouse")] == ["000002.duckdb"]
    assert not (store / entry(store, 2).file).exists()


def test_a_deletion_that_was_killed_is_finished_on_the_next_start(store: Path, tmp_path: Path) -> None:
    kept = entry(store, 3)
    with pytest.raises(IsADirectoryError):  # as far as a kill would let it come: noted, and not done
        path = store / kept.file
        path.unlink()
        path.mkdir()
        forget(store, 3, WHY, "王会计")
    path.rmdir()
    path.write_bytes(b"")
    assert (entry(store, 3).intent, entry(store, 3).forgotten) != (None, None)
    load_paths([tmp_path / "sent" / f"甲镇{PERIOD}.xlsx"], store)
    after = entry(store, 3)
    assert not path.exists() and after.intent is None and after.forgotten and after.forgotten.who == "王会计"


@pytest.mark.parametrize(("arguments", "said"), [
    (["2", "--reason", WHY], "已收下，原件不能删除。请先撤回"),
    (["99", "--reason", WHY], "没有编号为 99 的上报"),
    (["3", "--reason", ""], "请写明删除的理由"),
])  # fmt: skip
def test_wrong_use_is_2_with_a_sentence(
    arguments: list[str], said: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert etl(["forget", *arguments, "--store", str(store)]) == 2
    assert said in capsys.readouterr().err
    assert (store / entry(store, 3).file).is_file()


def test_the_command_forgets_once(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["forget", "3", "--reason", WHY, "--store", str(store)]
    assert etl(asked) == 0
    assert etl(asked) == 2
    assert "原件已经删除了" in capsys.readouterr().err
