"""Scripts of the pages: what Streamlit can't do is done in the browser, one small file each."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_JOINED = {"drawing": ("library",), "early": ("library",)}  # scripts that share the functions of others
_FOLDER = Path(__file__).parents[1] / "browser"


def bring(name: str) -> None:
    """Mount a script of pages/browser by its name, once a page.

    chinese: Streamlit's own words in Chinese; words it does not know, as after an upgrade, stay as they are written.
    copy: a table copied as one. keys: the keys of a remote control. picture: a drawing saved as pictures of a slide's
    size. sort: a table sorted by the column whose heading is clicked. ways: links followed within the session.
    """
    mount(name, name, "<span></span>")


def mount(name: str, key: str, html: str, data: Any = None, **events: Callable[[], None]) -> None:
    """Mount a script with its element and data; the page's styles apply to it."""
    _component(name, html)(key=key, data=data, **events)


@cache
def _component(name: str, html: str) -> Callable[..., Any]:
    script = "".join(_read(each) for each in (*_JOINED.get(name, ()), name))
    return st.components.v2.component(name, html=html, js=script, isolate_styles=False)


@cache
def _read(name: str) -> str:
    return (_FOLDER / f"{name}.js").read_text(encoding="utf-8")
