"""Frozen scores: as known at the end of a day; later corrections show as later, and the build is kept."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from shutil import copytree

import pytest

from base import china_days
from base.errors import UserError
from etl.intake import load_paths, withdraw
from etl.journal import Journal
from etl.journal.frozen_scores import Frozen, frozen_builds, frozen_scores
from etl.pipeline.freeze import freeze
from stats.catalogue import Catalogue
from stats.scoring import Score, score_units
from stats.scoring.score_record import LineChange, changes_since, read_record
from stats.warehouse import open_warehouse
from store import publish
from store.builds import current_build, kept_build
from tests.lib.contents import contents
from tests.lib.county import town_one, write_register, write_roster
from tests.lib.few import few_at_first
from tests.lib.killed import begin
from tests.lib.scores import SCHEME, score_row, write_scores

YEAR_END = "2010年四季度"
TODAY = datetime.now(UTC).astimezone().date()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("base")
    files = [
        write_register(folder),
        write_roster(folder, "甲镇", "2009年四季度", town_one(20)),
        write_roster(folder, "甲镇", YEAR_END, town_one(75)),
        write_scores(folder, score_row("困难职工档案", self=7, checked=6)),
    ]
    load_paths(files, folder / "store")
    return folder / "store"


@pytest.fixture
def store(base: Path, tmp_path: Path) -> Path:
    return copytree(base, tmp_path / "store")


def today() -> date:
    return china_days.today()


def score_now(store: Path, catalogue: Catalogue, build: int | None = None) -> Score:
    warehouse = open_warehouse(store, build)
    try:
        return next(one for one in score_units(warehouse, catalogue, catalogue.scheme(SCHEME)) if one.unit == "T01")
    finally:
        warehouse.close()


def later(store: Path, frozen: Frozen, catalogue: Catalogue) -> list[LineChange]:
    return changes_since(read_record(frozen.scores)["T01"], score_now(store, catalogue))


def date_back(store: Path, seqs: list[int], day: datetime) -> None:
    """Let receipts and all that happened to them have come on another day."""
    with sqlite3.connect(store / "journal.sqlite") as connection:
        for seq in seqs:
            connection.execute("update received set at = ? where seq = ?", (day.isoformat(), seq))
            connection.execute("update outcome set at = ? where seq = ?", (day.isoformat(), seq))
    connection.close()


def correct(store: Path, folder: Path) -> None:
    """Correct the roster and the score sheet after the freeze."""
    load_paths([write_roster(folder, "甲镇", YEAR_END, town_one(95))], store)
    load_paths([write_scores(folder, score_row("困难职工档案", self=7, checked=5.5))], store)


def test_a_correction_after_the_freeze_shows_as_later(store: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    frozen = freeze(store, SCHEME, today(), "办公室")
    assert (frozen.build, frozen.who, frozen.cutoff) == (1, "办公室", today())
    assert later(store, frozen, catalogue) == []
    correct(store, tmp_path)
    said = [(one.item, one.what, one.was, one.now) for one in later(store, frozen, catalogue)]
    assert said == [
        ("growth", "依据的数", "+55人", "+75人"),
        ("growth", "计算", "2.00分", "3.00分"),
        ("growth", "计入", "2.00分", "3.00分"),
        ("archives", "复核", "6.00分", "5.50分"),
        ("archives", "计入", "6.00分", "5.50分"),
    ]
    was = read_record(frozen.scores)["T01"]
    assert was.points == score_now(store, catalogue, frozen.build).points != score_now(store, catalogue).points


def test_the_frozen_build_outlives_pruning(store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(publish, "_KEEP", 2)
    freeze(store, SCHEME, today(), "办公室")
    for members in range(30, 36):
        load_paths([write_roster(tmp_path, "甲镇", YEAR_END, town_one(members))], store)
    kept = [path.stem for path in sorted((store / "warehouse").glob("*.duckdb"))]
    assert kept == ["000001", "000006", "000007"]
    assert frozen_builds(store) == {1} and kept_build(store, 1)


def test_a_day_in_the_past_takes_what_was_in_force_at_its_end(
    store: Path, catalogue: Catalogue, tmp_path: Path
) -> None:
    last_week = datetime.now(UTC) - timedelta(days=7)
    date_back(store, [1, 2, 3, 4], last_week)
    correct(store, tmp_path)
    frozen = freeze(store, SCHEME, (last_week + timedelta(days=2)).date(), "办公室")
    assert frozen.build == 1, "the build of then is still kept, though CURRENT has gone on"
    assert [one.item for one in later(store, frozen, catalogue)] == ["growth"] * 3 + ["archives"] * 2


def test_a_build_that_is_gone_is_made_anew_from_the_journal(store: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    last_week = datetime.now(UTC) - timedelta(days=7)
    date_back(store, [1, 2, 3, 4], last_week)
    before, then = contents(store), current_build(store)
    correct(store, tmp_path)
    now = current_build(store)
    assert then is not None
    then.unlink()
    frozen = freeze(store, SCHEME, (last_week + timedelta(days=2)).date(), "办公室")
    assert current_build(store) == now, "the current build stays"
    assert frozen.build == 4 and len(later(store, frozen, catalogue)) == 5
    (store / "warehouse" / "CURRENT").write_text("000004.duckdb", encoding="utf-8")
    assert contents(store) == before, "the same as was in force then"


def test_what_was_withdrawn_later_was_still_in(store: Path, catalogue: Catalogue) -> None:
    date_back(store, [1, 2, 3, 4], datetime.now(UTC) - timedelta(days=7))
    withdraw(store, 4, "报错了", "办公室")
    frozen = freeze(store, SCHEME, today() - timedelta(days=3), "办公室")
    [change, *_] = later(store, frozen, catalogue)
    assert (change.name, change.what, change.was, change.now) == ("困难职工档案", "自评", "7.00分", "—")


@pytest.mark.parametrize(("cutoff", "who", "said"), [
    (date(2008, 1, 1), "办公室", "还没有收下任何报表"),
    (date(2099, 1, 1), "办公室", "还没有到"),
    (TODAY - timedelta(days=1), " ", "请写明由谁冻结"),
])  # fmt: skip
def test_what_cannot_be_frozen_is_told(cutoff: date, who: str, said: str, store: Path) -> None:
    with pytest.raises(UserError, match=said):
        freeze(store, SCHEME, cutoff, who)
    assert frozen_scores(store, SCHEME) == []


def test_an_original_that_is_gone_is_told_with_what_can_be_done(store: Path, tmp_path: Path) -> None:
    date_back(store, [1, 2, 3, 4], datetime.now(UTC) - timedelta(days=7))
    then = current_build(store)
    correct(store, tmp_path)
    assert then is not None
    then.unlink()
    (store / Journal(store).entries()[2].file).unlink()
    with pytest.raises(UserError, match="那时的数据已不再保存，也不能重建，因为.*请改用后来的日期"):
        freeze(store, SCHEME, today() - timedelta(days=3), "办公室")


KILLS, FEW = 8, (0, 3, 6)  # few with every test run, the others with `make soak`


def start(store: Path, day: date) -> BaseProcess:
    """Start a freeze in a process of its own; return once its working copy is there."""
    process = begin(freeze, store, SCHEME, day, "办公室")
    while process.is_alive() and not list((store / "warehouse").glob("work-*")):
        time.sleep(0.001)
    return process


@contextmanager
def killed(store: Path, day: date, seconds: float) -> Iterator[None]:
    process = start(store, day)
    time.sleep(seconds)
    process.kill()
    process.join()
    yield


@pytest.fixture(scope="module")
def gone(base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A store in which the build of last week is gone, and how long a freeze runs once its copy is there."""
    folder = tmp_path_factory.mktemp("gone")
    store = copytree(base, folder / "store")
    date_back(store, [1, 2, 3, 4], datetime.now(UTC) - timedelta(days=7))
    correct(store, folder)
    (store / "warehouse" / "000001.duckdb").unlink()
    tried = copytree(store, folder / "tried")
    process = start(tried, today() - timedelta(days=3))
    begun = time.monotonic()
    process.join()
    assert process.exitcode == 0
    return store, time.monotonic() - begun


@pytest.mark.parametrize("kill", few_at_first(range(KILLS), FEW))
def test_a_killed_freeze_is_done_or_not_and_can_be_done_again(
    kill: int, gone: tuple[Path, float], catalogue: Catalogue, tmp_path: Path
) -> None:
    store, day = copytree(gone[0], tmp_path / "store"), today() - timedelta(days=3)
    before, current = contents(store), current_build(store)
    with killed(store, day, gone[1] * kill / KILLS):
        assert contents(store) == before and current_build(store) == current
        assert len(frozen_scores(store, SCHEME)) <= 1
    frozen = freeze(store, SCHEME, day, "办公室")
    assert len(later(store, frozen, catalogue)) == 5
    made = {path.stem for path in (store / "warehouse").glob("*.duckdb")}
    assert made == {"000002", "000003", "000004"}, "what the kill left is used, and nothing else lies about"
    assert not list((store / "warehouse").glob("work-*"))
