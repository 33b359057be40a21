"""图片: a button that saves a drawing as a picture with its title and lines in it, made in the browser."""

from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

_SCRIPT = Path(__file__).with_name("picture.js")


@cache
def _script() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


def save_pictures() -> None:
    """Mount what answers the buttons, once a page."""
    st.components.v2.component("picture", html="<span></span>", js=_script())(key="picture")


def offer_picture(name: str) -> None:
    """Draw the button; it looks for the drawing, the title and the lines in the panel it stands in."""
    st.html(f'<button type="button" class="picture" data-name="{escape(name)}">图片</button>', width="content")
