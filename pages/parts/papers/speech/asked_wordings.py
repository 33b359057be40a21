"""What a speech is asked about: a number that may be one of several indicators, settled once and remembered."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from access.accounts.roles import Action
from pages.parts.papers.speech.open_draft import OpenDraft
from pages.shared.paging import page_of
from pages.view.declared_now import catalogue_now
from pages.view.foreign_text import as_written
from pages.view.person import acts, may
from stats.claims.answers.cited_numbers import CitedNumber
from stats.claims.claim_verdicts import ClaimVerdict

_NONE = ""
_PAGE = 20


def draw_asked(draft: OpenDraft, numbers: Sequence[CitedNumber]) -> None:
    """Draw each wording that may mean several indicators once, with a choice; to who may not settle it, as a list."""
    by_wording = {number.number.data.wording: number for number in numbers if number.number.data and _is_asked(number)}
    if not by_wording:
        return
    asked = page_of([*by_wording.items()], "处请选定说的是哪个数", "draft-asked", _PAGE)
    for at, (wording, number) in enumerate(asked):
        with st.container(key=f"entry-asked-{at}"):
            _draw_wording(draft, wording, number)


def _draw_wording(draft: OpenDraft, wording: str, number: CitedNumber) -> None:
    judged = number.number
    st.html(
        f'<section class="cited"><h3>{escape(judged.phrase.text)}<b class="asked">？ 请选定</b></h3>'
        f'<p class="fine">{escape(judged.where)}</p><p>{escape(judged.reason)}</p></section>'
    )
    if may(Action.MATCH) and judged.data:
        _draw_choice(draft, wording, judged.data.candidates)


def _is_asked(number: CitedNumber) -> bool:
    data = number.number.data
    unsettled = number.number.verdict is ClaimVerdict.NOT_JUDGED
    return unsettled and data is not None and bool(data.wording and data.candidates)


def _draw_choice(draft: OpenDraft, wording: str, candidates: Sequence[str]) -> None:
    indicators = catalogue_now().indicators
    names = {code: indicators[code].name for code in candidates if code in indicators} | {_NONE: "都不是"}
    key = f"draft-choice-{draft.key}-{hash(wording):x}"
    chosen = st.selectbox(
        "说的是哪个数",
        list(names),
        index=None,
        format_func=lambda code: names[code],
        key=key,
        placeholder="选了就记住",
        width=400,
    )
    if chosen is not None:
        acts().choose_wording(wording, chosen)
        st.toast(as_written("已记住，下一份稿子同样的说法不再问。"))
        del st.session_state[key]
        st.rerun()
