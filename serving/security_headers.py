"""Security headers on every answer, with a content security policy that allows this server alone.

Streamlit needs five exceptions. Its styles are made in the browser (style-src 'unsafe-inline'). Scripts of our pages,
and the workers of tables and charts, are loaded as blobs (script-src and worker-src blob:). Pictures of charts are made
from data and blobs (img-src data: blob:). Its message parser uses WebAssembly ('wasm-unsafe-eval'). The page holds
three lines of inline script, allowed by their hashes. There is no 'unsafe-eval', no 'unsafe-inline' for scripts and no
other host.
"""

import base64
import hashlib
import re
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.bundle import STATIC, bundle, first_page
from serving.packed import LIBRARY

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_YEAR = 365 * 24 * 3600
_KEPT_OUT = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # addresses say what somebody looks at
    "permissions-policy": ", ".join(f"{name}=()" for name in _KEPT_OUT),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
}
# Files named by their content may be cached; everything else shows data, which only the browser may store.
_NOT_KEPT = "no-store"


class SecurityHeaders:
    """ASGI middleware that adds the headers; headers that an answer already has stay."""

    def __init__(self, app: ASGIApp, encrypted: bool) -> None:
        """`encrypted`: browsers reach the server over TLS and are told to use only TLS from now on."""
        self._app = app
        self._headers = headers(encrypted)
        self._encrypted = encrypted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the wrapped application does, with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _add(self, headers: MutableHeaders, path: str) -> None:
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        if not path.startswith(STATIC):
            headers["cache-control"] = _NOT_KEPT
        if self._encrypted:
            _secure_cookies(headers)


def _secure_cookies(headers: MutableHeaders) -> None:
    """Keep every cookie to TLS: Streamlit does so for its own only where the server itself has the certificate."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        kept = {part.strip().lower() for part in cookie.split(";")[1:]}
        headers.append("set-cookie", cookie if "secure" in kept else f"{cookie}; Secure")


def headers(encrypted: bool) -> Mapping[str, str]:
    """Return the headers of every answer by their names."""
    strict = {"strict-transport-security": f"max-age={_YEAR}; includeSubDomains"} if encrypted else {}
    return {**_ALWAYS, "content-security-policy": policy(encrypted)} | strict


def policy(encrypted: bool) -> str:
    """Return the content security policy."""
    allowed = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *inline_scripts()],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    texts = [f"{name} {' '.join(sources)}" for name, sources in allowed.items()]
    return "; ".join([*texts, "upgrade-insecure-requests"] if encrypted else texts)


def inline_scripts() -> list[str]:
    """Return the hashes of the scripts written into the page itself, as a policy names them."""
    scripts = _INLINE.findall(first_page(bundle(), LIBRARY).decode())
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
