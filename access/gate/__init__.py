"""The gate: the middleware in front of everything, which admits only signed-in users.

Deny by default: a path is served without a session only if it is listed, and Streamlit's internal paths only if pages
need them. It works on plain ASGI, so that it handles WebSockets like pages: each message is checked against the
session.
"""

from pathlib import Path
from urllib.parse import quote

from cachetools import TTLCache
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from access.accounts import find_account
from access.accounts.noted_refusals import log_refused_request
from access.accounts.people import Person
from access.accounts.roles import Action
from access.accounts.sessions import PROXY, Sessions
from access.gate import cookies
from access.gate.client_address import address_of, is_from_here, named_by_proxy, on_this_machine
from access.gate.faults import plainly
from access.gate.gate_routes import (
    FROM_PROVIDER,
    INSIDE,
    MEDIA,
    METRICS,
    NEEDED,
    OPEN,
    PASSWORD,
    SECOND_FACTOR,
    SIGN_IN,
    SIGN_OUT,
    STATIC,
    STREAM,
    TO_PROVIDER,
    UPLOAD,
)  # fmt: skip
from access.gate.offered_addresses import Offered
from access.gate.sockets import OpenSocket, refuse_socket
from base.settings import Settings

IDENTITY = "x-mingshu-session"  # header for the application; Streamlit passes it to the pages as st.user.session
PERSON = "mingshu.person"  # scope key for our own routes
_OURS = b"x-mingshu-"
# A first visit fetches a hundred of Streamlit's scripts, which hold no data of the county: for these alone, a session
# checked a moment ago is admitted without querying the database each time.
_REMEMBERED_SECONDS, _MANY = 10, 1_000  # seconds, sessions


