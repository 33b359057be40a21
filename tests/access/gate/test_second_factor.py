"""The second factor: set up with a telephone, asked for at each sign-in, each code once; and without the telephone."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyotp
import pytest
import time_machine
from starlette.testclient import TestClient

from access.accounts import find_account, renew_password, set_role
from access.accounts.passwords import SHORTEST
from access.accounts.people import BY_PASSWORD
from access.accounts.roles import ROLE_NAMES, Role
from access.accounts.second_factor import check_code, count_recovery, remove_second_factor
from access.accounts.sessions import PROXY, Sessions
from access.acts.permitted import who_is
from access.audit_list import say_details
from access.commands.accounts import _state
from access.gate.gate_routes import SECOND_FACTOR
from access.gate.throttle import PAIR
from base.errors import UserError
from base.settings import Settings
from store.audit import entries
from tests.access.office import WORD, Browse, inside, sign_in

NOW = 1_800_000_000
PAGES = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
DEMANDING = Settings(second_factor_for=("工作人员",))


@pytest.fixture
def clock() -> Iterator[Any]:
    """A clock that stands still until it is told to go on."""
    with time_machine.travel(NOW, tick=False) as found:
        yield found


def fields_of(page: Any) -> dict[str, str]:
    return dict(re.findall(r'name="(form|seed|next|visit)" value="([^"]*)"', page.text))


def set_up(browser: TestClient, password: str = WORD) -> tuple[pyotp.TOTP, list[str], Any]:
    """Set up a second factor as a person does; return what the telephone holds, the recovery codes and the answer."""
    page = browser.get(SECOND_FACTOR)
    secret = re.findall(r'class="secret">([A-Z2-7]{32})<', page.text)[0]
    totp = pyotp.TOTP(secret)
    answer = browser.post(SECOND_FACTOR, data=fields_of(page) | {"password": password, "code": totp.now()})
    return totp, re.findall(r"<li>(\w{4}-\w{4}-\w{4}-\w{4})</li>", answer.text), answer


def write_code(browser: TestClient, code: str, **more: str) -> Any:
    page = browser.get(SECOND_FACTOR)
    return browser.post(SECOND_FACTOR, data=fields_of(page) | {"code": code} | more)


def test_once_set_up_the_password_alone_opens_nothing(browse: Browse, store: Path, clock: Any) -> None:
    browser = browse()
    sign_in(browser)
    totp, codes, answer = set_up(browser)
    assert answer.status_code == 200 and len(codes) == len(set(codes)) == 8 and inside(browser)
    clock.shift(60)
    other = browse("10.0.0.2")
    assert sign_in(other, next="/unit?unit=T01").status_code == 303
    assert not inside(other) and other.get("/_stcore/host-config").status_code == 403
    assert other.get("/password", headers=PAGES).headers["location"].startswith(SECOND_FACTOR), "nor a new password"
    sent = other.get("/unit?unit=T01", headers=PAGES).headers["location"]
    page = other.get(sent)
    before = other.cookies["mingshu_session"]
    done = other.post(SECOND_FACTOR, data=fields_of(page) | {"code": totp.now()})
    assert (done.status_code, unquote(done.headers["location"])) == (303, "/unit?unit=T01")
    assert inside(other) and other.cookies["mingshu_session"] != before
    other.cookies.clear()
    other.cookies.set("mingshu_session", before)
    assert not inside(other), "the one that waited is over"
    ways = [say_details(entry) for entry in entries(store) if entry.verb == "signed_in"]
    assert ways[-1].endswith("用密码和动态口令") and ways[-2].endswith("用密码")


def test_a_used_code_is_refused_to_who_looked_over_the_shoulder(browse: Browse, store: Path, clock: Any) -> None:
    browser = browse()
    sign_in(browser)
    totp, _, _ = set_up(browser)
    account = find_account(store, "limei")
    assert account and account.second_factor
    assert check_code(store, account, totp.now()) == "", "used when it was set up"
    clock.shift(60)
    code = totp.now()
    assert check_code(store, account, f" {code[:3]} {code[3:]} ") == "动态口令"
    assert check_code(store, account, code) == ""
    assert check_code(store, account, totp.at(NOW + 30)) == "", "nor one before it"
    assert check_code(store, account, totp.at(NOW + 90)) == "动态口令", "a telephone that is half a minute fast"
    assert check_code(store, account, totp.at(NOW + 300)) == ""


def test_each_recovery_code_opens_once_and_new_ones_end_the_old(browse: Browse, store: Path, clock: Any) -> None:
    browser = browse()
    sign_in(browser)
    totp, codes, _ = set_up(browser)
    account = find_account(store, "limei")
    assert account
    assert check_code(store, account, codes[0].upper().replace("-", " ")) == "恢复码"
    assert check_code(store, account, codes[0]) == "" and count_recovery(store, account) == 7
    clock.shift(60)
    answer = write_code(browser, totp.now(), password=WORD, act="renew")
    fresh = re.findall(r"<li>([\w-]{19})</li>", answer.text)
    assert len(fresh) == 8 and check_code(store, account, codes[1]) == ""
    assert check_code(store, account, fresh[0]) == "恢复码"


def test_guessing_codes_is_braked_from_everywhere_together(browse: Browse, store: Path, clock: Any) -> None:
    browser = browse()
    sign_in(browser)
    totp, _, _ = set_up(browser)
    clock.shift(60)
    said = []
    for number in range(PAIR.free + 1):
        guesser = browse(f"10.1.0.{number}")
        sign_in(guesser)
        said.append(write_code(guesser, "000000").text)
    assert "动态口令不对" in said[0] and "秒再试" in said[-1]
    assert "秒再试" in write_code(guesser, totp.now()).text, "not even the right one, while he waits"
    refused = [say_details(entry) for entry in entries(store) if entry.verb == "not_signed_in"]
    assert len(refused) == PAIR.free and all(one.endswith("用动态口令") for one in refused)


def test_no_code_is_kept_and_the_secret_in_the_journal_alone(browse: Browse, store: Path, clock: Any) -> None:
    browser = browse()
    sign_in(browser)
    totp, codes, _ = set_up(browser)
    kept = {path.name: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    assert not [name for name, content in kept.items() for code in codes if code.encode() in content]
    assert [name for name, content in kept.items() if totp.secret.encode() in content] == ["journal.sqlite"]
    said = "".join(entry.about + say_details(entry) for entry in entries(store))
    assert totp.secret not in said and "设了动态口令" in said
    with closing(sqlite3.connect(store / "journal.sqlite")) as journal:
        hashes = [row[0] for row in journal.execute("select hash from recovery_code")]
    assert len(hashes) == 8 and all(one.startswith("$argon2id$") for one in hashes)


@pytest.mark.parametrize("wrong", ["password", "code", "seed", "form"])
def test_nothing_is_set_up_without_password_code_and_form(browse: Browse, store: Path, clock: Any, wrong: str) -> None:
    browser, other = browse(), browse("10.0.0.2")
    sign_in(browser), sign_in(other)
    page = browser.get(SECOND_FACTOR)
    totp = pyotp.TOTP(re.findall(r'class="secret">(\w+)<', page.text)[0])
    given = fields_of(page) | {"password": WORD, "code": totp.now()}
    assert browser.post(SECOND_FACTOR, data=given | {wrong: "x" * 10}).status_code == 400
    account = find_account(store, "limei")
    assert account and not account.second_factor
    assert other.post(SECOND_FACTOR, data=fields_of(other.get(SECOND_FACTOR)) | {
        "seed": given["seed"], "password": WORD, "code": totp.now()
    }).status_code == 400, "a seed means nothing in another session"  # fmt: skip
    assert browser.post(SECOND_FACTOR, data=given).status_code == 200


def test_it_is_taken_away_with_password_and_code_alone_and_never_by_opening_a_page(
    browse: Browse, store: Path, clock: Any
) -> None:
    browser, elsewhere = browse(), browse("10.0.0.2")
    sign_in(browser)
    totp, _, _ = set_up(browser)
    clock.shift(60)
    sign_in(elsewhere)
    write_code(elsewhere, totp.now())
    clock.shift(60)
    assert inside(elsewhere)
    assert browser.get(f"{SECOND_FACTOR}?act=off").status_code == 200
    assert write_code(browser, totp.now(), password="wrong", act="off").status_code == 400
    assert write_code(browser, "000000", password=WORD, act="off").status_code == 400
    assert write_code(browser, totp.now(), password=WORD, act="off").headers["location"] == "/my-account"
    assert inside(browser) and not inside(elsewhere)
    fresh = browse("10.0.0.3")
    sign_in(fresh)
    assert inside(fresh)


def test_a_role_of_which_it_is_demanded_gets_no_further_without(browse: Browse, store: Path, clock: Any) -> None:
    browser = browse(settings=DEMANDING)
    sign_in(browser)
    assert not inside(browser)
    assert browser.get("/", headers=PAGES).headers["location"] == SECOND_FACTOR
    _, codes, _ = set_up(browser)
    assert codes and inside(browser)
    clock.shift(60)
    assert write_code(browser, codes[0], password=WORD, act="off").status_code == 400, "it can't be taken away"
    set_role(store, "wangqiang", Role.LEADER)
    leader = browse("10.0.0.2", DEMANDING)
    sign_in(leader, "wangqiang")
    assert inside(leader)


def test_it_is_demanded_of_who_comes_by_a_proxy_too(browse: Browse, store: Path) -> None:
    settings = Settings.model_validate(
        {"proxy_header": "X-User", "proxies": "192.0.2.1", "second_factor_for": "工作人员"}
    )
    browser = browse("192.0.2.1", settings)
    named = {"X-User": "limei", **PAGES}
    assert browser.get("/", headers=named).status_code == 303
    assert browser.get("/", headers=named).headers["location"] == SECOND_FACTOR
    assert browser.get("/_stcore/host-config", headers={"X-User": "limei"}).status_code == 403


@pytest.mark.parametrize(("settings", "asked"), [({}, True), ({"oidc_acr": ("gold",)}, False)])
def test_a_provider_whose_strength_was_checked_needs_no_second_code(
    store: Path, settings: dict[str, Any], asked: bool
) -> None:
    sessions = Sessions(store, Settings(second_factor_for=("工作人员",), **settings))
    account = find_account(store, "limei")
    assert account
    person = sessions.use(sessions.begin(account, "oidc", proved="" if asked else "它的强认证"))
    assert person and person.is_waiting is asked


def test_who_waits_for_a_code_may_do_nothing_and_not_for_long(browse: Browse, store: Path, clock: Any) -> None:
    browser = browse()
    sign_in(browser)
    totp, _, _ = set_up(browser)
    account, sessions = find_account(store, "limei"), Sessions(store, Settings())
    assert account
    token = sessions.begin(account, PROXY)
    waiting = sessions.use(token)
    assert waiting and waiting.must_prove
    with pytest.raises(UserError, match="重新登录"):
        who_is(store, waiting.session)
    clock.shift(601)
    assert sessions.use(token) is None and inside(browser)
    assert totp


def test_a_handed_out_password_comes_after_the_code_and_before_setting_up(
    browse: Browse, store: Path, clock: Any
) -> None:
    browser = browse(settings=DEMANDING)
    sign_in(browser)
    totp, _, _ = set_up(browser)
    first = renew_password(store, "limei")
    clock.shift(60)
    sign_in(browser, password=first)
    assert browser.get("/", headers=PAGES).headers["location"] == SECOND_FACTOR
    write_code(browser, totp.now())
    assert browser.get("/", headers=PAGES).headers["location"] == "/password"
    page = browser.get("/password")
    assert str(SHORTEST) in page.text
    browser.post("/password", data=fields_of(page) | {"old": first, "new": WORD, "again": WORD})
    assert inside(browser), "whoever has shown the code is not asked again"
    remove_second_factor(store, "limei")
    first = renew_password(store, "limei")
    sign_in(browser, password=first)
    assert browser.get("/", headers=PAGES).headers["location"] == "/password", (
        "the secret is tied to one's own password"
    )


def test_an_administrator_takes_it_away_and_all_of_it_is_gone(browse: Browse, store: Path, clock: Any) -> None:
    browser = browse()
    sign_in(browser)
    _, codes, _ = set_up(browser)
    account = find_account(store, "limei")
    assert account and _state(account) == "用动态口令"
    remove_second_factor(store, "limei", "王强")
    assert not inside(browser)
    account = find_account(store, "limei")
    assert account and check_code(store, account, codes[0]) == "" and count_recovery(store, account) == 0
    last = entries(store)[-1]
    assert (last.who, last.about) == ("王强", "取消“limei”的动态口令")


def test_the_settings_name_the_roles_as_the_screen_does() -> None:
    for name in ROLE_NAMES.values():
        assert Settings.model_validate({"second_factor_for": name}).second_factor_for == (name,)


def test_sessions_from_before_are_asked_for_no_code_they_could_not_know(store: Path) -> None:
    sessions, account = Sessions(store, Settings()), find_account(store, "limei")
    assert account
    person = sessions.use(sessions.begin(account, BY_PASSWORD))
    assert person and not person.is_waiting and not person.proved
