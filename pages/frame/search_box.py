"""The search box on every page: a figure, an organisation or a form, and the way to it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from html import escape
from urllib.parse import urlencode

import streamlit as st

from access.accounts.roles import Action
from base.errors import UserError
from etl.privacy.numbers import hide
from pages.view import cached
from pages.view.filters import last_selection
from pages.view.person import forms_filled, may
from stats.search import SearchEntry, SearchKind, search
from store.builds import current_build, store_path

MOST_LISTED = 8  # matches listed of each kind
LONGEST = 60
_HEADINGS = {SearchKind.INDICATOR: "数", SearchKind.ORGANISATION: "单位", SearchKind.FORM: "报表"}


def draw_search() -> None:
    """Draw the box and, below it, what matches; nothing before there are data. Only it is run again on a search."""
    with suppress(UserError):  # a build that is gone: the page itself says so
        if current_build(store_path()) is not None:
            _draw()


@st.fragment
def _draw() -> None:
    with st.container(key="search"):
        words = st.text_input(
            "全站查找",
            key="search-words",
            max_chars=LONGEST,
            placeholder="找一个数、一个单位、一份表",
            help="写名称的一部分、拼音首字母或代码，例如：入会率、rhl、U001",
            icon=":material/search:",
            label_visibility="collapsed",
        )
        if words.strip():
            st.html(_say_matches(words, search(words, cached.search_entries(cached.current()))))


def _say_matches(words: str, matches: Mapping[SearchKind, Sequence[SearchEntry]]) -> str:
    if not matches:
        return f'<p class="matches">没有名称、拼音首字母或代码像“{escape(hide(words.strip()))}”的数、单位或报表。</p>'
    return f'<div class="matches">{"".join(_list(kind, matching) for kind, matching in matches.items())}</div>'


def _list(kind: SearchKind, matching: Sequence[SearchEntry]) -> str:
    rows = "".join(f"<li>{_link(entry)}</li>" for entry in matching[:MOST_LISTED])
    rest = len(matching) - MOST_LISTED
    more = f"<li>另有{rest:,}个，请写得更全</li>" if rest > 0 else ""
    return f"<section><h3>{_HEADINGS[kind]}</h3><ul>{rows}{more}</ul></section>"


def _link(entry: SearchEntry) -> str:
    context = f"<small>{escape(entry.context)}</small>" if entry.context else ""
    return f'<a href="{escape(_address(entry))}">{escape(entry.name)}</a>{context}'


def _address(entry: SearchEntry) -> str:
    """Return the page that answers for an entry; of a form the blank, or for who may not make it, who reported."""
    if entry.kind is SearchKind.INDICATOR:
        return f"indicator?{urlencode(last_selection() | {'figure': entry.code})}"
    if entry.kind is SearchKind.ORGANISATION:
        return f"unit?{urlencode(last_selection() | {'unit': entry.code})}"
    makes = may(Action.PREPARE) and entry.code in {form.code for form in forms_filled()}
    return f"templates?{urlencode({'form': entry.code})}" if makes else "submissions"
