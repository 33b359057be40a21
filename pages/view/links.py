"""Links from a figure to its indicator, its board and its cells. They keep the filter bar's selection."""

from functools import lru_cache
from urllib.parse import urlencode

import streamlit as st

from pages.view import cached
from pages.view.choices import name_indicators, names_of_against
from pages.view.filters import View, chosen, words_of_span
from stats.catalogue import load_catalogue
from stats.catalogue.boards import Board
from stats.readings import Reading

TRACE_PAGE, INDICATOR_PAGE, UNIT_PAGE, SHOW_PAGE = "trace.py", "indicator.py", "unit.py", "show.py"
HOME_PAGE, TARGETS_PAGE, PAPERS_PAGE = "overview.py", "targets.py", "papers.py"
UPLOAD_PAGE, SUBMISSIONS_PAGE, TEMPLATES_PAGE = "upload.py", "submissions.py", "templates.py"
BAR = frozenset({"unit", "span", "from", "to", "against", "kind"})  # the filter bar's parameters in the address


def link_to_trace(reading: Reading) -> None:
    """Draw the link 查来源. The span and the organisation are in the address already and are kept."""
    st.page_link(TRACE_PAGE, label="查来源 ›", query_params=_figure(reading))


def _figure(reading: Reading) -> dict[str, str]:
    """Return the figure as a parameter, unless it is in the address already and kept anyway."""
    return {} if st.query_params.get("figure") == reading.name else {"figure": reading.name}


def board_of(domain: str) -> Board:
    """Return the first board of a field of work."""
    boards = sorted(load_catalogue().boards.values(), key=lambda board: board.order)
    return next(board for board in boards if domain in board.domains)


def board_address(domain: str) -> str:
    """Return the address of the board of a field of work."""
    return address(board_of(domain).code)


def address(page: str, unit: str = "", figure: str = "") -> str:
    """Return the address of a page for the current selection, or another organisation or indicator (code).

    It uses the words of the bar, as the bar itself writes them, so that the link is followed within the session.
    """
    words = dict(_words_of(chosen()))
    if unit:
        words["unit"] = cached.unit_names(chosen().build)[unit]
    if figure:
        words["figure"] = name_indicators(load_catalogue())[figure]
    return f"{page}?{urlencode(words)}"


def aim_address(code: str) -> str:
    """Return the address of one target on the page 目标完成, at its course."""
    return f"{address('goals')}&{urlencode({'gap': name_indicators(load_catalogue())[code]})}#gap"


@lru_cache(maxsize=64)  # a page has a hundred links
def _words_of(view: View) -> dict[str, str]:
    words = {"unit": cached.unit_names(view.build)[view.unit.code], **words_of_span(view.span, view.data)}
    if view.against:
        words["against"] = names_of_against(view.span, view.data)[view.against]
    return words | ({"kind": load_catalogue().kinds[view.kind].name} if view.kind else {})


def state_of(view: View) -> dict[str, str]:
    """Return the current selection as parameters of an address to be saved: by code, because names may change."""
    state = {"unit": view.unit.code, "span": str(view.span)}
    if view.against:
        state["against"] = str(view.against)
    return state | ({"kind": view.kind} if view.kind else {})


def trace_address(reading: Reading) -> str:
    """Return the address of the page 溯源 for a figure."""
    return address("trace", figure=reading.indicator, unit=reading.unit)


def indicator_address(reading: Reading) -> str:
    """Return the address of the page 指标 for a figure."""
    return address("indicator", figure=reading.indicator, unit=reading.unit)
