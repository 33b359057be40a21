"""Signing in with an OpenID provider: Authlib runs the protocol; this module admits the account it names."""

from collections.abc import Callable
from pathlib import Path

import httpx2
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from access.accounts import find_account
from access.accounts.people import Account
from access.accounts.sessions import OIDC
from access.gate import gate_routes
from base.settings import Settings

LetIn = Callable[[Request, Account, str, str], Response]


class Provider:
    """The redirect to the configured provider and back: authorization code with PKCE, state and nonce."""

    def __init__(self, store: Path, settings: Settings, let_in: LetIn) -> None:
        self._store = store
        self._settings = settings
        self._let_in = let_in
        self._client = OAuth().register(
            "provider",
            client_id=settings.oidc_client,
            client_secret=settings.oidc_secret.get_secret_value(),
            server_metadata_url=settings.oidc_issuer.rstrip("/") + "/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
        )

    def routes(self) -> list[BaseRoute]:
        """Return the routes for the server."""
        return [
            Route(gate_routes.TO_PROVIDER, self.go, methods=["GET"]),
            Route(gate_routes.FROM_PROVIDER, self.handle_callback, methods=["GET"]),
        ]

    async def go(self, request: Request) -> Response:
        """Send a browser to the provider."""
        back = (self._settings.address or "").rstrip("/") + gate_routes.FROM_PROVIDER
        try:
            answer: Response = await self._client.authorize_redirect(request, back)
        except httpx2.HTTPError:
            return _refuse("unreachable")
        return answer

    async def handle_callback(self, request: Request) -> Response:
        """Begin a session for the account that the provider names, if it exists; the provider creates no accounts."""
        try:
            token = await self._client.authorize_access_token(request)
        except (OAuthError, JoseError, httpx2.HTTPError):
            return _refuse("failed")
        name = str((token.get("userinfo") or {}).get(self._settings.oidc_claim) or "")
        account = await run_in_threadpool(find_account, self._store, name)
        if account is None or account.stopped or account.sample:
            return _refuse("unknown")
        return await run_in_threadpool(self._let_in, request, account, OIDC, "/")


def _refuse(why: str) -> Response:
    return RedirectResponse(f"{gate_routes.SIGN_IN}?why={why}", 303)
