"""Saved views on 总览: those pinned as links, and the list of all to share, pin and delete."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urljoin

import streamlit as st

from access.accounts.roles import Action
from access.accounts.saved_views import SavedView, saved_views
from base.errors import UserError
from pages.returns.receipt_history import say_time
from pages.view.foreign_text import as_written
from pages.view.person import acts, may
from store.builds import store_path


def kept_views() -> Sequence[SavedView]:
    """Return the saved views; none, and a caption saying why, while the journal can't be read."""
    try:
        return saved_views(store_path())
    except UserError as error:
        st.caption(f"收藏的页面现在读不出来，数字照常。{as_written(error)}")
        return []


def draw_pinned(views: Sequence[SavedView]) -> None:
    """Draw the pinned views as links, when there are any."""
    pinned = [view for view in views if view.pinned]
    if pinned:
        links = "".join(
            f'<a class="anew" href="{escape(view.address)}" target="_self">{escape(view.name)}</a>' for view in pinned
        )
        st.html(f'<nav class="pinned" aria-label="收藏的页面">{links}</nav>')


def draw_saved(views: Sequence[SavedView]) -> None:
    """Draw every saved view with what can be done with it."""
    if not views or not may(Action.SAVE):
        return
    with st.expander(
        f"收藏的页面（{len(views)}）", key="saved-views", icon=":material/bookmarks:", on_change="rerun"
    ) as row:
        if row.open:
            _draw_views(views)


def _draw_views(views: Sequence[SavedView]) -> None:
    for view in views:
        with st.container(horizontal=True, vertical_alignment="center", key=f"saved-{view.name}"):
            st.html(_say_view(view))
            label = "从总览取下" if view.pinned else "放到总览"
            st.button(label, key=f"pin-{view.name}", on_click=_pin, args=(view,))
            with st.popover("发给别人", icon=":material/share:"):
                st.caption("复制下面的链接，对方打开看到的和现在一样。")
                st.code(urljoin(str(st.context.url or ""), view.address), language=None, wrap_lines=True)
            with st.popover("删除", icon=":material/delete:"):
                st.caption(f"删除收藏“{as_written(view.name)}”，页面本身不受影响。")
                st.button("删除", type="primary", key=f"del-{view.name}", on_click=_delete, args=(view.name,))


def _pin(view: SavedView) -> None:
    acts().pin_view(view.name, not view.pinned)


def _delete(name: str) -> None:
    acts().delete_view(name)


def _say_view(view: SavedView) -> str:
    aside = "　".join(filter(None, (view.who, say_time(view.at))))
    return f'<p class="saved">{_link(view)}<small>{escape(aside)}</small></p>'


def _link(view: SavedView) -> str:
    return f'<a class="anew" href="{escape(view.address)}" target="_self">{escape(view.name)}</a>'
