"""A header nobody knows is asked about once: the answer holds for this unit and layout, and for no other."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main as etl
from etl.intake import HELD, RETURNED, Outcome, check_paths, load_paths, match, questions, rebuild, withdraw
from etl.journal import Entry, Journal
from etl.model.finding import Finding
from stats.catalogue import load_catalogue
from tests.lib.books import address
from tests.lib.contents import contents
from tests.lib.county import town_one, town_two, union_row, write_register, write_roster

Q1, Q2 = "2008年一季度", "2008年二季度"
WHO = "王会计"
UNKNOWN, MIGRANT, WOMEN = "下属单位个数", "会员人数·外来工", "会员人数·女性"

CATALOGUE = load_catalogue()


def head(column: str, row: int = 3) -> str:
    """Return the address of a column's header in the roster: row 3, or row 4 for the lower of two."""
    return f"{address('R01', column).rstrip('0123456789')}{row}"


RENAMED = {head("covered"): UNKNOWN}
TWO = {head("members_women", 4): "女性", head("members_migrant", 4): "外来工"}
RIGHT = {WOMEN: "members_women", MIGRANT: "members_migrant"}
WRONG = {WOMEN: "members_migrant", MIGRANT: "members_women"}


def roster(folder: Path, period: str = Q1, town: str = "甲镇", **options: Any) -> Path:
    rows = options.pop("rows", None) or (town_one() if town == "甲镇" else town_two())
    return write_roster(folder, town, period, rows, **options)


def women(folder: Path, period: str = Q1, members: int = 50) -> Path:
    """Write a roster with two unknown headers; among its members are 7 women and 3 migrant workers."""
    counts = {"workers_women": 10, "workers_migrant": 10, "members_women": 7, "members_migrant": 3}
    first = union_row("甲一厂工会", members, 100, **counts)
    return roster(folder, period, rows=[first, *town_one()[1:]], extra=TWO)


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows the units. Read only."""
    folder = tmp_path_factory.mktemp("registered")
    load_paths([write_register(folder)], folder / "store")
    return folder / "store"


@pytest.fixture(scope="module")
def asked(registered: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a roster, number 2, sent back for a header nobody knows. Read only."""
    folder = tmp_path_factory.mktemp("asked")
    shutil.copytree(registered, folder / "store")
    assert load(folder / "store", roster(folder, extra=RENAMED)).what == RETURNED
    return folder / "store"


@pytest.fixture
def store(registered: Path, tmp_path: Path) -> Path:
    return shutil.copytree(registered, tmp_path / "store")


@pytest.fixture
def open_store(asked: Path, tmp_path: Path) -> Path:
    return shutil.copytree(asked, tmp_path / "store")


@pytest.fixture
def answered(open_store: Path) -> Path:
    assert match(open_store, 2, {UNKNOWN: "涵盖单位数"}, WHO).outcomes[0].what == "accepted"
    return open_store


def load(store: Path, file: Path) -> Outcome:
    return load_paths([file], store).outcomes[0]


def entry(store: Path, seq: int) -> Entry:
    return Journal(store).entries()[seq - 1]


def of_rule(findings: tuple[Finding, ...] | list[Finding], rule: str) -> list[tuple[str, str]]:
    return [(finding.address, finding.problem) for finding in findings if finding.rule == rule]


def taken(store: Path, item: str) -> float:
    """Return what a store holds of an item."""
    return sum(row[4] for row in contents(store)["observations"] if row[2] == item)


def test_an_unknown_header_is_asked_about_and_never_guessed(asked: Path) -> None:
    told = entry(asked, 2).findings
    assert [finding.rule for finding in told if finding.severity != "note"] == ["missing_column", "unknown_column"]
    assert of_rule(told, "unknown_column") == [(head("covered"), f"“{UNKNOWN}”这一栏认不出来")]
    (question,) = questions(entry(asked, 2), CATALOGUE)
    assert (question.form, question.reporter, question.path, question.address) == (
        "R01", "T01", UNKNOWN, head("covered"),
    )  # fmt: skip
    assert question.candidates == [("covered", "涵盖单位数")]


def test_an_optional_column_is_asked_about_too_and_holds_the_file(store: Path, tmp_path: Path) -> None:
    outcome = load(store, roster(tmp_path, extra={head("industry"): "门类"}))
    assert outcome.what == HELD
    assert match(store, 2, {"门类": ""}, WHO).outcomes[0].what == "accepted"
    again = load(store, roster(tmp_path, Q2, extra={head("industry"): "门类"}))
    assert again.what == "accepted"
    assert of_rule(again.findings, "unused_column") == [(head("industry"), "“门类”这一栏没有用到")]


