"""What is taken away of a checked draft: the marked Word file, the list in Excel, the corrected text."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from access.accounts.roles import Action
from access.acts import Acts
from etl.read import open_paper
from pages.parts.papers.speech.open_draft import TEXT, OpenDraft, asked_for
from pages.shared.downloads import WORD, XLSX, offer_file
from pages.view.filters import View
from pages.view.person import acts
from stats.claims.answers.cited_numbers import CitedNumber, figures_behind
from stats.claims.answers.comment_lines import notes_on
from stats.claims.answers.corrected_text import corrected_text
from stats.claims.answers.next_template import placeholders_for, template_copy
from stats.claims.answers.number_list import number_list
from stats.claims.answers.text_as_word import marked_copy
from stats.claims.from_data.data_verdicts import AskedOfData
from stats.claims.phrases.phrase_model import Place
from stats.exports.style.file_names import file_name
from stats.papers.cited_figures import register_working_copy
from stats.papers.paper_model import Proof
from stats.papers.recheck import figures_cited
from store.builds import store_path


def offer_draft(view: View, draft: OpenDraft, numbers: Sequence[CitedNumber]) -> None:
    """Draw the buttons for the files; the references in them are registered when one is downloaded."""
    doing, asked, accepted = acts(), asked_for(view), dict(draft.accepted)
    mark = partial(_marked, draft, numbers, accepted)
    write = partial(_list, doing, asked, numbers, f"{draft.title}：核对清单")
    marked, listed = (
        file_name(f"{draft.title}（{kind}）", end) for kind, end in (("核对", "docx"), ("核对清单", "xlsx"))
    )
    for label, name, mime, make in (
        ("带批注的文稿（Word）", marked, WORD, mark),
        ("清单（Excel）", listed, XLSX, write),
    ):
        offer_file(label, name, mime, partial(_registered, doing, asked, numbers, name, make), registers=True)
    template = file_name(f"{draft.title}（模板）", "docx")
    offer_file("下次用的模板（Word）", template, WORD, partial(_template, draft, numbers, accepted, asked))
    if draft.source is not None and accepted:
        _offer_corrected(draft.title, corrected_text(draft.source, draft.text, accepted))


def _offer_corrected(title: str, text: str) -> None:
    offer_file("改好的文字", file_name(f"{title}（已改）", "txt"), "text/plain", partial(text.encode, "utf-8-sig"))
    st.button("改好后再核一遍", key="draft-again", on_click=_again, args=(text,))


def _again(text: str) -> None:
    st.session_state[TEXT] = text


def _marked(draft: OpenDraft, numbers: Sequence[CitedNumber], accepted: Mapping[Place, str]) -> bytes:
    arguments = draft.content, draft.text, notes_on(numbers, accepted), draft.title
    content: bytes = open_paper(marked_copy, *arguments)
    return content


def _template(
    draft: OpenDraft, numbers: Sequence[CitedNumber], accepted: Mapping[Place, str], asked: AskedOfData
) -> bytes:
    placeholders = placeholders_for(numbers, accepted, asked)
    content: bytes = open_paper(template_copy, draft.content, draft.text, placeholders, draft.title)
    return content


def _list(doing: Acts, asked: AskedOfData, numbers: Sequence[CitedNumber], title: str) -> bytes:
    return number_list(numbers, asked, title, partial(_seen, doing))


def _seen(doing: Acts, proofs: Sequence[Proof]) -> list[Proof]:
    files = {cell.submission for cell in doing.cells(cell for proof in proofs for cell in proof.cells)}
    return [proof.seen(files) for proof in proofs]


def _registered(
    doing: Acts, asked: AskedOfData, numbers: Sequence[CitedNumber], name: str, make: "partial[bytes]"
) -> bytes:
    """Return a file once it is made, and its figures are registered."""
    by, content = doing.permit(Action.VIEW).shown, make()
    register_working_copy(
        store_path(), name, figures_cited(figures_behind(numbers), asked.warehouse, asked.catalogue), by
    )
    return content
