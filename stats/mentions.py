"""Mentions: the references of figures that stand in a Word, PowerPoint or Excel file, or in plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from stats.errors import UserError
from stats.references import is_reference, references_in

LARGEST = 100 * 1024 * 1024  # bytes of text in all, unpacked; a report with charts has less than ten million
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PARAGRAPHS = tuple(f"{space}{name}" for space, name in ((_WORD, "p"), (_DRAWING, "p"), (_SHEET, "si"), (_SHEET, "is")))
_TEXTS = tuple(f"{space}t" for space in (_WORD, _DRAWING, _SHEET))
_XML = re.compile(r"^(word|ppt|xl)/.*\.xml$")
_PLAIN = (".txt", ".md", ".csv")
_NO_NETWORK = {"resolve_entities": False, "no_network": True, "huge_tree": False}


@dataclass(frozen=True)
class Mention:
    """A reference in a file, and the words that stand there for the figure; "" where only the reference stands."""

    ref: str
    words: str = ""


def mentions_in(data: bytes, name: str) -> list[Mention]:
    """Return the references in a file, each once, in their order. Raises UserError for a file that can't be read."""
    if name.lower().endswith(_PLAIN):
        return [Mention(ref) for ref in references_in(data.decode("utf-8", errors="replace"))]
    found: dict[str, Mention] = {}
    for part in _parts(data, name):
        for mention in _mentions(part):
            known = found.get(mention.ref)
            found[mention.ref] = known if known and known.words else mention
    return list(found.values())


def _parts(data: bytes, name: str) -> Iterator[etree._Element]:
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
                yield etree.fromstring(text, etree.XMLParser(**_NO_NETWORK))
    except (BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, EOFError):
        raise UserError(
            f"“{name}”打不开：不是 docx、pptx 或 xlsx 文稿，或者加了密码。请用 Word、PPT 或 Excel 另存一份再查。"
        ) from None


def _mentions(part: etree._Element) -> Iterator[Mention]:
    """Yield what stands in content controls named by a reference, then every reference that stands in a text."""
    for control in part.iter(f"{_WORD}sdt"):
        tag = control.find(f"{_WORD}sdtPr/{_WORD}tag")
        ref = tag.get(f"{_WORD}val", "") if tag is not None else ""
        if is_reference(ref):
            yield Mention(ref, _words(control))
    for paragraph in part.iter(*_PARAGRAPHS):
        for ref in references_in(_words(paragraph)):
            yield Mention(ref)


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(*_TEXTS))
