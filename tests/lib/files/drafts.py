"""A draft of a speech that has everything a Word file may hold around its numbers."""

from typing import Any

from docx.oxml import parse_xml

from tests.lib.files.word import W, add_text_box, parts, with_part, write_word

_NAMES = f'xmlns:w="{W[1:-1]}"'
_NOTED = "<w:footnote w:id='2'><w:p><w:r><w:t>含直属工会12家。</w:t></w:r></w:p></w:footnote>"
_NOTE = f"<w:footnotes {_NAMES}>{_NOTED}</w:footnotes>"
_CONTROL = "<w:sdtPr><w:tag w:val='a'/></w:sdtPr><w:sdtContent><w:r><w:t>调解46件</w:t></w:r></w:sdtContent>"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_BOLD = "<w:rPr><w:b/><w:color w:val='FF0000'/></w:rPr>"


def _add_everything(document: Any) -> None:
    """Add what a draft may hold: formats, a link, a field, changes, a comment, a table, a box, a note, a header."""
    run = document.add_paragraph("全县").add_run("会员38124人，其中女会员1.2万人")
    run.bold = True
    document.add_comment(run, "再核一下", author="王")
    document.sections[0].header.paragraphs[0].text = "会员38124人"
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "投入资金", "198.6万元"
    add_text_box(document, "建会率98%")
    for content in (
        f"<w:r>{_BOLD}<w:t>工会36</w:t></w:r><w:r><w:t>9家，职工</w:t><w:tab/><w:t>44700人</w:t><w:br/></w:r>",
        "<w:hyperlink w:anchor='a'><w:r><w:t>见报告，培训1000人次</w:t></w:r></w:hyperlink>",
        "<w:fldSimple w:instr='PAGE'><w:r><w:t>慰问300户</w:t></w:r></w:fldSimple>",
        "<w:r><w:t>捐款</w:t></w:r><w:del w:id='7' w:author='a'><w:r><w:delText>2</w:delText></w:r></w:del>"
        f"<w:ins w:id='8' w:author='a'><w:r>{_BOLD}<w:t>3</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r>",
        f"<w:sdt>{_CONTROL}</w:sdt>",
        "<w:r><w:t>直属工会</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>",
    ):
        document._body._body.insert_element_before(parse_xml(f"<w:p {_NAMES}>{content}</w:p>"), "w:sectPr")


def draft_of_everything() -> bytes:
    """Return a draft with numbers in runs of several formats, links, fields, changes, tables, boxes, notes, headers."""
    content = with_part(write_word("同志们：", add=_add_everything), "word/footnotes.xml", _NOTE.encode())
    link = f'<Relationship Id="rId99" Type="{_LINKS}/footnotes" Target="footnotes.xml"/></Relationships>'
    kind = f'<Override PartName="/word/footnotes.xml" ContentType="{_KIND}"/></Types>'
    for name, added in (("word/_rels/document.xml.rels", link), ("[Content_Types].xml", kind)):
        end = f"</{added.rpartition('</')[2]}".encode()
        content = with_part(content, name, parts(content)[name].replace(end, added.encode()))
    return content