def test_a_further_column_of_a_complete_form_is_no_question(store: Path, tmp_path: Path) -> None:
    outcome = load(store, roster(tmp_path, extra={"T3": "联系方式"}))
    assert (outcome.what, of_rule(outcome.findings, "unknown_column")) == ("accepted", [])


def test_the_same_header_twice_is_two_questions(store: Path, tmp_path: Path) -> None:
    path = roster(tmp_path, extra={head("industry"): "门类", "T3": "门类"})
    (examined,) = check_paths([path], store)
    assert [(one.path, one.address) for one in questions(examined, CATALOGUE)] == [
        ("门类", head("industry")),
        ("门类(第2个)", "T3"),
    ]


def test_an_answer_takes_the_file_in_and_is_kept_with_who_and_when(answered: Path) -> None:
    assert taken(answered, "union_orgs") == 3
    (kept,) = Journal(answered).matchings()
    assert (kept.seq, kept.reporter, kept.form, kept.path, kept.column, kept.who) == (
        2, "T01", "R01", UNKNOWN, "covered", WHO,
    )  # fmt: skip
    assert kept.at.startswith("20")
    assert (entry(answered, 2).what, entry(answered, 2).who) == ("accepted", WHO)


def test_the_same_layout_is_not_asked_about_again(answered: Path, tmp_path: Path) -> None:
    again = roster(tmp_path, Q2, extra=RENAMED)
    (examined,) = check_paths([again], answered)
    assert (examined.verdict, questions(examined, CATALOGUE)) == ("accepted", [])
    outcome = load(answered, again)
    assert outcome.what == "accepted"
    assert of_rule(outcome.findings, "matched_column") == [(head("covered"), f"“{UNKNOWN}”这一栏按“涵盖单位数”收")]
    assert of_rule(outcome.findings, "layout_changed") == []


@pytest.mark.parametrize("options", [
    {"town": "乙乡", "extra": RENAMED},
    {"period": Q2, "extra": {**RENAMED, "T3": "联系方式"}},
    {"period": Q2, "extra": RENAMED, "omit": ["standardized"]},
], ids=["another unit", "a further column", "a column left out"])  # fmt: skip
def test_another_unit_or_layout_is_asked_about_anew(options: dict[str, Any], answered: Path, tmp_path: Path) -> None:
    outcome = load(answered, roster(tmp_path, **options))
    assert outcome.what == RETURNED
    assert (head("covered"), f"“{UNKNOWN}”这一栏认不出来") in of_rule(outcome.findings, "unknown_column")


def test_a_rebuild_from_inbox_and_journal_is_the_same(answered: Path, tmp_path: Path) -> None:
    load(answered, roster(tmp_path, Q2, extra=RENAMED))
    before = contents(answered)
    shutil.rmtree(answered / "warehouse")
    assert rebuild(answered).count("accepted") == 3
    assert contents(answered) == before


def test_a_later_answer_changes_nothing_that_is_in(store: Path, tmp_path: Path) -> None:
    load(store, women(tmp_path))
    assert match(store, 2, RIGHT, WHO).outcomes[0].what == "accepted"
    assert load(store, women(tmp_path, Q2, members=200)).what == RETURNED  # more members than workers
    match(store, 3, WRONG, WHO)
    assert [one.column for one in Journal(store).matchings()] == [*RIGHT.values(), *WRONG.values()]
    before = contents(store)
    rebuild(store)
    assert contents(store) == before
    assert taken(store, "women_members") == 7


def test_a_wrong_answer_is_mended_by_withdrawing_and_answering_anew(store: Path, tmp_path: Path) -> None:
    load(store, women(tmp_path))
    assert match(store, 2, WRONG, WHO).outcomes[0].what == "accepted"
    assert taken(store, "women_members") == 3
    withdraw(store, 2, "认错了栏", WHO)
    assert match(store, 2, RIGHT, WHO).outcomes[0].what == "accepted"
    assert taken(store, "women_members") == 7


def test_it_does_not_matter_whether_the_register_is_read_first(tmp_path: Path) -> None:
    store, sent = tmp_path / "store", tmp_path / "sent"
    roster(sent, extra=RENAMED, name="一.xlsx")  # sorts before the register
    write_register(sent)
    assert {outcome.seq: outcome.what for outcome in load_paths([sent], store).outcomes} == {1: RETURNED, 2: "accepted"}
    match(store, 1, {UNKNOWN: "covered"}, WHO)
    before = contents(store)
    assert taken(store, "union_orgs") == 3
    assert rebuild(store).count("accepted") == 2
    assert contents(store) == before


