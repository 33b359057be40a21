"""我的账号: the account, its sessions, changing the password, signing out."""

from datetime import UTC, datetime
from html import escape

import streamlit as st

from access.accounts.people import BY_PASSWORD
from access.accounts.sessions import Visit
from access.gate.gate_routes import PASSWORD, SIGN_OUT
from pages.returns.receipt_history import say_time
from pages.shared.heading import draw_finding, draw_part
from pages.view.person import acts, person
from pages.view.unit_names import unit_names

_BROWSERS = {
    "Edg": "Edge 浏览器",
    "Firefox": "火狐浏览器",
    "Chrome": "谷歌浏览器或同类浏览器",
    "Safari": "Safari 浏览器",
}


def show() -> None:
    me = person()
    area = unit_names().get(me.account.area, me.account.area)
    draw_finding(me.shown, "　".join(filter(None, (me.account.role_name, area, f"登录名 {me.account.name}"))))
    ways = [(SIGN_OUT, "退出登录")] + ([(PASSWORD, "换密码")] if me.how == BY_PASSWORD else [])
    links = "".join(f'<a class="out anew" href="{href}" target="_self">{words}</a>' for href, words in ways)
    st.html(f'<p class="outs">{links}</p>')
    draw_part("正在登录的地方", "不认得的，点“结束”" + ("，再换密码" if me.how == BY_PASSWORD else ""))
    for visit in acts().own_visits():
        draw_visit(visit, visit.id == me.session)


def draw_visit(visit: Visit, here: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"visit-{visit.id}"):
        where = "这里" if here else "别处"
        told = (
            _browser(visit.browser),
            visit.address,
            f"{_say(visit.seen)}用过",
        )
        st.html(f'<p class="saved"><b>{where}</b>　{escape("　".join(filter(None, told)))}</p>')
        if not here:
            st.button("结束", key=f"end-{visit.id}", on_click=_end, args=(visit.id,))


def _end(session: str) -> None:
    acts().end_own_visit(session)


def _browser(told: str) -> str:
    return next((name for sign, name in _BROWSERS.items() if sign in told), "其他程序")


def _say(seconds: int) -> str:
    return say_time(datetime.fromtimestamp(seconds, UTC).isoformat())


show()
