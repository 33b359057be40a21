"""会议材料: making a paper, filling or checking a speech, looking up a figure of an old paper, the papers so far."""

import streamlit as st

from pages.parts.papers.citations import draw_citing
from pages.parts.papers.made_papers import draw_papers
from pages.parts.papers.make_paper import draw_paper
from pages.parts.papers.speech.draft_check import draw_draft_check
from pages.parts.papers.template_fill import draw_template_fill
from pages.parts.papers.used_figures import draw_used
from pages.shared.heading import draw_finding
from pages.view.filters import chosen

_PARTS = {
    "出材料": ("把数字、句子和图做成 Word、PPT、Excel，每个数字都带引用号和出处", draw_paper),
    "填讲稿": ("在 Word 里写好讲话稿，要填数字的地方写名称，传上来就填好，格式不变", draw_template_fill),
    "讲稿核数": ("念稿子之前，每个数和数据、和前后文对一遍；对不上的写明应是多少、怎么算的", draw_draft_check),
    "查引用号": ("有人问数字从哪里来：输入引用号，或把以前的文稿传上来，看数据后来有没有更正", draw_citing),
    "用数台账": ("哪个数，哪一天、什么场合、在哪份材料里、怎么写的，谁出的", draw_used),
    "已出的材料": ("哪一天、谁、出过哪些材料，用了哪些数字", draw_papers),
}


def show() -> None:
    part = st.segmented_control(
        "做什么", list(_PARTS), default=next(iter(_PARTS)), key="part", bind="query-params", required=True
    )
    finding, draw = _PARTS[part or next(iter(_PARTS))]
    draw_finding(str(part), finding)
    draw(chosen())


show()
