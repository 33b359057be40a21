"""The frame around every page: access to pages, the menu, and the filters that pages with figures share."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path

import streamlit as st

from access.accounts.people import Person
from access.accounts.roles import Action
from pages.explaining.asked_figure import await_press
from pages.frame.actions import draw_actions
from pages.frame.draw_limit import limited_drawing
from pages.frame.search_box import draw_search
from pages.shared.heading import draw_finding
from pages.view.declared_now import catalogue_now, name_board
from pages.view.filters import draw_filter_bar
from pages.view.indicator_choice import draw_indicator_choice
from pages.view.links import (
    HOME_PAGE,
    INDICATOR_PAGE,
    MOVE_IN_PAGE,
    PAPERS_PAGE,
    SHOW_PAGE,
    SUBMISSIONS_PAGE,
    TARGETS_PAGE,
    TEMPLATES_PAGE,
    TRACE_PAGE,
    UNIT_PAGE,
    UPLOAD_PAGE,
)
from pages.view.notices import plain_errors, show_empty
from pages.view.person import person
from pages.view.scripts import bring
from pages.view.stylesheet import dress
from serving.metrics import PAGE_SECONDS
from store.builds import current_build, store_path

_OF_RETURNS = {"upload", "submissions", "templates", "scoring"}  # these say themselves that there is no data yet
_OF_ONE_INDICATOR = {Path(INDICATOR_PAGE).stem, Path(TRACE_PAGE).stem}
_OVERVIEW, _DUTIES = "overview", "duties"  # the page at the address itself: of most people, of a clerk
# Permissions that a page needs beyond seeing figures; acts check permissions again. The home of clerks is theirs alone.
_NEEDS = {
    "upload": Action.UPLOAD,
    "submissions": Action.FOLLOW,
    "templates": Action.PREPARE,
    "accounts": Action.MANAGE,
    "audit": Action.MANAGE,
    "catalogue": Action.DECLARE,
    "move-in": Action.MANAGE,
}


def show_page() -> None:
    """Draw the requested page within the frame; without a session, say why there is none."""
    with plain_errors():
        viewer = person()
        viewer.demand(Action.VIEW)
        _draw(viewer)


def _draw(viewer: Person) -> None:
    boards = _board_pages()
    figures = _figure_pages(viewer)
    show = st.Page(SHOW_PAGE, title="投影", url_path="show", visibility="hidden")
    duties = _page(viewer, "duties.py", "要报的表", _DUTIES)
    calendar = st.Page("due_days.py", title="年度日程", url_path="calendar")
    with_bar = (*boards.values(), *figures, show, calendar)
    page = st.navigation(_menu(viewer, boards, [*figures, show], duties, calendar), position="top")
    st.set_page_config(page_title=f"{page.title} · 明数", layout="wide")
    dress()
    bring("chinese")
    bring("ways")
    board = next((code for code, board_page in boards.items() if board_page == page), None)
    with (
        PAGE_SECONDS.labels(page.url_path or (_DUTIES if page == duties else _OVERVIEW)).time(),
        plain_errors(),
        limited_drawing() if page in with_bar else nullcontext(),
    ):
        above = st.container()
        if board:
            name_board(board)
        if page in with_bar:
            with st.container(horizontal=True, vertical_alignment="bottom", key="bar"):
                draw_filter_bar(kinds=bool(board) or page.url_path == Path(INDICATOR_PAGE).stem)
                draw_actions(page, viewer)
        if page != show:
            with above:  # its links carry what the bar is set to
                draw_search()
                if board or page in figures:
                    await_press()
                    bring("copy")
        if page.url_path in _OF_ONE_INDICATOR:
            draw_indicator_choice()
        if _opens(viewer, page.url_path):
            page.run()
        else:
            _refuse(viewer, page)
    if page in with_bar or page.url_path in _OF_RETURNS:
        _lead_to_moving_in(viewer)


def _lead_to_moving_in(viewer: Person) -> None:
    """Lead whoever may begin, below the words that there is no data yet, to where that is done."""
    if viewer.may(Action.MANAGE) and current_build(store_path()) is None:
        st.page_link(MOVE_IN_PAGE, label="去建库 ›")


def _menu(
    viewer: Person, boards: Mapping[str, st.Page], figures: Sequence[st.Page], duties: st.Page, calendar: st.Page
) -> dict[str, list[st.Page]]:
    """Return the menu: for a clerk what the own area reports comes first, for others the figures."""
    front = [boards[code] for code, board in catalogue_now().boards.items() if board.front]
    others = [page for page in boards.values() if page not in front]
    more = [calendar, *others, st.Page("scoring.py", title="考核", url_path="scoring")]
    overview, *rest = figures
    if _is_clerk(viewer):
        first = {"": [duties, *_staff_pages(viewer), overview], "看数": [*front, *rest], "更多工作": more}
    else:
        first = {"": [overview, *front, *rest, duties], "更多工作": more, "报送": _staff_pages(viewer)}
    return first | {"账号和帮助": _office_pages(viewer)}


def _page(viewer: Person, file: str, title: str, path: str) -> st.Page:
    """Return a page that is not for everybody: not in the menu of who may not open it, who is told so at its address.

    If it were not known at all, its address would lead to the first page without a word.
    """
    opens = _opens(viewer, path)
    return st.Page(
        file, title=title, url_path=path, visibility="visible" if opens else "hidden", default=opens and path == _DUTIES
    )


def _opens(viewer: Person, path: str) -> bool:
    """Return whether a person may open the page of a path; the first page, whose path is "", is their own."""
    return _is_clerk(viewer) if path == _DUTIES else viewer.may(_NEEDS.get(path, Action.VIEW))


def _refuse(viewer: Person, page: st.Page) -> None:
    role = viewer.account.role_name
    draw_finding(f"您的账号不能打开“{page.title}”")
    show_empty(f"您的账号是{role}，这一页不给{role}用。请从菜单选别的页面；需要用的话，请管理员改账号的角色。")


def _is_clerk(viewer: Person) -> bool:
    return viewer.own_area is not None


def _board_pages() -> dict[str, st.Page]:
    ordered = sorted(catalogue_now().boards.values(), key=lambda board: board.order)
    return {board.code: st.Page("board.py", title=board.name, url_path=board.code) for board in ordered}


def _figure_pages(viewer: Person) -> list[st.Page]:
    return [
        st.Page(HOME_PAGE, title="总览", url_path=_OVERVIEW, default=not _is_clerk(viewer)),
        st.Page(TARGETS_PAGE, title="目标完成", url_path="goals"),
        st.Page(PAPERS_PAGE, title="会议材料", url_path="papers"),
        # These are about one figure or organisation: links and the search box lead to them.
        st.Page(INDICATOR_PAGE, title="指标", url_path="indicator", visibility="hidden"),
        st.Page(UNIT_PAGE, title="单位", url_path="unit", visibility="hidden"),
        st.Page(TRACE_PAGE, title="数字来源", url_path="trace", visibility="hidden"),
    ]


def _staff_pages(viewer: Person) -> list[st.Page]:
    return [
        _page(viewer, UPLOAD_PAGE, "上报", "upload"),
        _page(viewer, SUBMISSIONS_PAGE, "报送进度", "submissions"),
        _page(viewer, TEMPLATES_PAGE, "空表" if _is_clerk(viewer) else "下发模板", "templates"),
    ]


def _office_pages(viewer: Person) -> list[st.Page]:
    return [
        st.Page("my_account.py", title="我的账号", url_path="my-account"),
        st.Page("leave.py", title="退出登录", url_path="leave"),
        _page(viewer, MOVE_IN_PAGE, "建库", "move-in"),
        _page(viewer, "catalogue.py", "目录", "catalogue"),
        _page(viewer, "accounts.py", "账号管理", "accounts"),
        _page(viewer, "audit.py", "操作记录", "audit"),
        st.Page("help.py", title="帮助", url_path="help"),
    ]
