"""Signing in with an OpenID provider: a real one, in a process of its own."""

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx2
import pytest
import time_machine
from pydantic import SecretStr

from access.accounts import find_account, stop_account, unbind_account
from access.accounts.people import BY_PASSWORD
from access.accounts.sessions import OIDC, Sessions
from access.audit_list import say_details
from access.gate.oidc import what_lacks
from base.settings import Settings
from store.audit import entries
from tests.access.office import Browse, inside, sign_in
from tests.lib.server import free_port, serve

PATIENCE = 30  # seconds
PERSON, ANOTHER, THIRD = "测试工作人员", "测试领导", "测试填报员t01"
NOW = 1_800_000_000  # a moment, in seconds since 1970


@contextmanager
def provider(port: int) -> Iterator[str]:
    """Run a provider that knows people with an account here and one without. It demands a nonce."""
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        for person in (PERSON, ANOTHER, THIRD, "stranger"):
            _tell(issuer, person)
        yield issuer
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _tell(issuer: str, person: str, sub: str = "", **claims: object) -> None:
    """Make the provider know somebody, and what it says of the sign-in."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            known = {"preferred_username": person, "email": f"{person}@office.test"} | claims
            httpx2.put(f"{issuer}/users/{sub or f'sub-{person}'}", json=known).raise_for_status()
            return
        except httpx2.TransportError:
            assert time.monotonic() < until, "the provider does not answer"
            time.sleep(0.2)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider. What it is told of a person lasts: each test that tells it something has its own."""
    with provider(free_port()) as found:
        yield found


