"""The scripts, styles and fonts of Streamlit and Plotly, sent compressed from memory.

`make setup` writes a .gz beside each; ServeStatic chooses the one a browser accepts and writes its headers. Reading a
file itself, it would start a thread, open, read and close, 61 times for a first visit. Instead it delegates the sending
to the server ("pathsend"), which is done here: files sent once are cached, some 2 MB for all that pages use.
"""

from functools import lru_cache
from pathlib import Path

import streamlit
from servestatic import ServeStaticASGI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = "/static/"
_OURS = Path(__file__).resolve().parent.parent / "pages" / "browser" / "plotly"
LIBRARY = f"{STATIC}plotly/{next(_OURS.glob('*.js')).name}"
_ASSETS = Path(streamlit.__file__).parent / "static" / "static"
_SEND_FILE = "http.response.pathsend"


class PackedFiles:
    """ASGI middleware for files below /static/. Their names hold a hash or a version, so browsers may cache them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._files = ServeStaticASGI(
            app, root=_ASSETS, prefix="static", immutable_file_test=".", allow_all_origins=False
        )
        self._files.add_files(_OURS, prefix="static/plotly")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a file, or let the wrapped application answer."""
        if scope["type"] != "http" or not scope["path"].startswith(STATIC):
            return await self._app(scope, receive, send)

        async def send_file(message: Message) -> None:
            if message["type"] == _SEND_FILE:
                message = {"type": "http.response.body", "body": _read(message["path"])}
            await send(message)

        extensions = {**scope.get("extensions", {}), _SEND_FILE: {}}
        await self._files({**scope, "extensions": extensions}, receive, send_file)


@lru_cache(maxsize=500)
def _read(path: str) -> bytes:
    return Path(path).read_bytes()
