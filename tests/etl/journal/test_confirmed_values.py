"""What was confirmed holds for the values that stood there: not for the words they were told in, nor for a cell."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from etl.intake import HELD, confirm, load_paths, rebuild, to_confirm
from etl.journal import Journal
from etl.model.finding import list_hundreds, tell
from etl.model.rules import RULES
from store.audit import note, verify
from store.schema import JOURNAL_VERSION
from store.verbs import Verb
from tests.lib.books import Form, Row, write_book
from tests.lib.contents import contents
from tests.lib.county import REPORTER, copy_of, town_one, write_register, write_roster

PERIOD = "2008年一季度"
WHY = "已电话核实"


def visit(number: str, households: int, persons: int) -> Row:
    """Return a row of the aid ledger; more households than persons must be confirmed."""
    return {"number": number, "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问",
            "households": households, "persons": persons}  # fmt: skip


def aid(folder: Path, name: str, *rows: Row) -> Path:
    return write_book(folder / name, Form("R07", REPORTER, PERIOD, list(rows), money="元、吨"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store whose third file was accepted after two questions were confirmed; a fourth one waits."""
    return copy_of(_with_questions, tmp_path)


def _with_questions(folder: Path) -> None:
    store = folder / "store"
    ledger = aid(folder, "帮扶.xlsx", visit("F1", 9, 8), visit("F2", 7, 6))
    for file in (write_register(folder), write_roster(folder, "甲镇", PERIOD, town_one()), ledger):
        load_paths([file], store)
    assert confirm(store, 3, WHY, "王会计").count("accepted") == 1
    other = aid(folder, "另一份.xlsx", visit("F1", 9, 8), visit("F2", 7, 6), visit("F3", 5, 4))
    assert load_paths([other], store).count(HELD) == 1


def of_version_two(store: Path) -> None:
    """Make the journal into one of version 2, which knew findings and confirmations by their words alone."""
    with sqlite3.connect(store / "journal.sqlite") as connection:
        connection.execute("alter table confirmation drop column stands")
        connection.execute("drop table confirmed_values")
        connection.execute("delete from audit")  # whose next entry seals what is made here
        connection.execute("delete from journal_version")
        connection.execute("insert into journal_version values (2, '2026-01-01T00:00:00+00:00')")
        for number, findings in connection.execute("select id, findings from outcome").fetchall():
            told = [{name: text for name, text in one.items() if name != "stands"} for one in json.loads(findings)]
            connection.execute("update outcome set findings = ? where id = ?", [json.dumps(told), number])
    connection.close()
    note(store, "王会计", Verb.LOOKED)


def identities(store: Path) -> list[str | tuple[str, ...]]:
    return [one.key[3] for one in Journal(store).confirmations()]


def same_again(store: Path, folder: Path) -> Callable[[], int]:
    """Return what loads another file with the values that were confirmed, and tells how many are accepted."""
    files = iter(range(2, 10))

    def load() -> int:
        first = [visit(f"A{number}", number, number) for number in range(1, next(files))]
        file = aid(folder, f"更正{len(first)}.xlsx", *first, visit("F1", 9, 8), visit("F2", 7, 6))
        return load_paths([file], store).count("accepted")

    return load


def reword(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = RULES["relation"]
    other = {code: replace(one, problem="{row}这一行是{cells:、}") for code, one in rule.wordings.items()}
    monkeypatch.setitem(RULES, "relation", replace(rule, wordings=other))


def test_a_confirmation_holds_when_the_sentence_is_written_anew(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [known_by[0] for known_by in identities(store)] == ["row=“F1”", "row=“F2”"]
    reword(monkeypatch)
    assert same_again(store, tmp_path)() == 1


def test_confirmations_of_an_earlier_journal_hold_and_take_up_their_values(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, given = contents(store), Journal(store).confirmations()
    of_version_two(store)
    kept = Journal(store).confirmations()
    assert [(one.key[:3], one.key[3], one.who, one.reason, one.at) for one in kept] == [
        (one.key[:3], one.problem, one.who, one.reason, one.at) for one in given
    ]
    assert (store / "journal-v2.sqlite").exists()
    load = same_again(store, tmp_path)
    assert load() == 1
    assert Journal(store).confirmations() == given
    reword(monkeypatch)
    assert load() == 1
    assert contents(store) != before  # each of the two files took the place of the one before
    assert verify(store).broken is None


def test_after_a_rebuild_too(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, given = contents(store), Journal(store).confirmations()
    of_version_two(store)
    assert rebuild(store).count("accepted") == 3
    assert contents(store) == before
    assert Journal(store).confirmations() == given
    assert verify(store).broken is None
    with sqlite3.connect(store / "journal.sqlite") as connection:
        assert connection.execute("select max(number) from journal_version").fetchone() == (JOURNAL_VERSION,)
    connection.close()
    reword(monkeypatch)
    assert same_again(store, tmp_path)() == 1


def test_what_was_asked_under_the_earlier_journal_is_confirmed_under_this_one(store: Path) -> None:
    of_version_two(store)
    asked = to_confirm(Journal(store).entries()[3].findings)
    assert [one.stands for one in asked] == [()]
    assert confirm(store, 4, WHY, "李主任").count("accepted") == 1
    assert rebuild(store).count("accepted") == 4
    assert not any(isinstance(known_by, str) for known_by in identities(store))
    assert verify(store).broken is None


def test_what_stands_for_many_has_no_values_of_the_first() -> None:
    values = {"label": "会员", "when": "上季度", "then": "1", "now": "2"}
    many = [tell("jump", file="表.xlsx", row=f"第{number}行", **values) for number in range(502)]
    rest = list_hundreds(many)[-1]
    assert (rest.problem, rest.stands) == ("另有 2 处同样的问题，没有逐处列出", ("number=2",))
