"""我的账号: the account, its sessions; the ways to the password, the second factor and out."""

from datetime import UTC, datetime
from html import escape

import streamlit as st

from access.accounts.people import BY_PASSWORD, Person
from access.accounts.sessions import Visit
from access.gate.gate_routes import OTHERS_OUT, PASSWORD, SECOND_FACTOR, SIGN_OUT
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
    viewer = person()
    area = unit_names().get(viewer.account.area, viewer.account.area)
    draw_finding(
        viewer.shown, "　".join(filter(None, (viewer.account.role_name, area, f"登录名 {viewer.account.name}")))
    )
    st.html(f'<p class="outs">{"".join(_link(*way) for way in ways_of(viewer))}</p>')
    draw_part("正在登录的地方", "不认得的，点“结束”" + ("，再换密码" if viewer.how == BY_PASSWORD else ""))
    visits = acts().own_visits()
    for visit in visits:
        draw_visit(visit, visit.id == viewer.session)
    if len(visits) > 2:
        st.html(f'<p class="outs">{_link(OTHERS_OUT, "结束别处的全部登录")}</p>')


def ways_of(viewer: Person) -> list[tuple[str, str]]:
    """Return where one changes what is one's own, and what each is called."""
    ways = [(SIGN_OUT, "退出登录")]
    if viewer.how == BY_PASSWORD:
        ways.append((PASSWORD, "换密码"))
    if not viewer.account.sample:
        ways.append((SECOND_FACTOR, "改动态口令" if viewer.account.second_factor else "设动态口令"))
    return ways


def draw_visit(visit: Visit, here: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"visit-{visit.id}"):
        where = "这里" if here else "别处"
        texts = (
            _browser(visit.browser),
            visit.address,
            f"{_say(visit.seen)}用过",
        )
        st.html(f'<p class="saved"><b>{where}</b>　{escape("　".join(filter(None, texts)))}</p>')
        if not here:
            st.html(f'<p class="outs">{_link(f"{OTHERS_OUT}?visit={visit.id}", "结束")}</p>')


def _link(href: str, words: str) -> str:
    return f'<a class="out anew" href="{escape(href)}" target="_self">{escape(words)}</a>'


def _browser(text: str) -> str:
    return next((name for sign, name in _BROWSERS.items() if sign in text), "其他程序")


def _say(seconds: int) -> str:
    return say_time(datetime.fromtimestamp(seconds, UTC).isoformat())


show()
