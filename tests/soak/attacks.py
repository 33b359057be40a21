"""An attacker's quarter of an hour: anybody tries anything on what is anybody's, and gets what his role grants.

What is granted is read from the table of roles; what happened, from the store's journal and audit and from all that
the server said. What the server says it did does not count.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

from openpyxl import load_workbook
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from access.accounts.roles import Action, Role
from etl.journal import read_entries
from store.audit import entries
from store.verbs import Verb
from tests.lib.people import WORD, name_of, open_form, sign_in
from tests.pages.frame.test_addresses import ODD, PARAMETERS
from tests.soak.attackers import PEOPLE, Areas, Attacked, Foe, Intruder, people
from tests.soak.foreign_files import FOREIGN, ForeignFile

# What each act in the audit takes; those that are missing here everybody may do who has signed in.
TAKES: Mapping[Verb, Action] = {
    Verb.CHANGED_ACCOUNT: Action.MANAGE, Verb.UPLOADED: Action.UPLOAD, Verb.TOOK_IN: Action.UPLOAD,
    Verb.CONFIRMED: Action.CONFIRM, Verb.MATCHED: Action.MATCH, Verb.WITHDREW: Action.WITHDRAW,
    Verb.FORGOT: Action.FORGET, Verb.CHANGED_TARGET: Action.UPLOAD, Verb.LOOKED: Action.OPEN, Verb.FROZE: Action.SCORE,
    Verb.OBJECTED: Action.OBJECT, Verb.ANSWERED: Action.SCORE, Verb.SAVED_VIEW: Action.SAVE,
    Verb.PUBLISHED: Action.DECLARE,
}  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH")
ROUTES = (
    "/_stcore/metrics", "/metrics", "/_stcore/script-health-check", "/oauth2callback", "/auth/login", "/media/x",
    "/sign-out", "/password", "/component/x/y", "/app/static/x", "/_stcore/agent", "//sign-in", "/static/../app.py",
)  # fmt: skip
_MOST_ENDED = 200  # of one person, in a quarter of an hour
_OWN = 0.3  # the share of files that somebody may send in, so that it is seen that this goes
INSIDE = ("clear_cache", "load_git_info", "debug_disconnect_websocket", "debug_shutdown_runtime", "stop_script")
KINDS = {"button": "trigger_value", "text_input": "string_value", "text_area": "string_value", "checkbox": "bool_value",
         "selectbox": "string_value", "radio": "string_value", "expandable": "bool_value"}  # fmt: skip

Attack = Callable[[Attacked, Foe, Random], Awaitable[None]]


async def attack(
    address: str, store: Path, folder: Path, seconds: float, seed: int, foes: list[Foe] | None = None
) -> Attacked:
    """Let one of every role, or others, do what comes to his mind for so many seconds, everything at least once."""
    secrets: dict[str, Areas] = {
        entry.name: [about.split("|")[1][:3] for about in entry.returns if "R00" not in about] or [None]
        for entry in read_entries(store)
    }
    found = Attacked(address, store, folder, foes or people(address, store), secrets)
    begun = len(entries(store))
    async with Intruder(address, "/organisation", people(address, store)[-1]) as insider:
        await _look_round(found, insider)
        until = monotonic() + seconds
        await asyncio.gather(*(_live(found, foe, Random(f"{seed}{foe.name}"), until) for foe in found.foes))
    _hold_against_the_audit(found, begun)
    return found


async def _live(found: Attacked, foe: Foe, chance: Random, until: float) -> None:
    waiting: list[Attack] = list(ATTACKS)
    ended = 0
    chance.shuffle(waiting)
    while waiting or monotonic() < until:
        act = waiting.pop() if waiting else chance.choice(ATTACKS)
        try:
            await act(found, foe, chance)
        except (InvalidStatus, ConnectionClosed):  # he signed out, or the administrator ended it: both may do so
            foe, ended = await asyncio.to_thread(_come_again, found, foe), ended + 1
            assert ended < _MOST_ENDED, "sessions end that nobody ended"
            waiting.append(act)
            continue
        found.done[f"{act.__name__.strip('_')}"] += 1


def _come_again(found: Attacked, foe: Foe) -> Foe:
    """Return the same person, signed in anew."""
    return replace(foe, cookie=sign_in(found.address, name_of(foe.role, foe.area), WORD))


async def _look_round(found: Attacked, insider: Intruder) -> None:
    """Take down what an administrator's pages offer and hold."""
    await insider.run()
    found.numbers = [one.deferred_file_id for one in insider.found["download_button"].values()]
    found.offered.append(await insider.place_for("报表.xlsx"))
    for page in list(insider.pages):
        await insider.turn_to(page)
        opened = {one.expandable.id for one in insider.elements if hasattr(one, "expandable") and one.expandable.id}
        insider.forged = [("bool_value", number) for number in sorted(opened)]
        await insider.run()
        found.widgets += [(page.url_pathname, *one) for one in _widgets(insider.elements)]
        insider.forged = []


