"""Signing in as a browser does it, through the gate: what opens, what does not, and what is told of either."""

import re
from pathlib import Path

import argon2
import pytest

from access.accounts import add_account, renew_password, set_role, stop_account
from access.accounts.passwords import first_password
from access.accounts.roles import Role
from access.gate.throttle import PAIR
from base.settings import Settings
from tests.access.office import WORD, Browse, inside, sign_in


def test_the_right_password_opens_and_signing_out_closes(browse: Browse) -> None:
    browser = browse()
    answer = sign_in(browser, next="/unit?unit=T01")
    assert (answer.status_code, answer.headers["location"]) == (303, "/unit?unit=T01")
    assert inside(browser)
    page = browser.get("/sign-out")
    assert page.status_code == 200 and inside(browser), "who comes from elsewhere is asked"
    form = re.findall(r'name="form" value="(\w+)"', page.text)[0]
    held = browser.cookies["mingshu_session"]
    assert browser.post("/sign-out", data={"form": form}).headers["location"] == "/sign-in"
    assert not inside(browser)
    browser.cookies.set("mingshu_session", held)
    assert not inside(browser), "the session is over on the server too"


def test_s06_no_address_that_is_merely_opened_signs_anybody_out(browse: Browse) -> None:
    browser = browse()
    sign_in(browser)
    for site in ("same-origin", "cross-site"):
        assert browser.get("/sign-out", headers={"Sec-Fetch-Site": site}).status_code == 200
    assert inside(browser), "only the form signs out"


def test_a_session_given_from_outside_is_never_taken_up(browse: Browse) -> None:
    thief, owner = browse("10.0.0.2"), browse()
    sign_in(thief, "wangqiang")
    planted = thief.cookies["mingshu_session"]
    owner.cookies.set("mingshu_session", planted)
    sign_in(owner)
    assert len({*owner.cookies.jar} & {planted}) == 0 and inside(owner)
    assert not inside(thief), "what was planted is over"


@pytest.mark.parametrize("form", ["", "0" * 64, "another browser's"])
def test_a_form_that_is_not_this_browsers_is_refused(browse: Browse, form: str) -> None:
    browser, other = browse(), browse("10.0.0.2")
    browser.get("/sign-in")
    if form.startswith("another"):
        form = re.findall(r'name="form" value="(\w+)"', other.get("/sign-in").text)[0]
    answer = browser.post("/sign-in", data={"form": form, "name": "limei", "password": WORD})
    assert answer.status_code == 400 and "mingshu_session" not in answer.cookies and not inside(browser)


def test_a_form_sent_from_another_site_is_refused(browse: Browse) -> None:
    browser = browse()
    form = re.findall(r'name="form" value="(\w+)"', browser.get("/sign-in").text)[0]
    data = {"form": form, "name": "limei", "password": WORD}
    assert browser.post("/sign-in", data=data, headers={"Origin": "https://elsewhere.test"}).status_code == 400
    assert browser.post("/sign-in", data=data, headers={"Origin": "http://office.test"}).status_code == 303


@pytest.mark.parametrize(
    "onwards", ["//elsewhere.test", "https://elsewhere.test", "/\\elsewhere.test", "/\r\nX: y", ""]
)
def test_nobody_is_sent_on_to_another_site(browse: Browse, onwards: str) -> None:
    assert sign_in(browse(), next=onwards).headers["location"] == "/"


def test_a_form_far_too_large_is_refused(browse: Browse) -> None:
    assert sign_in(browse(), password="x" * 20_000).status_code == 413


