"""The files of a paper: written when somebody takes them, and noted in the register of figures."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from access.verbs import Verb
from pages.shared import cached
from pages.shared.filters import View
from pages.shared.handing_out import handing_out
from pages.shared.person import person
from stats.brief import Brief
from stats.catalogue import load_catalogue
from stats.catalogue_outlines import Outline
from stats.citing import figures_of
from stats.exports.brief_book import write_workbook
from stats.exports.document import write_document
from stats.exports.page import write_page
from stats.exports.slides import write_slides
from stats.register import register
from stats.warehouse import store_path

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FILES: tuple[tuple[str, str, str, Callable[[Brief], bytes]], ...] = (
    ("Word", "docx", WORD, write_document),
    ("PPT", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", write_slides),
    ("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_workbook),
)
_PAGE = ("一页纸（PDF）", "pdf", "application/pdf", write_page)  # of an outline made to fit on one


def offer_paper(view: View, brief: Brief, outline: Outline) -> None:
    """Draw a button a file; who takes one out is noted with every figure in it."""
    name, by = f"{outline.name}_{view.unit.name}_{view.span}", person().shown
    for label, ending, mime, write in (_PAGE, *_FILES) if outline.one_page else _FILES:
        offer_file(label, f"{name}.{ending}", mime, partial(_hand_out, view, brief, f"{name}.{ending}", write, by))


def offer_file(label: str, name: str, mime: str, make: Callable[[], bytes]) -> None:
    """Draw the button for one file, which is made when somebody takes it."""
    st.download_button(
        label,
        data=handing_out(Verb.EXPORTED, name, make),
        file_name=name,
        mime=mime,
        on_click="ignore",
        icon=":material/download:",
        key=f"take-{name}",
    )


def _hand_out(view: View, brief: Brief, name: str, write: Callable[[Brief], bytes], by: str) -> bytes:
    content = write(brief)
    warehouse = cached.warehouse(view.build)
    register(store_path(), name, figures_of(brief, warehouse, load_catalogue()), by)
    return content