class Gate:
    """The outermost layer of the server."""

    def __init__(self, app: ASGIApp, store: Path, settings: Settings) -> None:
        self._app = app
        self._store = store
        self._settings = settings
        self._sessions = Sessions(store, settings)
        self._offered = Offered()
        self._open = OPEN if settings.oidc_issuer else OPEN - {TO_PROVIDER, FROM_PROVIDER}
        self._recent: TTLCache[str, None] = TTLCache(_MANY, _REMEMBERED_SECONDS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here; answer an error of the store with its sentence."""
        ways = {"http": self._page, "websocket": self._socket}
        if scope["type"] in ways:
            await plainly(ways[scope["type"]], self._settings, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        script = scope["path"].startswith(STATIC)
        if scope["path"] in self._open or (script and self._token(scope) in self._recent):
            return await self._app(self._inside(scope, None), receive, send)
        person = await run_in_threadpool(self._recognise, scope)
        if person is None:
            answer = await run_in_threadpool(self._sign_in_by_proxy, scope)
            return await (answer or ask_to_sign_in(scope))(scope, receive, send)
        answer = self._refusal(scope, person)
        if answer is None and script:
            self._recent[self._token(scope)] = None
        await (answer or self._app)(self._inside(scope, person), receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        here = is_from_here(Headers(scope=scope), self._settings)  # a page on another port is another site
        person = await run_in_threadpool(self._recognise, scope) if here else None
        if not here:
            log_refused_request("别的网页来连接", scope["path"], 403)
        if scope["path"] != STREAM or person is None or person.is_waiting:
            return await refuse_socket(scope, receive, send, redirects=here and scope["path"] == STREAM)
        line = OpenSocket(person, self._sessions, self._offered, receive, send)
        await self._app(self._inside(scope, person), line.receive, line.send)

    def _token(self, scope: Scope) -> str:
        return cookies.given(HTTPConnection(scope), cookies.SESSION, self._settings)

    def _recognise(self, scope: Scope) -> Person | None:
        """Return the person behind a request; a session begun by a proxy or as a sample is valid only the same way."""
        person = self._sessions.use(self._token(scope))
        if person is None or (person.account.sample and not on_this_machine(scope)):
            return None
        if person.how == PROXY and named_by_proxy(scope, self._settings) != person.account.name:
            self._sessions.end(person.session, person.shown)  # the proxy has signed in somebody else since
            return None
        return person

    def _sign_in_by_proxy(self, scope: Scope) -> Response | None:
        name = named_by_proxy(scope, self._settings)
        # only for a visit: otherwise each script of a page would begin a session
        account = find_account(self._store, name) if name and is_visit(scope) else None
        if account is None or account.stopped or account.sample:
            return None
        browser = Headers(scope=scope).get("user-agent", "")
        token = self._sessions.begin(account, PROXY, browser, address_of(scope, self._settings))
        answer = RedirectResponse(asked_for(scope), 303)
        cookies.put(answer, cookies.SESSION, token, self._settings)
        return answer

    def _refusal(self, scope: Scope, person: Person) -> Response | None:
        """Return the refusal for a signed-in person without permission, which is logged; None if permitted."""
        answer = self._answer_for(scope, person)
        if answer and answer.status_code >= 400:
            log_refused_request("没有权限或没有这个地址", scope["path"], answer.status_code, person)
        return answer

    def _answer_for(self, scope: Scope, person: Person) -> Response | None:
        path = scope["path"]
        if person.is_waiting and path not in (_first_page(person), SIGN_OUT):
            return RedirectResponse(_first_page(person, asked_for(scope)), 303) if is_visit(scope) else _refuse(403)
        if path.startswith((MEDIA, UPLOAD)):
            uploads = not path.startswith(UPLOAD) or person.may(Action.UPLOAD)
            # 404, as for an address that does not exist: whether it does is not for others to know
            return None if uploads and self._offered.holds(person.session, path) else _refuse(404)
        if path == SECOND_FACTOR and person.account.sample:
            return _refuse(404)
        if path == METRICS:
            return None if person.may(Action.MANAGE) else _refuse(403)
        return _refuse(404) if path.startswith(INSIDE) and not path.startswith(NEEDED) else None

    def _inside(self, scope: Scope, person: Person | None) -> Scope:
        """Return a request for the application: without headers that only the gate may set, and without credentials."""
        kept = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(_OURS)]
        headers = MutableHeaders(raw=kept)
        if scope["path"] not in OPEN and "cookie" in headers:
            headers["cookie"] = cookies.without(headers, cookies.SESSION)
        if person:
            headers[IDENTITY] = person.session
        return {**scope, "headers": headers.raw, PERSON: person}


def _first_page(person: Person, onwards: str = "/") -> str:
    """Return where a person has to go before anything else; from the code one is led on to what was asked for."""
    if person.must_change and not person.must_prove:
        return PASSWORD
    leads_on = person.must_prove and onwards != "/"
    return f"{SECOND_FACTOR}?next={quote(onwards, safe='')}" if leads_on else SECOND_FACTOR


def account_behind(scope: Scope) -> str:
    """Return the account of an authenticated request, "" for none."""
    person: Person | None = scope.get(PERSON)
    return str(person.account.id) if person else ""


def ask_to_sign_in(scope: Scope) -> Response:
    """Return the answer to an unauthenticated request: a redirect for a person, a status code for a program."""
    if not is_visit(scope):
        return _refuse(401)
    address = asked_for(scope)
    return RedirectResponse(SIGN_IN if address == "/" else f"{SIGN_IN}?next={quote(address, safe='')}", 303)


def is_visit(scope: Scope) -> bool:
    """Return whether a request is a navigation by a person, not a fetch by a page."""
    headers = Headers(scope=scope)
    goes = headers.get("sec-fetch-mode", "navigate") == "navigate" and "text/html" in headers.get("accept", "")
    return scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and goes


def asked_for(scope: Scope) -> str:
    """Return the path and query of a request, as an address on this server."""
    query = scope.get("query_string", b"").decode("latin-1")
    path = quote("/" + scope["path"].lstrip("/\\"))
    return f"{path}?{query}" if query else path


def _refuse(status: int) -> Response:
    words = {401: "请先登录。", 403: "没有这个权限。", 404: "没有这个地址。"}
    return PlainTextResponse(words[status], status, headers={"Cache-Control": "no-store"})
