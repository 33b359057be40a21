"""下发模板, 空表 to a clerk: the blank workbooks of a quarter, with names and last quarter's values in them."""

import streamlit as st

from base.periods import say_quarter
from pages.parts.templates.blanks import draw_all_forms, draw_one_form
from pages.parts.templates.first_blanks import draw_first_forms
from pages.returns.quarter_choice import choose_quarter
from pages.shared.background import watch
from pages.shared.heading import draw_finding, draw_part
from pages.view import cached
from pages.view.person import is_sender
from store.builds import current_build, store_path

_SENT_OUT = "下发{}的空表，填好发回就能直接收"


def show() -> None:
    watch()
    if current_build(store_path()) is None:
        draw_first_forms()
        return
    build = cached.current()
    with st.container(horizontal=True, key="filters"):
        quarter = choose_quarter(build, ahead=1, key="blank")
    finding = (
        f"下载{say_quarter(quarter)}的空表，填好到“上报”报来" if is_sender() else _SENT_OUT.format(say_quarter(quarter))
    )
    draw_finding(
        finding, "表里已写好单位、报告期和表号，带下拉选项和填写说明，旁边附上季度的数；常用的表格软件都能填。"
    )
    draw_part(
        "全部空表", "一个压缩包" + ("，您要报的每张表一个文件" if is_sender() else "，一个乡镇、园区或系统一个文件夹")
    )
    draw_all_forms(build, quarter)
    draw_part("一张空表", "给一个单位填")
    draw_one_form(build, quarter)


show()