def test_unknown_and_wrong_are_answered_alike_after_the_same_work(
    browse: Browse, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told by what is done, not by a clock: one check of a hash with the same parameters in each case."""
    checked: list[str] = []
    verify = argon2.PasswordHasher.verify

    def watched(self: argon2.PasswordHasher, kept: str, password: str) -> bool:
        checked.append(kept.rsplit("$", 2)[0])
        return verify(self, kept, password)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", watched)
    add_account(store, "示例领导", "示例领导", Role.LEADER, sample=True)
    stop_account(store, "wangqiang")
    said = set()
    for number, (name, word) in enumerate(
        [("nobody", WORD), ("limei", "wrong"), ("wangqiang", WORD), ("示例领导", WORD), ("示例领导", "")]
    ):
        answer = sign_in(browse(f"10.1.0.{number}"), name, word)
        said.add((answer.status_code, re.sub(r'value="[^"]*"', "", answer.text), str(sorted(answer.headers))))
    assert len(said) == 1 and "登录名或密码不对" in answer.text
    assert len(checked) == 5 and len(set(checked)) == 1 and checked[0].startswith("$argon2id$")


@pytest.mark.parametrize("tries", [300, pytest.param(10_000, marks=pytest.mark.soak)])
def test_many_wrong_passwords_do_not_get_in_nor_keep_others_out(
    tries: int, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = 0
    verify = argon2.PasswordHasher.verify

    def counted(self: argon2.PasswordHasher, kept: str, password: str) -> bool:
        nonlocal hashed
        hashed += 1
        return verify(self, kept, password)

    at_home = browse("10.0.0.5")
    assert sign_in(at_home).status_code == 303
    at_home.cookies.delete("mingshu_session")
    monkeypatch.setattr(argon2.PasswordHasher, "verify", counted)
    attacker = browse("10.6.6.6")
    form = re.findall(r'name="form" value="(\w+)"', attacker.get("/sign-in").text)[0]
    statuses = {
        attacker.post("/sign-in", data={"form": form, "name": "limei", "password": first_password()}).status_code
        for _ in range(tries)
    }
    assert statuses == {401, 429} and not inside(attacker)
    assert hashed == PAIR.free, "the others were refused before any work"
    assert sign_in(at_home).status_code == 303, "the owner, where he always signs in"
    assert sign_in(browse("10.0.0.6")).status_code == 303, "the owner elsewhere"
    assert sign_in(browse("10.0.0.7"), "wangqiang").status_code == 303, "somebody else"
    refused = attacker.post("/sign-in", data={"form": form, "name": "limei", "password": WORD})
    assert refused.status_code == 429 and "秒再试" in refused.text, "not even the right one, while he waits"


def test_a_password_that_was_handed_out_is_changed_before_anything_else(browse: Browse, store: Path) -> None:
    first, browser = renew_password(store, "limei"), browse()
    assert sign_in(browser, password=first).status_code == 303
    pages = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
    assert browser.get("/upload", headers=pages).headers["location"] == "/password"
    assert browser.get("/_stcore/host-config").status_code == 403
    form = re.findall(r'name="form" value="(\w+)"', browser.get("/password").text)[0]
    fields = {"form": form, "old": first, "new": "1234567890", "again": "1234567890"}
    assert "太容易猜到" in browser.post("/password", data=fields).text and not inside(browser)
    before = browser.cookies["mingshu_session"]
    done = browser.post("/password", data=fields | {"new": WORD, "again": WORD})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert inside(browser) and browser.cookies["mingshu_session"] != before


def test_a_changed_password_ends_the_sessions_elsewhere(browse: Browse) -> None:
    here, there = browse(), browse("10.0.0.2")
    sign_in(here), sign_in(there)
    form = re.findall(r'name="form" value="(\w+)"', here.get("/password").text)[0]
    here.post("/password", data={"form": form, "old": WORD, "new": WORD + "x", "again": WORD + "x"})
    assert inside(here) and not inside(there)


def test_old_passwords_cannot_be_guessed_by_who_finds_a_screen_open(browse: Browse) -> None:
    browser = browse()
    sign_in(browser)
    form = re.findall(r'name="form" value="(\w+)"', browser.get("/password").text)[0]
    fields = {"form": form, "new": WORD + "x", "again": WORD + "x"}
    said = [browser.post("/password", data=fields | {"old": f"guess {number}"}).text for number in range(8)]
    assert "现在的密码不对" in said[0] and "秒再试" in said[-1]


def test_nobody_says_for_himself_who_he_is(browse: Browse) -> None:
    browser = browse()
    sign_in(browser)
    mine = browser.get("/").text
    claimed = {"X-Mingshu-Session": "0" * 32, "x-mingshu-role": "admin"}
    assert mine and browser.get("/", headers=claimed).text == mine


@pytest.mark.parametrize(
    ("peer", "headers", "within"),
    [
        ("192.0.2.1", {"X-User": "limei"}, True),
        ("192.0.2.2", {"X-User": "limei"}, False),
        ("192.0.2.1", {"X-User": "nobody"}, False),
        ("192.0.2.1", {}, False),
    ],
)
def test_a_proxy_names_people_only_when_it_is_declared(
    browse: Browse, peer: str, headers: dict[str, str], within: bool
) -> None:
    settings = Settings.model_validate({"proxy_header": "X-User", "proxies": "192.0.2.1"})
    browser = browse(peer, settings)
    came = browser.get("/", headers=headers | {"Accept": "text/html"})
    assert ("mingshu_session" in came.cookies) is within
    assert (browser.get("/", headers=headers).status_code == 200) is within


def test_a_proxys_header_means_nothing_unless_it_is_set_up(browse: Browse) -> None:
    assert not browse().get("/", headers={"X-User": "limei", "Accept": "text/html"}).cookies


def test_two_names_from_a_proxy_are_none(browse: Browse) -> None:
    settings = Settings.model_validate({"proxy_header": "X-User", "proxies": "192.0.2.1"})
    both = [("X-User", "limei"), ("X-User", "wangqiang"), ("Accept", "text/html")]
    assert not browse("192.0.2.1", settings).get("/", headers=both).cookies


def test_a_session_by_a_proxy_is_for_whom_the_proxy_names_now(browse: Browse) -> None:
    settings = Settings.model_validate({"proxy_header": "X-User", "proxies": "192.0.2.1"})
    browser = browse("192.0.2.1", settings)
    browser.get("/", headers={"X-User": "limei", "Accept": "text/html"})
    assert browser.get("/", headers={"X-User": "limei"}).status_code == 200
    assert browser.get("/", headers={"X-User": "wangqiang"}).status_code == 401
    assert browser.get("/", headers={"X-User": "limei"}).status_code == 401, "it is over"


def test_who_lost_the_role_in_between_is_still_signed_in_but_may_nothing(browse: Browse, store: Path) -> None:
    browser = browse()
    sign_in(browser)
    set_role(store, "limei", Role.LEADER)
    assert inside(browser) and browser.put("/_stcore/upload_file/a/b").status_code == 404
