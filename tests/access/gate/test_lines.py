"""An open web socket, and what it was offered: over when the session is over, and for nobody else."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from starlette.types import Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from access.accounts import renew_password, set_role, stop_account
from access.accounts.people import BY_PASSWORD
from access.accounts.roles import Role
from access.accounts.sessions import Sessions
from access.gate import Gate
from access.gate.gate_routes import STREAM
from base.settings import Settings
from tests.access.gate.test_routes import ask
from tests.lib.dashboard.visitor import Visitor, apart
from tests.lib.people import WORD, account_for, cookie_of, name_of, sign_in
from tests.lib.server import serve

TRACE = "/trace?figure=会员人数"
PATIENCE = 20  # seconds


@pytest.fixture(scope="module")
def own_store(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which each test does something to a person of its own."""
    return shutil.copytree(template, tmp_path_factory.mktemp("lines") / "store")


@pytest.fixture(scope="module")
def own_address(own_store: Path) -> Iterator[str]:
    """The address of the dashboard on that store."""
    with serve(own_store) as found:
        yield found


@pytest.mark.parametrize(("ended_by", "area"), [(stop_account, "T01"), (renew_password, "T02")])
def test_a_session_dies_within_one_action(
    own_store: Path, own_address: str, ended_by: Callable[[Path, str], object], area: str
) -> None:
    name = name_of(Role.CLERK, area)

    async def go(address: str, cookie: str) -> None:
        async with Visitor(address, cookie=cookie) as visitor:
            assert (await visitor.run()).elements
            ended_by(own_store, name)
            with pytest.raises(ConnectionClosed) as closed:
                await visitor.run()
            assert closed.value.rcvd and closed.value.rcvd.code == 1008
            assert not visitor.elements

    cookie = sign_in(own_address, name, WORD)
    apart(go(own_address, cookie))
    assert ask(own_address, "GET", "/", {"Cookie": cookie})[0] == 401
    with pytest.raises(InvalidStatus):
        apart(_open(own_address, cookie))


def test_s10_a_page_of_another_port_opens_no_line(address: str) -> None:
    cookie = cookie_of(address, Role.STAFF)
    apart(_open(address, cookie, address))
    for other in ("http://localhost:1", "http://elsewhere.test", "null"):
        with pytest.raises(InvalidStatus):
            apart(_open(address, cookie, other))


def test_a_role_that_is_taken_is_gone_at_the_next_action(own_store: Path, own_address: str) -> None:
    async def go(address: str) -> None:
        async with Visitor(address, "/upload", cookie_of(address, Role.STAFF)) as visitor:
            await visitor.run()
            upload = next(page for page in visitor.pages if page.url_pathname == "upload")
            set_role(own_store, name_of(Role.STAFF), Role.LEADER)
            await visitor.turn_to(upload)
            assert "upload" not in {page.url_pathname for page in visitor.pages if not page.is_hidden}
            assert not [one for one in visitor.elements if one.WhichOneof("type") == "file_uploader"]

    apart(go(own_address))


def test_an_original_on_its_way_is_for_whom_it_was_offered(address: str) -> None:
    async def go() -> None:
        staff, clerk = cookie_of(address, Role.STAFF), cookie_of(address, Role.CLERK, "T02")
        async with Visitor(address, TRACE, staff) as owner, Visitor(address, TRACE, clerk) as other:
            await owner.run()
            await other.run()
            number = next(one.download_button.deferred_file_id for one in owner.elements if _is_download(one))
            await other.send(_fetch(number, other.session))
            assert "backend_operation_response" not in await _heard(other)
            await owner.send(_fetch(number, owner.session))
            answer = await owner.hear("backend_operation_response")
            place = answer.backend_operation_response.deferred_file.url
            assert place.startswith("/media/")
            assert ask(address, "GET", place, {"Cookie": staff})[0] == 200
            assert ask(address, "GET", place, {"Cookie": clerk})[0] == 404
            assert ask(address, "GET", place)[0] == 401

    apart(go())


