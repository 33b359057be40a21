"""Taking a submission back: the figures are as if it had never come, and what rests on it is not orphaned."""

import shutil
from pathlib import Path

import duckdb
import pytest

from base.errors import UserError
from etl.__main__ import main as etl
from etl.intake import UNCHANGED, load_paths, rebuild, withdraw
from etl.journal import WITHDRAWING, Journal, Step
from stats.warehouse import open_warehouse
from store.builds import current_build
from tests.lib.books import Form, Row, write_book
from tests.lib.contents import contents
from tests.lib.county import REPORTER, town_one, town_two, union_row, write_changes, write_register, write_roster

FIRST, SECOND = "2008年一季度", "2008年二季度"
WHY = "报错了"


def contract(number: str, start: str, **other: object) -> Row:
    """Return a row of the ledger of contracts: it counts from its start on, also in quarters before its return."""
    row = {"number": number, "type": "集体合同", "scope": "单个企业", "unit": "甲一厂工会", "employer": f"{number}厂",
           "employer_code": number, "scale": "否", "enterprises": 1, "workers": 10, "start": start,
           "end": "2010-12-31"}  # fmt: skip
    return row | other


def contracts(folder: Path, name: str, period: str, *rows: Row) -> Path:
    return write_book(folder / name, Form("R03", REPORTER, period, list(rows)))


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The register, 甲镇 for one quarter and 乙乡 for two."""
    folder = tmp_path_factory.mktemp("sent")
    files = [write_register(folder), write_roster(folder, "甲镇", FIRST, town_one())]
    return files + [write_roster(folder, "乙乡", quarter, town_two()) for quarter in (FIRST, SECOND)]


@pytest.fixture(scope="module")
def loaded(sent: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the files, numbered from 1. Read only: every test takes a copy."""
    store = tmp_path_factory.mktemp("loaded")
    load_paths(sent[:1], store)
    for file in sent[1:]:
        take(store, file)
    return store


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A copy of the loaded store."""
    return shutil.copytree(loaded, tmp_path / "store")


def take(store: Path, *files: Path) -> int:
    """Take files in and return the number of the last receipt."""
    for file in files:
        assert [outcome.what for outcome in load_paths([file], store).outcomes] == ["accepted"]
    return Journal(store).entries()[-1].seq


def assert_as_rebuilt(store: Path) -> None:
    before = contents(store)
    rebuild(store)
    assert contents(store) == before


def test_the_earlier_return_is_in_force_again(store: Path, tmp_path: Path) -> None:
    before = contents(store)
    rows = [union_row("甲一厂工会", 51, 100), *town_one()[1:]]
    seq = take(store, write_roster(tmp_path, "甲镇", FIRST, rows, name="更正.xlsx"))
    assert contents(store) != before
    summary = withdraw(store, seq, WHY, "王会计")
    assert (summary.build, [outcome.what for outcome in summary.outcomes]) == (6, ["withdrawn"])
    assert contents(store) == before
    assert_as_rebuilt(store)


def test_the_journal_keeps_who_when_and_why_and_the_file_stays(store: Path) -> None:
    withdraw(store, 2, WHY, "王会计")
    entry = Journal(store).entries()[1]
    assert (entry.what, entry.who, entry.reason, entry.build) == ("withdrawn", "王会计", WHY, 5)
    assert entry.outcome_at >= entry.at and [step.what for step in entry.steps][-1] == "withdrawn"
    assert (store / entry.file).is_file()


def test_a_withdrawn_file_can_come_again(store: Path, sent: list[Path]) -> None:
    before = contents(store)
    withdraw(store, 2, WHY, "")
    again = load_paths([sent[1]], store)
    assert [(outcome.what, outcome.seq) for outcome in again.outcomes] == [("accepted", 5)]
    assert contents(store) == before
    assert load_paths(sent, store).count(UNCHANGED) == 4


def test_rows_of_the_replaced_return_that_began_earlier_come_and_go(store: Path, tmp_path: Path) -> None:
    take(store, contracts(tmp_path, "一.xlsx", SECOND, contract("H1", "2008-02-01")))
    earlier = contents(store)
    seq = take(store, contracts(tmp_path, "二（更正）.xlsx", SECOND, contract("H2", "2008-05-01")))
    assert_as_rebuilt(store)
    withdraw(store, seq, WHY, "")
    assert contents(store) == earlier


def test_the_last_quarter_goes_when_nothing_else_speaks_of_it(store: Path) -> None:
    withdraw(store, 4, WHY, "")
    assert_as_rebuilt(store)
    assert {row[3] for row in contents(store)["observations"]} == {2008 * 4}


def test_a_row_is_never_counted_twice_because_an_earlier_return_came_back(store: Path, tmp_path: Path) -> None:
    replaced = take(
        store,
        contracts(tmp_path, "一.xlsx", FIRST, contract("H1", "2008-02-01")),
        contracts(tmp_path, "二（更正）.xlsx", FIRST, contract("H2", "2008-02-01")),
    )
    take(store, contracts(tmp_path, "三.xlsx", SECOND, contract("H1", "2008-02-01")))
    before = contents(store)
    with pytest.raises(UserError, match="“H1”就在“一.xlsx”和“三.xlsx”里各报了一遍"):
        withdraw(store, replaced, WHY, "")
    assert contents(store) == before
    assert Journal(store).entries()[replaced - 1].what == "accepted"


def test_a_register_that_others_rest_on_stays(store: Path) -> None:
    before = contents(store)
    with pytest.raises(UserError, match="这份单位名册不能撤回：已收下的 3 份报表.*先撤回那些报表"):
        withdraw(store, 1, WHY, "")
    assert contents(store) == before
    assert not list((store / "warehouse").glob("work-*"))


def test_a_register_nothing_rests_on_goes(store: Path, tmp_path: Path) -> None:
    before = contents(store)
    moved = {"unit_code": "T01003", "unit_name": "甲中学工会", "level": "基层工会", "parent": "T02",
             "category": "事业", "org_type": "单一", "status": "在册", "effective": "2008-04-01"}  # fmt: skip
    seq = take(store, write_changes(tmp_path, SECOND, moved))
    assert contents(store) != before
    withdraw(store, seq, WHY, "")
    assert contents(store) == before


def test_when_all_is_withdrawn_there_are_no_data(store: Path, sent: list[Path]) -> None:
    for seq in (4, 3, 2, 1):
        withdraw(store, seq, WHY, "")
    assert current_build(store) is None
    with pytest.raises(UserError, match="还没有数据"):
        open_warehouse(store)
    load_paths(sent, store)
    assert contents(store)["observations"]


def test_a_rebuild_finishes_a_withdrawal_that_was_begun(store: Path, loaded: Path, tmp_path: Path) -> None:
    withdraw(store, 4, WHY, "王会计")
    other = shutil.copytree(loaded, tmp_path / "other")
    Journal(other).append([Step(seq=4, what=WITHDRAWING, who="王会计", reason=WHY)])  # and the kill came
    rebuild(other)
    assert contents(other) == contents(store)
    entry = Journal(other).entries()[3]
    assert (entry.what, entry.who, entry.reason, entry.intent) == ("withdrawn", "王会计", WHY, None)


def test_a_build_of_another_catalogue_is_made_anew_first(store: Path) -> None:
    path = current_build(store)
    assert path
    with duckdb.connect(str(path)) as connection:
        connection.execute("update core.build set catalogue = 'another'")
    withdraw(store, 4, WHY, "")
    assert current_build(store) == path.with_name("000006.duckdb"), "one build made anew, one without the submission"
    assert_as_rebuilt(store)


@pytest.mark.parametrize(("arguments", "said"), [
    (["99", "--reason", WHY], "没有编号为 99 的上报"),
    (["2", "--reason", " "], "请写明撤回的理由"),
    (["1", "--reason", WHY], "这份单位名册不能撤回"),
])  # fmt: skip
def test_wrong_use_is_2_with_a_sentence(
    arguments: list[str], said: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert etl(["withdraw", *arguments, "--store", str(store)]) == 2
    assert said in capsys.readouterr().err


def test_the_command_withdraws_once(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["withdraw", "2", "--reason", WHY, "--who", "王会计", "--store", str(store)]
    assert etl(asked) == 0
    assert f"已撤回第 2 号“甲镇{FIRST}.xlsx”，数据更新为第 5 版" in capsys.readouterr().out
    assert etl(asked) == 2
    assert "已撤回，不用撤回" in capsys.readouterr().err
