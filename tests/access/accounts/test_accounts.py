"""Accounts: made, stopped, given another password or role; what is kept of a password; who may be the last."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from access.accounts import (
    accounts,
    add_account,
    change_password,
    check_password,
    find_account,
    has_administrator,
    renew_password,
    set_role,
    start_account,
    stop_account,
)
from access.accounts.people import BY_PASSWORD
from access.accounts.roles import Role
from access.accounts.sessions import Sessions
from base.errors import UserError
from base.settings import Settings
from store import schema as tables
from store.engine import ask
from tests.contracts.source import ROOT

NEW = "a-river-of-figures-09"


def test_the_first_password_opens_and_must_be_changed(tmp_path: Path) -> None:
    first = add_account(tmp_path, "LiMei ", " 李  梅", Role.STAFF)
    found = check_password(tmp_path, "limei", first)
    assert found and (found.name, found.shown, found.must_change) == ("limei", "李 梅", True)
    change_password(tmp_path, found, first, NEW, NEW)
    changed = check_password(tmp_path, "ＬｉＭｅｉ", NEW)
    assert changed and not changed.must_change and check_password(tmp_path, "limei", first) is None


def test_nothing_that_opens_is_kept_in_clear(tmp_path: Path) -> None:
    first = add_account(tmp_path, "limei", "李梅", Role.STAFF)
    account = check_password(tmp_path, "limei", first)
    assert account
    token = Sessions(tmp_path, Settings()).begin(account, BY_PASSWORD)
    browser = Sessions(tmp_path, Settings()).know_browser(account)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert [word for word in (first, token, browser) if word.encode() in kept] == []
    assert ask(tmp_path, select(tables.account.c.password))[0]["password"].startswith("$argon2id$")


@pytest.mark.parametrize("done", [stop_account, renew_password])
def test_sessions_end_with_the_account_or_its_password(tmp_path: Path, done: object) -> None:
    add_account(tmp_path, "limei", "李梅", Role.STAFF)
    account = find_account(tmp_path, "limei")
    sessions = Sessions(tmp_path, Settings())
    assert account
    tokens = [sessions.begin(account, BY_PASSWORD) for _ in range(2)]
    done(tmp_path, "limei")  # type: ignore[operator]
    start_account(tmp_path, "limei")
    assert [sessions.use(token) for token in tokens] == [None, None]


def test_a_role_holds_from_the_next_question_on(tmp_path: Path) -> None:
    add_account(tmp_path, "limei", "李梅", Role.STAFF)
    account = find_account(tmp_path, "limei")
    sessions = Sessions(tmp_path, Settings())
    assert account
    token = sessions.begin(account, BY_PASSWORD)
    set_role(tmp_path, "limei", Role.CLERK, "T01")
    person = sessions.use(token)
    assert person and (person.account.role, person.own_area) == ("clerk", "T01")
    set_role(tmp_path, "limei", Role.LEADER, "T01")
    person = sessions.use(token)
    assert person and (person.account.role, person.account.area, person.own_area) == ("leader", "", None)


def test_the_last_administrator_stays(tmp_path: Path) -> None:
    add_account(tmp_path, "one", "一", Role.ADMIN)
    for change in (lambda: stop_account(tmp_path, "one"), lambda: set_role(tmp_path, "one", Role.STAFF)):
        with pytest.raises(UserError, match="最后一个管理员"):
            change()
    assert has_administrator(tmp_path)
    add_account(tmp_path, "two", "二", Role.ADMIN)
    stop_account(tmp_path, "one")
    assert [account.stopped for account in accounts(tmp_path)] == [True, False]


def test_a_sample_account_is_no_administrator_and_has_no_password(tmp_path: Path) -> None:
    assert add_account(tmp_path, "示例管理员", "示例管理员", Role.ADMIN, sample=True) == ""
    assert not has_administrator(tmp_path)
    assert check_password(tmp_path, "示例管理员", "") is None


@pytest.mark.parametrize(
    ("name", "shown", "role", "said"),
    [
        ("l", "李梅", Role.STAFF, "登录名"),
        ("li mei", "李梅", Role.STAFF, "登录名"),
        ("limei", " ", Role.STAFF, "请写姓名"),
        ("limei", "李梅", Role.CLERK, "哪个乡镇"),
        ("Admin", "李梅", Role.STAFF, "已经有了"),
        ("limei", "管理员", Role.STAFF, "已经有了"),
    ],
)
def test_what_cannot_be_an_account_is_told(tmp_path: Path, name: str, shown: str, role: Role, said: str) -> None:
    add_account(tmp_path, "admin", "管理员", Role.ADMIN)
    with pytest.raises(UserError, match=said):
        add_account(tmp_path, name, shown, role)
    assert len(accounts(tmp_path)) == 1


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("short", "short", "是5个字，应是10到128个字"),
        ("x" * 129, "x" * 129, "应是10到128个字"),
        ("a123456789", "a123456789", "太容易猜到"),
        ("1234567890", "1234567890", "太容易猜到"),
        ("password123", "password123", "太容易猜到"),
        ("qwertyuiop", "qwertyuiop", "太容易猜到"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "太容易猜到"),
        ("limeilimei", "limeilimei", "太容易猜到"),
        (NEW, NEW + "x", "两次写的新密码不一样"),
    ],
)
def test_a_poor_new_password_is_refused_and_the_old_one_stays(tmp_path: Path, new: str, again: str, said: str) -> None:
    first = add_account(tmp_path, "limei", "李梅", Role.STAFF)
    account = find_account(tmp_path, "limei")
    assert account
    with pytest.raises(UserError, match=said):
        change_password(tmp_path, account, first, new, again)
    assert check_password(tmp_path, "limei", first)


def test_a_new_password_is_none_that_is_used_already_nor_given_without_the_old(tmp_path: Path) -> None:
    first = add_account(tmp_path, "limei", "李梅", Role.STAFF)
    account = find_account(tmp_path, "limei")
    assert account
    with pytest.raises(UserError, match="现在的密码不对"):
        change_password(tmp_path, account, "wrong", NEW, NEW)
    with pytest.raises(UserError, match="和现在的一样"):
        change_password(tmp_path, account, first, first, first)


def test_a_hash_takes_in_use_as_much_work_as_owasp_asks_at_least() -> None:
    """In a process of its own: the other tests hash at little cost."""
    command = "from access.accounts.passwords import hash_password; print(hash_password('a-river-of-figures-09'))"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    memory, rounds = (int(found) for found in re.findall(r"[mt]=(\d+)", done.stdout))
    assert done.stdout.startswith("$argon2id$") and memory >= 19 * 1024 and rounds >= 2


def test_without_an_account_a_password_is_compared_with_a_hash_of_the_same_cost() -> None:
    """In a process of its own too. A hash that could not be read would be refused at once, and tell who has none."""
    command = """
from argon2 import extract_parameters
from access.accounts import passwords
print(extract_parameters(passwords._NOBODY) == extract_parameters(passwords.hash_password("x")))
try:
    passwords._HASHER.verify(passwords._NOBODY, "x")
except Exception as error:
    print(type(error).__name__)"""
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "VerifyMismatchError"]
