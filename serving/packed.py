"""The scripts, styles and fonts of Streamlit and Plotly, sent compressed from memory.

`make setup` writes a .gz beside each; ServeStatic chooses the one a browser accepts and writes its headers. Reading a
file itself, it would start a thread, open, read and close. Instead it delegates the sending to the server ("pathsend"),
which is done here: files sent once are cached, some 2 MB for all that pages use.

Streamlit's scripts are sent as one bundle, and its page with the bundle's address; see serving/bundle.py.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import streamlit
from servestatic import ServeStaticASGI
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.bundle import FOLDER, SCRIPTS, STATIC, STREAMLIT_PAGE, bundle, first_page, stand_ins

_OURS = Path(__file__).resolve().parent.parent / "pages" / "browser" / "plotly"
LIBRARY = f"{STATIC}plotly/{next(_OURS.glob('*.js')).name}"
_ASSETS = Path(streamlit.__file__).parent / "static" / "static"
_SEND_FILE = "http.response.pathsend"
_FOREVER = {"cache-control": "max-age=315360000, public, immutable"}


class PackedFiles:
    """ASGI middleware for files below /static/. Their names hold a hash or a version, so browsers may cache them."""

    def __init__(self, app: ASGIApp, draws: Callable[[str], bool]) -> None:
        """`draws` says whether the page at a path draws charts, so that a browser loads early what draws them."""
        self._app = app
        self._draws = draws
        self._files = ServeStaticASGI(
            app, root=_ASSETS, prefix="static", immutable_file_test=".", allow_all_origins=False
        )
        self._files.add_files(_OURS, prefix="static/plotly")
        known = bundle()
        self._page, self._drawing_page = first_page(known), first_page(known, LIBRARY)
        self._stand_ins = stand_ins(known)
        if known:
            for folder in (SCRIPTS, FOLDER):
                self._files.add_files(folder, prefix=f"static/{known.place}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a file, or let the wrapped application answer."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        extensions = {**scope.get("extensions", {}), _SEND_FILE: {}}
        if not scope["path"].startswith(STATIC):
            page = self._drawing_page if self._draws(scope["path"]) else self._page
            return await self._app({**scope, "extensions": extensions}, receive, _replacing_the_page(page, send))
        if stand_in := self._stand_ins.get(scope["path"]):
            return await Response(stand_in, media_type="text/javascript", headers=_FOREVER)(scope, receive, send)

        async def send_file(message: Message) -> None:
            if message["type"] == _SEND_FILE:
                message = {"type": "http.response.body", "body": _read(message["path"])}
            await send(message)

        await self._files({**scope, "extensions": extensions}, receive, send_file)


def _replacing_the_page(page: bytes, send: Send) -> Send:
    """Return a way to send an answer in which Streamlit's page, if it is that, is replaced by `page`."""
    begun: list[Message] = []

    async def send_ours(message: Message) -> None:
        if message["type"] == "http.response.start":
            begun.append(message)
            return
        if message["type"] == _SEND_FILE:
            body = page if message["path"] == str(STREAMLIT_PAGE) else _read(message["path"])
            MutableHeaders(scope=begun[0])["content-length"] = str(len(body))
            message = {"type": "http.response.body", "body": body}
        if begun:
            await send(begun.pop())
        await send(message)

    return send_ours


@lru_cache(maxsize=500)
def _read(path: str) -> bytes:
    return Path(path).read_bytes()
