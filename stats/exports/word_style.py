"""How official papers look in Word: fonts for Chinese text, the page, and tables that need no style of the file."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

TITLE, HEADING, LEAD, BODY = "方正小标宋简体", "黑体", "楷体", "仿宋"
TWO, THREE, SMALL_FOUR, SMALL_FIVE = 22.0, 16.0, 12.0, 9.0  # 二号, 三号, 小四, 小五, in points
ALTERNATIVES = {TITLE: "宋体", HEADING: "SimHei", LEAD: "KaiTi", BODY: "仿宋_GB2312"}  # where a font is not installed
_LATIN = "Times New Roman"
_TWIPS = 20  # a point has so many
_LINE = 29.0  # points from line to line, as the rules for official papers have it
_PAGE = {
    "page_width": 210,
    "page_height": 297,
    "top_margin": 37,
    "bottom_margin": 35,
    "left_margin": 28,
    "right_margin": 26,
}  # in millimetres


def set_page(document: Any) -> None:
    """Give every section of a document the page of an official paper: A4 with its margins."""
    for section in document.sections:
        for name, size in _PAGE.items():
            setattr(section, name, Mm(size))


def add_words(paragraph: Paragraph, words: str, font: str = BODY, size: float = THREE, bold: bool = False) -> None:
    """Add words to a paragraph in a font for Chinese text and a size in points."""
    run = paragraph.add_run(words)
    run.font.name, run.font.size, run.font.bold = _LATIN, Pt(size), bold
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hAnsi"), _LATIN)
    fonts.set(qn("w:hint"), "eastAsia")  # quotation marks and dashes are taken from the Chinese font


def set_lines(paragraph: Paragraph, indented: bool = True, centred: bool = False) -> None:
    """Space a paragraph's lines as in official papers; the first one is indented by two letters unless centred."""
    form = paragraph.paragraph_format
    form.line_spacing, form.space_after, form.space_before = Pt(_LINE), Pt(0), Pt(0)
    if centred:
        form.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif indented:
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")
        indent.set(qn("w:firstLine"), str(int(2 * THREE * _TWIPS)))  # for programs that do not count letters


def add_page_number(paragraph: Paragraph) -> None:
    """Add the page's number between dashes, as official papers have it: — 1 —."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_words(paragraph, "— ", BODY, SMALL_FOUR)
    for kind, words in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)
    add_words(paragraph, " —", BODY, SMALL_FOUR)


def add_table(document: Any, headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """Add a table with thin rules; widths in millimetres. Its heading is told again on each page, no row is parted."""
    table = document.add_table(rows=1 + len(rows), cols=len(headings))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    _rule(table)
    for number, words in enumerate([headings, *rows]):
        row = table.rows[number]
        _mark_row(row, "w:cantSplit")
        if not number:
            _mark_row(row, "w:tblHeader")
        for cell, text, width in zip(row.cells, words, widths, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            add_words(cell.paragraphs[0], text, HEADING if not number else BODY, SMALL_FIVE)


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _rule(table: Any) -> None:
    rules = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "808080")):
            rule.set(qn(f"w:{name}"), value)
        rules.append(rule)
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(rules)  # autofit was turned off, so the layout is told
