"""Where text stands in a Word file, as a person finds it: paragraph, cell of a table, text box, header, footer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from stats.exports.word_file import W, parse_part, parts_of

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
_LOOKS = ("b", "i", "u", "color", "sz", "highlight", "strike")  # what a reader sees of a run's format
_BEGINNING = 16  # letters by which a paragraph is known


@dataclass(frozen=True)
class Standing:
    """A paragraph's text and where it stands; `fillable` tells whether placeholders are filled there.

    `looks` says for each letter how it looks, `deleted` is what a tracked change took out and the file still holds.
    """

    place: str
    text: str
    fillable: bool
    looks: tuple[str, ...]
    deleted: str


def standings(content: bytes) -> Iterator[Standing]:
    """Yield every paragraph with text, in the order body, headers, footers, notes."""
    parts = dict(parts_of(content))
    if _PROPERTIES in parts:
        told = (one.text or "" for one in parse_part(parts[_PROPERTIES]))
        yield from (
            Standing(f"文件属性“{words}”", words, True, ("",) * len(words), "") for words in told if "{{" in words
        )
    for pattern, kind, fillable in _PARTS:
        for name in sorted(name for name in parts if pattern.fullmatch(name)):
            yield from _in_part(parse_part(parts[name]), kind, fillable)


def _in_properties(root: etree._Element) -> Iterator[Standing]:
    for words in (one.text or "" for one in root):
        if "{{" in words:
            yield Standing(f"文件属性“{words[:_BEGINNING]}”", words, True, ("",) * len(words), "")


def _in_part(root: etree._Element, kind: str, fillable: bool) -> Iterator[Standing]:
    tables = list(root.iter(f"{W}tbl"))
    number = 0
    for paragraph in root.iter(f"{W}p", "{http://schemas.openxmlformats.org/drawingml/2006/main}p"):
        number += 1
        if next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue  # what programs show that do not know the drawing above it: the same text once more
        letters = [(letter, look) for text, look in _texts(paragraph) for letter in text]
        words = "".join(letter for letter, _ in letters).replace("｛｛", "{{").replace("｝｝", "}}")
        deleted = "".join(found.text or "" for found in paragraph.iter(f"{W}delText"))
        if words or deleted:
            place = f"{kind}{_place(paragraph, tables, number)}“{words[:_BEGINNING]}”"
            yield Standing(place, words, fillable, tuple(look for _, look in letters), deleted)


def _texts(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the texts of a paragraph itself, not of text boxes anchored in it, each with how it looks."""
    for text in paragraph.iter(f"{W}t", "{http://schemas.openxmlformats.org/drawingml/2006/main}t"):
        if next(text.iterancestors(paragraph.tag), None) is paragraph and text.text:
            yield text.text, _look(text.getparent())


def _look(run: etree._Element | None) -> str:
    found = None if run is None else run.find(f"{W}rPr")
    kept = [] if found is None else [one for one in found if etree.QName(one).localname in _LOOKS]
    return "|".join(sorted(f"{etree.QName(one).localname}={one.get(f'{W}val')}" for one in kept))


def _place(paragraph: etree._Element, tables: list[etree._Element], number: int) -> str:
    if next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None:
        return "文本框"
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    if cell is None:
        return f"第{number}段"
    row = next(cell.iterancestors(f"{W}tr"))
    table = next(cell.iterancestors(f"{W}tbl"))
    across = row.findall(f"{W}tc").index(cell) + 1 if cell in row.findall(f"{W}tc") else 1
    return f"第{tables.index(table) + 1}张表第{table.findall(f'{W}tr').index(row) + 1}行第{across}格"
