"""The cookies: the session, a known browser, and the one that proves that a form came from this server."""

import hashlib
import hmac
import secrets
from typing import Literal

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response

from access.gate.client_address import is_from_here
from base.settings import Settings

SESSION, BROWSER, FORM = "mingshu_session", "mingshu_browser", "mingshu_form"
_A_YEAR = 365 * 24 * 3600
_KEY = secrets.token_bytes(32)  # valid for this process: a form older than the server has to be sent again


def put(response: Response, name: str, value: str, settings: Settings) -> None:
    """Set a cookie that scripts can't read and other sites' requests don't carry."""
    ages = {SESSION: settings.longest_hours * 3600, BROWSER: _A_YEAR, FORM: None}
    site: Literal["strict", "lax"] = "strict" if name == FORM else "lax"
    response.set_cookie(
        name, value, max_age=ages[name], path="/", httponly=True, samesite=site, secure=settings.only_encrypted
    )


def drop(response: Response, name: str, settings: Settings) -> None:
    """Delete a cookie."""
    response.delete_cookie(name, path="/", httponly=True, samesite="lax", secure=settings.only_encrypted)


def seed_of(connection: HTTPConnection) -> str:
    """Return the seed that a browser's forms are signed with: its form cookie, or a new one."""
    kept = connection.cookies.get(FORM, "")
    return kept if len(kept) == 64 and kept.isalnum() else secrets.token_hex(32)


def sign(seed: str) -> str:
    """Return the token of a form made here for this browser."""
    return hmac.new(_KEY, seed.encode(), hashlib.sha256).hexdigest()


def is_ours(connection: HTTPConnection, given: str, settings: Settings) -> bool:
    """Return whether a submitted form was made here for this browser, and was sent from one of our pages."""
    seed = connection.cookies.get(FORM, "")
    here = bool(seed) and is_from_here(connection.headers, settings)
    return here and hmac.compare_digest(sign(seed).encode(), given.encode())


def without(headers: Headers, name: str) -> str:
    """Return a request's cookies without one of them."""
    parts = [part.strip() for line in headers.getlist("cookie") for part in line.split(";")]
    return "; ".join(part for part in parts if part and part.split("=", 1)[0].strip() != name)
