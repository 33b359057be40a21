"""A paper as a Word document in the official style: sentences with tagged figures, native charts, proofs."""

from io import BytesIO
from itertools import count
from typing import Any

from cn2an import an2cn
from docx import Document

from stats.exports.style.house_style import ACCENT, EXAMPLE, HEI, SONG, TITLE
from stats.exports.style.printable import printable
from stats.exports.word.document_style import (
    FIFTH,
    FOURTH,
    SECOND,
    SMALL_FOURTH,
    THIRD,
    add_figure,
    add_text,
    body,
    heading,
    plain,
    prepare,
)
from stats.exports.word.exhibits import ExhibitWriter, arrange
from stats.exports.word.proofs import add_proofs, add_sources
from stats.papers.paper_model import Brief, Paragraph

ANNEX = "附：图表"


def write_document(brief: Brief) -> bytes:
    """Return a paper as a .docx file.

    Each figure is in a content control tagged with its reference, each chart is a native one with its own workbook. A
    section has its first chart or list, the others follow in the annex; the appendix lists the definition, the files
    and the cells of every figure, and the reference of every chart. A short paper has one chart and a line a figure
    instead, in smaller letters.
    """
    brief = printable(brief)
    document = Document()
    prepare(document, brief.title)
    _add_head(document, brief)
    size = FOURTH if brief.short else THIRD
    arranged, controls = arrange(brief), count(1)
    exhibits = ExhibitWriter(document)
    for number, section in enumerate(brief.sections, start=1):
        heading(document, f"{an2cn(number, 'low')}、{section.title}", size=size)
        for paragraph in section.paragraphs:
            _add_paragraph(document, paragraph, controls, size)
        for printed in arranged.of_section(number - 1):
            exhibits.add(printed)
    if arranged.annex:
        heading(document, ANNEX, new_page=True)
    for printed in arranged.annex:
        exhibits.add(printed)
    if brief.short:
        add_sources(document, brief.proofs, exhibits.references, size)
    else:
        add_proofs(document, brief.proofs, exhibits.references)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_head(document: Any, brief: Brief) -> None:
    add_text(plain(document.add_paragraph(), centred=True, after=12), brief.title, TITLE, SECOND, bold=True)
    for line in brief.as_known:
        add_text(plain(document.add_paragraph(), centred=True), line, SONG, FIFTH if brief.short else SMALL_FOURTH)
    if brief.example:
        marks = (document.add_paragraph(), document.sections[0].header.paragraphs[0])
        for mark in marks:
            add_text(plain(mark, centred=True, before=6), EXAMPLE, HEI, SMALL_FOURTH, colour=ACCENT)
    if not brief.short:
        plain(document.add_paragraph(), after=6)


def _add_paragraph(document: Any, paragraph: Paragraph, controls: "count[int]", size: Any) -> None:
    written = body(document.add_paragraph(), size)
    for piece in paragraph.pieces:
        if isinstance(piece, str):
            add_text(written, piece, size=size)
        else:
            add_figure(written, piece.text, piece.ref, piece.reading.name, next(controls), size)