@pytest.fixture(scope="module")
def own_store(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the dashboard: each test signs in as a person of its own."""
    return shutil.copytree(template, tmp_path_factory.mktemp("oidc") / "store")


@pytest.fixture(scope="module")
def address(own_store: Path, issuer: str) -> Iterator[str]:
    """The address of a dashboard whose people may sign in with the provider."""
    here = free_port()
    with serve(own_store, port=here, **_settings(issuer, f"http://localhost:{here}")) as found:
        yield found


def _settings(issuer: str, address: str) -> dict[str, str]:
    return {
        "MINGSHU_OIDC_ISSUER": issuer,
        "MINGSHU_OIDC_CLIENT": "mingshu",
        "MINGSHU_OIDC_SECRET": "kept-secret",
        "MINGSHU_ADDRESS": address,
    }


def go_through(browser: httpx2.Client, address: str, person: str, sub: str = "") -> httpx2.Response:
    """Go to the provider, be that person there, come back."""
    asked = browser.get(f"{address}/sign-in/oidc")
    assert asked.status_code == 302 and "code_challenge_method=S256" in asked.headers["location"]
    assert "state=" in asked.headers["location"] and "nonce=" in asked.headers["location"]
    given = browser.post(asked.headers["location"], data={"sub": sub or f"sub-{person}"})
    assert given.status_code in (302, 303), given.text
    return browser.get(given.headers["location"])


def test_who_has_an_account_comes_in_and_others_do_not(address: str, own_store: Path) -> None:
    with httpx2.Client() as browser:
        assert "用统一身份认证登录" in browser.get(f"{address}/sign-in").text
        back = go_through(browser, address, ANOTHER)
        assert (back.status_code, back.headers["location"]) == (303, "/")
        assert browser.get(address).status_code == 200
        stop_account(own_store, ANOTHER)
        assert browser.get(address).status_code == 401
        for person in (ANOTHER, "stranger"):
            refused = go_through(browser, address, person)
            assert refused.headers["location"] == "/sign-in?why=unknown"
            assert "mingshu_session" not in refused.cookies
        told = browser.get(address + "/sign-in?why=unknown").text
        assert "还不能用这里" in told and not re.search("[A-Za-z]{3,}", re.sub("<[^>]*>", "", told))


def test_what_does_not_come_from_the_provider_opens_nothing(address: str) -> None:
    with httpx2.Client() as browser, httpx2.Client() as other:
        asked = browser.get(f"{address}/sign-in/oidc")
        given = browser.post(asked.headers["location"], data={"sub": f"sub-{PERSON}"})
        answer = given.headers["location"]
        for wrong, who in (
            (answer, other),  # another browser, that never asked
            (re.sub("code=[^&]*", "code=invented", answer), browser),
            (re.sub("state=[^&]*", "state=invented", answer), browser),
            (f"{address}/sign-in/back", browser),
        ):
            refused = who.get(wrong)
            assert refused.headers["location"] == "/sign-in?why=failed"
            assert who.get(address).status_code == 401


def test_a_name_given_to_somebody_else_at_the_provider_opens_nothing(
    address: str, issuer: str, own_store: Path
) -> None:
    before = len(entries(own_store))
    with httpx2.Client() as browser:
        assert go_through(browser, address, THIRD).headers["location"] == "/"
    _tell(issuer, THIRD, sub="successor")
    with httpx2.Client() as browser:
        assert go_through(browser, address, THIRD, "successor").headers["location"] == "/sign-in?why=other"
        assert browser.get(address).status_code == 401
        assert "另一个人" in browser.get(f"{address}/sign-in?why=other").text
        unbind_account(own_store, THIRD)
        assert go_through(browser, address, THIRD, "successor").headers["location"] == "/"
        assert go_through(browser, address, THIRD).headers["location"] == "/sign-in?why=other"
    said = [(entry.verb, say_details(entry)) for entry in entries(own_store)[before:]]
    assert said.count(("signed_in", "来自 127.0.0.1，用统一身份认证")) == 2
    assert said.count(("not_signed_in", "来自 127.0.0.1，用统一身份认证")) == 2


def test_how_strong_and_how_fresh_is_asked_for_and_checked(county_store: Path, issuer: str) -> None:
    here = free_port()
    asked = {"MINGSHU_OIDC_ACR": "gold,silver", "MINGSHU_OIDC_AMR": "mfa", "MINGSHU_OIDC_MINUTES": "30"}
    settings = _settings(issuer, f"http://localhost:{here}") | asked
    with serve(county_store, port=here, **settings) as address, httpx2.Client() as browser:
        sent = browser.get(f"{address}/sign-in/oidc").headers["location"]
        assert "acr_values=gold+silver" in sent and "max_age=1800" in sent
        good = {"acr": "silver", "amr": ["pwd", "mfa"], "auth_time": int(time.time())}
        for claims, leads in (
            (good, "/"),
            (good | {"acr": "bronze"}, "/sign-in?why=weak"),
            (good | {"amr": ["pwd"]}, "/sign-in?why=weak"),
            (good | {"auth_time": int(time.time()) - 2000}, "/sign-in?why=stale"),
        ):
            _tell(issuer, PERSON, **claims)
            assert go_through(browser, address, PERSON).headers["location"] == leads


@pytest.mark.parametrize(
    ("claims", "lacks"),
    [
        ({}, "weak"),
        ({"acr": "gold", "auth_time": NOW}, "weak"),
        ({"acr": "gold", "amr": "mfa", "auth_time": NOW}, "weak"),
        ({"acr": "gold", "amr": [["mfa"]], "auth_time": NOW}, "weak"),
        ({"acr": ["gold"], "amr": ["mfa"], "auth_time": NOW}, "weak"),
        ({"acr": "gold", "amr": ["mfa"]}, "stale"),
        ({"acr": "gold", "amr": ["mfa"], "auth_time": str(NOW)}, "stale"),
        ({"acr": "gold", "amr": ["mfa"], "auth_time": NOW - 1800}, "stale"),
        ({"acr": "gold", "amr": ["mfa"], "auth_time": NOW + 3600}, "stale"),
        ({"acr": "gold", "amr": ["mfa"], "auth_time": NOW - 1799}, ""),
    ],
)
def test_what_a_token_does_not_say_is_not_met(claims: dict[str, object], lacks: str) -> None:
    settings = Settings.model_validate({"oidc_acr": "gold", "oidc_amr": "mfa,otp", "oidc_minutes": 30})
    with time_machine.travel(NOW, tick=False):
        assert what_lacks(claims, settings) == lacks
        assert what_lacks(claims, Settings()) == ""


def test_a_session_ends_when_the_sign_in_at_the_provider_is_too_old(county_store: Path) -> None:
    sessions = Sessions(county_store, Settings(oidc_minutes=30))
    account = find_account(county_store, PERSON)
    assert account
    with time_machine.travel(NOW, tick=False) as clock:
        ours, theirs = sessions.begin(account, BY_PASSWORD), sessions.begin(account, OIDC, since=NOW - 1500)
        assert sessions.use(ours) and sessions.use(theirs)
        clock.shift(300)
        assert sessions.use(ours) and sessions.use(theirs) is None


class _Metadata(BaseHTTPRequestHandler):
    """Metadata that name another issuer than the address they come from, or lead to those of another."""

    def do_GET(self) -> None:
        moved = self.path.startswith("/moved")
        self.send_response(302 if moved else 200)
        self.send_header("Location", "/.well-known/openid-configuration")
        self.end_headers()
        if not moved:
            host = f"http://{self.headers['Host']}"
            named = {"issuer": f"{host}/", "authorization_endpoint": f"{host}/go", "token_endpoint": f"{host}/token"}
            self.wfile.write(json.dumps(named).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(("issuer", "why"), [("", "impostor"), ("/moved", "unreachable")])
def test_metadata_of_another_issuer_are_not_used_and_no_redirect_is_followed(
    browse: Browse, issuer: str, why: str
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Metadata)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        browser = browse(settings=_known_at(f"http://127.0.0.1:{server.server_port}{issuer}"))
        assert browser.get("/sign-in/oidc").headers["location"] == f"/sign-in?why={why}"
        assert browser.get("/sign-in/back?code=a&state=b").headers["location"].startswith("/sign-in?why=")
    finally:
        server.shutdown()
        server.server_close()


def test_a_provider_that_does_not_answer_is_told_and_passwords_go_on(browse: Browse) -> None:
    browser = browse(settings=_known_at(f"http://127.0.0.1:{free_port()}"))
    assert browser.get("/sign-in/oidc").headers["location"] == "/sign-in?why=unreachable"
    assert "连不上统一身份认证" in browser.get("/sign-in?why=unreachable").text
    assert sign_in(browser).status_code == 303 and inside(browser)


def _known_at(issuer: str) -> Settings:
    return Settings(
        oidc_issuer=issuer, oidc_client="mingshu", oidc_secret=SecretStr("kept"), address="http://office.test"
    )
