"""Many findings and long texts: an answer stays short, its counts stay true, and nothing asked gets lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from etl.intake import load_paths
from etl.journal import Journal
from etl.journal.confirmations import Confirmation
from etl.model.finding import Finding, count_cells, list_hundreds, shorten, shorten_finding
from etl.privacy.numbers import find_numbers
from etl.replies.answer import answer_file, answer_receipt, telephone_list
from etl.replies.answer_progress import compare
from tests.lib.contents import texts_in
from tests.lib.county import begin_store, union_row, write_register, write_roster

PERIOD = "2008年一季度"
LONG = "很长的说明" * 6_000


def _finding(at: int, severity: str = "return", problem: str = "填的是“若干”", rule: str = "value") -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        file="表.xlsx",
        sheet="表1",
        address=f"C{at}",
        problem=problem,
        requirement="应是整数",
        todo="请改",
        column="会员",
        about="R01|T|8032",
    )


@given(st.text("长“”1字a，", max_size=400).map(lambda text: text * 9))
def test_s09_a_text_is_shortened_once(text: str) -> None:
    once = shorten(text)
    assert shorten(once) == once and len(once) <= 1_000
    assert all(len(quote.partition("”")[0]) <= 100 for quote in once.split("“")[1:-1] if "”" in quote)


def test_s09_a_cell_is_quoted_at_its_beginning_with_its_length() -> None:
    assert shorten(f"填的是“{'字' * 500}”，应填数") == f"填的是“{'字' * 80}…（共500字）”，应填数"
    assert shorten(f"填的是“{'字' * 100}”") == f"填的是“{'字' * 100}”"


def test_s09_no_part_of_a_persons_number_is_left_at_a_cut() -> None:
    cut = _finding(1, problem="字" * 1_990 + "11010119900307 1234" + "字" * 100).problem
    assert not any(letter.isdigit() for letter in cut) and len(cut) < 2_000


def test_s09_a_confirmation_of_a_whole_long_quote_goes_on_to_hold(tmp_path: Path) -> None:
    found = f"填的是“{LONG[:1_500]}”"
    Journal(tmp_path).append_received([("0" * 64, "表.xlsx", "inbox/0")])
    Journal(tmp_path).append(
        [], [Confirmation(seq=1, key=("value", "R01|T|8032", "会员", found), who="甲", reason="核实过")]
    )
    kept = [one.key for one in Journal(tmp_path).confirmations()]
    assert kept == [shorten_finding(_finding(1, problem=found)).key]


def test_s09_long_texts_by_the_row_add_little_to_the_journal(tmp_path: Path) -> None:
    write_register(tmp_path)
    rows = [union_row(f"甲{number}厂工会", LONG, 100) for number in range(400)]
    load_paths([write_roster(tmp_path, "甲镇", PERIOD, rows)], tmp_path / "store")
    entry = Journal(tmp_path / "store").entries()[-1]
    assert entry.what == "returned"
    assert max(len(one.problem) for one in entry.findings) <= 1_000
    assert (tmp_path / "store" / "journal.sqlite").stat().st_size < 2 << 20
    of_members = [one for one in entry.findings if one.column.startswith("会员") and one.rule == "value"]
    assert len(of_members) <= 101


def test_s09_findings_beyond_the_first_hundred_are_counted() -> None:
    many = [_finding(at) for at in range(1, 1_001)]
    listed = list_hundreds(many)
    assert listed[:100] == many[:100] and len(listed) == 101
    assert (listed[-1].others, listed[-1].severity, count_cells(listed)) == (900, "return", 1_000)
    assert listed[-1].sentence() == (
        "“表.xlsx”表“表1”（会员）：另有 900 处同样的问题，没有逐处列出；这里只列出前 100 处。"
        "请照前面各处一并核对；列出的办完后再报，余下的会接着列出。"
    )
    assert telephone_list("表.xlsx", listed).startswith("“表.xlsx”有 1000 处要改：退回 1000 处。")


def test_s09_kinds_are_counted_apart_and_persons_like_the_others() -> None:
    others = [_finding(at, "confirm", rule="history") for at in range(1, 501)]
    persons = [_finding(at, rule="personal_data") for at in range(1, 301)]
    listed = list_hundreds([*others, *persons])
    assert listed[:600] == [*others, *persons[:100]] and [one.others for one in listed[600:]] == [200]


@given(st.lists(st.sampled_from(["return", "confirm", "note"]), max_size=9), st.integers(1, 300))
def test_s09_what_is_listed_may_be_listed_again_with_others(kinds: list[str], many: int) -> None:
    findings = [_finding(at, kind) for at, kind in enumerate(kinds * many)]
    half = len(findings) // 3
    assert list_hundreds(list_hundreds(findings)) == list_hundreds(findings)
    again = list_hundreds([*list_hundreds(findings[:half]), *findings[half:]])
    assert count_cells(again) == len(findings) and len(again) <= 703


@pytest.mark.parametrize("written", ["11010519491231002X", 6222021234567890128, "姓名"])
def test_s09_persons_beyond_the_first_hundred_are_struck_out_all_the_same(written: object, tmp_path: Path) -> None:
    begin_store(tmp_path / "store")
    path = write_roster(tmp_path / "sent", "甲镇", PERIOD, [union_row("甲一厂工会", 10, 100)])
    book = load_workbook(path)
    for row in range(5, 405):
        book["R01"][f"U{row}"] = written if written != "姓名" or row % 2 else "某甲"
    book.save(path)
    (outcome,) = load_paths([path], tmp_path / "store").outcomes
    told = [one for one in outcome.findings if one.rule == "personal_data"]
    assert (len(told), count_cells(told)) == (101, 400 if written != "姓名" else 200)
    kept = answer_receipt(tmp_path / "store", outcome.seq or 0).write(tmp_path / "kept.xlsx")
    fresh = answer_file(tmp_path / "store", path).write(tmp_path / "fresh.xlsx")
    for answer in (kept, fresh):
        shown = [str(cell.value) for cell in load_workbook(answer)["R01"]["U"][4:404]]
        assert not [text for text in shown if text == "某甲" or find_numbers(text)]
        assert str(written) not in texts_in(answer.read_bytes()) or written == "姓名"


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_s09_what_was_fixed_is_counted_rightly_however_many_are_listed(first: int, last: int, more: int) -> None:
    rows = list(range(1, 401))
    before = [_finding(at, problem=f"填的是“{at}”") for at in rows]
    now = [one for one in before if not first <= int(one.address[1:]) <= last]
    progress = compare(list_hundreds(before), list_hundreds(now))
    assert (progress.before, progress.fixed, progress.new) == (400, 400 - len(now), 0)
    worse = [*before, *(_finding(at, problem=f"填的是“{at}”") for at in range(401, 401 + more))]
    assert compare(list_hundreds(before), list_hundreds(worse)).new == more


def test_s09_what_is_confirmed_by_hundreds_is_all_asked() -> None:
    asked = [_finding(at, "confirm", f"填的是“{at}”", "history") for at in range(1, 1_201)]
    rounds = 0
    while shown := [one for one in list_hundreds(asked) if not one.others]:
        assert len(list_hundreds(asked)) <= 501
        keys = {one.key for one in list_hundreds(asked)}
        asked = [one for one in asked if one.key not in keys]
        rounds += 1
    assert rounds == 3 and not asked and not shown
