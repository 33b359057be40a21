"""Ways within the session: a link among words is followed without loading the page anew."""

from functools import cache
from pathlib import Path

import streamlit as st

_SCRIPT = Path(__file__).with_name("ways.js")


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def keep_session() -> None:
    """Mount what follows the links, once a page."""
    st.components.v2.component("ways", html="<span></span>", js=_script())(key="ways")
