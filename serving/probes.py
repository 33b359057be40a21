"""Probes: whether the server is alive and can serve, and its metrics. They need no session.

/healthz/live: the process answers. /healthz/read: it can show figures, that is, the store is there, its journal can be
read and its current build opens. /healthz: all is well, that is, the journal and the disk can be written to as well.
/metrics: for this machine alone, or for whoever has the token of the settings.
"""

import asyncio
import hmac
import os
import time
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryFile

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from base.direct_requests import came_directly
from base.errors import UserError
from serving.metrics import SESSIONS
from stats.warehouse import open_warehouse
from store.builds import current_build
from store.engine import is_readable, is_writable

LIVE, READS, READY, METRICS = "/healthz/live", "/healthz/read", "/healthz", "/metrics"
_FOR_READING = frozenset({"store", "journal", "build"})
_LEAST = 64 * 1024  # bytes that must fit on the disk
_PATIENCE = 1.0  # seconds a probe waits for a locked journal
_KEPT = 5.0  # seconds a result is cached, so that frequent probes do not keep the disk busy


class Probes:
    """ASGI middleware that answers the four addresses itself."""

    def __init__(self, app: ASGIApp, store: Path, token: str, sessions: Callable[[], int]) -> None:
        """`token` opens the metrics to other machines, "" to none; `sessions` counts those with a page open."""
        self._app = app
        self._store = store
        self._token = token
        self._sessions = sessions
        self._last_check: tuple[float, dict[str, bool]] = (-_KEPT, {})
        self._asking = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a probe; let the wrapped application answer all else."""
        answers: dict[str, Callable[[Scope], Awaitable[Response]]] = {
            LIVE: self._live,
            READS: self._reads,
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

    async def _reads(self, _: Scope) -> Response:
        parts = await self._look()
        return _say({name: parts[name] for name in parts if name in _FOR_READING})

    async def _ready(self, _: Scope) -> Response:
        return _say(await self._look())

    async def _look(self) -> dict[str, bool]:
        async with self._asking:
            at, parts = self._last_check
            if time.monotonic() - at > _KEPT:
                parts = await asyncio.to_thread(check_store, self._store)
                self._last_check = time.monotonic(), parts
        return parts

    async def _metrics(self, scope: Scope) -> Response:
        if not self._may_read(scope):
            return Response(status_code=403)
        SESSIONS.set(self._sessions())
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    def _may_read(self, scope: Scope) -> bool:
        """Return whether the metrics may be read: with the token if there is one, else from this machine alone.

        Requests through a proxy on this machine come from elsewhere, as their headers show.
        """
        headers = Headers(scope=scope)
        if self._token:
            return hmac.compare_digest(headers.get("authorization", "").encode(), f"Bearer {self._token}".encode())
        return _is_here(scope) and came_directly(headers.keys())


def check_store(store: Path) -> dict[str, bool]:
    """Return what works: the folder, reading the journal, opening the build, writing to the journal and the disk.

    A store without data has no build to open, and one without a journal none to read.
    """
    return {
        "store": store.is_dir() and os.access(store, os.R_OK | os.X_OK),
        "journal": is_readable(store),
        "build": _opens(store),
        "writable": is_writable(store, _PATIENCE),
        "disk": _has_room(store),
    }


def _opens(store: Path) -> bool:
    try:
        if current_build(store):
            open_warehouse(store).close()
    except (UserError, OSError):
        return False
    return True


def _has_room(store: Path) -> bool:
    """Return whether a file can be written to the store; it is deleted at once."""
    try:
        with TemporaryFile(dir=store, buffering=0) as file:
            return file.write(bytes(_LEAST)) == _LEAST
    except OSError:
        return False


def _say(parts: dict[str, bool]) -> Response:
    return JSONResponse({"live": True} | parts, 200 if all(parts.values()) else 503)


def _is_here(scope: Scope) -> bool:
    host = (scope.get("client") or ("", 0))[0]
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
