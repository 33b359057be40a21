"""The draft on the screen: its text with every number marked by its verdict, in a sign and words."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

import streamlit as st

from base.periods import parse_span
from pages.parts.papers.speech.open_draft import OpenDraft
from pages.shared.paging import page_of
from pages.view.links import explained
from stats.claims.answers.cited_numbers import CitedNumber
from stats.claims.claim_verdicts import TO_MEND, ClaimVerdict
from stats.claims.draft_files.draft_model import DraftParagraph
from stats.claims.phrases.phrase_model import Place

SIGNS: Mapping[ClaimVerdict, tuple[str, str]] = {
    ClaimVerdict.DIFFERS: ("behind", "✕"),
    ClaimVerdict.IMPOSSIBLE: ("behind", "✕"),
    ClaimVerdict.DOES_NOT_ADD_UP: ("behind", "≠"),
    ClaimVerdict.CONTRADICTS: ("behind", "⇄"),
    ClaimVerdict.CONFIRM: ("asked", "？"),
    ClaimVerdict.NOT_JUDGED: ("fine", "○"),
    ClaimVerdict.AGREES: ("met", "✓"),
}
_PAGE = 80  # paragraphs shown at once


def draw_marked(draft: OpenDraft, numbers: Sequence[CitedNumber]) -> None:
    """Draw the paragraphs of a draft, a number with a figure behind it as a button that explains the figure."""
    placed: dict[int, list[tuple[int, CitedNumber]]] = {}
    for place, number in enumerate(numbers):
        placed.setdefault(number.number.phrase.place.paragraph, []).append((place, number))
    shown = page_of(draft.text.paragraphs, "段", "draft-paragraphs", _PAGE)
    parts = groupby(shown, lambda paragraph: paragraph.table)
    written = "".join(
        _lines(paragraphs, placed, draft.accepted) if table is None else _table(paragraphs, placed, draft.accepted)
        for table, paragraphs in parts
    )
    st.html(f'<div class="draft" tabindex="0">{written}</div>')


def sign_verdict(verdict: ClaimVerdict, words: bool = True) -> str:
    """Return the sign of a verdict, with its words, as HTML; nothing for what is no figure."""
    if verdict not in SIGNS:
        return ""
    state, sign = SIGNS[verdict]
    word = escape(verdict.word)
    shown = f" {word}" if words else f"<i>{word}</i>"
    return f'<b class="{state}">{sign}{shown}</b>'


def say_number(shown: str, number: CitedNumber) -> str:
    """Return words as a button that explains the figure behind a number, as HTML; only the words if there is none."""
    if number.cited is None:
        return escape(shown)
    reading = number.cited.reading
    return explained(shown, reading.indicator, reading.unit, parse_span(reading.span))


_Placed = Mapping[int, Sequence[tuple[int, CitedNumber]]]


def _lines(paragraphs: Iterable[DraftParagraph], placed: _Placed, accepted: Mapping[Place, str]) -> str:
    return "".join(f"<p>{_say_marked(paragraph, placed, accepted)}</p>" for paragraph in paragraphs)


def _table(paragraphs: Iterable[DraftParagraph], placed: _Placed, accepted: Mapping[Place, str]) -> str:
    rows = (cells for _, cells in groupby(paragraphs, lambda paragraph: paragraph.row))
    written = "".join(
        f"<tr>{''.join(f'<td class=words>{_say_marked(cell, placed, accepted)}</td>' for cell in cells)}</tr>"
        for cells in rows
    )
    return f'<div class="scroll"><table class="plain">{written}</table></div>'


def _say_marked(paragraph: DraftParagraph, placed: _Placed, accepted: Mapping[Place, str]) -> str:
    """Return the text of a paragraph with its numbers marked, as HTML."""
    pieces, end = [], 0
    for at, number in placed.get(paragraph.number, ()):
        place = number.number.phrase.place
        pieces += [escape(paragraph.text[end : place.start]), _say_mark(at, number, accepted.get(place, ""))]
        end = place.end
    return "".join([*pieces, escape(paragraph.text[end:])])


def _say_mark(at: int, number: CitedNumber, instead: str) -> str:
    text, verdict = number.number.phrase.text, number.number.verdict
    if instead:
        return f'<del>{escape(text)}</del><ins>{escape(instead)}</ins><b class="met">已改</b>'
    if verdict not in SIGNS:
        return escape(text)
    mended = verdict in TO_MEND
    shown = f'<a href="#n{at:d}">{escape(text)}</a>' if mended and number.cited is None else say_number(text, number)
    return f'<span class="{SIGNS[verdict][0]}">{shown}{sign_verdict(verdict, words=mended)}</span>'
