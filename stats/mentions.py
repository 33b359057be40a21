"""Mentions: the references of figures that stand in a Word, PowerPoint or Excel file, or in plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from stats.errors import UserError
from stats.mentioned_cells import sheet_mentions, strings_in
from stats.references import REFERENCE, is_reference, references_in

LARGEST = 100 * 1024 * 1024  # bytes of text in all, unpacked; a report with charts has less than ten million
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PARAGRAPHS = tuple(f"{space}{name}" for space, name in ((_WORD, "p"), (_DRAWING, "p"), (_SHEET, "si"), (_SHEET, "is")))
_TEXTS = tuple(f"{space}t" for space in (_WORD, _DRAWING, _SHEET))
_XML = re.compile(r"^(word|ppt|xl)/.*\.xml$")
_STRINGS = "xl/sharedStrings.xml"
_PLAIN = (".txt", ".md", ".csv")
_NO_NETWORK = {"resolve_entities": False, "no_network": True, "huge_tree": False}
# The figure just before a reference in brackets, and the one that a line of a slide's notes begins with.
_DIGIT = r"[\d０-９]"
_BEFORE = re.compile(
    rf"((?:约|近|超过)?{_DIGIT}[\d０-９,，.．]*\s*[%％多余]?[十百千万亿]*[多余]?"
    r"[^\d０-９，。；、：:（(〔\[\s]{0,3}(?:以上|左右)?)\s*[〔（(\[]?$"
)
_IN_NOTES = re.compile(rf"({REFERENCE.pattern})　(.*?)（[^（）]*；口径")


@dataclass(frozen=True)
class Mention:
    """A reference in a file, and the words that stand there for the figure; "" where only the reference stands.

    `written` are all words that stand for it anywhere in the file, "" among them where a place kept for it is empty.
    """

    ref: str
    words: str = ""
    written: tuple[str, ...] = ()


def mentions_in(data: bytes, name: str) -> list[Mention]:
    """Return the references in a file, each once, in their order. Raises UserError for a file that can't be read."""
    found: dict[str, Mention] = {}
    for mention in _all_mentions(data, name):
        known = found.get(mention.ref, Mention(mention.ref))
        written = (*known.written, *(one for one in mention.written if one not in known.written))
        found[mention.ref] = replace(known, words=known.words or mention.words, written=written)
    return list(found.values())


def _all_mentions(data: bytes, name: str) -> Iterator[Mention]:
    if name.lower().endswith(_PLAIN):
        for line in data.decode("utf-8", errors="replace").splitlines():
            yield from _in_text(line)
        return
    parts = dict(_parts(data, name))
    strings = strings_in(parts.get(_STRINGS))
    for member, part in parts.items():
        yield from _mentions(part)
        if member.startswith("xl/worksheets/"):
            for ref, written in sheet_mentions(part, strings):
                yield Mention(ref, "", (written,))


def _parts(data: bytes, name: str) -> Iterator[tuple[str, etree._Element]]:
    """Yield the parts of a document as trees; no more is unpacked than a document can have."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            left = LARGEST
            for member in (found for found in packed.namelist() if _XML.match(found)):
                with packed.open(member) as file:
                    text = file.read(left + 1)
                left -= len(text)
                if left < 0:
                    raise UserError(f"“{name}”展开后太大，不像是文稿。请换成 Word、PPT 或 Excel 存的文稿。")
                yield member, etree.fromstring(text, etree.XMLParser(**_NO_NETWORK))
    except (BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, EOFError):
        raise UserError(
            f"“{name}”打不开：不是 docx、pptx 或 xlsx 文稿，或者加了密码。请用 Word、PPT 或 Excel 另存一份再查。"
        ) from None


def _mentions(part: etree._Element) -> Iterator[Mention]:
    """Yield what stands in places kept for a reference, then every reference that stands in a text."""
    for control in part.iter(f"{_WORD}sdt"):
        tag = control.find(f"{_WORD}sdtPr/{_WORD}tag")
        ref = tag.get(f"{_WORD}val", "") if tag is not None else ""
        if is_reference(ref):
            yield Mention(ref, _words(control), (_words(control).strip(),))
    for run in part.iter(f"{_DRAWING}r"):
        look = run.find(f"{_DRAWING}rPr")
        ref = look.get("bmk", "") if look is not None else ""
        if is_reference(ref):
            yield Mention(ref, _words(run), (_words(run).strip(),))
    for row in part.iter(f"{_DRAWING}tr"):
        yield from _in_row([_words(cell) for cell in row.iter(f"{_DRAWING}tc")])
    for paragraph in part.iter(*_PARAGRAPHS):
        yield from _in_text(_words(paragraph))


def _in_row(texts: list[str]) -> Iterator[Mention]:
    """Yield the figure in a row of a slide's table of sources: reference, name and figure."""
    for ref, text in zip(texts, texts[1:], strict=False):
        if is_reference(ref.strip()) and "　" in text:
            yield Mention(ref.strip(), "", (text.rpartition("　")[2].strip(),))


def _in_text(text: str) -> Iterator[Mention]:
    """Yield every reference in a text, with the figure that stands just before it."""
    for ref, said in _IN_NOTES.findall(text):
        if is_reference(ref) and (figure := _BEFORE.search(said)):
            yield Mention(ref, "", (figure[1],))
    for ref in references_in(text):
        figure = _BEFORE.search(text[: text.index(ref)])
        yield Mention(ref, "", (figure[1],) if figure else ())


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(*_TEXTS))
