"""下发模板: the blank workbooks of a quarter, with the register's names and last quarter's values in them."""

import streamlit as st

from base.periods import say_quarter
from pages.parts.templates.blanks import draw_all_forms, draw_one_form
from pages.returns.quarter_choice import choose_quarter
from pages.shared.background import watch
from pages.shared.heading import draw_finding, draw_part
from pages.view import cached


def show() -> None:
    watch()
    build = cached.current()
    with st.container(horizontal=True, key="filters"):
        quarter = choose_quarter(build, ahead=1, key="blank")
    draw_finding(
        f"下发{say_quarter(quarter)}的空表，填好发回就能直接收",
        "表里已写好单位、报告期和表号，带下拉选项和填写说明，旁边附上季度的数；常用的表格软件都能填。",
    )
    draw_part("全部空表", "一个压缩包，一个乡镇、园区或系统一个文件夹")
    draw_all_forms(build, quarter)
    draw_part("一张空表", "发给一个单位")
    draw_one_form(build, quarter)


show()
