"""Probes: whether the server is alive and can serve, and its metrics. They need no session.

/healthz/live: the process answers. /healthz: it can serve, that is, the store can be read and the current build opens.
/metrics: for this machine alone, or for whoever has the token of the settings.
"""

import asyncio
import hmac
import os
import time
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from serving.metrics import SESSIONS
from stats.errors import UserError
from stats.warehouse import current_build, open_warehouse

LIVE, READY, METRICS = "/healthz/live", "/healthz", "/metrics"
_KEPT = 5.0  # seconds a result is cached, so that frequent probes do not keep the disk busy
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


class Probes:
    """ASGI middleware that answers the three addresses itself."""

    def __init__(self, app: ASGIApp, store: Path, token: str, sessions: Callable[[], int]) -> None:
        """`token` opens the metrics to other machines, "" to none; `sessions` counts those with a page open."""
        self._app = app
        self._store = store
        self._token = token
        self._sessions = sessions
        self._found: tuple[float, dict[str, bool]] = (-_KEPT, {})
        self._asking = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a probe; let the wrapped application answer all else."""
        answers: dict[str, Callable[[Scope], Awaitable[Response]]] = {
            LIVE: self._live,
            READY: self._ready,
            METRICS: self._metrics,
        }
        answer = answers.get(scope["path"]) if scope["type"] == "http" else None
        if answer is None:
            await self._app(scope, receive, send)
        elif scope["method"] not in ("GET", "HEAD"):
            await Response(status_code=405, headers={"allow": "GET, HEAD"})(scope, receive, send)
        else:
            await (await answer(scope))(scope, receive, send)

    async def _live(self, _: Scope) -> Response:
        return JSONResponse({"live": True})

    async def _ready(self, _: Scope) -> Response:
        async with self._asking:
            at, found = self._found
            if time.monotonic() - at > _KEPT:
                found = await asyncio.to_thread(look, self._store)
                self._found = time.monotonic(), found
        return JSONResponse({"live": True} | found, 200 if all(found.values()) else 503)

    async def _metrics(self, scope: Scope) -> Response:
        if not self._may_read(scope):
            return Response(status_code=403)
        SESSIONS.set(self._sessions())
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    def _may_read(self, scope: Scope) -> bool:
        """Return whether the metrics may be read: with the token if there is one, else from this machine alone.

        Requests through a proxy on this machine come from elsewhere, as their headers show.
        """
        found = Headers(scope=scope)
        if self._token:
            return hmac.compare_digest(found.get("authorization", "").encode(), f"Bearer {self._token}".encode())
        return _is_here(scope) and not any(name in found for name in _FORWARDED)


def look(store: Path) -> dict[str, bool]:
    """Return whether a store can be read and its current build opens; a store without data has none to open."""
    readable = not store.exists() or os.access(store, os.R_OK | os.X_OK)
    try:
        if current_build(store):
            open_warehouse(store).close()
    except (UserError, OSError):
        return {"store": readable, "build": False}
    return {"store": readable, "build": True}


def _is_here(scope: Scope) -> bool:
    host = (scope.get("client") or ("", 0))[0]
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
