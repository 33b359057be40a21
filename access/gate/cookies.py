"""The cookies: the session, a known browser, and the one that proves that a form came from this server.

Over TLS their names begin with `__Host-`: browsers take such a cookie from this very host alone, over TLS alone. One
without the prefix, which another host of the same domain could have planted, is then not looked at.
"""

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
_OF_THIS_HOST = "__Host-"
_A_YEAR = 365 * 24 * 3600
_KEY = secrets.token_bytes(32)  # valid for this process: a form older than the server has to be sent again


def name_of(cookie: str, settings: Settings) -> str:
    """Return the name under which a cookie is set and looked for."""
    return _OF_THIS_HOST + cookie if settings.only_encrypted else cookie


def given(connection: HTTPConnection, cookie: str, settings: Settings) -> str:
    """Return the value of a cookie that a request carries, "" when it carries none."""
    return connection.cookies.get(name_of(cookie, settings), "")


def put(response: Response, name: str, value: str, settings: Settings) -> None:
    """Set a cookie that scripts can't read and other sites' requests don't carry."""
    ages = {SESSION: settings.longest_hours * 3600, BROWSER: _A_YEAR, FORM: None}
    site: Literal["strict", "lax"] = "strict" if name == FORM else "lax"
    response.set_cookie(
        name_of(name, settings),
        value,
        max_age=ages[name],
        path="/",
        httponly=True,
        samesite=site,
        secure=settings.only_encrypted,
    )


def drop(response: Response, name: str, settings: Settings) -> None:
    """Delete a cookie."""
    kept = name_of(name, settings)
    response.delete_cookie(kept, path="/", httponly=True, samesite="lax", secure=settings.only_encrypted)


def seed_of(connection: HTTPConnection, settings: Settings) -> str:
    """Return the seed that a browser's forms are signed with: its form cookie, or a new one."""
    kept = given(connection, FORM, settings)
    return kept if len(kept) == 64 and kept.isalnum() else secrets.token_hex(32)


def sign(seed: str) -> str:
    """Return the token of a form made here for this browser."""
    return hmac.new(_KEY, seed.encode(), hashlib.sha256).hexdigest()


def is_ours(connection: HTTPConnection, signed: str, settings: Settings) -> bool:
    """Return whether a submitted form was made here for this browser, and was sent from one of our pages."""
    seed = given(connection, FORM, settings)
    here = bool(seed) and is_from_here(connection.headers, settings)
    return here and hmac.compare_digest(sign(seed).encode(), signed.encode())


def without(headers: Headers, name: str) -> str:
    """Return a request's cookies without one of them, whether its name has the prefix or not."""
    left_out = (name, _OF_THIS_HOST + name)
    parts = [part.strip() for line in headers.getlist("cookie") for part in line.split(";")]
    return "; ".join(part for part in parts if part and part.split("=", 1)[0].strip() not in left_out)
