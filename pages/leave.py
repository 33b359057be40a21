"""退出登录: the way out, in the menu of every page."""

import streamlit as st

from access.gate.gate_routes import OTHERS_OUT, SIGN_OUT
from pages.shared.heading import draw_finding
from pages.view.person import person


def show() -> None:
    draw_finding("退出登录", f"{person().shown}，用公用电脑的，离开前请退出。没有收下的文件不会留下。")
    ways = ((SIGN_OUT, "退出登录"), (OTHERS_OUT, "结束别处的全部登录"))
    links = "".join(f'<a class="out anew" href="{href}" target="_self">{words}</a>' for href, words in ways)
    st.html(f'<p class="outs">{links}</p>')


show()
