"""Uploads at the door: too large and no table are refused with a sentence, all else goes through untouched."""

import asyncio
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send

from serving.metrics import UPLOADS
from serving.uploads import MOST_HELD, MOST_HELD_BY_ALL, PLACE, TABLES, TOLD_APART, UploadGuard, is_table
from tests.lib.dashboard.visitor import apart
from tests.running.asgi import Taker, ask

PATH = f"{PLACE}session/file"
MEGABYTES = 2


def _form(name: str, content: bytes = b"a,b\r\n1,2\r\n") -> bytes:
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
    return head.encode() + content + b"\r\n--x--\r\n"


def _guard(app):
    return UploadGuard(app, MEGABYTES)


@given(
    st.sampled_from(sorted(TABLES | TOLD_APART)),
    st.text("报表 _-()（）甲乙Aa1.", max_size=30),
    st.lists(st.integers(0, 200), max_size=8),
    st.binary(max_size=300),
)
def test_a_table_goes_through_byte_by_byte_however_it_is_cut(ending, stem, cuts, content) -> None:
    body, app = _form(f"{stem}.{ending.upper()}", content), Taker()
    places = sorted({0, *(cut for cut in cuts if cut < len(body)), len(body)})
    pieces = [body[start:end] for start, end in zip(places, places[1:], strict=False)]
    assert ask(lambda inner: UploadGuard(inner, MEGABYTES), "PUT", PATH, pieces, app=app).status == 204
    assert app.taken == [body]


@pytest.mark.parametrize(
    "name", ["run.exe", "报表.xlsx.exe", "报表.lnk", "a.js", "报表.xlsx.", "没有", "", "x.php", "a.scr"]
)
def test_what_is_no_table_is_refused_before_it_is_read(name: str) -> None:
    app, before = Taker(), _count("no_table")
    answer = ask(_guard, "PUT", PATH, [_form(name)], app=app)
    assert (answer.status, app.taken) == (415, [])
    assert "不收。请报 xlsx" in answer.body.decode()
    assert _count("no_table") == before + 1


def test_a_form_that_never_names_its_file_is_refused() -> None:
    app = Taker()
    assert ask(_guard, "PUT", PATH, [b"x" * 5_000] * 20, app=app).status == 415
    assert app.taken == []


def test_what_announces_itself_too_large_is_refused_unread() -> None:
    app = Taker()
    answer = ask(_guard, "PUT", PATH, [_form("报表.xlsx")], {"content-length": str(3 << 20)}, app=app)
    assert (answer.status, app.taken) == (413, [])
    assert answer.body.decode() == "这份文件超过 2 MB，没有收。请删去图片等与报表无关的内容后再报。"


@pytest.mark.parametrize(("held", "status"), [(0, 204), (MOST_HELD - (1 << 20), 413), (MOST_HELD, 413)])
def test_s09_a_session_that_holds_too_much_already_gets_no_more_in(held: int, status: int) -> None:
    app = Taker()
    sizes = {"session": held, "other": MOST_HELD}
    guarded = lambda inner: UploadGuard(inner, MEGABYTES, sizes.__getitem__, lambda scope: scope["path"])  # noqa: E731
    assert ask(guarded, "PUT", PATH, [_form("报表.xlsx")], app=app).status == status
    assert len(app.taken) == (status == 204)
    answer = ask(guarded, "PUT", f"{PLACE}other/file", [_form("报表.xlsx")])
    assert answer.status == 413 and "没有收下的文件合计超过 300 MB" in answer.body.decode()


def test_s09_all_pages_of_a_person_count_together_and_so_do_those_of_all() -> None:
    held = dict.fromkeys("abcd", 0)
    guard = UploadGuard(Taker(), MEGABYTES, held.__getitem__, lambda scope: scope["client"][0])

    def put(page: str, client: str) -> tuple[int, str]:
        answer = ask(lambda _: guard, "PUT", f"{PLACE}{page}/file", [_form("报表.xlsx")], client=client)
        return answer.status, answer.body.decode()

    assert put("b", "one")[0] == put("a", "one")[0] == 204
    held["a"] = MOST_HELD
    assert put("b", "one")[0] == 413
    assert put("c", "two")[0] == 204
    held["c"] = MOST_HELD_BY_ALL - MOST_HELD
    assert put("d", "three") == (413, "现在报表的人太多，这份没有收。请过几分钟再报。")
    held |= {"a": 0, "c": 0}
    assert put("b", "one")[0] == put("d", "three")[0] == 204


def test_s09_files_on_their_way_at_once_count_together() -> None:
    many = MOST_HELD // (MEGABYTES << 20)
    waiting, over = asyncio.Event(), list[int]()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await waiting.wait()

    async def put(guard: UploadGuard) -> None:
        async def receive() -> Message:
            return {"type": "http.request", "body": _form("报表.xlsx"), "more_body": False}

        async def send(message: Message) -> None:
            over.append(message.get("status", 0))
            waiting.set()

        await guard({"type": "http", "method": "PUT", "path": PATH, "headers": []}, receive, send)

    async def all_at_once() -> None:
        guard = UploadGuard(slow, MEGABYTES)
        await asyncio.gather(*(put(guard) for _ in range(many + 1)))

    apart(all_at_once())
    assert over == [413, 0]


@given(st.text(string.printable, max_size=20))
def test_only_uploads_are_looked_at(path: str) -> None:
    app = Taker()
    assert ask(_guard, "GET", PATH, app=app).status == 204
    if not path.startswith(PLACE):
        assert ask(_guard, "PUT", path, [b"anything"], app=app).status == 204


def test_a_name_with_folders_is_judged_by_its_own_ending() -> None:
    assert is_table("2010\\某单位.d\\报表.XLS")
    assert not is_table("a.xlsx/run.bat")


def _count(what: str) -> float:
    return UPLOADS.labels(what)._value.get()
