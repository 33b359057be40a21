"""Signing in with an OpenID provider: a real one, in a process of its own."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from access.accounts import stop_account
from tests.lib.server import free_port, serve

PATIENCE = 30  # seconds


@contextmanager
def provider(port: int) -> Iterator[str]:
    """Run a provider that knows two people: one has an account here, one has none. It demands a nonce."""
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        for person in ("测试工作人员", "stranger"):
            _tell(issuer, person)
        yield issuer
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _tell(issuer: str, person: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            claims = {"preferred_username": person, "email": f"{person}@office.test"}
            httpx2.put(f"{issuer}/users/sub-{person}", json=claims).raise_for_status()
            return
        except httpx2.TransportError:
            assert time.monotonic() < until, "the provider does not answer"
            time.sleep(0.2)


@pytest.fixture
def dashboard(county_store: Path) -> Iterator[tuple[str, str]]:
    """The address of a dashboard whose people may sign in with a provider, and the provider's."""
    with provider(free_port()) as issuer:
        here = free_port()
        with serve(county_store, port=here, **_settings(issuer, f"http://localhost:{here}")) as address:
            yield address, issuer


def _settings(issuer: str, address: str) -> dict[str, str]:
    return {
        "MINGSHU_OIDC_ISSUER": issuer,
        "MINGSHU_OIDC_CLIENT": "mingshu",
        "MINGSHU_OIDC_SECRET": "kept-secret",
        "MINGSHU_ADDRESS": address,
    }


def go_through(browser: httpx2.Client, address: str, person: str) -> httpx2.Response:
    """Go to the provider, be that person there, come back."""
    asked = browser.get(f"{address}/sign-in/oidc")
    assert asked.status_code == 302 and "code_challenge_method=S256" in asked.headers["location"]
    assert "state=" in asked.headers["location"] and "nonce=" in asked.headers["location"]
    given = browser.post(asked.headers["location"], data={"sub": f"sub-{person}"})
    assert given.status_code in (302, 303), given.text
    return browser.get(given.headers["location"])


def test_who_has_an_account_comes_in_and_others_do_not(dashboard: tuple[str, str], county_store: Path) -> None:
    address, _ = dashboard
    with httpx2.Client() as browser:
        assert "用统一身份认证登录" in browser.get(f"{address}/sign-in").text
        back = go_through(browser, address, "测试工作人员")
        assert (back.status_code, back.headers["location"]) == (303, "/")
        assert browser.get(address).status_code == 200
        stop_account(county_store, "测试工作人员")
        assert browser.get(address).status_code == 401
        for person in ("测试工作人员", "stranger"):
            refused = go_through(browser, address, person)
            assert refused.headers["location"] == "/sign-in?why=unknown"
            assert "mingshu_session" not in refused.cookies
        told = browser.get(address + "/sign-in?why=unknown").text
        assert "还不能用这里" in told and not re.search("[A-Za-z]{3,}", re.sub("<[^>]*>", "", told))


def test_what_does_not_come_from_the_provider_opens_nothing(dashboard: tuple[str, str]) -> None:
    address, _ = dashboard
    with httpx2.Client() as browser, httpx2.Client() as other:
        asked = browser.get(f"{address}/sign-in/oidc")
        given = browser.post(asked.headers["location"], data={"sub": "sub-测试工作人员"})
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


def test_a_provider_that_does_not_answer_is_told_and_passwords_go_on(county_store: Path) -> None:
    gone = f"http://127.0.0.1:{free_port()}"
    with serve(county_store, **_settings(gone, "http://localhost")) as address, httpx2.Client() as browser:
        assert browser.get(f"{address}/sign-in/oidc").headers["location"] == "/sign-in?why=unreachable"
        assert "连不上统一身份认证" in browser.get(f"{address}/sign-in?why=unreachable").text
