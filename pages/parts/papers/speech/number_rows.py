"""The numbers of a draft by weight: what is wrong with the proof and what would be right, then all others."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.parts.papers.speech.marked_draft import say_number, sign_verdict
from pages.parts.papers.speech.open_draft import OpenDraft
from pages.shared.paging import page_of
from pages.view.foreign_text import as_written
from pages.view.links import WHY
from stats.claims.answers.cited_numbers import CitedNumber, by_weight
from stats.claims.answers.comment_lines import figure_lines
from stats.claims.claim_verdicts import TO_MEND, ClaimVerdict
from stats.claims.phrases.phrase_model import Place

_PAGE, _OTHERS = 20, 100
_HEAD = "".join(f"<th class=words>{name}</th>" for name in ("结论", "文中写的", "在哪里", "说明"))


def draw_rows(draft: OpenDraft, numbers: Sequence[CitedNumber]) -> None:
    """Draw what is wrong, each with a press that puts in what is right; all others are folded away."""
    ordered = by_weight(numbers)
    wrong = [number for number in ordered if number.number.verdict in TO_MEND or number.earlier]
    places = {id(number): place for place, number in enumerate(numbers)}
    if wrong:
        for number in page_of(wrong, "处要看的", "draft-wrong", _PAGE):
            _draw_wrong(draft, number, places[id(number)])
    else:
        st.caption("没有对不上的，也没有和以前说的不一样的。")
    rest = (ClaimVerdict.NOT_JUDGED, ClaimVerdict.AGREES)
    others = [number for number in ordered if number.number.verdict in rest and not number.earlier]
    if others:
        with st.expander(f"其余{len(others):,}处", key="draft-others", on_change="rerun") as opened:
            if opened.open:
                rows = "".join(map(_row, page_of(others, "处", "draft-other", _OTHERS)))
                st.html(f'<div class="scroll" tabindex="0"><table class="plain"><tr>{_HEAD}</tr>{rows}</table></div>')


def _draw_wrong(draft: OpenDraft, number: CitedNumber, at: int) -> None:
    """Draw a number with the proof and the ways on, the press that puts in what is right among them."""
    judged = number.number
    lines = "".join(f'<p class="fine">{escape(line)}</p>' for line in figure_lines(number))
    earlier = f'<p class="asked">△ 和以前说的不一样：{escape(number.earlier)}</p>' if number.earlier else ""
    with st.container(key=f"entry-draft-{at}"):
        st.html(
            f'<section class="cited" id="n{at:d}"><h3>{escape(judged.phrase.text)}{sign_verdict(judged.verdict)}</h3>'
            f'<p class="fine">{escape(judged.where)}</p><p>{escape(judged.reason)}</p>{earlier}{lines}</section>'
        )
        with st.container(horizontal=True, vertical_alignment="center", key=f"ways-entry-{at}"):
            if number.cited:
                st.html(say_number(WHY, number), width="content")
            _draw_correction(draft, number, f"{draft.key}-{at}")


def _draw_correction(draft: OpenDraft, number: CitedNumber, key: str) -> None:
    place, words = number.number.phrase.place, number.instead
    if place in draft.accepted:
        st.button("撤回修改", key=f"draft-undo-{key}", on_click=_undo, args=(draft, place))
    elif words:
        st.button(as_written(f"改为{words}"), key=f"draft-put-{key}", on_click=_put, args=(draft, place, words))


def _put(draft: OpenDraft, place: Place, words: str) -> None:
    draft.accepted[place] = words


def _undo(draft: OpenDraft, place: Place) -> None:
    draft.accepted.pop(place, None)


def _row(number: CitedNumber) -> str:
    judged = number.number
    return (
        f"<tr><td class=words>{sign_verdict(judged.verdict)}</td>"
        f"<td class=words>{say_number(judged.phrase.text, number)}</td><td class=words>{escape(judged.where)}</td>"
        f"<td class=words>{escape(judged.reason)}</td></tr>"
    )
