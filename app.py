"""The server. `python -m serving` starts it as the settings say, `streamlit run app.py` for this machine alone."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pkgutil import iter_modules

import streamlit as st
from starlette.middleware import Middleware

import pages.shared
from access.gate import Gate
from access.sign_in import SignIn
from etl.serving import kept_safe
from pages.shared.notices import show_error
from serving.downloads import keep_downloads
from serving.headers import SecurityHeaders
from serving.logs import start_log
from serving.packed import PackedFiles
from serving.probes import Probes
from serving.requests import RequestLog
from serving.sessions import count_sessions
from serving.start import tell_streamlit
from serving.uploads import UploadGuard
from stats.catalogue import load_catalogue
from stats.errors import UserError
from stats.settings import take_settings
from stats.warehouse import store_path

_SETTINGS = take_settings()
tell_streamlit(_SETTINGS)
_GATE = Middleware(Gate, store=store_path(), settings=_SETTINGS)
# The outermost first: every answer has the headers and is counted, the probes need no session, all else does.
_AROUND = [
    Middleware(SecurityHeaders, encrypted=_SETTINGS.encrypted),
    Middleware(RequestLog),
    Middleware(Probes, store=store_path(), token=_SETTINGS.token, sessions=count_sessions),
]
_WITHIN = [Middleware(UploadGuard, megabytes=_SETTINGS.upload_mb), Middleware(PackedFiles)]


@asynccontextmanager
async def _serve(_: st.App) -> AsyncIterator[None]:
    """Read what every page needs before anyone asks, the catalogue above all; close what was opened at the end.

    Otherwise all who come to a server just started would read it at once, each for himself. What has been read stays as
    long as the server: Python need not look through it again and again for what is no longer used, 0.2 s each time.
    """
    for module in iter_modules(pages.shared.__path__):  # now: their caches want a running server when imported
        import_module(f"pages.shared.{module.name}")
    from etl.read import reader
    from pages.shared.cached import close_warehouses

    start_log(_SETTINGS.log_folder or store_path() / "logs", _SETTINGS)
    keep_downloads()
    with suppress(UserError):  # a fault in it is told on the page
        load_catalogue()
    gc.collect()
    gc.freeze()
    with kept_safe(store_path()):
        yield

    close_warehouses()
    if reader.cache_info().currsize:
        reader().close()


app = st.App(
    "pages/navigation.py",
    lifespan=_serve,
    routes=SignIn(store_path(), _SETTINGS).routes(),
    middleware=[*_AROUND, _GATE, *_WITHIN],
    on_script_error=show_error,
)
