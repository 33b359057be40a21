"""Every answer counted, timed and logged, by the kind of its address: no parameters, no names, no sessions."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.logs import LOG, extra
from serving.metrics import REQUEST_SECONDS, REQUESTS

# Any other address returns the page's frame, so it is not recorded in detail.
_FOLDERS = frozenset({"static", "media", "component", "healthz", "metrics", "sign-in", "sign-out", "password"})
_INNER = frozenset({"stream", "upload_file", "health", "host-config", "bidi-components", "metrics", "agent"})
_PAGE = "/page"
_ABORTED = 499  # the usual status for a client that disconnected
_FAILED = 500
_LOG = logging.getLogger(f"{LOG}.requests")


class RequestLog:
    """ASGI middleware that records answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the wrapped application does, and record it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        status, begun = _ABORTED, time.perf_counter()

        async def send_and_see(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "websocket.accept":
                status = 101
            await send(message)

        try:
            await self._app(scope, receive, send_and_see)
        except Exception:
            status = _FAILED
            raise
        finally:
            _note(scope, status, time.perf_counter() - begun)


def place_of(path: str) -> str:
    """Return the kind of an address: a page, or the folder that holds what is asked for."""
    first, _, rest = path.lstrip("/").partition("/")
    inner = rest.partition("/")[0]
    if first == "_stcore":
        return f"/_stcore/{inner}" if inner in _INNER else "/_stcore"
    return f"/{first}" if first in _FOLDERS else _PAGE


def _note(scope: Scope, status: int, seconds: float) -> None:
    place = place_of(scope["path"])
    REQUESTS.labels(place, str(status)).inc()
    if scope["type"] == "http" and status < 400:
        REQUEST_SECONDS.labels(place).observe(seconds)
    level = logging.DEBUG if place in ("/static", "/healthz", "/metrics") and status < 400 else logging.INFO
    fields = extra(method=scope.get("method", "WEBSOCKET"), place=place, status=status, seconds=round(seconds, 4))
    _LOG.log(level, "%s %s %s", fields["method"], place, status, extra=fields)
