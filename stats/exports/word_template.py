"""The Word template of an outline: its sentences with the placeholders unfilled, in the style of official papers."""

from io import BytesIO
from typing import Any

from docx import Document
from lxml import etree

from stats.catalogue_outlines import Outline
from stats.exports.document_style import drop_old_styles
from stats.exports.word_file import W, parse_part, parts_of, with_parts
from stats.exports.word_style import (
    ALTERNATIVES,
    HEADING,
    LEAD,
    THREE,
    TITLE,
    TWO,
    add_page_number,
    add_words,
    set_lines,
    set_page,
)

_ORDINALS = "一二三四五六七八九十"
_FONTS = "word/fontTable.xml"
_AS_KNOWN = "（数据截至{{ 截至 }}，{{ 数据版本 }}）"


def template_of(outline: Outline) -> bytes:
    """Return a .docx that staff can change and fill: every part of the outline, whomever it is for."""
    document = Document()
    drop_old_styles(document)
    set_page(document)
    _add(document, outline.title, TITLE, TWO, centred=True)
    _add(document, _AS_KNOWN, LEAD, THREE, centred=True)
    for number, section in enumerate(outline.sections):
        _add(document, f"{_ORDINALS[number]}、{section.title}", HEADING, THREE)
        for part in section.parts:
            for place, text in enumerate(part.text):
                paragraph = document.add_paragraph()
                set_lines(paragraph)
                if part.lead and not place:
                    add_words(paragraph, part.lead, LEAD)
                add_words(paragraph, text)
    add_page_number(document.sections[0].footer.paragraphs[0])
    document.core_properties.title, document.core_properties.author = outline.name, ""
    made = BytesIO()
    document.save(made)
    return _with_alternatives(made.getvalue())


def _add(document: Any, words: str, font: str, size: float, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    set_lines(paragraph, centred=centred)
    paragraph.paragraph_format.keep_with_next = True
    add_words(paragraph, words, font, size)


def _with_alternatives(content: bytes) -> bytes:
    """Return the file with another font named for each that may not be installed where it is read."""
    fonts = parse_part(dict(parts_of(content))[_FONTS])
    for name, other in ALTERNATIVES.items():
        font = etree.SubElement(fonts, f"{W}font")
        font.set(f"{W}name", name)
        etree.SubElement(font, f"{W}altName").set(f"{W}val", other)
    return with_parts(content, {_FONTS: etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)})
