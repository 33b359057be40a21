"""The audit: every act leaves a line, the lines are chained, and whoever alters one or what it seals is found out."""

import sqlite3
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from access.__main__ import main as access
from etl.intake import confirm, forget, load_paths, match, rebuild, withdraw
from etl.journal import Journal
from store.audit import AuditEntry, entries, note, verify
from store.verbs import Verb
from tests.lib.books import Form, Row, address, write_book
from tests.lib.county import REPORTER, town_two, write_roster
from tests.safety.conftest import PERIOD

ROSTER, RETURNED = f"甲镇{PERIOD}.xlsx", "含身份证.xlsx"
UNKNOWN = "下属单位个数"
AID: Row = {"number": "F1", "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问",
            "households": 9, "persons": 8}  # fmt: skip
TARGET: Row = {
    "indicator": "工会会员人数", "unit": REPORTER, "year": 2008, "comparator": "=", "value": 500, "measure": "人",
    "document": "工作报告", "owner": "组织部", "due": "2008-12-31", "date": "2008-01-05",
}  # fmt: skip


def alter(store: Path, sql: str) -> None:
    """Do what somebody could who has the file in hand."""
    with closing(sqlite3.connect(store / "journal.sqlite")) as connection:
        connection.executescript(sql)


def told(store: Path) -> list[tuple[str, str]]:
    return [(entry.who, entry.verb) for entry in entries(store)]


def last(store: Path) -> AuditEntry:
    return entries(store)[-1]


def number_of(store: Path, name: str) -> int:
    return next(entry.seq for entry in Journal(store).entries() if entry.name == name)


def test_a_load_leaves_who_sent_what_and_what_became_of_it(loaded: Path) -> None:
    assert told(loaded) == [("李梅", "uploaded"), ("李梅", "took_in")]
    assert entries(loaded)[0].about.endswith("等4份")
    assert last(loaded).details == {"accepted": 3, "returned": 1, "build": 1}
    assert verify(loaded).broken is None


def test_a_withdrawal_and_a_deletion_are_noted_with_their_reasons(store: Path) -> None:
    withdraw(store, number_of(store, ROSTER), "报错了", "王强")
    assert (last(store).who, last(store).verb, last(store).details) == (
        "王强", "withdrew", {"reason": "报错了", "build": 2},
    )  # fmt: skip
    assert ROSTER in last(store).about
    forget(store, number_of(store, RETURNED), "含个人信息", "赵明")
    assert (last(store).who, last(store).verb, last(store).details) == ("赵明", "forgot", {"reason": "含个人信息"})
    assert verify(store).broken is None


def test_a_confirmation_is_noted_with_its_reason_and_what_came_of_it(store: Path, tmp_path: Path) -> None:
    held = write_book(tmp_path / "帮扶.xlsx", Form("R07", REPORTER, PERIOD, [AID], money="元、吨"))
    seq = load_paths([held], store).outcomes[0].seq or 0
    confirm(store, seq, "已电话核实", "王强")
    assert (last(store).verb, last(store).details) == ("confirmed", {"accepted": 1, "build": 2, "reason": "已电话核实"})


def test_a_header_that_was_matched_is_noted_with_its_column(store: Path, tmp_path: Path) -> None:
    place = address("R01", "covered").rstrip("0123456789") + "3"
    odd = write_roster(tmp_path, "乙乡", "2008年三季度", town_two(), extra={place: UNKNOWN})
    seq = load_paths([odd], store).outcomes[0].seq or 0
    match(store, seq, {UNKNOWN: "涵盖单位数"}, "李梅")
    assert (last(store).who, last(store).verb) == ("李梅", "matched")
    assert last(store).details["columns"] == f"{UNKNOWN}＝covered"


def test_a_changed_target_is_noted_beside_the_upload(store: Path, tmp_path: Path) -> None:
    path = write_book(tmp_path / "目标.xlsx", Form("R13", REPORTER, PERIOD, [TARGET]))
    assert load_paths([path], store, who="办公室").outcomes[0].what == "accepted"
    assert [verb for _, verb in told(store)][-3:] == ["uploaded", "took_in", "changed_target"]
    rebuild(store, who="管理员")
    assert told(store)[-1] == ("管理员", "rebuilt"), "to build anew changes no target"


