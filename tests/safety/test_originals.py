"""What was accepted and can't be read again stops a rebuild; the old build stays in force, and the way out is told."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from base.errors import UserError
from etl.__main__ import main as etl
from etl.intake import load_paths, rebuild, withdraw
from etl.journal import Entry, Journal
from etl.pipeline.upgrade import upgrade
from store.audit import entries, verify
from store.builds import STORE_VERSION, current_build
from tests.lib.contents import contents
from tests.lib.county import town_two, write_roster
from tests.safety.conftest import PERIOD
from tests.safety.test_serving import age

ROSTER = f"甲镇{PERIOD}.xlsx"


def receipt(store: Path, name: str = ROSTER) -> Entry:
    return next(entry for entry in Journal(store).entries() if entry.name == name)


def other_catalogue(store: Path) -> None:
    """Make the build in force one of another catalogue: the next load makes it anew by itself."""
    import duckdb

    with duckdb.connect(str(current_build(store))) as connection:
        connection.execute("update core.build set catalogue = 'another'")


def _change(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


FAULTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "gone": (Path.unlink, "不见了"),
    "altered": (_change, "与收到时不一样"),
    "emptied": (lambda path: path.write_bytes(b"") and None, "与收到时不一样"),
    "a folder": (lambda path: path.unlink() or path.mkdir(), "读不了"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_s05_a_rebuild_without_an_original_stops_with_its_name(
    fault: str, store: Path, loaded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil, said = FAULTS[fault]
    entry, before, noted = receipt(store), current_build(store), len(entries(store))
    spoil(store / entry.file)
    assert etl(["build", "--store", str(store)]) == 2
    told = capsys.readouterr().err
    assert f"第 {entry.seq} 号“{ROSTER}”的原件{said}" in told and entry.file in told and "Traceback" not in told
    assert current_build(store) == before and contents(store) == contents(loaded)
    assert receipt(store).what == "accepted" and len(entries(store)) == noted
    if (store / entry.file).is_dir():
        (store / entry.file).rmdir()
    (store / entry.file).write_bytes((loaded / entry.file).read_bytes())
    assert etl(["build", "--store", str(store)]) == 0
    assert contents(store) == contents(loaded)


def test_s05_several_lost_originals_are_counted_and_a_load_of_another_catalogue_stops(
    store: Path, loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other_catalogue(store)
    before = current_build(store)
    for entry in Journal(store).entries():
        (store / entry.file).unlink()
    more = write_roster(tmp_path, "乙乡", "2008年三季度", town_two())
    assert etl(["load", str(more), "--store", str(store)]) == 2
    assert "等" not in (told := capsys.readouterr().err).partition("少了它们")[0] and told.count("不见了") == 3
    assert current_build(store) == before and len(Journal(store).entries()) == 4
    for entry in Journal(store).entries():
        (store / entry.file).write_bytes((loaded / entry.file).read_bytes())
    assert load_paths([more], store).count("accepted") == 1


def test_s05_an_upgrade_without_an_original_stops_as_well(store: Path) -> None:
    old = age(store, STORE_VERSION - 1)
    (store / receipt(store).file).unlink()
    with pytest.raises(UserError, match=ROSTER):
        upgrade(store)
    assert current_build(store) == old


def test_s05_what_the_reader_refuses_stops_a_rebuild_though_its_hash_fits(store: Path, loaded: Path) -> None:
    """As a file that takes longer than the limits allow, or that a later reader no longer opens."""
    import hashlib

    entry, before = receipt(store), current_build(store)
    (store / entry.file).write_bytes(b"PK\x03\x04 broken")
    sha = hashlib.sha256(b"PK\x03\x04 broken").hexdigest()
    with closing(sqlite3.connect(store / "journal.sqlite")) as connection:
        connection.execute("update received set sha = ? where seq = ?", (sha, entry.seq))
        connection.commit()
    with pytest.raises(UserError, match=f"第 {entry.seq} 号“{ROSTER}”.*原来已收下，这次却收不进来"):
        rebuild(store)
    assert current_build(store) == before and receipt(store).what == "accepted"
    assert contents(store) == contents(loaded)


def test_s05_a_lost_original_can_be_withdrawn_while_the_rest_is_made_anew(
    store: Path, loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = tmp_path / "expected"
    load_paths([loaded / entry.file for entry in Journal(loaded).entries()], expected)
    names = [entry for entry in Journal(expected).entries() if entry.sha == receipt(loaded).sha]
    withdraw(expected, names[0].seq, "原件丢失", "")
    other_catalogue(store)
    entry = receipt(store)
    (store / entry.file).unlink()
    command = ["build", "--store", str(store), "--without", str(entry.seq), "--who", "王强"]
    assert etl(command) == 2 and "理由" in capsys.readouterr().err
    assert etl([*command, "--reason", "原件丢失"]) == 0
    assert receipt(store).what == "withdrawn" and receipt(store).reason == "原件丢失"
    assert contents(store)["coverage"] == contents(expected)["coverage"]
    last = entries(store)[-1]
    assert (last.who, last.verb, last.details["reason"]) == ("王强", "withdrew", "原件丢失")
    assert verify(store).broken is None
    load_paths([loaded / entry.file], store)
    assert contents(store) == contents(loaded)


def test_s05_a_withdrawal_in_a_rebuild_that_fails_is_not_kept(store: Path) -> None:
    lost = receipt(store)
    other = receipt(store, f"乙乡{PERIOD}.xlsx")
    (store / lost.file).unlink()
    with pytest.raises(UserError, match=ROSTER):
        rebuild(store, without=[other.seq], reason="报错了")
    assert [entry.what for entry in (receipt(store), receipt(store, other.name))] == ["accepted", "accepted"]


def test_s05_the_same_file_sent_again_heals_an_altered_or_missing_original(
    store: Path, loaded: Path, tmp_path: Path
) -> None:
    for spoil in (_change, Path.unlink):
        path = store / receipt(store).file
        spoil(path)
        again = tmp_path / "再报.XLSX"
        again.write_bytes((loaded / path.relative_to(store)).read_bytes())
        assert load_paths([again], store).outcomes[0].what == "unchanged"
        assert path.read_bytes() == again.read_bytes()


@pytest.mark.parametrize("kept", ["inbox", "warehouse", "both"])
@pytest.mark.parametrize("left", ["nothing", "an empty file"])
def test_s05_a_lost_journal_is_refused_and_none_is_begun(
    kept: str, left: str, store: Path, sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    journal = store / "journal.sqlite"
    kept_journal = journal.read_bytes()
    journal.unlink() if left == "nothing" else journal.write_bytes(b"")
    if kept != "both":
        shutil.rmtree(store / ("warehouse" if kept == "inbox" else "inbox"))
    for command in (
        ["load", str(sent)],
        ["build"],
        ["status", "--period", "2008Q1"],
        ["withdraw", "1", "--reason", "错"],
    ):
        assert etl([*command, "--store", str(store)]) == 2
        said = capsys.readouterr().err
        assert "日志却丢了" in said and "Traceback" not in said
        assert not journal.exists() or journal.stat().st_size == 0
    journal.write_bytes(kept_journal)
    assert Journal(store).entries()


def test_s05_a_journal_that_does_not_know_what_the_build_holds_is_refused(
    store: Path, sent: Path, tmp_path: Path
) -> None:
    import shutil

    old = tmp_path / "old"
    load_paths([next(sent.glob("*名册*"), next(iter(sorted(sent.iterdir()))))], old)
    shutil.copyfile(old / "journal.sqlite", store / "journal.sqlite")
    before = current_build(store)
    for act in (lambda: load_paths([sent], store), lambda: rebuild(store)):
        with pytest.raises(UserError, match="是日志里没有的"):
            act()
    assert current_build(store) == before


def test_s05_a_build_that_lacks_what_the_journal_has_taken_in_is_refused_until_it_is_made_anew(
    store: Path, loaded: Path, tmp_path: Path
) -> None:
    load_paths([write_roster(tmp_path, "乙乡", "2008年三季度", town_two())], store)
    then = contents(store)
    (store / "warehouse" / "CURRENT").write_text("000001.duckdb", encoding="utf-8")
    with pytest.raises(UserError, match="对不上.*请先重建数据"):
        withdraw(store, receipt(store).seq, "报错了", "")
    rebuild(store)
    assert contents(store) == then
