"""Begins a session for an account that has shown who it is, by whichever way: the one place that gives out tokens."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from access.accounts.people import Account
from access.accounts.sessions import OIDC, Sessions
from access.gate import cookies, gate_routes
from access.gate.client_address import address_of
from base.settings import Settings

_STRONG = "它的强认证"


class SessionStarter:
    """Begins the sessions of a store."""

    def __init__(self, store: Path, settings: Settings) -> None:
        self._settings = settings
        self.sessions = Sessions(store, settings)

    def let_in(
        self,
        request: Request,
        account: Account,
        how: str,
        onwards: str = "/",
        since: int | None = None,
        proved: str = "",
    ) -> Response:
        """Begin a session and redirect the browser to a path of ours, as `begin` does."""
        answer = RedirectResponse(onwards if gate_routes.is_own(onwards) else gate_routes.HOME, 303)
        return self.begin(request, answer, account, how, since, proved)

    def begin(
        self,
        request: Request,
        answer: Response,
        account: Account,
        how: str,
        since: int | None = None,
        proved: str = "",
    ) -> Response:
        """Begin a session and give its cookie with an answer; the browser's previous session, if any, ends."""
        before = self.sessions.use(cookies.given(request, cookies.SESSION, self._settings))
        if before:
            self.sessions.end(before.session, before.shown, self.address(request))
        if how == OIDC and (self._settings.oidc_acr or self._settings.oidc_amr):
            proved = _STRONG  # it was asked for, and checked
        browser = request.headers.get("user-agent", "")
        token = self.sessions.begin(account, how, browser, self.address(request), since, proved)
        cookies.put(answer, cookies.SESSION, token, self._settings)
        return answer

    def address(self, request: Request) -> str:
        """Return the address of the client."""
        return address_of(request.scope, self._settings)
