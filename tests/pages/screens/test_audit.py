"""操作记录: read by person, act and days, taken away without formulas, verified; and how old the last backup is."""

import csv
import io
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import time_machine
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from access.accounts.roles import Role
from access.accounts.sessions import Sessions
from access.acts import Acts
from access.audit_file import audit_csv, audit_xlsx
from access.audit_list import choose
from base.errors import UserError
from base.settings import settings
from etl.backup import back_up
from etl.backup.manifest import find_backup
from etl.backup.plan import backup_plan
from etl.backup.verify import verify_backup
from etl.intake import load_paths
from pages.shared.downloads import hand_out
from store.audit import entries, last_entry, note
from store.verbs import Verb
from tests.lib.county import write_register
from tests.lib.people import NAMES, session_for
from tests.pages.conftest import OpenPage, holds_accounts_alone, words

PAGE = "audit.py"
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with acts of two people, one of them named like a formula. Read only."""
    folder = tmp_path_factory.mktemp("noted")
    load_paths([write_register(folder)], folder / "store", who="李梅")
    note(folder / "store", FORMULA, Verb.LOOKED, "@第1号")
    with time_machine.travel("2001-02-03T04:05:06+00:00"):
        note(folder / "store", "李梅", Verb.EXPORTED, "旧钟.xlsx")
    return folder / "store"


@pytest.fixture
def store(noted: Path, tmp_path: Path) -> Path:
    return shutil.copytree(noted, tmp_path / "store")


def table(app: AppTest) -> str:
    return next((body for body in (one.proto.body for one in app.get("html")) if "plain audit" in body), "")


def test_every_entry_is_shown_newest_first_and_a_clock_set_back_is_told(open_page: OpenPage, noted: Path) -> None:
    app = open_page(noted, PAGE)
    assert not app.exception and not app.error
    assert f"共 {len(entries(noted))} 条操作记录" in words(app)
    shown = table(app)
    assert shown.index("旧钟.xlsx") < shown.index("看原件") < shown.index("上报")
    assert "2001年2月3日" in shown and "时钟被拨回过" in shown
    assert "&#x27; /C calc" in shown or "' /C calc" in shown


def test_entries_are_chosen_by_person_act_and_days(open_page: OpenPage, noted: Path) -> None:
    app = open_page(noted, PAGE)
    app.selectbox(key="audit-who").select("李梅").run()
    coming = {Verb.SIGNED_IN.code, Verb.SIGNED_OUT.code}
    theirs = sum(entry.who == "李梅" and entry.verb not in coming for entry in entries(noted))
    assert f"选出 {theirs} 条" in words(app) and "看原件" not in table(app)
    app.selectbox(key="audit-verb").select("导出").run()
    assert "选出 1 条" in words(app)
    app.date_input(key="audit-since").set_value(date(2002, 1, 1)).run()
    assert "没有符合条件的操作记录" in words(app)
    app.date_input(key="audit-since").set_value(date(2001, 2, 3)).run()
    app.date_input(key="audit-until").set_value(date(2001, 2, 4)).run()
    assert "选出 1 条" in words(app) and "2001年2月" in table(app)


def test_who_came_and_went_is_listed_when_it_is_asked_for(open_page: OpenPage, noted: Path) -> None:
    app = open_page(noted, PAGE)
    assert any(entry.verb == Verb.SIGNED_IN.code for entry in entries(noted))
    assert "登录" not in table(app) and "，选出 " in words(app)
    app.toggle(key="audit-comings").set_value(True).run()
    assert "登录" in table(app) and "，选出 " not in words(app)
    app.toggle(key="audit-comings").set_value(False).run()
    app.selectbox(key="audit-verb").select("登录").run()
    assert "登录" in table(app)


def test_a_day_that_can_not_be_read_is_told(noted: Path) -> None:
    with pytest.raises(UserError, match="看不懂日期“去年”"):
        choose(entries(noted), since="去年")


def test_an_administrator_backs_up_with_a_button(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE)
    next(button for button in app.button if button.label == "现在备份").click().run()
    assert not app.exception and not app.error and not app.warning
    assert "已备份到" in app.success[0].value and "不到一小时前" in words(app)
    folder = store.with_name("store-backups")
    assert verify_backup(find_backup(folder)) == []
    last = last_entry(store, Verb.BACKED_UP)
    assert last and (last.who, last.details["folder"]) == (NAMES[Role.ADMIN], str(folder))
    assert not app.run().success, "it is told once"


def test_a_backup_goes_where_the_settings_say_and_is_for_administrators(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINGSHU_BACKUP", str(tmp_path / "elsewhere"))
    made = Acts(store, session_for(store)).back_up(backup_plan())
    assert made.folder.parent == tmp_path / "elsewhere"
    for role in (Role.STAFF, Role.LEADER):
        with pytest.raises(UserError, match="不能管理账号"):
            Acts(store, session_for(store, role)).back_up(backup_plan())


def test_an_audit_that_was_altered_is_found_out_on_the_page(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE)
    next(button for button in app.button if "核对" in button.label).click().run()
    assert f"{len(entries(store))} 条前后相接，没有改动" in app.success[0].value
    with closing(sqlite3.connect(store / "journal.sqlite")) as connection:
        connection.executescript("update audit set about = '', details = 'x' where number = 3")
    app = open_page(store, PAGE)
    next(button for button in app.button if "核对" in button.label).click().run()
    assert "第 3 条：内容被改过" in app.error[0].value


def test_files_hold_every_entry_and_no_formula(noted: Path) -> None:
    chosen = entries(noted)[:4]
    rows = list(csv.reader(io.StringIO(audit_csv(chosen).decode("utf-8-sig"))))
    assert len(rows) == 5 and rows[3][2] == f"'{FORMULA}" and rows[3][4] == "'@第1号"
    sheet = load_workbook(io.BytesIO(audit_xlsx(chosen))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert sheet["C4"].value == FORMULA and "f" not in {cell.data_type for cell in cells}
    assert sheet["C4"].quotePrefix and sheet["G2"].value == chosen[0].sha


def test_what_is_handed_out_is_noted_first(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGSHU_STORE", str(store))
    doing = Acts(store, session_for(store))
    assert hand_out(doing, Verb.EXPORTED, "图.csv", lambda: b"1") == b"1"
    last = entries(store)[-1]
    assert (last.who, last.verb, last.about) == (NAMES[Role.ADMIN], "exported", "图.csv")
    (store / "journal.sqlite").unlink()
    (store / "journal.sqlite").mkdir()
    with pytest.raises(UserError, match="日志却丢了"):
        hand_out(doing, Verb.EXPORTED, "图.csv", lambda: b"1")


def test_nothing_is_handed_out_after_the_session_is_over(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGSHU_STORE", str(store))
    session = session_for(store)
    doing = Acts(store, session)
    Sessions(store, settings()).end(session, "李梅")
    with pytest.raises(UserError, match="登录已经结束"):
        hand_out(doing, Verb.EXPORTED, "图.csv", lambda: b"1")


def test_the_age_of_the_last_backup_is_shown_and_warned_about(open_page: OpenPage, store: Path, tmp_path: Path) -> None:
    app = open_page(store, PAGE)
    assert "还没有备份过" in words(app) and "已超过 3 天没有备份" in app.warning[0].value
    back_up(store, tmp_path / "backups")
    app = open_page(store, PAGE)
    assert "不到一小时前" in words(app) and not app.warning
    with closing(sqlite3.connect(store / "journal.sqlite")) as connection:
        connection.executescript("update audit set at = '2020-01-01T00:00:00.000+00:00' where verb = 'backed_up'")
    app = open_page(store, PAGE)
    assert "天前" in words(app) and "数据可能丢失" in app.warning[0].value


def test_an_empty_store_has_an_empty_page(open_page: OpenPage, tmp_path: Path) -> None:
    app = open_page(tmp_path / "none", PAGE)
    assert not app.exception and "共 3 条操作记录" in words(app), "the account that looks was made, changed and let in"
    assert holds_accounts_alone(tmp_path / "none"), "looking makes nothing"
