"""Signing in and out: the few routes the server answers itself, outside of Streamlit."""

from pathlib import Path

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from access.accounts import accounts, check_password, find_account, plain
from access.accounts.noted_refusals import log_refused_request
from access.accounts.people import BY_PASSWORD, Account, Person
from access.accounts.sample_accounts import is_sample_county, sample_accounts
from access.accounts.sessions import SAMPLE
from access.gate import PERSON, cookies, gate_routes
from access.gate.client_address import on_this_machine
from access.gate.gate_forms import OLD_FORM, read_form, say_wait
from access.gate.own_account import OwnAccount
from access.gate.rendering import logo, show, stylesheet
from access.gate.session_starter import SessionStarter
from access.gate.throttle import Throttle
from base.errors import UserError
from base.settings import Settings

_AT_ONCE = 4  # passwords checked at once; more wait here and not in the threads that others need
_LONGEST_NAME = 64  # characters of a name that are used
_WRONG = "登录名或密码不对，请再试一次。"
_CLOSED = "现在登录不了。{}"
_LEFT = "这台电脑已经退出，但服务器没有记下。{}"
_FORGOTTEN = '"cache", "storage"'  # what a browser that signed out forgets; cookies, too, would forget the browser
_WHY = {
    "unreachable": "现在连不上统一身份认证，请过一会儿再试，或用登录名和密码。",
    "failed": "统一身份认证没有完成，请再试一次。",
    "unknown": "您在统一身份认证里的账号还不能用这里。请管理员先在这里建一个同名的账号。",
    "other": "这里的账号绑定的是统一身份认证里的另一个人。同名换了人的，请管理员核实后解除绑定。",
    "weak": "统一身份认证这次认得不够严，还不能进。请在那里按规定的方式（如加短信、动态口令）认证，再试一次。",
    "stale": "您在统一身份认证登录得太久了。请在那里重新登录，再试一次。",
    "impostor": "统一身份认证报的网址和设置里的不一样，没有用它登录。请管理员核对设置。",
}


