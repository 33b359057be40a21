"""A draft is read as its reader will see it, with the way back to the file; what can't be read is told."""

from typing import Any

import pytest
from docx.oxml import parse_xml

from base.errors import UserError
from stats.claims.draft_files import read_draft
from stats.claims.draft_files.draft_model import DraftText
from tests.lib.files.word import W, add_text_box, root_of, with_part, write_word

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTED = "<w:p><w:r><w:t>含直属工会12家。</w:t></w:r></w:p>"
NOTE = f"<w:footnotes {NAMES}><w:footnote w:id='2'>{NOTED}</w:footnote></w:footnotes>"


def texts(draft: DraftText) -> list[str]:
    return [paragraph.text for paragraph in draft.paragraphs]


def add_changes(document: Any) -> None:
    """Add what Word writes when changes are tracked: a number replaced, and two paragraphs made one."""
    run = "<w:r><w:t>{0}</w:t></w:r>"
    gone = "<w:del w:id='1' w:author='a'><w:r><w:delText>368</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom w:id='3' w:author='a'>{run.format('旧')}</w:moveFrom>"
    new = f"<w:ins w:id='2' w:author='a'>{run.format('369')}</w:ins>"
    joined = "<w:pPr><w:rPr><w:del w:id='4' w:author='a'/></w:rPr></w:pPr>"
    for content in (
        f"{run.format('工会组织')}{gone}{new}{moved}{run.format('家')}",
        joined + run.format("会员3"),
        run.format("812人"),
    ):
        document._body._body.insert_element_before(parse_xml(f"<w:p {NAMES}>{content}</w:p>"), "w:sectPr")


def add_table(document: Any) -> None:
    table = document.add_table(2, 2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("乡镇", "会员", "甲镇", "128"), strict=True
    ):
        cell.text = text


def test_a_word_file_is_read_with_all_its_parts() -> None:
    def add(document: Any) -> None:
        add_table(document)
        add_text_box(document, "建会率98%")
        document.sections[0].header.paragraphs[0].text = "2023年1月5日"

    draft = read_draft(with_part(write_word("会员38124人。", add=add), "word/footnotes.xml", NOTE.encode()))
    assert texts(draft) == [
        "会员38124人。",
        "乡镇",
        "会员",
        "甲镇",
        "128",
        "建会率98%",
        "含直属工会12家。",
        "2023年1月5日",
    ]
    assert [paragraph.part for paragraph in draft.paragraphs[4:]] == ["table", "text_box", "footnote", "header"]
    assert draft.paragraphs[4].where == "第1张表第2行第2列" and draft.paragraphs[0].where == "正文第1段"
    assert [[cell.text for cell in row] for row in draft.tables[0]] == [["乡镇", "会员"], ["甲镇", "128"]]


def test_tracked_changes_are_read_as_accepted() -> None:
    assert texts(read_draft(write_word(add=add_changes))) == ["工会组织369家", "会员3812人"]


def test_each_piece_of_the_text_is_found_again_in_the_file() -> None:
    content = write_word(add=add_changes)
    elements = [*root_of(content).iter(f"{W}t")]
    for paragraph in read_draft(content).paragraphs:
        for piece in paragraph.pieces:
            assert elements[piece.element].text == paragraph.text[piece.start : piece.end]
    number = [piece.member for piece in read_draft(content).paragraphs[1].pieces_of(2, 6)]
    assert number == ["word/document.xml"] * 2  # the number stands in two runs


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le"])
def test_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    text = "县总工会工作报告\n会员38124人，其中女会员1.2万人。\n乡镇\t会员\n甲镇\t128\n投入198.6\n亿元"
    draft = read_draft(text.encode(encoding))
    assert texts(draft) == [*text.splitlines()[:2], "乡镇", "会员", "甲镇", "128", "投入198.6\n亿元"]
    assert draft.tables[0][1][1].text == "128"


def test_a_row_of_a_table_does_not_go_on_in_the_next_line() -> None:
    assert texts(read_draft("甲镇\t128\n5月1日开会。".encode())) == ["甲镇", "128", "5月1日开会。"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04broken", "已损坏"),
        (with_part(write_word("1人"), "word/vbaProject.bin", b"x"), "宏"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\xd0\xcf\x11\xe0old", "旧格式"),
        (b"%PDF-1.7", "PDF"),
        ("投入資金一百萬元，慰問職工三千餘人".encode("big5"), "编码"),
        (b"\x00\x01\x02\xff" * 40, "损坏"),
        ("会员12人。".encode() * 800_000, "兆"),
        ("会员12人。".encode() * 110_000, "万字"),
        (b"<!DOCTYPE html><p>12</p>", "网页"),
        (with_part(write_word("1人"), "word/document.xml", b"<a"), "损坏"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cant_be_read_is_told_in_a_sentence(content: bytes, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_draft(content)


def test_a_draft_without_text_or_numbers_is_no_error() -> None:
    assert read_draft(b"").paragraphs == ()
    assert texts(read_draft(write_word("同志们："))) == ["同志们："]
