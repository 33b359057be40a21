"""The frame around every page: access to pages, the menu, and the filters that pages with figures share."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

import streamlit as st

from access.accounts.people import Person
from access.accounts.roles import Action
from pages.frame.actions import draw_actions
from pages.frame.draw_limit import limited_drawing
from pages.frame.search_box import draw_search
from pages.view.current_board import name_board
from pages.view.filters import draw_filter_bar
from pages.view.indicator_choice import draw_indicator_choice
from pages.view.links import INDICATOR_PAGE, PAPERS_PAGE, SHOW_PAGE, TARGETS_PAGE, TRACE_PAGE, UNIT_PAGE
from pages.view.notices import plain_errors
from pages.view.person import person
from pages.view.scripts import bring
from pages.view.stylesheet import dress
from serving.metrics import PAGE_SECONDS
from stats.catalogue import load_catalogue

_OF_ONE_INDICATOR = {Path(INDICATOR_PAGE).stem, Path(TRACE_PAGE).stem}
_FIRST = "overview"  # the page at the address itself
# Permissions that a page needs beyond seeing figures; acts check permissions again.
_NEEDS = {
    "upload": Action.UPLOAD,
    "submissions": Action.FOLLOW,
    "templates": Action.PREPARE,
    "accounts": Action.MANAGE,
    "audit": Action.MANAGE,
}


def show_page() -> None:
    """Draw the requested page within the frame; without a session, say why there is none."""
    with plain_errors():
        viewer = person()
        viewer.demand(Action.VIEW)
        _draw(viewer)


def _draw(viewer: Person) -> None:
    boards = _board_pages()
    figures = _figure_pages()
    show = st.Page(SHOW_PAGE, title="投影", url_path="show", visibility="hidden")
    front = [boards[code] for code, board in load_catalogue().boards.items() if board.front]
    others = [page for page in boards.values() if page not in front]
    menu = {
        "": [figures[0], *front, *figures[1:], show],
        "更多工作": [*others, st.Page("scoring.py", title="考核", url_path="scoring")],
        "报送": _staff_pages(),
        "账号和帮助": _office_pages(),
    }
    page = st.navigation(_open_to(viewer, menu), position="top")
    st.set_page_config(page_title=f"{page.title} · 明数", layout="wide")
    dress()
    bring("chinese")
    bring("ways")
    board = next((code for code, board_page in boards.items() if board_page == page), None)
    with (
        PAGE_SECONDS.labels(page.url_path or _FIRST).time(),
        plain_errors(),
        limited_drawing() if board or page in (*figures, show) else nullcontext(),
    ):
        if page != show:
            draw_search()
        if board:
            name_board(board)
        if board or page in (*figures, show):
            with st.container(horizontal=True, vertical_alignment="bottom", key="bar"):
                draw_filter_bar(kinds=bool(board) or page.url_path == Path(INDICATOR_PAGE).stem)
                draw_actions(page)
        if page.url_path in _OF_ONE_INDICATOR:
            draw_indicator_choice()
        viewer.demand(_NEEDS.get(page.url_path, Action.VIEW))
        page.run()


def _open_to(viewer: Person, menu: Mapping[str, Sequence[st.Page]]) -> dict[str, list[st.Page]]:
    """Return the sections of the menu with the pages that the signed-in person may open."""
    seen = {
        name: [page for page in pages if viewer.may(_NEEDS.get(page.url_path, Action.VIEW))]
        for name, pages in menu.items()
    }
    return {name: pages for name, pages in seen.items() if pages}


def _board_pages() -> dict[str, st.Page]:
    ordered = sorted(load_catalogue().boards.values(), key=lambda board: board.order)
    return {board.code: st.Page("board.py", title=board.name, url_path=board.code) for board in ordered}


def _figure_pages() -> list[st.Page]:
    return [
        st.Page("overview.py", title="总览", default=True),
        st.Page(TARGETS_PAGE, title="目标完成", url_path="goals"),
        st.Page(PAPERS_PAGE, title="会议材料", url_path="papers"),
        # These are about one figure or organisation: links and the search box lead to them.
        st.Page(INDICATOR_PAGE, title="指标", url_path="indicator", visibility="hidden"),
        st.Page(UNIT_PAGE, title="单位", url_path="unit", visibility="hidden"),
        st.Page(TRACE_PAGE, title="溯源", url_path="trace", visibility="hidden"),
    ]


def _staff_pages() -> list[st.Page]:
    return [
        st.Page("upload.py", title="上报", url_path="upload"),
        st.Page("submissions.py", title="报送进度", url_path="submissions"),
        st.Page("templates.py", title="下发模板", url_path="templates"),
    ]


def _office_pages() -> list[st.Page]:
    return [
        st.Page("my_account.py", title="我的账号", url_path="my-account"),
        st.Page("leave.py", title="退出登录", url_path="leave"),
        st.Page("accounts.py", title="账号管理", url_path="accounts"),
        st.Page("audit.py", title="操作记录", url_path="audit"),
        st.Page("help.py", title="帮助", url_path="help"),
    ]
