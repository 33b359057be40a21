"""Signing in with an OpenID provider: Authlib runs the protocol; this module admits the account it names.

The metadata must be those of the very issuer of the settings. How strong the sign-in there was and how long ago are
asked for and checked where the settings say so. An account belongs to the person (`sub`) who first came in with it, so
that a name given to somebody else at the provider opens nothing here.
"""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx2
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from access.accounts import find_account
from access.accounts.noted_refusals import log_refused_request
from access.accounts.sessions import OIDC
from access.accounts.subjects import is_or_becomes
from access.gate import gate_routes
from access.gate.session_starter import SessionStarter
from base.settings import Settings

_DRIFT = 60  # seconds by which the provider's clock may differ from ours


class _ImpostorError(Exception):
    """The metadata name another issuer than the settings."""


class Provider:
    """The redirect to the configured provider and back: authorization code with PKCE, state and nonce."""

    def __init__(self, store: Path, settings: Settings, starter: SessionStarter) -> None:
        self._store = store
        self._settings = settings
        self._starter = starter
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
            await self._check_issuer()
            answer: Response = await self._client.authorize_redirect(request, back, **self._demands())
        except _ImpostorError:
            return _refuse("impostor")
        except (httpx2.HTTPError, ValueError, TypeError):  # the last two for metadata that are none
            return _refuse("unreachable")
        return answer

    async def handle_callback(self, request: Request) -> Response:
        """Begin a session for the account that the provider names, if it exists; the provider creates no accounts."""
        try:
            await self._check_issuer()
            token = await self._client.authorize_access_token(request)
        except _ImpostorError:
            return _refuse("impostor")
        except (OAuthError, JoseError, httpx2.HTTPError, ValueError, TypeError):
            return _refuse("failed")
        return await run_in_threadpool(self._admit, request, token.get("userinfo") or {})

    async def _check_issuer(self) -> None:
        """Raise _ImpostorError unless the metadata name exactly the issuer in the settings."""
        metadata = await self._client.load_server_metadata()
        if metadata.get("issuer") != self._settings.oidc_issuer:
            self._client.server_metadata.pop("_loaded_at", None)  # requested again at the next attempt
            raise _ImpostorError

    def _demands(self) -> dict[str, str | int]:
        """Return what the provider is asked for besides the identity."""
        demands: dict[str, str | int] = {}
        if self._settings.oidc_acr:
            demands["acr_values"] = " ".join(self._settings.oidc_acr)
        if self._settings.provider_seconds:
            demands["max_age"] = self._settings.provider_seconds
        return demands

    def _admit(self, request: Request, claims: Mapping[str, Any]) -> Response:
        name = str(claims.get(self._settings.oidc_claim) or "")
        account = find_account(self._store, name)
        why = what_lacks(claims, self._settings)
        if account is None or account.stopped or account.sample:
            why = "unknown"
        elif not why and not is_or_becomes(self._store, account, str(claims["iss"]), str(claims["sub"])):
            why = "other"
        if account is None or why:
            self._starter.sessions.refuse(name, self._starter.address(request), OIDC)
            return _refuse(why)
        since = claims.get("auth_time") if self._settings.provider_seconds else None
        return self._starter.let_in(request, account, OIDC, since=since)


def what_lacks(claims: Mapping[str, Any], settings: Settings) -> str:
    """Return which demand of the settings an ID token does not meet: "weak" or "stale"; "" when it meets all."""
    ways = claims.get("amr")
    used = set(ways) if isinstance(ways, list) and all(isinstance(way, str) for way in ways) else set()
    if settings.oidc_acr and claims.get("acr") not in settings.oidc_acr:
        return "weak"
    if settings.oidc_amr and not used & set(settings.oidc_amr):
        return "weak"
    seconds = settings.provider_seconds
    return "stale" if seconds and not _lies_within(claims.get("auth_time"), seconds) else ""


def _lies_within(since: object, seconds: int) -> bool:
    now = time.time()
    return isinstance(since, int) and now - seconds < since <= now + _DRIFT


def _refuse(why: str) -> Response:
    log_refused_request(f"统一身份认证（{why}）", gate_routes.FROM_PROVIDER, 303)
    return RedirectResponse(f"{gate_routes.SIGN_IN}?why={why}", 303)
