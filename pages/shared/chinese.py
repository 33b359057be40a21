"""Streamlit's own words in Chinese. It has no translations; what it writes in English is replaced as it appears."""

from functools import cache
from pathlib import Path

import streamlit as st

_SCRIPT = Path(__file__).with_name("chinese.js")


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def speak_chinese() -> None:
    """Mount the translator. Words it does not know, as after an upgrade, stay as Streamlit writes them."""
    st.components.v2.component("chinese", html="<span></span>", js=_script())(key="chinese")
