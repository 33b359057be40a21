"""A WebSocket behind the gate: messages from the browser are passed on only while the session is valid."""

from contextlib import suppress

from google.protobuf.message import DecodeError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from access.accounts.noted_refusals import log_refused_request
from access.accounts.people import Person
from access.accounts.sessions import Sessions
from access.gate.gate_routes import HOME, SIGN_IN, STREAM
from access.gate.offered_addresses import Offered
from base.errors import UserError
from serving.streamlit_internals import BackMsg, ForwardMsg

_REFUSED = 1008  # against the rules
# Message types that pages need. Others would clear caches for all, or write into the server's own folders.
_NEEDED = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"})
_NO_ACTION = "app_heartbeat"


class OpenSocket:
    """One open WebSocket of a session; messages are checked in both directions."""

    def __init__(self, person: Person, sessions: Sessions, offered: Offered, receive: Receive, send: Send) -> None:
        self._person = person
        self._session = person.session
        self._sessions = sessions
        self._offered = offered
        self._receive = receive
        self._send = send
        self._closed = False

    async def receive(self) -> Message:
        """Return the next permitted message; once the session is over, a disconnect message."""
        while True:
            message = await self._receive()
            if message["type"] != "websocket.receive":
                return message
            call = _read(message)
            try:
                stands = call is not None and await run_in_threadpool(self._stands, call != _NO_ACTION)
            except UserError:  # the journal can't be read now: the page the browser is sent to reports it
                return await self._close(HOME)
            if not stands:
                return await self._close(SIGN_IN)
            if call in _NEEDED and self._may_fetch(message):
                return message
            log_refused_request("网页不会发的消息", STREAM, 400, self._person)

    async def send(self, message: Message) -> None:
        """Pass a message on to the browser and record what it offers; nothing once it is closed."""
        if self._closed:
            return
        if message["type"] == "websocket.send" and message.get("bytes"):
            self._offered.note(self._session, message["bytes"])
        await self._send(message)

    def _stands(self, in_use: bool) -> bool:
        person = self._sessions.by_id(self._session, in_use)
        return person is not None and not person.is_waiting

    def _may_fetch(self, message: Message) -> bool:
        """Return whether a message requests no on-demand file, or one that this session was offered."""
        call = BackMsg.FromString(message["bytes"])
        if call.WhichOneof("type") != "backend_operation_request":
            return True
        request = call.backend_operation_request
        wanted = request.WhichOneof("payload") == "deferred_file"
        return wanted and self._offered.holds(self._session, request.deferred_file.file_id)

    async def _close(self, to: str) -> Message:
        self._closed = True
        with suppress(OSError):  # the browser may have disconnected
            await self._send({"type": "websocket.send", "bytes": _redirect(to)})
            await self._send({"type": "websocket.close", "code": _REFUSED})
        return {"type": "websocket.disconnect", "code": _REFUSED}


async def refuse_socket(scope: Scope, receive: Receive, send: Send, redirects: bool, to: str = SIGN_IN) -> None:
    """Refuse a WebSocket; a page that is still open is first redirected to the page `to`."""
    await receive()
    if redirects and Headers(scope=scope).get("origin"):
        subprotocol = scope["subprotocols"][0] if scope.get("subprotocols") else None
        await send({"type": "websocket.accept", "subprotocol": subprotocol})
        await send({"type": "websocket.send", "bytes": _redirect(to)})
    await send({"type": "websocket.close", "code": _REFUSED})


def _read(message: Message) -> str | None:
    """Return the type of a message, "" for an unknown one; None for one that can't be parsed."""
    try:
        return BackMsg.FromString(message.get("bytes") or b"").WhichOneof("type") or ""
    except DecodeError:
        return None


def _redirect(to: str) -> bytes:
    message = ForwardMsg()
    message.auth_redirect.url = to
    return bytes(message.SerializeToString())
