"""Objections to lines and their answers, with the forms for both. They can't be changed later."""

from collections.abc import Callable
from html import escape

import streamlit as st

from access.accounts.roles import Action
from base.errors import UserError
from etl.journal.objections import Objection
from etl.privacy.typed_words import LONGEST
from pages.parts.scoring.choice import Scoring
from pages.returns.receipt_history import say_time
from pages.view.notices import show_error
from pages.view.person import acts, has_reason, may
from pages.view.unit_names import unit_directory
from stats.organisations import area_of

_UPHELD, _DENIED = "采纳", "不采纳"


def draw_objections(scoring: Scoring) -> None:
    """Draw the objections to this scheme's scores with their answers, newest first, and the form for a new one."""
    if not scoring.objections:
        st.caption("还没有申诉。")
    names = {score.unit: score.unit_name for score in scoring.scores}
    for objection in reversed(scoring.objections):
        with st.container(border=True, key=f"objection-{objection.id}"):
            _draw(scoring, objection, names.get(objection.unit, objection.unit))
    units = unit_directory()
    own = {code: name for code, name in names.items() if may(Action.OBJECT, [area_of(units, code)])}
    if own:
        with st.expander("提出申诉"):
            _draw_form(scoring, own)


def _draw(scoring: Scoring, objection: Objection, name: str) -> None:
    item = scoring.scheme.items.get(objection.item)
    line = f"{name}　{item.name if item else objection.item}"
    answers = "".join(
        f"<li>{_UPHELD if answer.upheld else _DENIED}：{escape(answer.words)}"
        f"<small>　{escape(answer.who)}　{say_time(answer.at)}</small></li>"
        for answer in objection.answers
    )
    st.html(
        f'<div class="told"><h3>{escape(line)}</h3><p>{escape(objection.words)}'
        f"<small>　{escape(objection.who)}　{say_time(objection.at)}</small></p>"
        f"{f'<ol>{answers}</ol>' if answers else '<p class=asked>△ 还没有答复</p>'}</div>"
    )
    if may(Action.SCORE):
        _draw_answer(objection)


def _draw_answer(objection: Objection) -> None:
    with st.popover("答复", icon=":material/reply:"):
        words = st.text_area("答复的内容", key=f"answer-words-{objection.id}", height=68, max_chars=LONGEST)
        verdict = st.radio("结论", (_UPHELD, _DENIED), key=f"answer-verdict-{objection.id}", horizontal=True)
        if st.button("记下答复", type="primary", key=f"answer-{objection.id}") and has_reason(words):
            _note(lambda: acts().answer_objection(objection.id, verdict == _UPHELD, words))


def _draw_form(scoring: Scoring, names: dict[str, str]) -> None:
    items = {code: item.name for code, item in scoring.scheme.items.items()}
    with st.container(horizontal=True, key="objection-about"):
        unit = st.selectbox("申诉单位", list(names), format_func=names.__getitem__, key="objection-unit")
        item = st.selectbox("对哪一项", list(items), format_func=items.__getitem__, key="objection-item")
    words = st.text_area("申诉的理由", key="objection-words", height=68, max_chars=LONGEST)
    if st.button("记下申诉", type="primary", key="objection-new") and has_reason(words):
        _note(lambda: acts().object_to(scoring.scheme.code, unit, item, words))


def _note(write: Callable[[], object]) -> None:
    """Record an objection or answer and rerun the page; show a notice if it is invalid."""
    try:
        write()
    except UserError as error:
        show_error(error)
    else:
        st.rerun()
