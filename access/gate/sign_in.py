"""Signing in and out: the few routes the server answers itself, outside of Streamlit."""

from pathlib import Path
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from access.accounts import accounts, change_password, check_password, find_account, plain
from access.accounts.passwords import LONGEST, SHORTEST
from access.accounts.people import BY_PASSWORD, Account, Person
from access.accounts.sample_accounts import is_sample_county, sample_accounts
from access.accounts.sessions import SAMPLE, Sessions
from access.gate import PERSON, cookies, gate_routes
from access.gate.client_address import address_of, on_this_machine
from access.gate.rendering import logo, show, stylesheet
from access.gate.throttle import Throttle
from base.errors import UserError
from base.settings import Settings

_AT_ONCE = 4  # passwords checked at once; more wait here and not in the threads that others need
_LARGEST = 16 * 1024  # bytes of a submitted form
_LONGEST_NAME = 64  # characters of a name that are used
_CHANGING = "/"  # prefix of a name for attempts at the old password when changing it; no name begins with it
_WRONG = "登录名或密码不对，请再试一次。"
_OLD_FORM = "这一页放得太久了，请再试一次。"
_CLOSED = "现在登录不了。{}"
_LEFT = "这台电脑已经退出，但服务器没有记下。{}"
_WHY = {
    "unreachable": "现在连不上统一身份认证，请过一会儿再试，或用登录名和密码。",
    "failed": "统一身份认证没有完成，请再试一次。",
    "unknown": "您在统一身份认证里的账号还不能用这里。请管理员先在这里建一个同名的账号。",
}


