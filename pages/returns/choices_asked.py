"""Questions that are answered by a choice: 补报 or 更正, which sheet counts."""

from collections.abc import Sequence

import streamlit as st

from etl.model.decisions_made import CORRECTION, SUPPLEMENT
from etl.model.finding import Finding
from pages.view.foreign_text import as_written

_MEANING = {SUPPLEMENT: "补报：加到上一份里", CORRECTION: "更正：整份替换上一份"}
Choices = Sequence[str | None]  # None: not chosen yet


def draw_choices(questions: Sequence[Finding], key: str) -> Choices:
    """Draw the choices of each question that offers any, without a default; return what is chosen."""
    return [
        st.radio(
            f"表“{as_written(question.sheet)}”：选哪一个" if question.sheet else "选哪一个",
            question.choices,
            index=None,
            format_func=lambda choice: as_written(_MEANING.get(choice, choice)),
            horizontal=True,
            key=f"choice-{key}-{number}",
        )
        for number, question in enumerate(questions)
        if question.offered
    ]


def all_chosen(choices: Choices) -> bool:
    """Return whether every question is answered; show a notice if not."""
    if None in choices:
        st.warning("请先选定一个。", icon=":material/edit:")
    return None not in choices


def given(choices: Choices) -> list[str]:
    """Return the choices that were made."""
    return [choice for choice in choices if choice is not None]
