"""The scripts, styles and fonts of Streamlit and Plotly: compressed ones from memory.

`make setup` lays a .gz beside each; ServeStatic picks the one a browser takes and writes its headers. To read a file it
would start a thread, open, read and close, 61 times for a first visit. It can leave the sending to the server instead
("pathsend"), and that is done here: what has been sent once is kept, some 2 MB for all that pages use.
"""

from functools import lru_cache
from pathlib import Path

import streamlit
from servestatic import ServeStaticASGI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = "/static/"
_OURS = Path(__file__).resolve().parent.parent / "pages" / "shared" / "plotly"
LIBRARY = f"{STATIC}plotly/{next(_OURS.glob('*.js')).name}"
_ASSETS = Path(streamlit.__file__).parent / "static" / "static"
_SEND_FILE = "http.response.pathsend"


class PackedFiles:
    """ASGI middleware that answers for files below /static/. Their names hold a hash or a version: all may be kept."""

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
