"""已出的材料: the papers made: when, by whom, with how many figures, and how many were corrected since."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.returns.receipt_history import say_time
from pages.shared.paging import page_of
from pages.view import cached
from pages.view.filters import View
from pages.view.notices import show_empty
from stats.papers.cited_figures import Paper, look_up, papers
from stats.papers.recheck import recite
from store.builds import store_path

_PAGE = 20
_HEAD = "<tr><th>时间</th><th class=words>材料</th><th class=words>经办人</th><th>数字和图</th><th>已更正</th></tr>"


def draw_papers(view: View) -> None:
    """Draw the papers, the latest first, each with the number of its figures that differ today."""
    made = papers(store_path())
    if not made:
        return show_empty("还没有出过材料。从“出材料”或“填讲稿”下载的，都会列在这里。")
    shown = page_of(made, "份", "papers", _PAGE)
    corrected = _corrected(view, shown)
    rows = "".join(_row(paper, len(corrected & set(paper.printed))) for paper in shown)
    st.html(f'<div class="scroll" tabindex="0"><table class="plain">{_HEAD}{rows}</table></div>')


def _corrected(view: View, papers: Sequence[Paper]) -> set[str]:
    """Return the references in these papers whose data have been corrected since."""
    known = look_up(store_path(), {ref for paper in papers for ref in paper.printed})
    read_in = cached.warehouse(view.build), cached.catalogue(view.build)
    recited = recite(store_path(), *read_in, known.values(), with_cells=False)
    return {recited.registered.ref for recited in recited if recited.corrected is not False}


def _row(paper: Paper, corrected: int) -> str:
    text = f'<b class="behind">△ {corrected}处</b>' if corrected else '<b class="met">✓ 没有</b>'
    return (
        f"<tr><td>{say_time(paper.at)}</td><td class=words>{escape(paper.title)}</td>"
        f"<td class=words>{escape(paper.who or '—')}</td><td>{len(paper.printed)}</td><td>{text}</td></tr>"
    )
