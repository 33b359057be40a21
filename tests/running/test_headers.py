"""Headers on every answer of the running server, and what the errors it shows leave in its log."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from serving.security_headers import SecurityHeaders, inline_scripts, policy
from tests.lib.people import cookie_of
from tests.lib.server import start

PLACES = ("/", "/overview", "/_stcore/health", "/_stcore/host-config", "/media/none", "/no/such/thing", "/healthz")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("empty")
    with start(folder) as (address, _):
        yield address, folder


@pytest.mark.parametrize("path", PLACES)
def test_every_answer_has_the_headers(served: tuple[str, Path], path: str) -> None:
    found = _get(served[0] + path)
    assert found["x-content-type-options"] == "nosniff"
    assert found["x-frame-options"] == "DENY"
    assert found["referrer-policy"] == "same-origin"
    assert found["content-security-policy"] == policy(encrypted=False)
    assert found["cache-control"] == "no-store"
    assert "strict-transport-security" not in found


@pytest.mark.parametrize("encrypted", [True, False])
def test_over_tls_every_cookie_is_for_tls_alone(encrypted: bool) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        answer = PlainTextResponse("x")
        answer.headers.append("set-cookie", "_streamlit_xsrf=1; Path=/")
        answer.set_cookie("kept", "2", secure=True)
        answer.set_cookie("session", "3")
        await answer(scope, receive, send)

    answer = TestClient(SecurityHeaders(app, encrypted)).get("/")
    said = [line.lower().replace(" ", "") for line in answer.headers.get_list("set-cookie")]
    assert [line.split("=")[0] for line in said] == ["_streamlit_xsrf", "kept", "session"]
    assert [line.count(";secure") for line in said] == ([1, 1, 1] if encrypted else [0, 1, 0])


def test_scripts_are_kept_by_browsers(served: tuple[str, Path]) -> None:
    cookie = {"Cookie": cookie_of(served[0])}
    with urllib.request.urlopen(urllib.request.Request(served[0], headers=cookie)) as page:
        script = page.read().decode().split('src="./static/')[1].split('"')[0]
    with urllib.request.urlopen(urllib.request.Request(f"{served[0]}/static/{script}", headers=cookie)) as found:
        assert "immutable" in found.headers["cache-control"]


def test_no_page_of_others_may_steer_ours_by_messages(served: tuple[str, Path]) -> None:
    told = json.loads(_open(f"{served[0]}/_stcore/host-config", cookie_of(served[0]))[1])
    assert told["allowedOrigins"] == []
    assert not told["useExternalAuthToken"] and not told["enableCustomParentMessages"]


@pytest.mark.parametrize("path", ["/", "/_stcore/host-config", "/_stcore/health", "/sign-in", "/nothing-there"])
def test_no_other_origin_is_allowed_to_read(served: tuple[str, Path], path: str) -> None:
    found, _ = _open(served[0] + path, cookie_of(served[0]), Origin="https://elsewhere.example")
    assert [name for name in found if name.startswith("access-control-allow")] == []


@pytest.mark.parametrize("path", [*PLACES, "/sign-in", "/sign-out", "/sign-in/look.css", "/my-account"])
def test_every_text_says_in_which_charset(served: tuple[str, Path], path: str) -> None:
    for cookie in ("", cookie_of(served[0])):
        kind = _open(served[0] + path, cookie)[0]["content-type"]
        assert "charset=utf-8" in kind.lower() or kind in ("application/json", "image/svg+xml"), kind


def test_no_answer_repeats_what_was_asked(served: tuple[str, Path]) -> None:
    """TRACE would give back the cookie that scripts can't read."""
    asked = urllib.request.Request(served[0], headers={"Cookie": cookie_of(served[0])}, method="TRACE")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(asked)
    assert refused.value.code in (404, 405) and b"mingshu_session" not in refused.value.read()


def test_the_policy_names_no_other_host_and_no_eval() -> None:
    said = policy(encrypted=True)
    assert "http:" not in said.replace("upgrade-insecure-requests", "")
    assert "'unsafe-eval'" not in said
    assert "'unsafe-inline'" not in said.split("script-src")[1].split(";")[0]
    assert len(inline_scripts()) == 3  # Streamlit's line, the one that names its server, the one that loads for charts
    assert said.startswith("default-src 'none'")


def test_the_log_tells_of_answers_by_their_kind_alone(served: tuple[str, Path]) -> None:
    _get(f"{served[0]}/board/of/someone?unit=T01001")
    text = (served[1] / "logs" / "mingshu.log").read_text("utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    assert any(line.get("place") == "/page" and line["method"] == "GET" for line in lines)
    assert "someone" not in text
    assert "T01001" not in text


def _get(address: str) -> dict[str, str]:
    return _open(address, "")[0]


def _open(address: str, cookie: str, **headers: str) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of an answer, whatever its status."""
    try:
        answer = urllib.request.urlopen(urllib.request.Request(address, headers={"Cookie": cookie} | headers))
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return {name.lower(): value for name, value in answer.headers.items()}, answer.read()
