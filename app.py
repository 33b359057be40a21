"""The server. `streamlit run app.py` starts everything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from pages.shared.notices import show_error


@asynccontextmanager
async def _serve(_: st.App) -> AsyncIterator[None]:
    """Open nothing before it is asked for; close the warehouse's files and end the reader at the end."""
    yield
    from etl.read import reader
    from pages.shared.cached import close_warehouses  # its caches want a running server when they are imported

    close_warehouses()
    if reader.cache_info().currsize:
        reader().close()


app = st.App("pages/navigation.py", lifespan=_serve, on_script_error=show_error)