class SignIn:
    """The routes of a store."""

    def __init__(self, store: Path, settings: Settings, throttle: Throttle | None = None) -> None:
        self._store = store
        self._settings = settings
        self._starter = SessionStarter(store, settings)
        self._sessions = self._starter.sessions
        self._throttle = Throttle() if throttle is None else throttle
        self._slow = CapacityLimiter(_AT_ONCE)

    def routes(self) -> list[BaseRoute]:
        """Return the routes for the server."""
        routes: list[BaseRoute] = [
            Route(gate_routes.SIGN_IN, self.ask, methods=["GET"]),
            Route(gate_routes.SIGN_IN, self.answer, methods=["POST"]),
            Route(gate_routes.LOOK, stylesheet, methods=["GET"]),
            Route(gate_routes.LOGO, logo, methods=["GET"]),
            Route(gate_routes.SIGN_OUT, self.ask_out, methods=["GET"]),
            Route(gate_routes.SIGN_OUT, self.out, methods=["POST"]),
            *OwnAccount(self._store, self._settings, self._throttle, self._starter).routes(),
        ]
        if self._settings.oidc_issuer:
            from access.gate.oidc import Provider  # takes long to import

            routes += Provider(self._store, self._settings, self._starter).routes()
        return routes

    async def ask(self, request: Request) -> Response:
        """Show the sign-in page."""
        message = _WHY.get(request.query_params.get("why", ""), "")
        return await run_in_threadpool(self._show, request, request.query_params.get("next", "/"), message)

    async def answer(self, request: Request) -> Response:
        """Begin a session for a correct name and password, or for a sample account; else show the page again."""
        given = await read_form(request)
        if not cookies.is_ours(request, given.get("form", ""), self._settings):
            log_refused_request("表单不是这里的", gate_routes.SIGN_IN, 400)
            return await run_in_threadpool(self._show, request, given.get("next", "/"), OLD_FORM, 400)
        try:
            return await to_thread.run_sync(self._answer, request, given, limiter=self._slow)
        except UserError as fault:
            message, onwards, name = _CLOSED.format(fault), given.get("next", "/"), given.get("name", "")
            return await run_in_threadpool(self._show, request, onwards, message, 503, name[:_LONGEST_NAME])

    async def ask_out(self, request: Request) -> Response:
        """Ask whether to sign out, because a GET request, such as for a picture, must not do it."""
        return show(request, "sign_out.html", self._settings)

    async def out(self, request: Request) -> Response:
        """Sign out."""
        given = await read_form(request)
        if not cookies.is_ours(request, given.get("form", ""), self._settings):
            log_refused_request("表单不是这里的", gate_routes.SIGN_OUT, 400, request.scope[PERSON])
            return show(request, "sign_out.html", self._settings, OLD_FORM, 400)
        return await run_in_threadpool(self._leave, request)

    def _show(self, request: Request, onwards: str, text: str = "", status: int = 200, name: str = "") -> Response:
        provider = self._settings.oidc_label if self._settings.oidc_issuer else ""
        return show(
            request,
            "sign_in.html",
            self._settings,
            text,
            status,
            next=onwards if gate_routes.is_own(onwards) else "/",
            name=name,
            empty=not accounts(self._store),
            provider=provider,
            to_provider=gate_routes.TO_PROVIDER,
            samples=self._samples(request),
        )

    def _answer(self, request: Request, form: dict[str, str]) -> Response:
        onwards, sample = form.get("next", "/"), form.get("sample")
        if sample:
            account = next((candidate for candidate in self._samples(request) if candidate.name == sample), None)
            if account is None:
                return self._show(request, onwards, _WRONG)
            return self._starter.let_in(request, account, SAMPLE, onwards)
        name = plain(plain(form.get("name", ""))[:_LONGEST_NAME])
        return self._try(request, name, form.get("password", ""), onwards)

    def _try(self, request: Request, name: str, password: str, onwards: str) -> Response:
        """Check a password for the account of a name, unless there were too many attempts."""
        known = cookies.given(request, cookies.BROWSER, self._settings)
        account = find_account(self._store, name)
        own = self._sessions.is_known(known, account)
        # By account if there is one, so that all spellings of a name share their attempts.
        tried = self._throttle.begin(
            account.name if account else name, self._starter.address(request), known if own else ""
        )
        if tried.wait:
            log_refused_request("密码试得太多", gate_routes.SIGN_IN, 429)
            return self._show(request, onwards, say_wait(tried.wait), 429, name)
        account = check_password(self._store, name, password)
        if account is None:
            self._sessions.refuse(name, self._starter.address(request))
            return self._show(request, onwards, _WRONG, 401, name)
        self._throttle.succeed(tried)
        answer = self._starter.let_in(request, account, BY_PASSWORD, onwards)
        if not own:
            cookies.put(answer, cookies.BROWSER, self._sessions.know_browser(account), self._settings)
        return answer

    def _samples(self, request: Request) -> list[Account]:
        """Return the sample accounts to offer: on the local machine, and for the sample county alone."""
        direct = on_this_machine(request.scope) and not self._settings.proxies
        samples = sample_accounts(self._store) if direct else []
        return samples if samples and is_sample_county(self._store) else []

    def _leave(self, request: Request) -> Response:
        person: Person = request.scope[PERSON]
        try:
            self._sessions.end(person.session, person.shown, self._starter.address(request))
            answer: Response = RedirectResponse(gate_routes.SIGN_IN, 303)
        except UserError as fault:  # this browser at least lets it go
            answer = self._show(request, "/", _LEFT.format(fault), 503)
        cookies.drop(answer, cookies.SESSION, self._settings)
        answer.headers["Clear-Site-Data"] = _FORGOTTEN
        return answer
