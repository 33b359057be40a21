"""Ending sessions that are not the one at hand: one's own elsewhere, somebody's, everybody's at once."""

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from access.accounts import find_account
from access.accounts.roles import Role
from access.accounts.sessions import Sessions
from access.acts import Acts
from access.gate.gate_routes import OTHERS_OUT
from base.errors import UserError
from base.settings import Settings
from store.audit import entries
from tests.access.accounts.test_first_start import run
from tests.access.office import WORD, Browse, inside, sign_in
from tests.lib.people import session_for


def end(browser: TestClient, visit: str = "", password: str = WORD) -> Any:
    page = browser.get(OTHERS_OUT, params={"visit": visit} if visit else {})
    fields = dict(re.findall(r'name="(form|visit)" value="([^"]*)"', page.text))
    return browser.post(OTHERS_OUT, data=fields | {"password": password})


def visits(store: Path, name: str) -> list[str]:
    account = find_account(store, name)
    assert account
    return [visit.id for visit in Sessions(store, Settings()).of_account(account)]


def test_ones_own_session_elsewhere_is_ended_with_the_password_alone(browse: Browse, store: Path) -> None:
    here, there, colleague = browse(), browse("10.0.0.2"), browse("10.0.0.3")
    sign_in(there)
    (far,) = visits(store, "limei")
    sign_in(here), sign_in(colleague, "wangqiang")
    (others,) = visits(store, "wangqiang")
    assert here.get(OTHERS_OUT, params={"visit": far}).status_code == 200 and inside(there), "not by opening a page"
    refused = end(here, far, "wrong-password")
    assert refused.status_code == 400 and "密码不对" in refused.text and far in refused.text and inside(there)
    assert end(here, others).status_code == 303 and inside(colleague), "another's is not one's own"
    assert end(here, far).headers["location"] == "/my-account" and not inside(there) and inside(here)


def test_all_of_ones_own_elsewhere_are_ended_at_once(browse: Browse) -> None:
    here, colleague, *others = (browse(f"10.0.0.{number}") for number in range(1, 6))
    for browser in (here, *others):
        sign_in(browser)
    sign_in(colleague, "wangqiang")
    assert end(here).status_code == 303
    assert inside(here) and inside(colleague) and not any(map(inside, others))


def test_the_password_can_not_be_guessed_there(browse: Browse) -> None:
    browser = browse()
    sign_in(browser)
    said = [end(browser, password=f"guess {number}").text for number in range(8)]
    assert "密码不对" in said[0] and "秒再试" in said[-1]


def test_an_administrator_ends_everybodys_sessions_but_the_own(county_store: Path) -> None:
    own, staff, clerk = (session_for(county_store, role) for role in (Role.ADMIN, Role.STAFF, Role.CLERK))
    doing = Acts(county_store, own)
    with pytest.raises(UserError, match="没有登录名"):
        doing.end_visits("nobody")
    assert doing.end_visits("测试工作人员") == 1
    sessions = Sessions(county_store, Settings())
    assert not sessions.by_id(staff) and sessions.by_id(clerk)
    assert doing.end_visits() >= 1
    assert not sessions.by_id(clerk) and sessions.by_id(own)
    assert [entry.about for entry in entries(county_store)[-2:]] == ["结束“测试工作人员”的全部登录", "结束所有人的登录"]


@pytest.mark.parametrize("role", [Role.LEADER, Role.STAFF, Role.CLERK])
def test_nobody_else_does(county_store: Path, role: Role) -> None:
    admin, mine = session_for(county_store, Role.ADMIN), session_for(county_store, role)
    for name in ("", "测试管理员"):
        with pytest.raises(UserError, match="不能管理账号"):
            Acts(county_store, mine).end_visits(name)
    assert Sessions(county_store, Settings()).by_id(admin)


def test_it_is_done_on_the_command_line_too(county_store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    admin, staff = session_for(county_store, Role.ADMIN), session_for(county_store, Role.STAFF)
    sessions = Sessions(county_store, Settings())
    assert run(county_store, "end", "测试工作人员") == 0 and not sessions.by_id(staff) and sessions.by_id(admin)
    assert run(county_store, "end", "--all") == 0 and not sessions.by_id(admin)
    assert "已结束所有人的登录" in capsys.readouterr().out
    assert run(county_store, "end", "nobody") == 2
    with pytest.raises(SystemExit):
        run(county_store, "end")
