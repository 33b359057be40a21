"""The server. `streamlit run app.py` starts everything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from servestatic import ServeStaticASGI
from starlette.middleware import Middleware

from access.gate import Gate
from access.settings import read_settings
from access.sign_in import SignIn
from pages.shared.notices import show_error
from stats.catalogue import load_catalogue
from stats.errors import UserError
from stats.warehouse import store_path

_ASSETS = Path(st.__file__).parent / "static" / "static"
# Streamlit sends its scripts, 20 MB of them, as they are. `make setup` lays a .gz beside each; this sends that one to
# whoever takes it, and the plain file where there is none. Every name holds a hash of its content, so all may be kept.
_PACKED = Middleware(ServeStaticASGI, root=_ASSETS, prefix="static", immutable_file_test=".", allow_all_origins=False)
_SETTINGS = read_settings()
_GATE = Middleware(Gate, store=store_path(), settings=_SETTINGS)  # comes first: nothing is served around it


@asynccontextmanager
async def _serve(_: st.App) -> AsyncIterator[None]:
    """Read what every page needs before anyone asks, the catalogue above all; close what was opened at the end.

    Otherwise all who come to a server just started would read it at once, each for himself.
    """
    from etl.read import reader
    from pages.shared.cached import close_warehouses  # its caches want a running server when they are imported

    with suppress(UserError):  # a fault in it is told on the page
        load_catalogue()
    yield

    close_warehouses()
    if reader.cache_info().currsize:
        reader().close()


app = st.App(
    "pages/navigation.py",
    lifespan=_serve,
    routes=SignIn(store_path(), _SETTINGS).routes(),
    middleware=[_GATE, _PACKED],
    on_script_error=show_error,
)
