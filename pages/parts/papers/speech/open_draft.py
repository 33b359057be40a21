"""The draft that is looked at: pasted or dropped, read once, and with its numbers judged for a unit and span."""

from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from base.kept_results import keep
from base.periods import Span
from etl.privacy import blank_name
from pages.parts.papers.opened_papers import opened_once
from pages.parts.papers.paper_upload import draw_paper_upload
from pages.view import cached
from pages.view.filters import View
from stats.claims.answers.cited_numbers import CitedNumber, cite_numbers
from stats.claims.answers.said_before import with_earlier
from stats.claims.checks import check_draft
from stats.claims.claim_verdicts import judged_numbers
from stats.claims.draft_files import is_word, read_draft, read_pasted
from stats.claims.draft_files.draft_model import DraftText
from stats.claims.draft_files.plain_draft import decode_draft
from stats.claims.from_data.data_verdicts import AskedOfData, judge_by_data
from stats.claims.phrases.phrase_model import Place
from stats.papers.figures_used import figures_used
from store.builds import store_path
from store.wording_choices import wording_choices

TEXT = "draft-text"
_ACCEPTED = "draft-accepted"
_FEW = 3
_FIRST_DAY, _LAST_DAY = date(1949, 10, 1), date(2100, 12, 31)
_DAY = "用来认“今年”“去年”“目前”说的是哪一年。不填，看文稿上写的日期；文稿上也没有，带这些话的数就不核对"
_PASTED = "讲稿"
_Chosen = tuple[tuple[str, str], ...]  # wordings with their indicators


@dataclass(frozen=True)
class OpenDraft:
    """A draft: its title, its file's content or its text in UTF-8, and what was read of it."""

    title: str
    content: bytes = field(repr=False)
    text: DraftText = field(repr=False)
    on: date | None = None  # its day, as somebody chose it; otherwise the one that it bears

    @property
    def key(self) -> str:
        """Return what tells this draft from another."""
        return f"{hash(self.text):x}"

    @property
    def source(self) -> str | None:
        """Return the text of a draft that did not come as a Word file."""
        return None if is_word(self.content) else decode_draft(self.content)

    @property
    def accepted(self) -> dict[Place, str]:
        """Return what was accepted in the place of its numbers, which a press may change."""
        kept: dict[str, dict[Place, str]] = st.session_state.setdefault(_ACCEPTED, {})
        return kept.setdefault(self.key, {})


def draw_input() -> OpenDraft | None:
    """Draw the fields for a draft and return it, None while there is none.

    Raises UserError for one that can't be read.
    """
    left, right = st.columns([3, 2], gap="large")
    with left:
        text = st.text_area("把讲稿粘贴到这里", key=TEXT, height=160, placeholder="粘贴以后点“核对”，或者点一下别处")
        st.button("核对", type="primary", key="draft-check")
    with right:
        file = draw_paper_upload("或者把文稿拖到这里（.docx、.txt）", ["docx", "txt"], "draft-file")
        on: date | None = st.date_input(
            "文稿的日期",
            value=None,
            min_value=_FIRST_DAY,
            max_value=_LAST_DAY,
            format="YYYY-MM-DD",
            key="draft-on",
            help=_DAY,
            width=200,
        )
    if file is not None:
        title = blank_name(file.name.rpartition(".")[0])
        return OpenDraft(title, file.getvalue(), opened_once(file.file_id, read_draft, file.getvalue()), on)
    return OpenDraft(_PASTED, text.encode(), read_pasted(text), on) if text.strip() else None


def numbers_of(view: View, draft: OpenDraft) -> list[CitedNumber]:
    """Return the numbers of a draft with their verdicts, the figures behind them, and what was said before."""
    numbers = _numbers(view.build, view.unit.code, view.span, _chosen(), draft.text, draft.on)
    return with_earlier(numbers, figures_used(store_path()), asked_for(view))


def asked_for(view: View) -> AskedOfData:
    """Return what drafts are compared with under the bar's selection."""
    return _asked(view.build, view.unit.code, view.span, _chosen())


def _chosen() -> _Chosen:
    """Return which indicator each wording means that somebody has settled."""
    return tuple(wording_choices(store_path()).items())


@keep(_FEW)
def _numbers(
    build: str, unit: str, span: Span, chosen: _Chosen, draft: DraftText, on: date | None
) -> list[CitedNumber]:
    checked, asked = check_draft(draft, on), _asked(build, unit, span, chosen)
    return cite_numbers(judged_numbers(checked, judge_by_data(checked, asked)), asked)


def _asked(build: str, unit: str, span: Span, chosen: _Chosen) -> AskedOfData:
    return AskedOfData(cached.warehouse(build), cached.catalogue(build), unit, span, chosen=dict(chosen))