def test_a_place_to_upload_to_is_for_whom_it_was_offered(address: str) -> None:
    async def go() -> None:
        staff, clerk = cookie_of(address, Role.STAFF), cookie_of(address, Role.CLERK, "T02")
        async with Visitor(address, "/upload", staff) as owner:
            await owner.run()
            place = await owner.place_for("甲镇.xlsx")
            assert [_put(address, place, cookie) for cookie in (clerk, "", staff)] == [404, 401, 204]

    apart(go())


def test_a_leader_uploads_nowhere(address: str) -> None:
    async def go() -> None:
        cookie = cookie_of(address, Role.LEADER)
        async with Visitor(address, cookie=cookie) as visitor:
            await visitor.run()
            assert _put(address, await visitor.place_for("甲镇.xlsx"), cookie) == 404

    apart(go())


def test_a_tab_of_somebody_else_cannot_be_taken_up(address: str) -> None:
    async def go() -> None:
        async with Visitor(address, cookie=cookie_of(address, Role.STAFF)) as owner:
            await owner.run()
            for role, taken in ((Role.LEADER, False), (Role.STAFF, True)):
                async with Visitor(address, cookie=cookie_of(address, role), resume=owner.session) as other:
                    await other.run()
                    assert (other.session == owner.session) is taken

    apart(go())


def test_only_what_pages_need_goes_through(county_store: Path) -> None:
    """Emptying the caches of all, or writing programs' aids into the server's folders, is not among it."""
    through: list[str] = []

    async def inside(_: Scope, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            through.append(BackMsg.FromString(message["bytes"]).WhichOneof("type"))

    sent = [_filled(field.name) for field in BackMsg.DESCRIPTOR.fields]
    sent.append(_fetch("0" * 32))
    apart(_through_the_gate(Gate(inside, county_store, Settings()), county_store, sent))
    assert set(through) == {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"}


def _filled(field: str) -> BackMsg:
    """Return a message with this field and nothing in it."""
    message = BackMsg()
    if BackMsg.DESCRIPTOR.fields_by_name[field].message_type:
        getattr(message, field).SetInParent()
    else:
        setattr(message, field, True)
    return message


async def _through_the_gate(gate: Gate, store: Path, sent: list[BackMsg]) -> None:
    token = Sessions(store, Settings()).begin(account_for(store, Role.STAFF), BY_PASSWORD)
    waiting = [{"type": "websocket.receive", "bytes": message.SerializeToString()} for message in sent]
    waiting.append({"type": "websocket.disconnect"})

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(_: Any) -> None:
        raise AssertionError("nothing was to be said")

    headers = [(b"cookie", f"mingshu_session={token}".encode())]
    await gate({"type": "websocket", "path": STREAM, "headers": headers}, receive, send)


async def _open(address: str, cookie: str, origin: str | None = None) -> None:
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(stream, additional_headers={"Cookie": cookie}, origin=origin):
        pass


async def _heard(visitor: Visitor) -> set[str | None]:
    """Return what kinds of messages come before the answer to a heartbeat that is sent now."""
    await visitor.send(BackMsg(app_heartbeat=True))
    kinds: set[str | None] = set()
    while "heartbeat_ack" not in kinds:
        kinds.add((await asyncio.wait_for(visitor.hear(""), PATIENCE)).WhichOneof("type"))
    return kinds


def _is_download(element: object) -> bool:
    return element.WhichOneof("type") == "download_button"  # type: ignore[attr-defined]


def _fetch(number: str, session: str = "") -> BackMsg:
    message = BackMsg()
    message.backend_operation_request.request_id, message.backend_operation_request.session_id = "1", session
    message.backend_operation_request.deferred_file.file_id = number
    return message


def _put(address: str, place: str, cookie: str) -> int:
    """Upload a file as a page does; return the status."""
    seen = urlopen(Request(f"{address}/_stcore/health"), timeout=20)
    xsrf = (seen.headers["Set-Cookie"] or "").split(";")[0]
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.xlsx"\r\n\r\ndata\r\n--x--\r\n'
    headers = {
        "Cookie": f"{cookie}; {xsrf}",
        "X-Xsrftoken": xsrf.partition("=")[2],
        "Content-Type": "multipart/form-data; boundary=x",
    }
    try:
        with urlopen(Request(address + place, body, headers, method="PUT"), timeout=20) as answer:
            return int(answer.status)
    except HTTPError as refused:
        refused.close()
        return refused.code
