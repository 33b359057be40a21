"""Text positions: the place of text in a Word file, in words: paragraph, table cell, text box, header, footer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, repeat

from lxml import etree

from stats.exports.word.file import W, parse_part, parts_of

_PROPERTIES = "docProps/core.xml"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = (
    (re.compile(r"word/document\.xml"), "正文", True),
    (re.compile(r"word/header\d*\.xml"), "页眉", True),
    (re.compile(r"word/footer\d*\.xml"), "页脚", True),
    (re.compile(r"word/footnotes\.xml"), "脚注", True),
    (re.compile(r"word/endnotes\.xml"), "尾注", False),
    (re.compile(r"word/comments\.xml"), "批注", False),
    (re.compile(r"word/(?:charts|diagrams)/.*\.xml"), "图表", False),
)
_LOOKS = ("b", "i", "u", "color", "sz", "highlight", "strike")  # the visible properties of a run's format
_BEGINNING = 16  # characters by which a paragraph is identified


@dataclass(frozen=True)
class WordParagraph:
    """A paragraph's text and place; `fillable` means that placeholders are filled there.

    `looks` is the format of each character; `deleted` is text that a tracked change removed but the file still holds.
    """

    place: str
    text: str
    fillable: bool
    looks: tuple[str, ...]
    deleted: str


def standings(content: bytes) -> Iterator[WordParagraph]:
    """Yield every paragraph with text, in the order body, headers, footers, notes."""
    parts = dict(parts_of(content))
    if _PROPERTIES in parts:
        texts = (element.text or "" for element in parse_part(parts[_PROPERTIES]))
        yield from (
            WordParagraph(place=f"文件属性“{words}”", text=words, fillable=True, looks=("",) * len(words), deleted="")
            for words in texts
            if "{{" in words
        )
    for pattern, kind, fillable in _PARTS:
        for name in sorted(name for name in parts if pattern.fullmatch(name)):
            yield from _in_part(parse_part(parts[name]), kind, fillable)


def _in_properties(root: etree._Element) -> Iterator[WordParagraph]:
    for words in (element.text or "" for element in root):
        if "{{" in words:
            yield WordParagraph(
                place=f"文件属性“{words[:_BEGINNING]}”", text=words, fillable=True, looks=("",) * len(words), deleted=""
            )


def _in_part(root: etree._Element, kind: str, fillable: bool) -> Iterator[WordParagraph]:
    cells = _cells(root)
    number = 0
    for paragraph in root.iter(f"{W}p", "{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
        number += 1
        if next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue  # the same text again, for programs that don't support the drawing above
        texts = list(_texts(paragraph))
        words = "".join(text for text, _ in texts).replace("｛｛", "{{").replace("｝｝", "}}")
        deleted = "".join(text.text or "" for text in paragraph.iter(f"{W}delText"))
        if words or deleted:
            place = f"{kind}{_place(paragraph, cells, number)}“{words[:_BEGINNING]}”"
            looks = tuple(chain.from_iterable(repeat(look, len(text)) for text, look in texts))
            yield WordParagraph(place=place, text=words, fillable=fillable, looks=looks, deleted=deleted)


def _texts(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the texts of a paragraph with their format, without text boxes anchored in it."""
    for text in paragraph.iter(f"{W}t", "{http://schemas.openxmlformats.org/drawingml/2006/main}t"):
        if next(text.iterancestors(paragraph.tag), None) is paragraph and text.text:
            yield text.text, _look(text.getparent())


def _look(run: etree._Element | None) -> str:
    text = None if run is None else run.find(f"{W}rPr")
    kept = [] if text is None else [name for name in text if etree.QName(name).localname in _LOOKS]
    return "|".join(sorted(f"{etree.QName(name).localname}={name.get(f'{W}val')}" for name in kept))


def _cells(root: etree._Element) -> dict[etree._Element, str]:
    """Return the place of each table cell in a part. The part is traversed once, however large its tables are."""
    return {
        cell: f"第{number}张表第{down}行第{across}格"
        for number, table in enumerate(root.iter(f"{W}tbl"), 1)
        for down, row in enumerate(_below(table, f"{W}tr"), 1)
        for across, cell in enumerate(_below(row, f"{W}tc"), 1)
    }


def _below(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, including those in a content control."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
            yield from _below(child, tag)


def _place(paragraph: etree._Element, cells: Mapping[etree._Element, str], number: int) -> str:
    if next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None:
        return "文本框"
    cell = next((ancestor for ancestor in paragraph.iterancestors(f"{W}tc") if ancestor in cells), None)
    return f"第{number}段" if cell is None else cells[cell]
