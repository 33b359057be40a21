"""Answers errors of disk and journal with 503 and their sentence."""

import logging

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from access.gate.gate_routes import HOME
from access.gate.rendering import show
from access.gate.sockets import refuse_socket
from base.errors import UserError
from base.settings import Settings
from store.disk_errors import say_fault

_UNAVAILABLE = 503
_LOG = logging.getLogger("mingshu")


async def plainly(app: ASGIApp, settings: Settings, scope: Scope, receive: Receive, send: Send) -> None:
    """Let an application answer; if it raises such an error before it has begun to, answer with the sentence."""
    begun = False

    async def send_and_see(message: Message) -> None:
        nonlocal begun
        begun = True
        await send(message)

    try:
        await app(scope, receive, send_and_see)
    except Exception as error:
        text = str(error) if isinstance(error, UserError) else say_fault(error)
        if begun or not text:
            raise
        _LOG.error("没有答复：%s", text)
        if scope["type"] == "websocket":
            await refuse_socket(scope, receive, send, redirects=True, to=HOME)  # the page there reports the fault
        else:
            await _answer(text, settings, scope)(scope, receive, send)


def _answer(text: str, settings: Settings, scope: Scope) -> Response:
    """Return a page for a person, a line for what a page or a program fetches."""
    if "text/html" in Headers(scope=scope).get("accept", ""):
        return show(Request(scope), "fault.html", settings, text, _UNAVAILABLE)
    return PlainTextResponse(text, _UNAVAILABLE, headers={"Cache-Control": "no-store"})
