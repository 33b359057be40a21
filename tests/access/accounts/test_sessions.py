"""Sessions: how long they last, that each has its own token, which browsers are known again."""

from pathlib import Path

import pytest

from access.accounts import add_account, find_account
from access.accounts.people import BY_PASSWORD, Account
from access.accounts.roles import Role
from access.accounts.sessions import Sessions
from base.settings import Settings
from tests.access.office import Clock

IDLE, LONGEST = 30 * 60, 2 * 3600


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(tmp_path: Path, clock: Clock) -> Sessions:
    return Sessions(tmp_path, Settings(idle_minutes=IDLE // 60, longest_hours=LONGEST // 3600), clock)


@pytest.fixture
def account(tmp_path: Path) -> Account:
    add_account(tmp_path, "limei", "李梅", Role.STAFF)
    found = find_account(tmp_path, "limei")
    assert found
    return found


def test_a_session_that_is_not_used_ends(sessions: Sessions, clock: Clock, account: Account) -> None:
    token = sessions.begin(account, BY_PASSWORD)
    clock.now += IDLE - 1
    assert sessions.use(token)
    clock.now += IDLE - 1
    assert sessions.use(token)
    clock.now += IDLE
    assert sessions.use(token) is None


def test_looking_whether_it_stands_is_not_using_it(sessions: Sessions, clock: Clock, account: Account) -> None:
    token = sessions.begin(account, BY_PASSWORD)
    person = sessions.use(token)
    clock.now += IDLE - 1
    assert person and sessions.by_id(person.session)
    clock.now += 1
    assert sessions.by_id(person.session) is None


def test_a_session_that_is_always_used_ends_all_the_same(sessions: Sessions, clock: Clock, account: Account) -> None:
    token, begun = sessions.begin(account, BY_PASSWORD), clock.now
    while sessions.use(token):
        clock.now += IDLE / 2
    assert clock.now - begun == LONGEST


def test_every_session_has_a_token_of_its_own(sessions: Sessions, account: Account) -> None:
    tokens = {sessions.begin(account, BY_PASSWORD) for _ in range(20)}
    assert len(tokens) == 20 and min(map(len, tokens)) >= 43
    assert len(sessions.of_account(account)) == 20


def test_a_number_is_no_token_and_a_token_no_number(sessions: Sessions, account: Account) -> None:
    token = sessions.begin(account, BY_PASSWORD)
    person = sessions.use(token)
    assert person and sessions.use(person.session) is None and sessions.by_id(token) is None
    assert sessions.use("") is None and sessions.by_id("") is None


def test_what_has_run_out_is_cleared_away(sessions: Sessions, clock: Clock, account: Account) -> None:
    sessions.begin(account, BY_PASSWORD)
    clock.now += LONGEST
    sessions.begin(account, BY_PASSWORD)
    clock.now -= LONGEST
    assert len(sessions.of_account(account)) == 1


def test_a_few_browsers_are_known_again_the_oldest_forgotten(
    sessions: Sessions, clock: Clock, account: Account
) -> None:
    tokens = []
    for _ in range(12):
        clock.now += 1
        tokens.append(sessions.know_browser(account))
    assert [sessions.is_known(token, account) for token in tokens] == [False] * 2 + [True] * 10
    assert not sessions.is_known("", account) and not sessions.is_known(tokens[-1], None)
