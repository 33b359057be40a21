"""The upload guard: files that are too large or no tables are refused before they are received, with a message.

A page's limits for files are checked in the browser alone. Streamlit's own route enforces the size while reading; this
checks the announced size, and the name in the head of the form, which comes first.
"""

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import PurePosixPath

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.metrics import UPLOADS

PLACE = "/_stcore/upload_file/"
# Formats that the reader knows, and those for which it has a message of its own: archives, papers and pictures sent
# instead of a table. Anything else, programs above all, is not even read.
TABLES = frozenset(
    {"csv", "et", "htm", "html", "ods", "tsv", "txt", "xls", "xlsb", "xlsm", "xlsx", "xlt", "xltx", "xml"}
)
TOLD_APART = frozenset(
    {
        "7z",
        "bmp",
        "dif",
        "doc",
        "docx",
        "fods",
        "gif",
        "heic",
        "jpeg",
        "jpg",
        "mht",
        "mhtml",
        "numbers",
        "odt",
        "pdf",
        "png",
        "ppt",
        "pptx",
        "rar",
        "rtf",
        "slk",
        "tif",
        "tiff",
        "webp",
        "wps",
        "zip",
    }
)
LEFT_BY_PROGRAMS = ("~$", ".")  # prefixes of files that come along with a folder; the page skips these files
MOST_HELD = 300 << 20  # bytes of files that the pages of one person may hold in memory, whether they show them or not
MOST_HELD_BY_ALL = 4 * MOST_HELD
_TOO_MUCH = (
    f"您打开的网页里没有收下的文件合计超过 {MOST_HELD >> 20} MB，这份没有收。"
    "请先收下或清空，关掉用不着的网页，过几分钟再报。"
)
_TOO_MUCH_OF_ALL = "现在报表的人太多，这份没有收。请过几分钟再报。"
_OVERHEAD = 16 << 10  # bytes of a form around its file
_HEAD = 16 << 10  # bytes within which a form names its file
_NAMED = re.compile(rb'filename="([^"\r\n]*)"')
_END_OF_HEAD = b"\r\n\r\n"


class UploadGuard:
    """ASGI middleware in front of the route that takes files."""

    def __init__(
        self,
        app: ASGIApp,
        megabytes: int,
        held: Callable[[str], int] = lambda _: 0,
        owner: Callable[[Scope], str] = lambda _: "",
    ) -> None:
        """`megabytes` is the maximum size of one file.

        `held` tells how many bytes a page, by its number, holds already, and `owner` whose page a request is from.
        """
        self._app = app
        self._held = held
        self._owner = owner
        self._pages: dict[str, set[str]] = {}  # the pages with files, by whose they are
        self._coming: Counter[str] = Counter()  # bytes on their way, by whose they are
        self._most = megabytes << 20
        self._too_large = f"这份文件超过 {megabytes} MB，没有收。请删去图片等与报表无关的内容后再报。"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a file, or pass it to the wrapped application."""
        if scope["type"] != "http" or scope["method"] != "PUT" or not scope["path"].startswith(PLACE):
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > self._most + _OVERHEAD:
            await self._refuse(413, self._too_large, "too_large", scope, receive, send)
            return
        head, taken = await _read_head(receive)
        if not is_table(name_in(head)):
            await self._refuse(415, say_not_a_table(name_in(head)), "no_table", scope, receive, send)
            return
        owner, size = self._owner(scope), int(announced) if announced.isdecimal() else self._most
        self._forget_empty_pages()
        self._pages.setdefault(owner, set()).add(scope["path"].removeprefix(PLACE).partition("/")[0])
        if words := self._too_much(owner, size):
            await self._refuse(413, words, "too_much", scope, receive, send)
            return
        UPLOADS.labels("taken").inc()
        await self._take(owner, size, scope, _again(taken, receive), send)

    def _too_much(self, owner: str, size: int) -> str:
        """Return why a file of this size is too much to hold as well, "" if it is not."""
        held = {person: sum(map(self._held, pages)) for person, pages in self._pages.items()}
        if held[owner] + self._coming[owner] + size > MOST_HELD:
            return _TOO_MUCH
        return _TOO_MUCH_OF_ALL if sum(held.values()) + self._coming.total() + size > MOST_HELD_BY_ALL else ""

    def _forget_empty_pages(self) -> None:
        """Forget the pages that hold nothing, but for those whose owner is just sending something."""
        kept = {
            person: pages if self._coming[person] else {page for page in pages if self._held(page)}
            for person, pages in self._pages.items()
        }
        self._pages = {person: pages for person, pages in kept.items() if pages}

    async def _take(self, owner: str, size: int, scope: Scope, receive: Receive, send: Send) -> None:
        self._coming[owner] += size
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming[owner] -= size
            self._coming = +self._coming  # drops entries without a pending upload

    async def _refuse(self, status: int, words: str, why: str, scope: Scope, receive: Receive, send: Send) -> None:
        UPLOADS.labels(why).inc()
        await PlainTextResponse(words, status, {"connection": "close"})(scope, receive, send)


def name_in(head: bytes) -> str:
    """Return the name that the head of a form gives its file, "" when it names none."""
    match = _NAMED.search(head)
    return match[1].decode("utf-8", errors="replace") if match else ""


def is_table(name: str) -> bool:
    """Return whether a file of this name is accepted: it has the extension of a table, or is handled later."""
    return ending(name) in TABLES | TOLD_APART or _own(name).startswith(LEFT_BY_PROGRAMS)


def ending(name: str) -> str:
    """Return the extension of a file's name, without the dot, in lower case."""
    return PurePosixPath(_own(name)).suffix[1:].lower()


def _own(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def say_not_a_table(name: str) -> str:
    """Return the message for a file that is refused by its name."""
    text = f"“{ending(name)}”这一种文件" if ending(name) else "没有扩展名的文件"
    return f"{text}不收。请报 xlsx、xls、et、ods 或 csv 格式的报表。"


async def _read_head(receive: Receive) -> tuple[bytes, list[Message]]:
    """Return the beginning of a body, up to where the file's name must be, and the messages it came in."""
    head, taken = b"", []
    while _END_OF_HEAD not in head and len(head) < _HEAD:
        message = await receive()
        taken.append(message)
        head += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body"):
            break
    return head[:_HEAD].partition(_END_OF_HEAD)[0], taken


def _again(messages: list[Message], receive: Receive) -> Callable[[], Awaitable[Message]]:
    """Return a receive function that begins with the messages already taken."""
    waiting = iter(messages)

    async def next_message() -> Message:
        return next(waiting, None) or await receive()

    return next_message
