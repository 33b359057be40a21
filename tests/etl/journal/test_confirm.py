"""Files with something to confirm wait outside the figures until every question is answered with a reason."""

import shutil
from pathlib import Path

import pytest

from base.errors import UserError
from base.periods import parse_span
from etl.__main__ import main as etl
from etl.intake import HELD, confirm, load_paths, rebuild, to_confirm, withdraw
from etl.journal import ACCEPTING, Entry, Journal, Step
from etl.journal.confirmations import Confirmation
from stats.catalogue import Catalogue
from stats.readings import read
from stats.warehouse import open_warehouse
from store.builds import current_build
from tests.lib.books import Form, Row, write_book
from tests.lib.contents import contents
from tests.lib.county import REPORTER, town_one, write_register, write_roster

PERIOD = "2008年一季度"
WHY = "已电话核实"


def visit(number: str, households: int, persons: int) -> Row:
    """Return a row of the aid ledger; more households than persons must be confirmed."""
    return {"number": number, "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问",
            "households": households, "persons": persons}  # fmt: skip


def aid(folder: Path, name: str, *rows: Row) -> Path:
    return write_book(folder / name, Form("R07", REPORTER, PERIOD, list(rows), money="元、吨"))


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The register, one roster, and an aid ledger with two questions."""
    folder = tmp_path_factory.mktemp("sent")
    ledger = aid(folder, "帮扶.xlsx", visit("F1", 9, 8), visit("F2", 7, 6))
    return [write_register(folder), write_roster(folder, "甲镇", PERIOD, town_one()), ledger]


@pytest.fixture(scope="module")
def loaded(sent: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the files, numbered from 1; the last is held. Read only: every test takes a copy."""
    store = tmp_path_factory.mktemp("loaded")
    for file in sent:
        last = load_paths([file], store)
    assert [(outcome.what, outcome.seq, last.build) for outcome in last.outcomes] == [(HELD, 3, None)]
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A copy of the loaded store."""
    return shutil.copytree(loaded, tmp_path / "store")


def visited(store: Path, catalogue: Catalogue) -> float | None:
    warehouse = open_warehouse(store)
    try:
        return read(warehouse, catalogue, "COUNTY", parse_span("2008Q1"), ["hardship_visited_persons"])[0].value
    finally:
        warehouse.close()


def entry(store: Path, seq: int = 3) -> Entry:
    return Journal(store).entries()[seq - 1]


def test_a_held_file_is_not_in_the_figures_until_it_is_confirmed(store: Path, catalogue: Catalogue) -> None:
    assert visited(store, catalogue) is None
    summary = confirm(store, 3, WHY, "王会计")
    assert [(outcome.what, outcome.seq) for outcome in summary.outcomes] == [("accepted", 3)]
    assert visited(store, catalogue) == 14
    assert (entry(store).what, entry(store).who, entry(store).reason) == ("accepted", "王会计", WHY)


def test_confirmations_are_remembered_with_who_and_why(store: Path) -> None:
    confirm(store, 3, WHY, "王会计")
    kept = Journal(store).confirmations()
    assert [(one.seq, one.key[0], one.key[1], one.who, one.reason) for one in kept] == [
        (3, "relation", "R07|COUNTY|8032", "王会计", WHY)
    ] * 2


def test_one_by_one_the_file_waits_for_the_last(store: Path, catalogue: Catalogue) -> None:
    first = confirm(store, 3, WHY, "王会计", [1])
    assert [outcome.what for outcome in first.outcomes] == [HELD]
    assert [finding.problem for finding in to_confirm(entry(store).findings)] == ["“F2”户数填的是7，人数填的是6"]
    assert visited(store, catalogue) is None
    confirm(store, 3, WHY, "李主任", [1])
    assert visited(store, catalogue) == 14
    assert [one.who for one in Journal(store).confirmations()] == ["王会计", "李主任"]


def test_what_was_confirmed_is_not_asked_again_while_the_values_stay(store: Path, tmp_path: Path) -> None:
    confirm(store, 3, WHY, "王会计")
    moved = aid(tmp_path, "更正.xlsx", visit("F0", 1, 1), visit("F1", 9, 8), visit("F2", 7, 6))
    assert load_paths([moved], store).count("accepted") == 1
    changed = aid(tmp_path, "再更正.xlsx", visit("F1", 9, 7), visit("F2", 7, 6))
    again = load_paths([changed], store)
    assert [outcome.what for outcome in again.outcomes] == [HELD]
    assert len(to_confirm(again.outcomes[0].findings)) == 1


def test_a_rebuild_keeps_what_was_confirmed_and_leaves_out_what_is_held(store: Path, tmp_path: Path) -> None:
    confirm(store, 3, WHY, "王会计")
    load_paths([aid(tmp_path, "另一份.xlsx", visit("F1", 9, 1))], store)
    before = contents(store)
    assert rebuild(store).count("accepted") == 3
    assert contents(store) == before
    assert entry(store, 4).what == HELD


def test_the_same_held_file_again_is_the_same_receipt(store: Path, sent: list[Path]) -> None:
    again = load_paths(sent[2:], store)
    assert [(outcome.what, outcome.seq) for outcome in again.outcomes] == [(HELD, 3)]
    assert len(Journal(store).entries()) == 3


def test_a_corrected_file_takes_the_place_of_a_held_one(store: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    load_paths([aid(tmp_path, "更正.xlsx", visit("F1", 5, 5))], store)
    with pytest.raises(UserError, match="第 4 号“更正.xlsx”已收下.*不用再核实"):
        confirm(store, 3, WHY, "王会计")
    before = current_build(store)
    withdraw(store, 3, "已另报", "王会计")
    assert (entry(store).what, current_build(store)) == ("withdrawn", before)
    assert visited(store, catalogue) == 5


def test_a_confirmation_that_was_killed_is_finished_by_the_next_load(
    store: Path, sent: list[Path], catalogue: Catalogue
) -> None:
    held = entry(store)
    keys = [Confirmation(seq=3, key=finding.key, who="王会计", reason=WHY) for finding in to_confirm(held.findings)]
    Journal(store).append(
        [Step(seq=3, what=ACCEPTING, findings=(), returns=held.returns, build=None, who="王会计", reason=WHY)], keys
    )  # and the kill came
    assert (entry(store).what, visited(store, catalogue)) == (HELD, None)
    assert [outcome.what for outcome in load_paths(sent[2:], store).outcomes] == ["accepted"]
    assert (entry(store).what, entry(store).intent, visited(store, catalogue)) == ("accepted", None, 14)


@pytest.mark.parametrize(("arguments", "said"), [
    (["99", "--reason", WHY], "没有编号为 99 的上报"),
    (["3", "--reason", ""], "请写明确认的理由"),
    (["2", "--reason", WHY], "已收下，没有要核实的内容"),
    (["3", "--reason", WHY, "--number", "3"], "要核实的有 2 处，没有第 3 处"),
])  # fmt: skip
def test_wrong_use_is_2_with_a_sentence(
    arguments: list[str], said: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert etl(["confirm", *arguments, "--store", str(store)]) == 2
    assert said in capsys.readouterr().err
    assert Journal(store).confirmations() == []


def test_the_commands_number_the_questions_and_say_1_while_any_is_open(
    store: Path, sent: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert etl(["load", *map(str, sent), "--store", str(store)]) == 1
    told = capsys.readouterr().out
    assert "待核实  帮扶.xlsx（编号 3）" in told and "核实 1：" in told and "核实 2：" in told
    asked = ["confirm", "3", "--reason", WHY, "--store", str(store)]
    assert etl([*asked, "--number", "2"]) == 1
    assert etl(asked) == 0
    assert "已收下  帮扶.xlsx（编号 3）" in capsys.readouterr().out
