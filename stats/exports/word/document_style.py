"""The style of an official Chinese paper in Word: page, fonts, line spacing, page numbers, content controls."""

from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from lxml import etree

from stats.exports.style.house_style import COLOURS, FANG, HEI, LATIN, SONG, STAND_INS, rgb

PAGE = (Mm(210), Mm(297))
MARGINS = {"top_margin": Mm(37), "bottom_margin": Mm(35), "left_margin": Mm(28), "right_margin": Mm(26)}
TEXT_WIDTH = PAGE[0] - MARGINS["left_margin"] - MARGINS["right_margin"]
# 二号 三号 四号 小四 五号 小五
SECOND, THIRD, FOURTH, SMALL_FOURTH, FIFTH, SMALL_FIFTH = Pt(22), Pt(16), Pt(14), Pt(12), Pt(10.5), Pt(9)
SMALLEST = Pt(8)
_SPACING = {THIRD: Pt(28), FOURTH: Pt(20)}  # between lines of the text
_INDENT = 2  # characters before a paragraph's first line
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def prepare(document: Document, title: str) -> None:
    """Set page, margins, page numbers, fonts and title of an empty document."""
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    for name, size in MARGINS.items():
        setattr(section, name, size)
    normal = document.styles["Normal"]
    normal.font.size = THIRD
    look = normal.paragraph_format
    look.space_before, look.space_after, look.line_spacing = Pt(0), Pt(0), 1.0
    _set_fonts(normal.element.get_or_add_rPr(), FANG)
    _number_pages(section.footer.paragraphs[0])
    _name_stand_ins(document)
    drop_old_styles(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = title, "", "", "zh-CN"


def add_text(paragraph: Any, text: str, font: str = FANG, size: Any = THIRD, **look: Any) -> Any:
    """Add a run with its font set for Chinese text too, and return it; `bold` and `colour` are optional."""
    run = paragraph.add_run(text)
    run._r.insert(0, _letters(font, size, **look))
    return run


def _letters(font: str, size: Any, bold: bool = False, colour: str = COLOURS.ink) -> Any:
    """Return the font properties of a run as XML, because the library searches the position of every property.

    The hint makes Word use the Chinese font for quotation marks and dashes, which both fonts have.
    """
    return parse_xml(
        f'<w:rPr {nsdecls("w")}><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}" w:hint="eastAsia"/>'
        f'<w:b w:val="{int(bold)}"/><w:color w:val="{rgb(colour)}"/>'
        f'<w:sz w:val="{round(size.pt * 2)}"/><w:szCs w:val="{round(size.pt * 2)}"/></w:rPr>'
    )


def add_figure(paragraph: Any, text: str, ref: str, name: str, number: int, size: Any = THIRD) -> None:
    """Add a figure in a content control tagged with its reference, by which it is found later."""
    control, properties, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
    for key, value in (("alias", name[:64]), ("tag", ref), ("id", str(number))):
        element = OxmlElement(f"w:{key}")
        element.set(qn("w:val"), value)
        properties.append(element)
    content.append(add_text(paragraph, text, size=size)._r)
    control.append(properties)
    control.append(content)
    paragraph._p.append(control)


def body(paragraph: Any, size: Any = THIRD) -> Any:
    """Format a paragraph of body text and return it: fixed line spacing, an indent of two characters."""
    look = paragraph.paragraph_format
    look.line_spacing_rule, look.line_spacing = WD_LINE_SPACING.EXACTLY, _SPACING[size]
    look.first_line_indent, look.space_before, look.space_after = Pt(size.pt * _INDENT), Pt(0), Pt(0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    return paragraph


def plain(paragraph: Any, centred: bool = False, before: float = 0, after: float = 0, keep: bool = False) -> Any:
    """Format a paragraph outside the body text, with spacing before and after in points, and return it."""
    look = paragraph.paragraph_format
    if before or after:
        look.space_before, look.space_after = Pt(before), Pt(after)
    if keep:
        look.keep_with_next = True
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def heading(document: Document, text: str, new_page: bool = False, size: Any = THIRD) -> None:
    """Add a heading: 黑体 in the size of the text, included in Word's outline."""
    paragraph = document.add_paragraph(style="Heading 1")
    look = body(paragraph, size).paragraph_format
    look.keep_with_next, look.page_break_before = True, new_page
    add_text(paragraph, text, HEI, size)


def add_table(document: Document, rows: int, widths: list[Any], bordered: bool = True) -> Any:
    """Add a table of fixed column widths and return it; its first row is repeated on each page when it has borders."""
    table = document.add_table(rows, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for at, width in enumerate(widths):
        table.columns[at].width = width
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        for at, width in enumerate(widths):
            row.cells[at].width = width
    if bordered:
        _rule(table)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def _rule(table: Any) -> None:
    """Draw a table's borders without a table style, because a filled template may lack a style of that name."""
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rules = parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(rules)  # its place: the schema orders the two


def fill_cell(cell: Any, lines: list[str], font: str = SONG, bold: bool = False, centred: bool = False) -> None:
    """Write lines into a cell, one paragraph each."""
    for at, line in enumerate(lines or [""]):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        add_text(plain(paragraph, centred), line, font, SMALL_FIFTH, bold=bold)


def _set_fonts(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for key, name in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{key}"), name)


def _number_pages(paragraph: Any) -> None:
    """Add page numbers in the style of official papers: — 1 —."""
    plain(paragraph, centred=True)
    add_text(paragraph, "— ", SONG, Pt(14))
    run = add_text(paragraph, "", SONG, Pt(14))
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)
    add_text(paragraph, " —", SONG, Pt(14))


def _name_stand_ins(document: Document) -> None:
    """Declare substitutes for the fonts of official papers where those are not installed."""
    part = next(
        relation.target_part
        for relation in document.part.rels.values()
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE
    )
    table = etree.fromstring(part.blob)
    for font, other in STAND_INS.items():
        named = etree.SubElement(table, f"{_WORD}font", {f"{_WORD}name": font})
        etree.SubElement(named, f"{_WORD}altName", {f"{_WORD}val": other})
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def drop_old_styles(document: Document) -> None:
    """Remove the template's second copy of its styles (for Word 2010): Word offers a repair if the two differ."""
    relations = document.part.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/stylesWithEffects")]:
        del relations[key]