class SignIn:
    """The routes of a store."""

    def __init__(self, store: Path, settings: Settings, throttle: Throttle | None = None) -> None:
        self._store = store
        self._settings = settings
        self._sessions = Sessions(store, settings)
        self._throttle = Throttle() if throttle is None else throttle
        self._slow = CapacityLimiter(_AT_ONCE)

    def routes(self) -> list[BaseRoute]:
        """Return the routes for the server."""
        found: list[BaseRoute] = [
            Route(gate_routes.SIGN_IN, self.ask, methods=["GET"]),
            Route(gate_routes.SIGN_IN, self.answer, methods=["POST"]),
            Route(gate_routes.LOOK, stylesheet, methods=["GET"]),
            Route(gate_routes.LOGO, logo, methods=["GET"]),
            Route(gate_routes.SIGN_OUT, self.ask_out, methods=["GET"]),
            Route(gate_routes.SIGN_OUT, self.out, methods=["POST"]),
            Route(gate_routes.PASSWORD, self.ask_password, methods=["GET"]),
            Route(gate_routes.PASSWORD, self.change, methods=["POST"]),
        ]
        if self._settings.oidc_issuer:
            from access.gate.oidc import Provider  # takes long to import

            found += Provider(self._store, self._settings, self.let_in).routes()
        return found

    async def ask(self, request: Request) -> Response:
        """Show the sign-in page."""
        said = _WHY.get(request.query_params.get("why", ""), "")
        return await run_in_threadpool(self._show, request, request.query_params.get("next", "/"), said)

    async def answer(self, request: Request) -> Response:
        """Begin a session for a correct name and password, or for a sample account; else show the page again."""
        given = await read_form(request)
        if not cookies.is_ours(request, given.get("form", ""), self._settings):
            return await run_in_threadpool(self._show, request, given.get("next", "/"), _OLD_FORM, 400)
        try:
            return await to_thread.run_sync(self._answer, request, given, limiter=self._slow)
        except UserError as fault:
            said, onwards, name = _CLOSED.format(fault), given.get("next", "/"), given.get("name", "")
            return await run_in_threadpool(self._show, request, onwards, said, 503, name[:_LONGEST_NAME])

    async def ask_out(self, request: Request) -> Response:
        """Ask whether to sign out, because a GET request, such as for a picture, must not do it."""
        return show(request, "sign_out.html", self._settings)

    async def out(self, request: Request) -> Response:
        """Sign out."""
        given = await read_form(request)
        if not cookies.is_ours(request, given.get("form", ""), self._settings):
            return show(request, "sign_out.html", self._settings, _OLD_FORM, 400)
        return await run_in_threadpool(self._leave, request)

    async def ask_password(self, request: Request) -> Response:
        """Show the page for a new password."""
        return self._show_password(request)

    async def change(self, request: Request) -> Response:
        """Change the password of the signed-in person, end all sessions of the account and begin a new one."""
        given = await read_form(request)
        if not cookies.is_ours(request, given.get("form", ""), self._settings):
            return self._show_password(request, _OLD_FORM)
        return await to_thread.run_sync(self._change, request, given, limiter=self._slow)

    def let_in(self, request: Request, account: Account, how: str, onwards: str) -> Response:
        """Begin a session for an account and redirect the browser; its previous session, if any, ends."""
        before = self._sessions.use(request.cookies.get(cookies.SESSION, ""))
        if before:
            self._sessions.end(before.session, before.shown, self._address(request))
        browser, address = request.headers.get("user-agent", ""), self._address(request)
        answer = RedirectResponse(onwards if gate_routes.is_own(onwards) else "/", 303)
        token = self._sessions.begin(account, how, browser, address)
        cookies.put(answer, cookies.SESSION, token, self._settings)
        return answer

    def _show(self, request: Request, onwards: str, said: str = "", status: int = 200, name: str = "") -> Response:
        provider = self._settings.oidc_label if self._settings.oidc_issuer else ""
        return show(
            request,
            "sign_in.html",
            self._settings,
            said,
            status,
            next=onwards if gate_routes.is_own(onwards) else "/",
            name=name,
            empty=not accounts(self._store),
            provider=provider,
            to_provider=gate_routes.TO_PROVIDER,
            samples=self._samples(request),
        )

    def _answer(self, request: Request, given: dict[str, str]) -> Response:
        onwards, sample = given.get("next", "/"), given.get("sample")
        if sample:
            account = next((one for one in self._samples(request) if one.name == sample), None)
            return self.let_in(request, account, SAMPLE, onwards) if account else self._show(request, onwards, _WRONG)
        name = plain(plain(given.get("name", ""))[:_LONGEST_NAME])
        return self._try(request, name, given.get("password", ""), onwards)

    def _try(self, request: Request, name: str, password: str, onwards: str) -> Response:
        """Check a password for the account of a name, unless there were too many attempts."""
        known, account = request.cookies.get(cookies.BROWSER, ""), find_account(self._store, name)
        own = self._sessions.is_known(known, account)
        # By account if there is one, so that all spellings of a name share their attempts.
        tried = self._throttle.begin(account.name if account else name, self._address(request), known if own else "")
        if tried.wait:
            return self._show(request, onwards, _say_wait(tried.wait), 429, name)
        account = check_password(self._store, name, password)
        if account is None:
            self._sessions.refuse(name, self._address(request))
            return self._show(request, onwards, _WRONG, 401, name)
        self._throttle.succeed(tried)
        answer = self.let_in(request, account, BY_PASSWORD, onwards)
        if not own:
            cookies.put(answer, cookies.BROWSER, self._sessions.know_browser(account), self._settings)
        return answer

    def _samples(self, request: Request) -> list[Account]:
        """Return the sample accounts to offer: on the local machine, and for the sample county alone."""
        direct = on_this_machine(request.scope) and not self._settings.proxies
        found = sample_accounts(self._store) if direct else []
        return found if found and is_sample_county(self._store) else []

    def _show_password(self, request: Request, said: str = "") -> Response:
        person: Person = request.scope[PERSON]
        words = {"person": person.shown, "shortest": SHORTEST, "longest": LONGEST, "out": gate_routes.SIGN_OUT}
        return show(request, "password.html", self._settings, said, 400 if said else 200, **words)

    def _change(self, request: Request, given: dict[str, str]) -> Response:
        person: Person = request.scope[PERSON]
        old, new, again = (given.get(name, "") for name in ("old", "new", "again"))
        tried = self._throttle.begin(_CHANGING + person.account.name, self._address(request))
        if tried.wait:
            return self._show_password(request, _say_wait(tried.wait))
        try:
            change_password(self._store, person.account, old, new, again, self._address(request))
        except UserError as error:
            return self._show_password(request, str(error))
        self._throttle.succeed(tried)
        account = find_account(self._store, person.account.name)
        return self.let_in(request, account or person.account, person.how, "/")

    def _address(self, request: Request) -> str:
        return address_of(request.scope, self._settings)

    def _leave(self, request: Request) -> Response:
        person: Person = request.scope[PERSON]
        try:
            self._sessions.end(person.session, person.shown, self._address(request))
            answer: Response = RedirectResponse(gate_routes.SIGN_IN, 303)
        except UserError as fault:  # this browser at least lets it go
            answer = self._show(request, "/", _LEFT.format(fault), 503)
        cookies.drop(answer, cookies.SESSION, self._settings)
        return answer


def _say_wait(seconds: float) -> str:
    return f"试的次数太多了，请过{max(1, round(seconds))}秒再试。"


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a submitted form.

    Raises HTTPException for more than a form of ours can hold (413) and for an incomplete one (400).
    """
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST:
                raise HTTPException(413)
    except ClientDisconnect:
        raise HTTPException(400) from None  # nobody waits for the answer
    return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