ALTERED = {
    "update audit set who = '别人' where number = 1": (1, "内容被改过"),
    "update audit set about = '' where number = 2": (2, "内容被改过"),
    "delete from audit where number = 2": (3, "前面少了一条"),
    "delete from audit where number = 1": (2, "前面少了一条"),
    "update audit set sha = before where number = 1": (1, "内容被改过"),
    "update outcome set reason = '别的理由' where id = 1": (2, "以前的收退记录被改过"),
    "update received set name = '别的.xlsx' where seq = 2": (1, "以前的收退记录被改过"),
    "delete from outcome where id = 3": (2, "以前的收退记录被改过"),
    "update outcome set what = 'returned' where id = 2": (2, "以前的收退记录被改过"),
    "insert into confirmation values (1, 1, 'a', '', '', '', '', '', '', '', '')": (
        None,
        "",
    ),  # sealed by the next entry
}


@pytest.mark.parametrize(("sql", "expected"), ALTERED.items())
def test_whatever_is_altered_the_first_entry_that_breaks_is_told(
    sql: str, expected: tuple[int | None, str], store: Path
) -> None:
    note(store, "李梅", Verb.EXPORTED, "图的数据")
    alter(store, sql)
    found = verify(store)
    assert found.broken == expected[0] and expected[1] in found.fault
    assert found.entries == (expected[0] or 4) - 1 - (1 if "delete from audit" in sql else 0)


def test_a_chain_that_was_cut_or_made_anew_is_found_out_by_what_was_kept_elsewhere(store: Path) -> None:
    known = {entry.number: entry.sha for entry in entries(store)}
    assert verify(store, known).broken is None
    alter(store, "delete from audit where number = 2")
    assert verify(store).broken is None, "the chain alone can't tell that its end is missing"
    assert verify(store, known).broken == 2
    alter(store, "delete from audit")
    note(store, "别人", Verb.UPLOADED, "")
    assert (verify(store).broken, verify(store, known).broken) == (None, 1)


def test_a_clock_that_is_set_back_is_noted_and_the_order_stands(store: Path) -> None:
    begun = last(store)
    with time_machine.travel(datetime.fromisoformat("1999-01-01T00:00:00+00:00"), tick=False):
        note(store, "李梅", Verb.LOOKED, "甲")
        withdraw(store, number_of(store, ROSTER), "报错了", "王强")
    note(store, "李梅", Verb.LOOKED, "乙")
    after = entries(store)
    assert [entry.at for entry in after] == sorted(entry.at for entry in after)
    assert [entry.clock[:4] for entry in after if entry.clock] == ["1999", "1999"]
    assert (after[-3].at, after[-1].clock) == (begun.at, "")
    assert verify(store).broken is None


@pytest.mark.parametrize("fresh", [False, True])
def test_many_who_write_at_once_make_one_chain(fresh: bool, store: Path, tmp_path: Path) -> None:
    already = 0 if fresh else len(entries(store))
    store = tmp_path / "fresh" if fresh else store
    threads = [
        threading.Thread(target=lambda name=name: [note(store, name, Verb.LOOKED, "甲") for _ in range(10)])
        for name in "甲乙丙丁"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.number for entry in entries(store)] == list(range(1, already + 41))
    assert verify(store).broken is None


def test_no_entry_is_noted_of_what_the_journal_does_not_take(store: Path) -> None:
    """An outcome of a receipt that does not exist is refused by the database, and its audit entry with it."""
    before = told(store)
    with pytest.raises(Exception, match="FOREIGN KEY"):
        journal_step_of_nothing(store)
    assert told(store) == before


def journal_step_of_nothing(store: Path) -> None:
    from etl.journal import WITHDRAWN, Step
    from store.audit import NewAuditEntry

    Journal(store).append([Step(seq=999, what=WITHDRAWN)], audit_entries=[NewAuditEntry("李梅", Verb.WITHDREW)])


def test_the_command_verifies_and_lists(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert access(["audit", "verify", "--store", str(store)]) == 0
    assert "2 条操作记录，前后相接" in capsys.readouterr().out
    assert access(["audit", "list", "--who", "李梅", "--verb", "收下", "--store", str(store)]) == 0
    listed = capsys.readouterr().out
    assert "收下" in listed and "上报" not in listed
    alter(store, "update audit set who = '别人' where number = 2")
    assert access(["audit", "verify", "--store", str(store)]) == 1
    assert "第 2 条：内容被改过" in capsys.readouterr().out
    assert access(["audit", "list", "--verb", "收下了", "--store", str(store)]) == 2
    assert "是不是“收下”" in capsys.readouterr().err
