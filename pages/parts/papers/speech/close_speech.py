"""定稿: a checked speech is marked final, so that its figures are known when the next one is checked."""

from collections.abc import Sequence

import streamlit as st

from access.accounts.roles import Action
from base.errors import UserError
from pages.parts.papers.speech.open_draft import OpenDraft, asked_for
from pages.view.filters import View
from pages.view.foreign_text import as_written
from pages.view.person import acts, may
from stats.claims.answers.cited_numbers import CitedNumber, figures_said
from stats.papers.cited_figures import Occasion
from stats.papers.recheck import figures_cited

_LONGEST = 60  # characters of an occasion


def draw_closing(view: View, draft: OpenDraft, numbers: Sequence[CitedNumber]) -> None:
    """Draw the button that asks for the occasion and the day; only for who may settle what a speech says."""
    if not may(Action.MATCH):
        return
    with st.popover("定稿", icon=":material/task_alt:", key="draft-final"):
        occasion = st.text_input(
            "什么场合用", key="draft-occasion", max_chars=_LONGEST, placeholder="例如：县总工会七届三次全委会"
        )
        day = st.date_input("哪一天用", format="YYYY-MM-DD", key="draft-day")
        if st.button("列入用数台账", type="primary", key="draft-close"):
            asked = asked_for(view)
            figures = figures_cited(figures_said(numbers, draft.accepted), asked.warehouse, asked.catalogue)
            try:
                acts().close_speech(draft.title, figures, Occasion(occasion, day))
            except UserError as error:
                st.warning(as_written(error), icon=":material/edit:")
            else:
                st.toast(as_written(f"已定稿，{len(figures):,}个数列入用数台账。"))
