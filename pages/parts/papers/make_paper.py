"""出材料: choose a kind of paper and its topics, read it, download it."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.parts.papers.paper_files import offer_paper
from pages.shared.heading import draw_part
from pages.view import cached
from pages.view.filters import View
from pages.view.links import address
from stats.catalogue import load_catalogue
from stats.catalogue.outlines import Outline
from stats.papers.paper_model import Brief, Cited, Exhibit, Paragraph


def draw_paper(view: View) -> None:
    """Draw the choices, the downloads, and a preview of the paper."""
    catalogue = load_catalogue()
    with st.container(horizontal=True, vertical_alignment="bottom", key="paper"):
        code = st.selectbox(
            "哪一种材料",
            list(catalogue.outlines),
            format_func=lambda name: catalogue.outlines[name].name,
            key="outline",
            bind="query-params",
        )
        topics = _choose_topics(catalogue.outlines[code])
    brief = cached.brief(view.build, code, view.selection, topics)
    st.html(f'<p class="sum">{escape(_sum_up(brief))}</p>')
    with st.container(horizontal=True, vertical_alignment="bottom", key="ways-paper"):
        offer_paper(view, brief, catalogue.outlines[code])
    draw_part("写出来是这样", "点数字看它的来源；图在文件里可以改")
    _draw_brief(view, brief)


def _choose_topics(outline: Outline) -> tuple[str, ...]:
    domains = load_catalogue().domains
    chosen = st.multiselect(
        "只要哪些方面",
        list(outline.topics),
        format_func=lambda name: domains[name].name,
        placeholder="不选就是全部",
        key=f"topics-{outline.code}",
    )
    return tuple(chosen)


def _sum_up(brief: Brief) -> str:
    cited = {cited_figure.ref: cited_figure.reading for cited_figure in brief.cited()}
    lacking = sum(reading.value is None for reading in cited.values())
    without = f"，其中{lacking}个没有数据" if lacking else ""
    charts = sum(1 for _ in brief.exhibits())
    held = f"{len(brief.sections)}部分，{len(cited)}个数字{without}，{charts}张图表"
    known = "；".join(line.rstrip("。") for line in brief.as_known)
    return f"《{brief.title}》：{held}。{known}。"


def _draw_brief(view: View, brief: Brief) -> None:
    parts = []
    for section in brief.sections:
        text = "".join(f"<p>{_say(view, paragraph)}</p>" for paragraph in section.paragraphs)
        parts.append(f"<h3>{escape(section.title)}</h3>{text}{_charts(section.exhibits)}")
    st.html(f'<article class="paper"><h2>{escape(brief.title)}</h2>{"".join(parts)}</article>')


def _say(view: View, paragraph: Paragraph) -> str:
    return "".join(escape(piece) if isinstance(piece, str) else _link(view, piece) for piece in paragraph.pieces)


def _link(view: View, cited: Cited) -> str:
    """Return a figure as a link to its cells if it is of the current selection; the tooltip has its reference."""
    words, reading = escape(cited.text), cited.reading
    if (reading.unit, reading.span) != (view.unit.code, str(view.span)):
        return f'<b title="引用号 {cited.ref}">{words}</b>'
    way = escape(address("trace", figure=reading.indicator))
    return f'<a href="{way}" target="_self" title="引用号 {cited.ref}，点开看来源">{words}</a>'


def _charts(exhibits: Sequence[Exhibit]) -> str:
    if not exhibits:
        return ""
    rows = "".join(
        f"<li>{escape(exhibit.figure.title)}<small>引用号 {exhibit.ref}</small></li>" for exhibit in exhibits
    )
    return f"<ul>{rows}</ul>"
