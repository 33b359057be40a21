"""What is refused is noted: acts in the audit, requests in the log; with whom and what, without anything personal."""

import logging
from pathlib import Path

import pytest

from access.accounts import noted_refusals
from access.accounts.noted_refusals import Seldom, log_refused_request, note_refused_act
from access.accounts.people import Person
from access.accounts.roles import Action, Role
from access.acts import Acts
from access.gate.throttle import PAIR
from base.errors import UserError
from etl.journal import read_entries
from store.audit import AuditEntry, entries
from tests.access.office import Browse, sign_in
from tests.lib.faults import closed
from tests.lib.people import NAMES, account_for, session_for


@pytest.fixture(autouse=True)
def _nothing_said_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noted_refusals, "_requests", Seldom(60))


def refused(store: Path) -> list[AuditEntry]:
    return [entry for entry in entries(store) if entry.verb == "refused"]


def test_a_refused_act_is_in_the_audit_once_with_who_and_which(county_store: Path) -> None:
    clerk = Acts(county_store, session_for(county_store, Role.CLERK, "T01"))
    others = next(entry.seq for entry in read_entries(county_store) if "乙乡" in entry.name)
    for _ in range(3):
        for act in (
            lambda: clerk.withdraw(others, "理由 330326197001011234"),
            lambda: clerk.original(next(one for one in read_entries(county_store) if one.seq == others)),
            lambda: clerk.add_account("new", "新人", Role.ADMIN, ""),
        ):
            with pytest.raises(UserError):
                act()
    found = refused(county_store)
    assert [(entry.who, entry.about) for entry in found] == [
        (f"{NAMES[Role.CLERK]}T01", words) for words in ("撤回报表", "看收到的原件", "管理账号")
    ]
    assert all(not entry.details for entry in found), "no reason, no file, nothing else that was typed"


def test_what_is_allowed_is_no_refusal(county_store: Path) -> None:
    Acts(county_store, session_for(county_store, Role.ADMIN)).permit(Action.MANAGE)
    Acts(county_store, session_for(county_store, Role.CLERK, "T01")).permit(Action.UPLOAD, ["T01"])
    assert refused(county_store) == []


def test_the_act_stays_refused_where_it_can_not_be_noted(county_store: Path, caplog: pytest.LogCaptureFixture) -> None:
    person = Person("0" * 32, account_for(county_store, Role.LEADER), "password")
    with closed(county_store), caplog.at_level(logging.WARNING, "mingshu"):
        note_refused_act(county_store, person, Action.SCORE)
    (record,) = [one for one in caplog.records if one.name == "mingshu.refused"]
    assert record.__dict__["account"] == person.account.id and person.shown not in record.getMessage()


def test_requests_that_are_refused_are_in_the_log_by_kind_of_place(
    browse: Browse, caplog: pytest.LogCaptureFixture
) -> None:
    browser = browse()
    with caplog.at_level(logging.WARNING, "mingshu.refused"):
        browser.post("/sign-in", data={"form": "0" * 64, "name": "limei", "password": "x"})
        for _ in range(PAIR.free + 1):
            sign_in(browser, "limei", "wrong")
        sign_in(browse("10.0.0.2"))
        insider = browse("10.0.0.3")
        sign_in(insider)
        for name in ("0" * 40, "1" * 40):
            assert insider.get(f"/media/{name}.xlsx").status_code == 404
        assert insider.get("/_stcore/metrics").status_code == 403
        with (
            pytest.raises(Exception, match=".*"),
            insider.websocket_connect("/_stcore/stream", headers={"Origin": "https://elsewhere.test"}),
        ):
            pass
    said = [(one.getMessage(), one.__dict__["place"], one.__dict__["status"]) for one in caplog.records]
    assert ("没有放行：表单不是这里的", "/sign-in", 400) in said
    assert ("没有放行：密码试得太多", "/sign-in", 429) in said
    assert said.count(("没有放行：没有权限或没有这个地址", "/media", 404)) == 1, "each kind once in a while"
    assert ("没有放行：没有权限或没有这个地址", "/_stcore/metrics", 403) in said
    assert ("没有放行：别的网页来连接", "/_stcore/stream", 403) in said
    assert not [one for one in said if "limei" in one[0] or "0" * 40 in str(one)]


def test_it_takes_no_more_room_however_often_it_happens(caplog: pytest.LogCaptureFixture) -> None:
    seldom = Seldom(3600)
    assert [seldom.is_first("a", 1) for _ in range(3)] == [True, False, False] and seldom.is_first("a", 2)
    with caplog.at_level(logging.WARNING, "mingshu.refused"):
        for number in range(1000):
            log_refused_request("试", f"/media/{number}", 418)
    assert len(caplog.records) == 1
