"""出材料: choose a kind of paper and its topics, read it, download it."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from base.periods import parse_span
from pages.parts.papers.kept_papers import paper_text, proven_paper
from pages.parts.papers.paper_files import offer_paper
from pages.shared.fold import say_rest
from pages.shared.heading import draw_part
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.foreign_text import as_written
from pages.view.links import explained
from stats.catalogue.outlines import Outline, outlines_for, say_unusual, usual_outline
from stats.papers.paper_model import Brief, Cited, Exhibit, Paragraph

_OUTLINE, _USUAL = "outline", "outline-usual"


def draw_paper(view: View) -> None:
    """Draw the choices, the downloads, and a preview of the paper."""
    usual = usual_outline(catalogue_now().outlines.values(), view.unit.level, view.span)
    with st.container(horizontal=True, vertical_alignment="bottom", key="paper"):
        outline = _choose_outline(view, usual)
        topics = _choose_topics(outline)
    if remark := say_unusual(outline, usual, view.span):
        st.warning(as_written(remark), icon=":material/info:")
    chosen = view.build, outline.code, view.selection, topics
    brief = paper_text(*chosen)
    st.html(f'<p class="sum">{escape(_sum_up(brief))}</p>')
    with st.container(horizontal=True, vertical_alignment="bottom", key="ways-paper"):
        offer_paper(view, brief, outline, partial(proven_paper, *chosen))
    if brief.left_out:
        st.caption(as_written(brief.say_left_out()))
    draw_part("写出来是这样", "点数字看它怎么来的；图在文件里可以改")
    _draw_brief(view, brief)


def _choose_outline(view: View, usual: Outline) -> Outline:
    """Return the kind of paper chosen; where none was, the usual one for the organisation and span."""
    declared = cached.catalogue(view.build).outlines.values()
    offered = {outline.code: outline for outline in outlines_for(declared, view.unit.level)}
    chosen, followed = st.session_state.get(_OUTLINE), st.session_state.get(_USUAL)
    if chosen not in (None, usual.code) and (chosen == followed or chosen not in offered):
        st.session_state[_OUTLINE] = usual.code  # nobody chose another, or it is not for this organisation
    st.session_state[_USUAL] = usual.code
    code = st.selectbox(
        "哪一种材料",
        list(offered),
        index=list(offered).index(usual.code),
        format_func=lambda name: offered[name].name,
        key=_OUTLINE,
        bind="query-params",
    )
    return offered[code]


def _choose_topics(outline: Outline) -> tuple[str, ...]:
    catalogue = catalogue_now()
    fields: dict[str, list[str]] = {}
    for topic in outline.topics:
        fields.setdefault(catalogue.fields[topic].name, []).append(topic)
    chosen = st.multiselect(
        "只要哪些方面",
        list(fields),
        placeholder="不选就是全部",
        key=f"topics-{outline.code}",
    )
    return tuple(topic for name in chosen for topic in fields[name])


def _sum_up(brief: Brief) -> str:
    cited = {cited_figure.ref: cited_figure.reading for cited_figure in brief.cited()}
    lacking = sum(reading.value is None for reading in cited.values())
    without = f"，其中{lacking}个没有数据" if lacking else ""
    charts = sum(1 for _ in brief.exhibits())
    held = f"{len(brief.sections)}部分，{len(cited)}个数字{without}，{charts}张图表"
    known = "；".join(line.rstrip("。") for line in brief.as_known)
    return f"《{brief.title}》：{held}。{known}。"


def _draw_brief(view: View, brief: Brief) -> None:
    """Draw the paper; a phone shows its first part, and the others when asked."""
    parts = []
    for at, section in enumerate(brief.sections):
        text = "".join(f"<p>{_say(view, paragraph)}</p>" for paragraph in section.paragraphs)
        part = f"<h3>{escape(section.title)}</h3>{text}{_charts(section.exhibits)}"
        parts.append(f'<section class="later">{part}</section>' if at else part)
    rest = say_rest(len(parts) - 1, "部分")
    paper = f'<article class="paper"><h2>{escape(brief.title)}</h2>{"".join(parts)}</article>'
    st.html(f'<div class="folded">{paper}{rest}</div>')


def _say(view: View, paragraph: Paragraph) -> str:
    return "".join(escape(piece) if isinstance(piece, str) else _link(view, piece) for piece in paragraph.pieces)


def _link(view: View, cited: Cited) -> str:
    """Return a figure as what explains it; the tooltip has its reference."""
    reading = cited.reading
    own = (reading.unit, reading.span) == (view.unit.code, str(view.span))
    named = explained(cited.text, reading.indicator, reading.unit, None if own else parse_span(reading.span))
    return f'<span title="引用号 {cited.ref}">{named}</span>'


def _charts(exhibits: Sequence[Exhibit]) -> str:
    if not exhibits:
        return ""
    rows = "".join(
        f"<li>{escape(exhibit.figure.title)}<small>引用号 {exhibit.ref}</small></li>" for exhibit in exhibits
    )
    return f"<ul>{rows}</ul>"
