"""投影: the findings one by one over the whole screen, for the current selection.

It begins with the page it was called from, named in the address, and leads back to it.
"""

import re
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from pages.explaining.asked_figure import await_press
from pages.parts.show.show_screens import OVERVIEW, Slide, slides_of
from pages.view.choices import name_indicators
from pages.view.declared_now import catalogue_now
from pages.view.filters import chosen
from pages.view.foreign_text import as_written
from pages.view.links import CALLED_FROM, address
from pages.view.scripts import bring

_FOLDER = Path(__file__).parent / "browser"
_STEP = "step"  # in the address, from 1
_NUMBER = re.compile(r"[0-9]{1,4}")
_OTHERS = (OVERVIEW, "goals", "papers", "indicator", "unit", "trace")  # pages with the bar that are no board


def show() -> None:
    page, figure = _called_from(), _figure()
    slides = slides_of(chosen(), catalogue_now(), figure)
    at = min(max(_step() or _first(slides, figure or page or OVERVIEW), 1), len(slides))
    st.html(f"<style>{_read('show.css')}</style>")
    slides[at - 1].draw()
    draw_bar(slides, at, f"./{address(page, figure=figure)}")
    bring("keys")
    await_press()  # behind the stylesheet, whose place the panel would take otherwise


def _called_from() -> str:
    """Return the path of the page that 投影 was called from; "", the first page, where the address names none."""
    page = st.query_params.get(CALLED_FROM, "")
    return page if page in {*catalogue_now().boards, *_OTHERS} else ""


def _figure() -> str:
    """Return the indicator (code) that the page was about; "" where it was about none."""
    names = {name: code for code, name in name_indicators(catalogue_now()).items()}
    given = st.query_params.get("figure", "")
    return names.get(given, given if given in names.values() else "")


def _first(slides: list[Slide], asked: str) -> int:
    """Return the screen of a page or an indicator, from 1."""
    return next((at for at, slide in enumerate(slides, 1) if slide.belongs_to == asked), 1)


def draw_bar(slides: list[Slide], at: int, back: str) -> None:
    """Draw the position and the buttons forward, back and exit; keys.js maps keys to them and hides them at rest."""
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
                st.html(f'<a class="out" href="{escape(back)}">✕ 退出</a>')


def offer(name: str, label: str, step: int, disabled: bool) -> None:
    with st.container(key=f"show-{name}", width="content"):
        st.button(as_written(label), key=f"go-{name}", disabled=disabled, on_click=_go, args=(step,))


def _step() -> int:
    """Return the screen in the address; 0 where it names none."""
    given = st.query_params.get(_STEP, "")
    return int(given) if _NUMBER.fullmatch(given) else 0


def _go(step: int) -> None:
    st.query_params[_STEP] = str(step)


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


show()