def _widgets(elements: Sequence[Any]) -> list[tuple[str, str]]:
    found = []
    for one in elements:
        kind = one.WhichOneof("type")
        if kind in KINDS and (number := getattr(getattr(one, kind), "id", "")):
            found.append((KINDS[kind], number))
    return found


def _hear(found: Attacked, foe: Foe, elements: Sequence[Any], where: str) -> None:
    """See that nothing was said of what is not his to open or manage."""
    told = b"".join(one.SerializeToString() for one in elements).decode(errors="ignore")
    for name, areas in found.secrets.items():
        if name in told and not foe.granted(Action.OPEN, areas):
            found.breach(foe, f"was told of {name} on {where}")
    others = [name_of(*one) for one in PEOPLE if one != (foe.role, foe.area)]
    if any(name in told for name in others) and not foe.granted(Action.MANAGE):
        found.breach(foe, f"was told of an account on {where}")


async def _open_a_page(found: Attacked, foe: Foe, chance: Random) -> None:
    """By its address or by the number an administrator's menu gives it, with odd parameters."""
    query = {name: chance.choice((*ODD, "T01", "T02", "甲镇", "乙乡")) for name in chance.sample(PARAMETERS, 4)}
    page = chance.choice(found.widgets)[0]
    async with Intruder(found.address, f"/{page}?{urlencode(query)}", foe) as intruder:
        await intruder.run()
        _hear(found, foe, intruder.elements, page)


async def _press_what_is_not_there(found: Attacked, foe: Foe, chance: Random) -> None:
    page = chance.choice(found.widgets)[0]
    async with Intruder(found.address, f"/{page}", foe) as intruder:
        await intruder.run()
        others = [(kind, number) for where, kind, number in found.widgets if where == page]
        intruder.forged = chance.sample(others, min(len(others), 6))
        await intruder.run()
        _hear(found, foe, intruder.elements, page)


async def _send_a_file(found: Attacked, foe: Foe, chance: Random) -> None:
    own = [one for one in FOREIGN if one.spoken and foe.granted(Action.UPLOAD, one.areas)]
    file = chance.choice(own if own and chance.random() < _OWN else FOREIGN)
    name, content = await asyncio.to_thread(_written, found, file, chance)
    async with Intruder(found.address, "/upload", foe) as intruder:
        await intruder.run()
        if not intruder.found["file_uploader"]:
            return
        await intruder.upload(name, content)
        for _ in range(3):
            if labels := [one for one in intruder.found["button"] if one.startswith(("收下", "记", "上报", "先不改"))]:
                await intruder.press(chance.choice(labels))
        _hear(found, foe, intruder.elements, "upload")
    sha = hashlib.sha256(content).hexdigest()
    came = [entry for entry in read_entries(found.store) if entry.sha == sha]
    if came and not (foe.granted(Action.UPLOAD, file.areas) and (foe.role is not Role.CLERK or file.spoken)):
        found.breach(foe, f"sent in {file.what}")
    found.done[f"sent in by {foe.role}"] += bool(came)


def _written(found: Attacked, file: ForeignFile, chance: Random) -> tuple[str, bytes]:
    """Return a file that differs from all that were sent before."""
    folder = found.folder / f"{chance.getrandbits(48):x}"
    path = file.write(folder)
    book = load_workbook(path)
    book.properties.title = folder.name
    book.save(path)
    return f"{folder.name}.xlsx", path.read_bytes()


