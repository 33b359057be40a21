"""报送进度: who has reported and who has not, the reminder to send, and all receipts; to a clerk, what he owes."""

from html import escape

import streamlit as st

from base.periods import say_quarter
from pages.parts.submissions.area_progress import draw_areas, say_parts
from pages.parts.submissions.missing import draw_missing
from pages.parts.submissions.progress import say_lacking, say_progress
from pages.parts.submissions.reminder import draw_reminder
from pages.parts.submissions.totals_beside import draw_own_totals, say_open_totals
from pages.returns.own_duties import say_duty, say_owed
from pages.returns.quarter_choice import Collecting, choose_collecting
from pages.returns.receipt_history import draw_history
from pages.shared.background import watch
from pages.shared.fold import say_below
from pages.shared.heading import draw_about, draw_finding, draw_part
from pages.view import cached
from pages.view.notices import show_empty
from pages.view.person import is_sender
from pages.view.receipts import receipts_seen
from stats.totals.own_choices import own_choices
from store.builds import store_path

_RECEIVED = "收退记录", "每一份收到的文件，新的在前；点开看原因，下载原件和退回单，撤回或确认"
_SENT = "报过的文件", "每一份报过的文件，新的在前；点开看收下没有、为什么退回，下载原件和退回单"


def show() -> None:
    watch()
    collection = choose_collecting()
    if collection is None:
        draw_finding("还没有收到任何报表")
        show_empty("请管理员先到“建库”建单位名册，再到“上报”收各单位的报表；这里会列出谁报了、谁没报。")
    else:
        draw_about(
            collection.county.name,
            [f"<b>{escape(collection.name)}</b>", f"<b>{say_quarter(collection.status.period)}</b>"],
        )
        if is_sender():
            draw_own(collection)
        else:
            draw_finding(say_progress(collection), say_lacking(collection))
            draw_collecting(collection)
            if choices := own_choices(cached.warehouse(collection.build)):
                draw_part("总数和明细", say_open_totals(choices))
                draw_own_totals(collection.build, choices)
    if entries := receipts_seen(store_path()):
        draw_part(*(_SENT if is_sender() else _RECEIVED))
        with st.container():
            st.html(say_below(f"看{len(entries):,}份文件"))
            draw_history(entries)


def draw_own(collection: Collecting) -> None:
    """Draw what a clerk's area has reported and what it owes, as told to the clerk."""
    draw_finding(say_duty(collection), say_owed(collection))
    if collection.status.lines:
        draw_part("各张表", "已收下/应报")
        draw_areas(collection)
    if collection.status.missing:
        draw_part("还差哪些", "没有报的请填好报来，退回的请改好再报")
        draw_missing(collection)


def draw_collecting(collection: Collecting) -> None:
    draw_part("各地报送", "；".join(filter(None, (say_parts(collection), "已报/应报", "没有报齐的在前"))))
    draw_areas(collection)
    if collection.status.missing:
        draw_part("还缺谁的", "按上季度的规模从大到小；先催大的")
        draw_missing(collection)
        with st.container(key="reminder"):
            draw_part("催报文字", "点右上角复制，发到工作群或短信")
            st.html(say_below("看催报文字"))
            draw_reminder(collection)


show()
