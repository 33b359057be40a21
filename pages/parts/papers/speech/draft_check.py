"""讲稿核数: a draft is pasted or dropped, and every number of it is checked against the others and against the data."""

from html import escape

import streamlit as st

from base.errors import UserError
from pages.parts.papers.speech.asked_wordings import draw_asked
from pages.parts.papers.speech.close_speech import draw_closing
from pages.parts.papers.speech.marked_draft import draw_marked, sign_verdict
from pages.parts.papers.speech.number_rows import draw_rows
from pages.parts.papers.speech.open_draft import OpenDraft, draw_input, numbers_of
from pages.parts.papers.speech.take_draft import offer_draft
from pages.shared.heading import draw_part
from pages.view.filters import View
from pages.view.foreign_text import as_written
from pages.view.notices import show_empty
from stats.claims.answers.cited_numbers import say_counts
from stats.claims.claim_verdicts import ClaimVerdict

_LEGEND = (
    (ClaimVerdict.DIFFERS, "和数据不一样"), (ClaimVerdict.DOES_NOT_ADD_UP, "文中几个数算不拢"),
    (ClaimVerdict.CONTRADICTS, "前后写的不一样"), (ClaimVerdict.CONFIRM, "可能另有所指"),
    (ClaimVerdict.NOT_JUDGED, "库里没有，或认不准"), (ClaimVerdict.AGREES, "和数据或算式相符"),
)  # fmt: skip


def draw_draft_check(view: View) -> None:
    """Draw the fields for a draft, the draft with its numbers marked, the list by weight, and the files."""
    try:
        draft = draw_input()
    except UserError as error:
        st.warning(as_written(error), icon=":material/info:")
        return
    if draft is not None:
        _draw_answer(view, draft)


def _draw_answer(view: View, draft: OpenDraft) -> None:
    numbers = numbers_of(view, draft)
    if not numbers:
        return show_empty("文稿里没有读到数。请看看是不是整份都粘贴进来了；图片里的字读不出来。")
    st.html(f'<p class="sum">{escape(say_counts(numbers))}</p>')
    with st.container(horizontal=True, vertical_alignment="bottom", key="ways-draft"):
        offer_draft(view, draft, numbers)
        draw_closing(view, draft, numbers)
    draw_part("要看的数", "先看这些；点“怎么来的”看算法、报齐情况和单元格")
    draw_asked(draft, numbers)
    draw_rows(draft, numbers)
    draw_part("文稿", "点数字看它怎么来的")
    legend = "".join(f"<li>{sign_verdict(verdict)}　{escape(meaning)}</li>" for verdict, meaning in _LEGEND)
    st.html(f'<ul class="lines">{legend}</ul>')
    draw_marked(draft, numbers)
