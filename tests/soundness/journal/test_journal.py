"""Every act is in the journal's database together with its audit entry, or not at all."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from access import accounts
from access.accounts import saved_views
from access.accounts.people import BY_PASSWORD
from access.accounts.roles import Role
from access.accounts.sessions import Sessions
from base.errors import UserError
from base.settings import Settings
from etl.backup.snapshot import Snapshot, agree
from etl.intake import confirm, forget, load_paths, withdraw
from etl.journal import Journal, Sender, read_entries
from etl.journal.frozen_scores import append_frozen
from etl.journal.objections import answer_objection, object_to
from etl.pipeline.session import open_session
from stats.papers.cited_figures import Occasion, Registered, register
from store.audit import entries
from store.builds import current_build
from store.engine import ask, writing
from store.schema import METADATA
from store.wording_choices import save_wording_choice
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, town_one, town_two, write_register, write_roster

SCHEME = "town_work_2010"
FIGURE = Registered(
    ref="7K2M-Q9XT4",
    subject="union_members",
    name="会员数",
    unit="COUNTY",
    span="2008Q1",
    build=1,
    built_at="2026-11-29",
    value=100.0,
    text="100人",
    content="x",
)
RECEIVED = "0" * 64, "a.xlsx", "inbox/a"
PERIOD = "2008年一季度"
NO_AUDIT = """create trigger no_audit before insert on audit when new.verb <> '{but}'
  begin select raise(abort, 'not to be written'); end"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store for every act: accepted (1, 2), held (3) and returned (4) files, people, views, objections."""
    sent, found = tmp_path_factory.mktemp("sent"), tmp_path_factory.mktemp("store")
    visit = {"number": "F1", "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问",
             "households": 9, "persons": 8}  # fmt: skip
    ledger = write_book(sent / "帮扶.xlsx", Form("R07", REPORTER, PERIOD, [visit], money="元、吨"))
    unknown = write_roster(sent, "丙乡", PERIOD, town_one(), name="丙乡.xlsx")
    for file in (write_register(sent), write_roster(sent, "甲镇", PERIOD, town_one()), ledger, unknown):
        load_paths([file], found)
    assert [entry.what for entry in read_entries(found)] == ["accepted", "accepted", "held", "returned"]
    accounts.add_account(found, "limei", "李梅", Role.ADMIN)
    saved_views.save_view(found, "二季度", "?span=2008Q2", False, "李梅")
    object_to(found, SCHEME, "T01", "archives", "有误", "赵田")
    return found


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    """A copy of the loaded store."""
    return shutil.copytree(loaded, tmp_path / "store")


def _limei(store: Path) -> accounts.Account:
    account = accounts.find_account(store, "limei")
    assert account
    return account


def _take_in(store: Path) -> None:
    load_paths([write_roster(store.parent / "more", "乙乡", PERIOD, town_two())], store, who="王强")


ACTS: dict[str, Callable[[Path], object]] = {
    "add_account": lambda store: accounts.add_account(store, "zhoushan", "周山", Role.LEADER, who="李梅"),
    "set_role": lambda store: accounts.set_role(store, "limei", Role.ADMIN, who="李梅"),
    "start_account": lambda store: accounts.start_account(store, "limei", "李梅"),
    "renew_password": lambda store: accounts.renew_password(store, "limei", "李梅"),
    "sign_in": lambda store: Sessions(store, Settings()).begin(_limei(store), BY_PASSWORD),
    "sign_out": lambda store: Sessions(store, Settings()).end("0", "李梅"),
    "save_view": lambda store: saved_views.save_view(store, "三季度", "?span=2008Q3", True, "李梅"),
    "pin_view": lambda store: saved_views.pin_view(store, "二季度", True, "李梅"),
    "delete_view": lambda store: saved_views.delete_view(store, "二季度", "李梅"),
    "freeze": lambda store: append_frozen(store, SCHEME, date(2026, 11, 25), 1, "[]", "考核办", "得分"),
    "object": lambda store: object_to(store, SCHEME, "T01", "archives", "还是有误", "赵田"),
    "answer": lambda store: answer_objection(store, 1, True, "同意", "考核办"),
    "choose_wording": lambda store: save_wording_choice(store, "工会{}unit", "union_orgs", "王强"),
    "cite": lambda store: register(store, "工作报告", [(FIGURE, "100人")], "王强"),
    "close_speech": lambda store: register(
        store, "讲话", [(FIGURE, "100人")], "王强", Occasion("全委会", date.today())
    ),
    "receive": lambda store: Journal(store).append_received(
        [("0" * 64, "a.xlsx", "inbox/a")], "王强", Sender(1, "T01")
    ),
    "lay_aside": lambda store: withdraw(store, 3, "报错了单位", "王强"),
}
# Acts that also change figures: an intent is recorded, then the figures change, then it is recorded as done.
FIGURES: dict[str, Callable[[Path], object]] = {
    "take_in": _take_in,
    "withdraw": lambda store: withdraw(store, 2, "报错了单位", "王强"),
    "confirm": lambda store: confirm(store, 3, "已电话核实", "王强"),
    "forget": lambda store: forget(store, 4, "不是我们的", "王强"),
}


@pytest.mark.parametrize("name", ACTS)
def test_a27_no_act_stands_without_its_entry_in_the_audit(store: Path, name: str) -> None:
    _forbid_entries(store)
    before = _everything(store)
    with pytest.raises((IntegrityError, UserError)):
        ACTS[name](store)
    assert _everything(store) == before


@pytest.mark.parametrize("name", FIGURES)
def test_a27_figures_that_changed_without_an_entry_get_it_at_the_next_start(store: Path, name: str) -> None:
    _forbid_entries(store, but="uploaded")
    with pytest.raises(IntegrityError):
        FIGURES[name](store)
    with writing(store) as connection:
        connection.execute(text("drop trigger no_audit"))
    before = len(entries(store))
    with open_session(store) as session:
        session.begin()
    assert agree(Snapshot(read_entries(store), current_build(store)))
    begun = any(entry.intent for entry in read_entries(store))
    assert len(entries(store)) > before and not begun


@pytest.mark.parametrize("name", [*ACTS, *FIGURES])
def test_a27_every_act_leaves_an_entry(store: Path, name: str) -> None:
    before = len(entries(store))
    (ACTS | FIGURES)[name](store)
    assert len(entries(store)) > before


def test_a27_a_password_is_changed_with_its_entry_or_not_at_all(tmp_path: Path) -> None:
    first = accounts.add_account(tmp_path, "limei", "李梅", Role.ADMIN)
    _forbid_entries(tmp_path)
    with pytest.raises(IntegrityError):
        accounts.change_password(tmp_path, _limei(tmp_path), first, "neu-47-tests", "neu-47-tests")
    assert accounts.check_password(tmp_path, "limei", first)


def test_a27_what_refers_to_nothing_is_refused(store: Path) -> None:
    with pytest.raises(IntegrityError), writing(store) as connection:
        connection.execute(text("insert into session values ('a', 'b', 99, 'c', 'd', 'e', 1, 1, 0)"))


def _forbid_entries(store: Path, but: str = "") -> None:
    with writing(store) as connection:
        connection.execute(text(NO_AUDIT.format(but=but)))


def _everything(store: Path) -> dict[str, list[dict[str, object]]]:
    return {name: [dict(row) for row in ask(store, select(table))] for name, table in METADATA.tables.items()}
