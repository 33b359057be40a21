"""建库: how a county moves in, step by step; each can be left and taken up again."""

import streamlit as st

from pages.parts.move_in.later_list import draw_later_list
from pages.parts.move_in.new_register import draw_new_register
from pages.parts.move_in.own_tables.dropped_table import draw_dropped_table
from pages.parts.move_in.steps import draw_steps, steps_now
from pages.shared.background import watch
from pages.shared.heading import draw_finding, draw_part

_DONE = "单位名册建好了。以后新建、撤销、更名的，在下面用新的花名册对，或用单位名册的空表报变动。"


def show() -> None:
    watch()
    steps = steps_now()
    following = next((step for step in steps if not step.done), None)
    draw_finding(
        f"下一步：{following.name}" if following else "库已经建好",
        "一步一步做，做到哪里都可以停，下次接着做；没有点“收下”或“立下”，什么也不写进去。",
    )
    draw_steps(steps, following)
    if steps[0].done:
        st.html(f'<p class="sum">{_DONE}</p>')
        draw_part("名册的变动", "新的花名册和名册对一对")
        draw_later_list()
        draw_part("本县的报表", "照县里一直在用的表立一张，或认作已有的")
        draw_dropped_table()
        return
    draw_part("单位名册", "用现成的花名册建，一行一个基层工会")
    draw_new_register()


show()
