"""Test accounts: one per role, with a known password; and signing in as a browser does."""

import re
from functools import lru_cache
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from playwright.sync_api import BrowserContext

from access.accounts import add_account, change_password, find_account
from access.accounts.owning_area import area_names, read_units
from access.accounts.people import BY_PASSWORD, Account
from access.accounts.roles import ROLE_NAMES, Role
from access.accounts.sessions import Sessions
from base.settings import settings

WORD = "tests-open-this-47"
NAMES = {Role.LEADER: "周山", Role.STAFF: "王强", Role.CLERK: "赵田", Role.ADMIN: "李梅"}


def name_of(role: Role, area: str = "") -> str:
    """Return the sign-in name of the account of a role."""
    return f"测试{ROLE_NAMES[role]}{area}".lower()


def account_for(store: Path, role: Role, area: str = "") -> Account:
    """Return the account of a role, created if needed; a clerk belongs to the first area unless one is given."""
    name = name_of(role, area)
    found = find_account(store, name)
    if found is None:
        where = area or (min(area_names(read_units(store)), default="none") if role is Role.CLERK else "")
        first = add_account(store, name, NAMES[role] + area, role, where)
        found = find_account(store, name)
        assert found
        change_password(store, found, first, WORD, WORD)
        found = find_account(store, name)
    assert found
    return found


def session_for(store: Path, role: Role = Role.ADMIN, area: str = "") -> str:
    """Return the number of a new session, as the gate passes it to the pages."""
    sessions = Sessions(store, settings())
    person = sessions.use(sessions.begin(account_for(store, role, area), BY_PASSWORD))
    assert person
    return person.session


@lru_cache(maxsize=64)
def cookie_of(address: str, role: Role = Role.ADMIN, area: str = "") -> str:
    """Return the cookie after signing in to a running dashboard through its form; cached for the test run."""
    return sign_in(address, name_of(role, area), WORD)


def come_in(context: BrowserContext, place: str, role: Role = Role.ADMIN, area: str = "") -> None:
    """Give a browser the cookie of a signed-in person."""
    parts = urlsplit(place)
    address = f"{parts.scheme}://{parts.netloc}"
    name, _, value = cookie_of(address, role, area).partition("=")
    context.add_cookies([{"name": name, "value": value, "url": address}])


def sign_in(address: str, name: str, password: str) -> str:
    """Sign in through the form; return the session's cookie. Raises AssertionError if refused."""
    form, seed = open_form(address)
    found = send(address, {"form": form, "name": name, "password": password, "next": "/"}, seed)
    assert found["status"] == "303", found
    return f"mingshu_session={found['mingshu_session']}"


def open_form(address: str) -> tuple[str, str]:
    """Return the form's hidden fields and its cookie."""
    with build_opener().open(f"{address}/sign-in", timeout=30) as page:
        seed = SimpleCookie(page.headers["Set-Cookie"])["mingshu_form"].value
        found = re.search(r'name="form" value="(\w+)"', page.read().decode())
        assert found
        return found[1], f"mingshu_form={seed}"


def send(address: str, fields: dict[str, str], cookie: str, **headers: str) -> dict[str, str]:
    """Send the form; return status, redirect target, text of the page and cookies by name."""
    request = Request(f"{address}/sign-in", urlencode(fields).encode(), {"Cookie": cookie, **headers})
    try:
        answer = build_opener(_Stay).open(request, timeout=60)
    except HTTPError as refused:
        answer = refused
    with answer:
        cookies = SimpleCookie("; ".join(answer.headers.get_all("Set-Cookie") or []))
        told = {
            "status": str(answer.status),
            "location": answer.headers.get("Location", ""),
            "said": answer.read().decode(),
        }
    return told | {name: morsel.value for name, morsel in cookies.items()}


class _Stay(HTTPRedirectHandler):
    """Follows no redirect, because tests inspect it."""

    def redirect_request(self, *_: object) -> None:
        return None