async def _object(found: Attacked, foe: Foe, chance: Random) -> None:
    async with Intruder(found.address, "/scoring", foe) as intruder:
        await intruder.run()
        if "记下申诉" not in intruder.found["button"]:
            return
        intruder.chosen[intruder.boxes["申诉单位"].id] = chance.choice(("甲镇", "乙乡", "T02", ""))
        areas = [one for one in _text_areas(intruder) if "申诉的理由" in one.label]
        intruder.chosen[areas[0].id] = "请复核"
        await intruder.press("记下申诉")


def _text_areas(intruder: Intruder) -> list[Any]:
    return [one.text_area for one in intruder.elements if one.WhichOneof("type") == "text_area"]


async def _take_what_was_offered_to_another(found: Attacked, foe: Foe, chance: Random) -> None:
    if foe.role is Role.ADMIN:
        return
    for address in found.offered:
        method = chance.choice(("GET", "PUT", "DELETE"))
        status, _ = await asyncio.to_thread(_ask, found.address, method, address, foe.cookie)
        if status < 300:
            found.breach(foe, f"{method} {address}: {status}")
    async with Intruder(found.address, "/", foe) as intruder:
        await intruder.run()
        message = BackMsg()
        message.backend_operation_request.request_id = "1"
        message.backend_operation_request.deferred_file.file_id = chance.choice(found.numbers)
        await intruder.send(message)
        try:
            answer = await asyncio.wait_for(intruder.hear("backend_operation_response"), 1)
        except TimeoutError:
            return
        if answer.backend_operation_response.deferred_file.url:
            found.breach(foe, "was handed the download of another")


async def _say_what_pages_never_say(found: Attacked, foe: Foe, chance: Random) -> None:
    async with Intruder(found.address, "/", foe) as intruder:
        await intruder.run()
        message = BackMsg()
        setattr(message, chance.choice(INSIDE), True)
        await intruder.send(message)
        await intruder.run()  # it is still there, and so is the server
    status, _ = await asyncio.to_thread(_ask, found.address, "GET", "/_stcore/health", foe.cookie)
    if status != 200:
        found.breach(foe, "stopped the server")


async def _ask_for_a_route(found: Attacked, foe: Foe, chance: Random) -> None:
    method, path = chance.choice(METHODS), chance.choice(ROUTES)
    status, body = await asyncio.to_thread(_ask, found.address, method, path, foe.cookie)
    if status < 300 and body and "metrics" in path and path != "/metrics" and not foe.granted(Action.MANAGE):
        found.breach(foe, f"{method} {path}")
    if status >= 500:
        found.breach(foe, f"{method} {path}: {status}")


async def _send_a_form(found: Attacked, foe: Foe, chance: Random) -> None:
    """With the token that was made for another browser, or none."""
    made, _ = await asyncio.to_thread(open_form, found.address)
    form = chance.choice((made, "", "²"))
    fields = {
        "form": form,
        "name": chance.choice(found.foes).name,
        "password": "x",
        "old": "x",
    }
    for path in ("/sign-out", "/password", "/sign-in"):
        await asyncio.to_thread(_ask, found.address, "POST", path, foe.cookie, urlencode(fields))
    status, _ = await asyncio.to_thread(_ask, found.address, "GET", "/my-account", foe.cookie)
    if status != 200:
        found.breach(foe, "signed himself out with a form of another")


ATTACKS: tuple[Attack, ...] = (
    _open_a_page, _press_what_is_not_there, _send_a_file, _object, _take_what_was_offered_to_another,
    _say_what_pages_never_say, _ask_for_a_route, _send_a_form,
)  # fmt: skip


def _hold_against_the_audit(found: Attacked, begun: int) -> None:
    """See that every act in the audit is one the table of roles grants to who did it."""
    foes = {foe.name: foe for foe in found.foes}
    for entry in entries(found.store)[begun:]:
        foe, action = foes.get(entry.who), TAKES.get(Verb.of(entry.verb) or Verb.SIGNED_IN)
        areas = [area for area in ("T01", "T02") if area in entry.about] or None
        if foe and action and not foe.granted(action, areas if action is Action.OBJECT else None):
            found.breach(foe, f"{entry.verb} {entry.about}")
        if foe and action:
            found.done[f"{entry.verb} by {foe.role}"] += 1


def _ask(address: str, method: str, path: str, cookie: str, body: str = "") -> tuple[int, bytes]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
