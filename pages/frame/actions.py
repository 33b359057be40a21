"""The actions on a page: save it under a name, show it on a projector."""

from urllib.parse import urlencode

import streamlit as st

from access.accounts.people import Person
from access.accounts.roles import Action
from access.accounts.saved_views import saved_views
from base.errors import UserError
from pages.view.choices import name_indicators
from pages.view.declared_now import catalogue_now
from pages.view.filters import chosen
from pages.view.foreign_text import as_written
from pages.view.links import BAR, CALLED_FROM, SHOW_PAGE, state_of
from pages.view.person import acts
from store.builds import store_path
from store.schema import LONGEST_VIEW_NAME


def draw_actions(page: st.Page, viewer: Person) -> None:
    """Draw 收藏 and 投影 beside the filters, for somebody who looks at a page."""
    with st.container(horizontal=True, vertical_alignment="center", width="content", key="actions"):
        if viewer.may(Action.SAVE):
            with st.popover(
                "收藏", icon=":material/bookmark_add:", help="给这一页起个名字，以后一点就到，也可以发给别人"
            ):
                _draw_saving(page)
        st.page_link(SHOW_PAGE, label="投影", icon=":material/present_to_all:", query_params=_called_from(page))


def address_of(page: st.Page) -> str:
    """Return the address of a page with its present filters, by code where there is one."""
    others = {key: value for key, value in st.query_params.items() if key not in BAR}
    return f"{page.url_path}?{urlencode(state_of(chosen()) | others)}"


def _called_from(page: st.Page) -> dict[str, str]:
    """Return what 投影 needs to know to begin with this page: its path, and the indicator it is about."""
    figure, known = st.query_params.get("figure", ""), name_indicators(catalogue_now())
    return {CALLED_FROM: page.url_path} | ({"figure": figure} if figure in {*known, *known.values()} else {})


def _draw_saving(page: st.Page) -> None:
    name = st.text_input(
        "名称", placeholder=f"例如：{chosen().unit.name}{page.title}", key="view-name", max_chars=LONGEST_VIEW_NAME
    )
    pinned = st.toggle("放到总览上", value=True, key="view-pinned")
    given = " ".join(name.split())
    taken = bool(given) and any(view.name == given for view in saved_views(store_path()))
    if taken:
        st.warning("已有同名的收藏。再点一次“替换”，就换成现在这一页。", icon=":material/help:")
    if st.button("替换" if taken else "保存", type="primary", key="view-save"):
        try:
            acts().save_view(name, address_of(page), pinned)
        except UserError as error:
            st.warning(as_written(error), icon=":material/edit:")
        else:
            st.toast("已收藏。" + ("在总览上可以看到。" if pinned else "在总览的“收藏的页面”里可以找到。"))
