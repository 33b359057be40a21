"""A session confirmed a moment ago gets only Streamlit's scripts; everything else needs a valid session."""

from pathlib import Path

import pytest

from access.accounts import add_account, find_account
from access.accounts.people import BY_PASSWORD, Account
from access.accounts.roles import Role
from access.accounts.sessions import Sessions
from access.gate import Gate
from access.gate.cookies import SESSION
from base.settings import Settings
from tests.lib.people import account_for
from tests.running.asgi import Taker, ask

SCRIPT, PAGE, REFUSED, SERVED = "/static/js/index.js", "/", 401, 204


@pytest.fixture
def account(tmp_path: Path) -> Account:
    return account_for(tmp_path, Role.STAFF)


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    """A gate in front of an application that takes everything."""
    return Gate(Taker(), tmp_path, Settings())


def test_an_ended_session_gets_scripts_for_a_moment_at_most(tmp_path: Path, gate: Gate, account: Account) -> None:
    token, sessions = _begin(tmp_path, account)
    assert [_status(gate, path, token) for path in (PAGE, SCRIPT)] == [SERVED, SERVED]
    sessions.end(_number(sessions, token), "李梅")
    assert [_status(gate, path, token) for path in (PAGE, "/media/x", "/_stcore/host-config")] == [REFUSED] * 3
    assert _status(gate, SCRIPT, token) == SERVED
    gate._recent.clear()  # the moment is over
    assert _status(gate, SCRIPT, token) == REFUSED


def test_who_must_first_choose_a_password_gets_no_scripts(tmp_path: Path, gate: Gate) -> None:
    add_account(tmp_path, "limei", "李梅", Role.STAFF)
    new = find_account(tmp_path, "limei")
    assert new and new.must_change
    token, _ = _begin(tmp_path, new)
    assert [_status(gate, path, token) for path in ("/password", SCRIPT, SCRIPT)] == [SERVED, 403, 403]


def _begin(store: Path, account: Account) -> tuple[str, Sessions]:
    sessions = Sessions(store, Settings())
    return sessions.begin(account, BY_PASSWORD), sessions


def _number(sessions: Sessions, token: str) -> str:
    person = sessions.use(token)
    assert person
    return person.session


def _status(gate: Gate, path: str, token: str) -> int:
    return ask(lambda _: gate, "GET", path, headers={"cookie": f"{SESSION}={token}"}).status
