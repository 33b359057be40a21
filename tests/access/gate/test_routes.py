"""Every route there is, ours and Streamlit's, refuses who has not signed in. A new one is found by itself."""

import json
import re
import subprocess
import sys
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import streamlit
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from access.accounts.roles import Role
from access.gate.gate_routes import HEALTH, INSIDE, METRICS, NEEDED, OPEN, STREAM
from etl.journal import read_entries
from store.audit import entries
from tests.contracts.source import ROOT
from tests.lib.dashboard.visitor import apart
from tests.lib.people import cookie_of

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
REFUSED = {303, 401}
# What those who have not signed in might say of themselves.
PRETENCES: dict[str, dict[str, str]] = {
    "nothing": {},
    "a page asked for": {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"},
    "an invented session": {"Cookie": "mingshu_session=" + "A" * 43},
    "an identity of one's own": {"X-Mingshu-Session": "0" * 32, "x-forwarded-for": "127.0.0.1", "X-User": "admin"},
}
STATIC = Path(streamlit.__file__).parent / "static"


@pytest.fixture(scope="module")
def listed() -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.access.listed_routes"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def paths(listed: dict[str, Any]) -> list[str]:
    """A path for every route but the web socket's, and for some files of each folder that is served whole."""
    plain = [re.sub(r"{[^}]*}", "x", route["path"]) for route in listed["routes"] if route["kind"] == "Route"]
    files = [STATIC / "index.html", *list(STATIC.rglob("*.js"))[:3], *list(STATIC.rglob("*.css"))[:1]]
    served = [f"/{file.relative_to(STATIC).as_posix()}" for file in files]
    pages = [
        "/",
        "/upload",
        "/submissions",
        "/accounts",
        "/my-account",
        "/nothing-there",
        "//sign-in",
        "/sign-in/",
        "/x/sign-in",
    ]
    return sorted({*plain, *served, *pages})


def test_the_gate_stands_before_everything_but_what_serves_no_page(listed: dict[str, Any]) -> None:
    layers = listed["layers"]
    assert layers[: layers.index("Gate")] == ["SecurityHeaders", "RequestLog", "Probes"]


def test_all_of_streamlits_endpoints_are_among_those_looked_at(listed: dict[str, Any]) -> None:
    found = {route["path"] for route in listed["routes"]}
    known = {"/_stcore/health", "/_stcore/stream", "/_stcore/metrics", "/_stcore/host-config", "/media/{file_id:path}",
             "/_stcore/upload_file/{session_id}/{file_id}", "/component/{path:path}",
             "/_stcore/bidi-components/{path:path}", "/auth/login", "/oauth2callback"}  # fmt: skip
    assert known <= found and OPEN - {"/sign-in/oidc", "/sign-in/back"} <= found


@pytest.mark.parametrize("pretence", PRETENCES)
def test_every_route_is_refused_without_a_session(address: str, paths: list[str], pretence: str) -> None:
    served = {
        f"{method} {path}": status
        for path, method in product(paths, METHODS)
        if path not in OPEN and (status := ask(address, method, path, PRETENCES[pretence])[0]) not in REFUSED
    }
    assert served == {}


def test_nothing_is_told_by_a_refusal(address: str, paths: list[str]) -> None:
    bodies = {ask(address, "GET", path)[1] for path in paths if path not in OPEN}
    assert bodies == {"请先登录。".encode()}


def test_the_health_probe_and_the_sign_in_page_answer(address: str) -> None:
    assert ask(address, "GET", HEALTH) == (200, b"ok")
    for path in ("/sign-in", "/sign-in/look.css", "/sign-in/logo.svg"):
        status, body = ask(address, "GET", path)
        assert status == 200 and b"<script" not in body


def test_who_has_signed_in_gets_what_pages_need_and_nothing_of_the_inside(address: str, paths: list[str]) -> None:
    signed_in = {"Cookie": cookie_of(address)}
    assert ask(address, "GET", "/", signed_in)[0] == 200
    assert ask(address, "GET", "/_stcore/host-config", signed_in)[0] == 200
    inside = [path for path in paths if path.startswith(("/_stcore/agent", "/auth/", "/oauth2callback", "/media/"))]
    assert inside and {ask(address, "GET", path, signed_in)[0] for path in inside} == {404}


@pytest.mark.parametrize("pretence", PRETENCES)
@pytest.mark.parametrize("path", [STREAM, "/", "/sign-in", HEALTH])
def test_a_web_socket_is_refused(address: str, path: str, pretence: str) -> None:
    headers = {name: value for name, value in PRETENCES[pretence].items() if name != "Accept"}
    with pytest.raises(InvalidStatus) as refused:
        apart(_listen(address, path, headers))
    assert refused.value.response.status_code == 403


def test_a_page_left_open_is_told_to_sign_in_and_nothing_else(address: str) -> None:
    told = apart(_listen(address, STREAM, {"Origin": address}))
    assert [message.WhichOneof("type") for message in told] == ["auth_redirect"]
    assert told[0].auth_redirect.url == "/sign-in"


def test_another_site_is_not_even_told_that(address: str) -> None:
    with pytest.raises(InvalidStatus):
        apart(_listen(address, STREAM, {"Origin": "https://elsewhere.example"}))


def ask(address: str, method: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Ask just this, follow nothing."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


async def _listen(address: str, path: str, headers: dict[str, str]) -> list[ForwardMsg]:
    """Return all a web socket says until it is closed."""
    async with connect(address.replace("http", "ws", 1) + path, additional_headers=headers) as socket:
        return [ForwardMsg.FromString(data) async for data in _until_closed(socket)]


async def _until_closed(socket: Any) -> Any:
    try:
        while True:
            yield await socket.recv(decode=False)
    except ConnectionClosed as closed:
        assert closed.rcvd and closed.rcvd.code == 1008


@pytest.mark.parametrize("role", Role)
def test_s06_no_route_does_or_tells_a_role_what_is_not_its_own(address: str, paths: list[str], role: Role) -> None:
    """What is merely asked for changes nothing, and what is sent to an address without its form is refused."""
    signed_in = {"Cookie": cookie_of(address, role, "T01" if role is Role.CLERK else "")}
    told = {
        (method, path): ask(address, method, path, signed_in)[0]
        for path, method in product(paths, METHODS)
        if (method, path) != ("GET", STREAM)
    }
    assert {place: status for place, status in told.items() if status >= 500} == {}
    done = {
        path for (method, path), status in told.items() if status < 300 and method not in ("GET", "HEAD", "OPTIONS")
    }
    assert done == set()
    inside = {path for (_, path), status in told.items() if status < 300 and path.startswith(INSIDE)}
    served = {path for path in inside if not path.startswith(NEEDED)} - {HEALTH}
    assert served == ({METRICS} if role is Role.ADMIN else set())
    assert ask(address, "GET", "/my-account", signed_in)[0] == 200  # nobody was signed out by any of it


def test_s06_what_is_merely_opened_leaves_the_store_as_it_is(
    address: str, paths: list[str], shared_store: Path
) -> None:
    signed_in = {"Cookie": cookie_of(address, Role.STAFF)}
    before = [entry.verb for entry in entries(shared_store)], read_entries(shared_store)
    for path in paths:
        ask(address, "GET", path, signed_in)
        ask(address, "GET", f"{path}?step=2&next=/&sample=x&form=x&name=x&password=x", signed_in)
    assert ([entry.verb for entry in entries(shared_store)], read_entries(shared_store)) == before
