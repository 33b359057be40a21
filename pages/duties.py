"""要报的表: a clerk's home: what the own area owes for the quarter now due, what came back and why, whom to ask."""

from html import escape

import streamlit as st

from base.periods import say_quarter
from pages.parts.duties.came_back import came_back
from pages.parts.duties.due_forms import draw_due_forms
from pages.returns.own_duties import say_duty, say_owed
from pages.returns.quarter_choice import Collecting, own_collecting
from pages.returns.receipt_history import draw_receipts
from pages.shared.heading import draw_about, draw_finding, draw_part
from pages.view import cached
from pages.view.links import SUBMISSIONS_PAGE, TEMPLATES_PAGE, UPLOAD_PAGE
from pages.view.notices import show_empty
from pages.view.receipts import receipts_seen
from pages.view.unit_names import county_name
from store.builds import store_path


def show() -> None:
    collection = own_collecting()
    if collection is None:
        draw_finding("现在没有要报的表")
        show_empty(f"还没有收下单位名册，不知道要报哪些表。请问{county_name()}。")
        return
    quarter = say_quarter(collection.status.period)
    draw_about(collection.county.name, [f"<b>{escape(collection.name)}</b>", f"<b>{quarter}</b>"])
    draw_finding(say_duty(collection), _say_before(collection) + say_owed(collection))
    draw_ways()
    if collection.status.lines:
        draw_part("要报的表", "没有收下的在前；点“空表”下载，填好后到“上报”报来")
        draw_due_forms(collection)
    entries = receipts_seen(store_path())
    if returned := came_back(collection, entries):
        draw_part("退回的和待核实的", "点开看哪里要改、为什么；“退回单”是标好了要改的原表，改好再报")
        draw_receipts(returned, entries)
    draw_part("不清楚的问谁")
    st.html(f"<p>请问{escape(collection.county.name)}收报表的工作人员。</p>")


def _say_before(collection: Collecting) -> str:
    """Say that the quarter before is complete, where one that nobody has reported yet is told of."""
    before = collection.status.period - 1
    return f"{say_quarter(before)}已经报齐。" if before == cached.data_span(collection.build).last else ""


def draw_ways() -> None:
    """Draw the ways on: to send in, to what was sent, to all blank forms."""
    with st.container(horizontal=True, key="duty-ways"):
        st.page_link(UPLOAD_PAGE, label="去上报", icon=":material/upload_file:")
        st.page_link(SUBMISSIONS_PAGE, label="看报过的表", icon=":material/fact_check:")
        st.page_link(TEMPLATES_PAGE, label="下载全部空表", icon=":material/folder_zip:")


show()