@pytest.mark.parametrize(("options", "said"), [
    ({"omit": ["industry"]}, "少了“行业”"),
    ({"extra": {"T3": "联系方式"}}, "多了“联系方式”"),
    ({"extra": {head("account"): "规范化达标", head("standardized"): "独立账户"}}, "“规范化达标”移到了第 18 列"),
])  # fmt: skip
def test_a_changed_layout_is_told_as_a_difference(
    options: dict[str, Any], said: str, store: Path, tmp_path: Path
) -> None:
    first = load(store, roster(tmp_path))
    assert of_rule(first.findings, "layout_changed") == []
    changed = load(store, roster(tmp_path, Q2, **options))
    assert (changed.what, of_rule(changed.findings, "layout_changed")) == (
        "accepted", [("", f"和上次（2008年一季度）相比：{said}")],
    )  # fmt: skip


def test_returns_of_one_load_are_held_against_each_other(store: Path, tmp_path: Path) -> None:
    files = [roster(tmp_path, Q1), roster(tmp_path, Q2, extra={"T3": "联系方式"})]
    second = load_paths(files, store).outcomes[1]
    assert of_rule(second.findings, "layout_changed") == [("", "和上次（2008年一季度）相比：多了“联系方式”")]


@pytest.mark.parametrize(("arguments", "said"), [
    ([], "请写明哪一栏是报表的哪一栏"),
    (["--column", "下属单位数=涵盖单位数"], "没有“下属单位数”这一栏，是不是“下属单位个数”？"),
    (["--column", "工会名称=涵盖单位数"], "“工会名称”这一栏已经认得"),
    (["--column", f"{UNKNOWN}=涵盖单位"], "没有“涵盖单位”这一栏，是不是“涵盖单位数”？"),
    (["--column", f"{UNKNOWN}=会员人数·合计"], "“会员人数·合计”这一栏表里已经有了。还没有找到的是“涵盖单位数”。"),
    (["--column", UNKNOWN], "请写成 来表的栏名=报表的栏名"),
    (["--column", f"{UNKNOWN}=涵盖单位数", "--ignore", UNKNOWN], "写了两次"),
])  # fmt: skip
def test_an_answer_that_does_not_fit_is_refused(
    arguments: list[str], said: str, open_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert etl(["match", "2", *arguments, "--store", str(open_store)]) == 2
    assert said in capsys.readouterr().err
    assert Journal(open_store).matchings() == []


def test_two_headers_are_not_one_column(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(store, women(tmp_path))
    both = ["--column", f"{WOMEN}=会员人数·女会员", "--column", f"{MIGRANT}=会员人数/女会员"]
    assert etl(["match", "2", *both, "--store", str(store)]) == 2
    assert "不能都是“会员人数·女会员”" in capsys.readouterr().err


def test_what_is_in_or_replaced_is_not_asked_about(
    open_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = ["--column", f"{UNKNOWN}=涵盖单位数", "--store", str(open_store)]
    assert etl(["match", "1", *answer]) == 2
    assert "已收下，没有要认定的栏" in capsys.readouterr().err
    load(open_store, roster(tmp_path, name="更正.xlsx"))
    assert etl(["match", "2", *answer]) == 2
    assert "第 3 号“更正.xlsx”已收下" in capsys.readouterr().err


def test_the_command_says_0_when_all_is_in_and_1_when_something_still_stands(
    open_store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ["--who", WHO, "--store", str(open_store)]
    assert etl(["match", "2", "--ignore", UNKNOWN, *told]) == 1
    assert "缺“涵盖单位数”一栏" in capsys.readouterr().out
    assert etl(["match", "2", "--column", f"{UNKNOWN}=涵盖单位数", *told]) == 0
    assert "已收下  甲镇2008年一季度.xlsx（编号 2）" in capsys.readouterr().out


def test_check_shows_the_questions(registered: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = roster(tmp_path, extra={**RENAMED, head("industry"): "门类"})
    assert etl(["check", str(path), "--json", "--store", str(registered)]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    free = [{"code": "industry", "label": "行业"}, {"code": "covered", "label": "涵盖单位数"}]
    assert told["questions"] == [
        {"form": "R01", "form_name": "基层工会组织情况表", "reporter": "T01", "path": path, "address": where,
         "candidates": free}
        for path, where in (("门类", head("industry")), (UNKNOWN, head("covered")))
    ]  # fmt: skip
