"""Whatever happens to disk, journal or build: who has signed in reads on where he can, all others read a sentence."""

import json
import re
import shutil
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from access.accounts import check_password, sessions_in_memory, stop_account
from access.accounts.people import BY_PASSWORD
from access.accounts.roles import Role
from access.accounts.sessions import Sessions
from access.gate import Gate
from access.gate.sign_in import SignIn
from base.errors import UserError
from base.settings import Settings
from serving.probes import READS, READY, Probes
from store import engine
from store.audit import entries, verify
from tests.lib.faults import OF_BUILD, OF_JOURNAL, READ_ON, UNHURT, disk
from tests.lib.people import WORD, account_for, name_of
from tests.running.asgi import Answer, ask

SETTINGS = Settings()
FAULTS = READ_ON | OF_JOURNAL | OF_BUILD
UNTOLD = re.compile("Traceback|Internal|Error|sqlite|duckdb\\.", re.IGNORECASE)
HTML = {"accept": "text/html", "host": "127.0.0.1"}
HOUR = 3600


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def kept(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store on a small disk of its own, with an administrator. Every fault ends with its test."""
    with disk(tmp_path_factory.mktemp("kept") / "disk", 32) as place:
        store = shutil.copytree(loaded, place / "store")
        account_for(store, Role.ADMIN)
        yield store


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_READ_PATIENCE", 0.2)
    monkeypatch.setattr("access.accounts.sessions._SIGNING_IN", 0.3)
    engine._LOCKED.clear()


@pytest.fixture
def token(kept: Path) -> str:
    """Who has signed in, and has looked at a page."""
    sessions = Sessions(kept, SETTINGS)
    token = sessions.begin(account_for(kept, Role.ADMIN), BY_PASSWORD)
    assert sessions.use(token)
    return token


def serving(store: Path) -> ASGIApp:
    """Return the gate before the routes of signing in, as the server puts them together."""
    gate = Middleware(Gate, store=store, settings=SETTINGS)
    return Starlette(routes=SignIn(store, SETTINGS).routes(), middleware=[gate])


def come(store: Path, path: str, token: str = "", **headers: str) -> Answer:
    """Return what the gate answers a browser; what lies behind it answers 204."""
    cookie = {"cookie": f"mingshu_session={token}"} if token else {}
    return ask(lambda app: Gate(app, store, SETTINGS), "GET", path, headers=HTML | cookie | headers)


def try_to_sign_in(store: Path, word: str = WORD) -> Answer:
    """Return what the server answers to a name and a password, sent from its own form."""
    gate = serving(store)
    page = ask(lambda _: gate, "GET", "/sign-in", headers=HTML)
    if page.status != 200:
        return page
    form = re.search(r'name="form" value="(\w+)"', page.body.decode())
    seed = SimpleCookie(page.headers.get("set-cookie", ""))["mingshu_form"].value
    assert form
    body = urlencode({"form": form[1], "name": name_of(Role.ADMIN), "password": word, "next": "/"}).encode()
    headers = HTML | {"cookie": f"mingshu_form={seed}", "content-type": "application/x-www-form-urlencoded"}
    return ask(lambda _: gate, "POST", "/sign-in", [body], headers)


def is_told(answer: Answer) -> bool:
    """Return whether a fault is answered with 503 and a sentence of what to do, and nothing of the inside."""
    said = answer.body.decode()
    return answer.status == 503 and bool(re.search(r"请[^。]*。", said)) and not UNTOLD.search(said)


@pytest.mark.parametrize("fault", UNHURT | READ_ON | OF_BUILD)
def test_s04_who_has_signed_in_is_let_through_whatever_the_fault(fault: str, kept: Path, token: str) -> None:
    clock = Clock()
    with (UNHURT | FAULTS)[fault](kept):
        assert come(kept, "/", token).status == 204
        clock.now = time.time() + 120
        sessions = Sessions(kept, SETTINGS, clock)
        assert sessions.use(token), "a minute later it would be noted"
        person = sessions.use(token)
        assert person and sessions.by_id(person.session, in_use=True)
    assert come(kept, "/", token).status == 204


@pytest.mark.parametrize("fault", ["a full disk", "a read-only disk", "a journal written to by another"])
def test_s04_a_session_in_use_lives_on_while_nothing_can_be_noted(fault: str, kept: Path, token: str) -> None:
    clock = Clock()
    clock.now = time.time()
    sessions = Sessions(kept, SETTINGS, clock)
    idle = SETTINGS.idle_minutes * 60
    with FAULTS[fault](kept):
        for _ in range(3):
            clock.now += idle - 10
            assert sessions.use(token)
        clock.now += idle + 10
        assert sessions.use(token) is None
        clock.now -= 20
        assert sessions.use(token)
    other = sessions.begin(account_for(kept, Role.ADMIN), BY_PASSWORD)
    assert sessions.use(token), "a new sign-in clears away only what has run out"
    assert sessions.use(other)


@pytest.mark.parametrize("fault", OF_JOURNAL)
def test_s04_where_nobody_can_be_known_the_fault_is_told(fault: str, kept: Path, token: str) -> None:
    with FAULTS[fault](kept):
        assert is_told(come(kept, "/", token)) and is_told(come(kept, "/overview?unit=T01", token))
        fetched = come(kept, "/_stcore/host-config", token, accept="application/json")
        assert fetched.status == 503 and not fetched.body.startswith(b"<")
        assert is_told(try_to_sign_in(kept))
        assert kept.exists() == (fault != "a vanished store"), "nothing new is begun in its place"
    assert come(kept, "/", token).status == 204
    assert verify(kept).broken is None


@pytest.mark.parametrize("fault", READ_ON)
def test_s04_who_cannot_sign_in_reads_why_and_can_once_it_is_over(fault: str, kept: Path) -> None:
    before = entries(kept)
    with FAULTS[fault](kept):
        for word in (WORD, "not-the-word-88"):
            assert is_told(try_to_sign_in(kept, word))
    assert entries(kept) == before
    assert try_to_sign_in(kept).status == 303


def test_s04_what_was_ended_is_not_remembered_while_the_journal_is_shut(kept: Path, token: str) -> None:
    sessions = Sessions(kept, SETTINGS)
    person = sessions.use(token)
    assert person
    sessions.end(person.session, person.shown)
    with READ_ON["a journal shut by another"](kept), pytest.raises(UserError, match="占用"):
        sessions.use(token)


def test_s04_whose_account_was_stopped_is_not_remembered_either(store: Path) -> None:
    account_for(store, Role.ADMIN)
    sessions, clerk = Sessions(store, SETTINGS), account_for(store, Role.CLERK, "T01")
    token = sessions.begin(clerk, BY_PASSWORD)
    assert sessions.use(token)
    with READ_ON["a journal shut by another"](store):
        assert sessions.use(token)
    stop_account(store, clerk.name)
    with READ_ON["a journal shut by another"](store), pytest.raises(UserError, match="占用"):
        sessions.use(token)


def test_s04_who_was_named_long_ago_is_asked_for_anew(kept: Path, token: str) -> None:
    clock = Clock()
    clock.now = time.time() + sessions_in_memory.TRUSTED + 5
    with READ_ON["a journal shut by another"](kept), pytest.raises(UserError, match="占用"):
        Sessions(kept, SETTINGS, clock).use(token)


@pytest.mark.parametrize("fault", FAULTS)
def test_s04_the_probes_tell_the_truth(fault: str, kept: Path) -> None:
    def probe(path: str) -> tuple[int, dict[str, bool]]:
        answer = ask(lambda app: Probes(app, kept, "", lambda: 0), "GET", path)
        return answer.status, json.loads(answer.body)

    assert probe(READY)[0] == probe(READS)[0] == 200
    with FAULTS[fault](kept):
        status, told = probe(READY)
        assert status == 503 and told["live"]
        wrong = {name for name, well in told.items() if not well}
        assert ("build" in wrong) == (fault in OF_BUILD)
        reads = fault in ("a full disk", "a read-only disk", "a journal written to by another")
        assert probe(READS)[0] == (200 if reads else 503)
        assert fault not in OF_JOURNAL or "journal" in wrong
        assert ("store" in wrong) == (fault == "a vanished store")
        assert ("disk" in wrong) == (fault in ("a full disk", "a read-only disk", "a vanished store"))
    assert probe(READY)[0] == 200 and check_password(kept, name_of(Role.ADMIN), WORD)


@pytest.mark.parametrize("fault", UNHURT)
def test_s04_the_probes_say_that_all_is_well_where_it_is(fault: str, kept: Path) -> None:
    with UNHURT[fault](kept):
        for path in (READY, READS):
            assert ask(lambda app: Probes(app, kept, "", lambda: 0), "GET", path).status == 200
        assert try_to_sign_in(kept).status == 303
