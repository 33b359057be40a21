"""用数台账: every figure that was given out, when, on what occasion, in which words, by whom; searchable."""

from html import escape
from urllib.parse import quote

import streamlit as st

from base.periods import parse_span, say_span
from pages.shared.paging import page_of
from pages.view import cached
from pages.view.filters import View
from pages.view.notices import show_empty
from stats.papers.figures_used import FigureUse, figures_used
from store.builds import store_path

_PAGE, _LONGEST = 50, 60
_HEADINGS = ("哪一天", "场合和材料", "哪个数", "写的是", "引用号")
_HEAD = "".join(f"<th class=words>{name}</th>" for name in _HEADINGS)


def draw_used(view: View) -> None:
    """Draw the figures given out, the latest first, those of the words that are looked for."""
    used = figures_used(store_path())
    if not used:
        return show_empty("还没有用过的数。出过的材料、定了稿的讲稿里的数，都会列在这里。")
    words = st.text_input(
        "找哪个数、哪个场合",
        key="used-words",
        max_chars=_LONGEST,
        placeholder="写数的名称、场合、材料或经办人，例如：会员、全委会",
    )
    shown = [use for use in used if use.is_about(words)] if words.strip() else used
    if not shown:
        return show_empty(f"用数台账里没有“{words}”。请换一个词，例如数的名称的一部分。")
    names = cached.unit_names(view.build)
    rows = "".join(
        _row(use, names.get(use.figure.unit, use.figure.unit)) for use in page_of(shown, "处", "used", _PAGE)
    )
    st.html(f'<div class="scroll" tabindex="0"><table class="plain"><tr>{_HEAD}</tr>{rows}</table></div>')


def _row(use: FigureUse, unit: str) -> str:
    figure, paper = use.figure, use.paper
    occasion = f"{escape(paper.occasion)}<br>" if paper.occasion else ""
    way = f"papers?part={quote('查引用号')}&ref={quote(figure.ref)}"
    return (
        f"<tr><td class=words>{escape(paper.used_on)}</td>"
        f"<td class=words>{occasion}{escape(paper.title)}<br><small>{escape(paper.who or '—')}</small></td>"
        f"<td class=words>{escape(figure.name)}<br>"
        f"<small>{escape(unit)}，{say_span(parse_span(figure.span))}</small></td>"
        f'<td class="words strong">{escape("；".join(use.wordings))}</td>'
        f'<td class=words><a href="{escape(way)}">{figure.ref}</a></td></tr>'
    )
