"""The Word template of an outline: its sentences with the placeholders unfilled, in the style of official papers."""

from io import BytesIO
from typing import Any

from cn2an import an2cn
from docx import Document

from stats.catalogue.outlines import Outline
from stats.exports.style.house_style import KAI, TITLE
from stats.exports.word.document_style import SECOND, THIRD, add_text, body, heading, plain, prepare
from stats.papers.clauses import PARTED

_AS_KNOWN = "（数据截至{{ 截至 }}，{{ 数据版本 }}）"


def template_of(outline: Outline) -> bytes:
    """Return a .docx that staff can edit and fill, with every part of the outline, whatever its audience."""
    document = Document()
    prepare(document, outline.name)
    add_text(plain(document.add_paragraph(), centred=True, after=12), outline.title, TITLE, SECOND, bold=True)
    add_text(plain(document.add_paragraph(), centred=True, after=12), _AS_KNOWN, KAI, THIRD)
    for number, section in enumerate(outline.sections, start=1):
        heading(document, f"{an2cn(number, 'low')}、{section.title}")
        for part in section.parts:
            for place, text in enumerate(part.text):
                _add_sentence(document, text, "" if place else part.lead)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _add_sentence(document: Any, text: str, lead: str | None) -> None:
    paragraph = body(document.add_paragraph())
    if lead:
        add_text(paragraph, lead, KAI)
    add_text(paragraph, text.replace(PARTED, ""))
