"""The gate before a server whose inside says only who came in, and a browser's way through the sign-in form."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from access.accounts import add_account, change_password, find_account
from access.accounts.roles import Role
from access.gate import Gate
from access.gate.sign_in import SignIn
from access.gate.throttle import Throttle
from base.settings import Settings

WORD = "a-river-of-figures-09"
Browse = Callable[..., TestClient]


class Clock:
    """A clock that is moved by hand."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def make_people(folder: Path) -> Path:
    """Return a store with two accounts whose passwords are known and changed."""
    for name, shown in (("limei", "李梅"), ("wangqiang", "王强")):
        first = add_account(folder, name, shown, Role.STAFF)
        account = find_account(folder, name)
        assert account
        change_password(folder, account, first, WORD, WORD)
    return folder


def open_office(store: Path, settings: Settings) -> Starlette:
    """Return a server whose inside says only whom the gate took it to be. Its throttle's clock stands still."""

    async def inside(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.headers.get("x-mingshu-session", ""))

    routes = [*SignIn(store, settings, Throttle(Clock())).routes(), Route("/{path:path}", inside)]
    return Starlette(routes=routes, middleware=[Middleware(Gate, store=store, settings=settings)])


def sign_in(browser: TestClient, name: str = "limei", password: str = WORD, **fields: str) -> Any:
    page = browser.get("/sign-in", params={"next": fields.pop("next", "/")})
    found = dict(re.findall(r'name="(form|next)" value="([^"]*)"', page.text))
    return browser.post("/sign-in", data=found | {"name": name, "password": password} | fields)


def inside(browser: TestClient) -> bool:
    return browser.get("/").status_code == 200
