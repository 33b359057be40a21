"""投影: the findings one by one over the whole screen, for the current selection."""

import re
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from pages.parts.show.show_screens import Slide, slides_of
from pages.view.filters import chosen
from pages.view.foreign_text import as_written
from pages.view.links import HOME_PAGE
from pages.view.scripts import bring
from stats.catalogue import load_catalogue

_FOLDER = Path(__file__).parent / "browser"
_STEP = "step"  # in the address, from 1
_NUMBER = re.compile(r"[0-9]{1,4}")


def show() -> None:
    slides = slides_of(chosen(), load_catalogue())
    at = min(max(_step(), 1), len(slides))
    st.html(f"<style>{_read('show.css')}</style>")
    slides[at - 1].draw()
    draw_bar(slides, at)
    bring("keys")


def draw_bar(slides: list[Slide], at: int) -> None:
    """Draw the position and the buttons forward, back and exit; keys.js maps keys to them."""
    with st.container(key="show-bar"):
        share = at / len(slides)
        st.html(f'<div class="progress" aria-hidden="true"><div style="width:{share:.1%}"></div></div>')
        with st.container(horizontal=True, vertical_alignment="center", key="show-buttons"):
            offer("back", "上一页", at - 1, disabled=at == 1)
            offer("next", "下一页", at + 1, disabled=at == len(slides))
            st.html(f'<p class="at">{at} / {len(slides)}　{escape(slides[at - 1].name)}</p>', width="content")
            offer("first", "从头", 1, disabled=at == 1)
            with st.container(key="show-full", width="content"):
                st.button("全屏", icon=":material/fullscreen:", key="fill", help="再按一次退出全屏")
            with st.container(key="show-leave", width="content"):
                st.page_link(HOME_PAGE, label="退出", icon=":material/close:")


def offer(name: str, label: str, step: int, disabled: bool) -> None:
    with st.container(key=f"show-{name}", width="content"):
        st.button(as_written(label), key=f"go-{name}", disabled=disabled, on_click=_go, args=(step,))


def _step() -> int:
    given = st.query_params.get(_STEP, "1")
    return int(given) if _NUMBER.fullmatch(given) else 1


def _go(step: int) -> None:
    st.query_params[_STEP] = str(step)


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


show()
