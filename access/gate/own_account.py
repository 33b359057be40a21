"""What people change about their own account, outside of Streamlit: the password, the second factor, other sessions.

Each of them asks again for what one knows or has; attempts are braked like those of signing in.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from access.accounts import change_password, check_password, find_account
from access.accounts.noted_refusals import log_refused_request
from access.accounts.passwords import LONGEST, SHORTEST
from access.accounts.people import BY_PASSWORD, Account, Person
from access.accounts.second_factor import (
    check_code,
    count_recovery,
    remove_second_factor,
    renew_recovery,
    set_up,
)
from access.gate import PERSON, cookies, gate_routes
from access.gate.gate_forms import OLD_FORM, read_form, say_wait
from access.gate.rendering import show
from access.gate.second_factor_setup import picture_of, secret_of, seed_for
from access.gate.session_starter import SessionStarter
from access.gate.throttle import Throttle
from base.errors import UserError
from base.settings import Settings

_AT_ONCE = 4  # forms answered at once: each may take a password's time
_CHANGING = "/"  # prefix of a name for attempts made while signed in; no name begins with it
_NOT_KNOWN_AGAIN = "现在的密码不对，请重新写。"
_WRONG_CODE = "动态口令不对，或已经用过。请等手机上换了下一个数字再写。"
_NEEDED = "您的角色要用动态口令，不能取消。手机丢了的，请管理员取消，再重新设。"
Answer = Callable[[Request, dict[str, str]], Response]


class OwnAccount:
    """The routes for a signed-in person's own account."""

    def __init__(self, store: Path, settings: Settings, throttle: Throttle, starter: SessionStarter) -> None:
        self._store = store
        self._settings = settings
        self._throttle = throttle
        self._starter = starter
        self._slow = CapacityLimiter(_AT_ONCE)

    def routes(self) -> list[BaseRoute]:
        """Return the routes for the server."""
        pages: tuple[tuple[str, Answer, Answer], ...] = (
            (gate_routes.PASSWORD, self._show_password, self._change),
            (gate_routes.SECOND_FACTOR, self._show_second, self._answer_second),
            (gate_routes.OTHERS_OUT, self._show_others, self._end_others),
        )
        return [route for path, shown, answered in pages for route in self._both(path, shown, answered)]

    def _both(self, path: str, shown: Answer, answered: Answer) -> list[BaseRoute]:
        """Return the routes that show a page and answer its form, if it is this browser's."""

        async def ask(request: Request) -> Response:
            return await run_in_threadpool(shown, request, {})

        async def answer(request: Request) -> Response:
            given = await read_form(request)
            if not cookies.is_ours(request, given.get("form", ""), self._settings):
                log_refused_request("表单不是这里的", path, 400, request.scope[PERSON])
                return await run_in_threadpool(shown, request, {"said": OLD_FORM})
            return await to_thread.run_sync(answered, request, given, limiter=self._slow)

        return [Route(path, ask, methods=["GET"]), Route(path, answer, methods=["POST"])]

    def _page(self, request: Request, page: str, text: str = "", **words: Any) -> Response:
        person: Person = request.scope[PERSON]
        context = {
            "person": person.shown,
            "out": gate_routes.SIGN_OUT,
            "longest": LONGEST,
            "by_password": _by_password(person),
        }
        return show(request, page, self._settings, text, 400 if text else 200, **context | words)

    def _show_password(self, request: Request, values: dict[str, str]) -> Response:
        return self._page(request, "password.html", values.get("said", ""), shortest=SHORTEST)

    def _change(self, request: Request, form: dict[str, str]) -> Response:
        """Change the password of the signed-in person, end all sessions of the account and begin a new one."""
        person: Person = request.scope[PERSON]
        old, new, again = (form.get(name, "") for name in ("old", "new", "again"))
        tried = self._throttle.begin(_CHANGING + person.account.name, self._starter.address(request))
        if tried.wait:
            return self._show_password(request, {"said": say_wait(tried.wait)})
        try:
            change_password(self._store, person.account, old, new, again, self._starter.address(request))
        except UserError as error:
            return self._show_password(request, {"said": str(error)})
        self._throttle.succeed(tried)
        return self._starter.let_in(request, self._account(person), person.how, proved=_proof_of(person))

    def _show_second(self, request: Request, values: dict[str, str]) -> Response:
        """Show what is to be done about the second factor: write its code, set it up, or change it."""
        person, message = request.scope[PERSON], values.get("said", "")
        if person.must_prove:
            onwards = values.get("next") or request.query_params.get("next", "")
            return self._page(
                request, "code.html", message, next=onwards if gate_routes.is_own(onwards) else gate_routes.HOME
            )
        if person.account.second_factor:
            left = count_recovery(self._store, person.account)
            return self._page(request, "second_factor.html", message, left=left, demanded=person.demanded)
        seed = seed_for()
        secret = secret_of(person.session, seed)
        picture = picture_of(person.account, secret)
        return self._page(request, "set_up.html", message, seed=seed, secret=secret, picture=picture)

    def _answer_second(self, request: Request, form: dict[str, str]) -> Response:
        person: Person = request.scope[PERSON]
        if person.must_prove:
            return self._prove(request, person, form)
        if text := self._know_again(request, person, form.get("password", "")):
            return self._show_second(request, {"said": text})
        if not person.account.second_factor:
            return self._set_up(request, person, form)
        text, _ = self._try_code(person, form.get("code", ""))
        if text:
            return self._show_second(request, {"said": text})
        return self._change_second(request, person, form.get("act", ""))

    def _prove(self, request: Request, person: Person, form: dict[str, str]) -> Response:
        """Begin a full session for a right code; the one that waited for it ends."""
        message, proof = self._try_code(person, form.get("code", ""))
        if proof:
            return self._starter.let_in(request, person.account, person.how, form.get("next", ""), proved=proof)
        if message == _WRONG_CODE:
            self._starter.sessions.refuse(person.account.name, self._starter.address(request), "动态口令")
        return self._show_second(request, {"said": message, "next": form.get("next", "")})

    def _set_up(self, request: Request, person: Person, form: dict[str, str]) -> Response:
        secret = secret_of(person.session, form.get("seed", ""))
        try:
            codes = set_up(self._store, person.account, secret, form.get("code", ""), self._starter.address(request))
        except UserError as error:
            return self._show_second(request, {"said": str(error)})
        answer = self._page(request, "recovery.html", codes=codes)
        return self._starter.begin(request, answer, self._account(person), person.how, proved="动态口令")

    def _change_second(self, request: Request, person: Person, act: str) -> Response:
        address = self._starter.address(request)
        if act == "renew":
            return self._page(request, "recovery.html", codes=renew_recovery(self._store, person.account, address))
        if person.demanded:
            return self._show_second(request, {"said": _NEEDED})
        remove_second_factor(self._store, person.account.name, person.shown, address)
        return self._starter.let_in(request, self._account(person), person.how, gate_routes.MY_ACCOUNT)

    def _show_others(self, request: Request, values: dict[str, str]) -> Response:
        visit = values.get("visit") or request.query_params.get("visit", "")
        return self._page(request, "others_out.html", values.get("said", ""), visit=visit, home=gate_routes.MY_ACCOUNT)

    def _end_others(self, request: Request, form: dict[str, str]) -> Response:
        """End one of the person's other sessions, or all of them."""
        person, visit = request.scope[PERSON], form.get("visit", "")
        if text := self._know_again(request, person, form.get("password", "")):
            return self._show_others(request, {"said": text, "visit": visit})
        sessions, address = self._starter.sessions, self._starter.address(request)
        if visit and visit in {visit.id for visit in sessions.of_account(person.account)}:
            sessions.end(visit, person.shown, address)
        elif not visit:
            sessions.end_all(person.shown, person.account, but=person.session, address=address)
        return RedirectResponse(gate_routes.MY_ACCOUNT, 303)

    def _know_again(self, request: Request, person: Person, password: str) -> str:
        """Return why a password does not confirm the person's identity, "" if it does or they signed in another way."""
        if not _by_password(person):
            return ""
        tried = self._throttle.begin(_CHANGING + person.account.name, self._starter.address(request))
        if tried.wait:
            return say_wait(tried.wait)
        if check_password(self._store, person.account.name, password) is None:
            return _NOT_KNOWN_AGAIN
        self._throttle.succeed(tried)
        return ""

    def _try_code(self, person: Person, code: str) -> tuple[str, str]:
        """Return why a code is rejected, and which second factor it proves; one of the two is ""."""
        tried = self._throttle.begin_code(person.account.name)
        if tried.wait:
            return say_wait(tried.wait), ""
        proof = check_code(self._store, person.account, code)
        if proof:
            self._throttle.succeed(tried)
        return "" if proof else _WRONG_CODE, proof

    def _account(self, person: Person) -> Account:
        return find_account(self._store, person.account.name) or person.account


def _by_password(person: Person) -> bool:
    return person.how == BY_PASSWORD


def _proof_of(person: Person) -> str:
    return "动态口令" if person.proved else ""
