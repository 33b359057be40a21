"""The server. `python -m serving` starts it by the settings, `streamlit run app.py` for this machine alone."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pkgutil import walk_packages

import streamlit as st
from starlette.middleware import Middleware

import pages
from access.gate import Gate, account_behind
from access.gate.sign_in import SignIn
from base.errors import UserError
from base.settings import take_settings
from etl.pipeline.server_start import served_store
from pages.view.notices import show_error
from serving.download_cache import keep_downloads
from serving.logs import start_log
from serving.open_pages import bytes_held, count_sessions
from serving.packed import PackedFiles
from serving.probes import Probes
from serving.requests import RequestLog
from serving.security_headers import SecurityHeaders
from serving.start import tell_streamlit
from serving.uploads import UploadGuard
from stats.catalogue import load_catalogue
from store.builds import store_path


def draws_charts(path: str) -> bool:
    """Return whether the page at a path is a board as declared when the server started; others draw none at first."""
    with suppress(UserError):  # faults in the catalogue are shown on the page
        return path.strip("/") in load_catalogue().boards
    return False


_SETTINGS = take_settings()
tell_streamlit(_SETTINGS)
_GATE = Middleware(Gate, store=store_path(), settings=_SETTINGS)
# Outermost first: every answer gets the headers and is counted; the probes need no session, everything else does.
_AROUND = [
    Middleware(SecurityHeaders, encrypted=_SETTINGS.encrypted),
    Middleware(RequestLog),
    Middleware(Probes, store=store_path(), token=_SETTINGS.token, sessions=count_sessions),
]
_WITHIN = [
    Middleware(UploadGuard, megabytes=_SETTINGS.upload_mb, held=bytes_held, owner=account_behind),
    Middleware(PackedFiles, draws=draws_charts),
]


_MADE = 20_000  # objects between two collections of garbage; 700 are usual


@asynccontextmanager
async def _serve(_: st.App) -> AsyncIterator[None]:
    """Load what every page needs before the first request, mainly the catalogue; close everything at the end.

    Otherwise the first users of a new server would all load it at once. Objects loaded at startup live as long as the
    server, so they are excluded from garbage collection, which would take 0.2 s each time. A page makes thousands of
    objects without cycles, so what is left is looked through less often than usual.
    """
    for module in walk_packages(pages.__path__, "pages."):  # now: their caches need a running server
        if module.name.count(".") > 1:  # a page itself draws when it is imported
            import_module(module.name)
    from etl.read import reader
    from pages.view.cached import close_warehouses

    start_log(_SETTINGS.log_folder or store_path() / "logs", _SETTINGS)
    keep_downloads()
    with suppress(UserError):  # faults in it are shown on the page
        load_catalogue()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE, *gc.get_threshold()[1:])
    with served_store(store_path()):
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
