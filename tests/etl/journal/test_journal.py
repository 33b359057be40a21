"""The journal of an earlier version opens, and nothing in it is lost."""

import json
import sqlite3
from pathlib import Path

from etl.intake import load_paths, withdraw
from etl.journal import Journal
from etl.model.finding import Finding
from tests.lib.contents import contents
from tests.lib.county import town_one, write_register, write_roster

PERIOD = "2008年一季度"
OLD = """
create table received (
    seq integer primary key autoincrement, sha varchar(64) not null, name text not null, file text not null,
    at varchar(32) not null);
create table outcome (
    id integer primary key autoincrement, seq integer not null references received (seq), what varchar(16) not null,
    build integer, at varchar(32) not null, findings text not null);
"""
FINDING = Finding(
    rule="blank",
    severity="return",
    file="三.xlsx",
    sheet="R01",
    address="J5",
    problem="空着",
    requirement="应填数",
    todo="请补上",
)


def age(store: Path) -> None:
    """Make the journal of a store into one of the first version."""
    with sqlite3.connect(store / "journal.sqlite") as connection:
        received = connection.execute("select seq, sha, name, file, at from received").fetchall()
        outcome = connection.execute("select id, seq, what, build, at, findings from outcome").fetchall()
        connection.executescript("drop table outcome; drop table confirmation; drop table received;" + OLD)
        connection.executemany("insert into received values (?, ?, ?, ?, ?)", received)
        connection.executemany(
            "insert into outcome values (?, ?, ?, ?, ?, ?)", [row for row in outcome if row[2] == "accepted"]
        )
        connection.execute(
            "insert into received values (9, 'x', '三.xlsx', 'inbox/x.xlsx', '2026-01-01T00:00:00+00:00')"
        )
        row = {code: value for code, value in FINDING.as_row().items() if code not in ("column", "about")}
        told = json.dumps([row], ensure_ascii=False)
        connection.execute("insert into outcome values (99, 9, 'returned', null, '2026-01-01', ?)", [told])
    connection.close()


def test_an_old_journal_opens_and_goes_on(tmp_path: Path) -> None:
    store = tmp_path / "store"
    load_paths([write_register(tmp_path), write_roster(tmp_path, "甲镇", PERIOD, town_one())], store)
    age(store)
    entries = Journal(store).entries()
    assert [(entry.seq, entry.what, entry.who, entry.returns) for entry in entries] == [
        (1, "accepted", "", ()), (2, "accepted", "", ()), (9, "returned", "", ()),
    ]  # fmt: skip
    assert entries[2].findings == (FINDING,)
    before = contents(store)
    seq = load_paths([write_roster(tmp_path, "甲镇", PERIOD, town_one(51), name="更正.xlsx")], store).outcomes[0].seq
    assert seq == 10
    withdraw(store, seq, "报错了", "王会计")
    assert contents(store) == before
    assert [(entry.what, entry.who) for entry in Journal(store).entries()][-1] == ("withdrawn", "王会计")


def test_what_a_killed_load_published_keeps_its_findings(tmp_path: Path) -> None:
    """The findings are noted before the build is published, so they are known whenever a kill comes."""
    store = tmp_path / "store"
    load_paths([write_register(tmp_path), write_roster(tmp_path, "甲镇", PERIOD, town_one())], store)
    with sqlite3.connect(store / "journal.sqlite") as connection:
        connection.execute("delete from outcome where what = 'accepted'")
        noted = connection.execute("select seq, findings, returns from outcome").fetchall()
    connection.close()
    assert [entry.what for entry in Journal(store).entries()] == [None, None]
    load_paths([tmp_path / "单位名册.xlsx"], store)
    entries = Journal(store).entries()
    assert [(entry.what, entry.intent, entry.returns) for entry in entries] == [
        ("accepted", None, ("R00|COUNTY|8032",)), ("accepted", None, ("R01|T01|8032",)),
    ]  # fmt: skip
    assert [len(json.loads(findings)) for _, findings, _ in noted] == [len(entry.findings) for entry in entries]
