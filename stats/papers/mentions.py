"""Mentions: the references of figures in a Word, PowerPoint or Excel file, or in plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from zipfile import ZipFile

from lxml import etree

from base.errors import UserError
from base.zip_guard import DAMAGED, Refused, check_paper
from stats.papers.chart_numbers import Drawn, drawn_numbers
from stats.papers.references import is_reference, references_at
from stats.papers.workbook_mentions import sheet_mentions, strings_in

_MOST_FIGURES, _MOST_DRAWN = 5000, 100_000  # of one paper; a long one has some hundreds, and some thousands
_MOST = 20  # different texts for a figure in one paper
_LONGEST = 100  # characters of the text for a figure; the longest figures have thirty
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
_NOTE = re.compile(r"　(.*?)（[^（）]*；口径")


@dataclass(frozen=True)
class Mention:
    """A reference in a file, and the text there for the figure; "" if there is only the reference.

    `written` are all texts for it anywhere in the file, including "" if a place reserved for it is empty.
    """

    ref: str
    words: str = ""
    written: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperRead:
    """The figures in a paper: its references, and the numbers its charts draw."""

    mentions: tuple[Mention, ...]
    drawn: tuple[Drawn, ...]


def read_paper(data: bytes, name: str) -> PaperRead:
    """Return the figures in a file, by its content alone. Raises UserError for a file that can't be read."""
    mentions = mentions_in(data, name)
    try:
        drawn = tuple(islice(drawn_numbers(data), _MOST_DRAWN + 1))
    except (*DAMAGED, etree.XMLSyntaxError):
        raise UserError(_unreadable(name)) from None
    if len(mentions) > _MOST_FIGURES or len(drawn) > _MOST_DRAWN:
        raise UserError(f"“{name}”里的引用号或图中的数太多，不像是文稿。请分成几份再查。")
    return PaperRead(tuple(mentions), drawn)


def mentions_in(data: bytes, name: str) -> list[Mention]:
    """Return the references in a file, each once, in their order. Raises UserError for a file that can't be read."""
    by_reference: dict[str, Mention] = {}
    for mention in _all_mentions(data, name):
        known = by_reference.get(mention.ref, Mention(mention.ref))
        new = (text for text in mention.written if len(known.written) < _MOST and text not in known.written)
        written = (*known.written, *new)
        by_reference[mention.ref] = replace(known, words=known.words or mention.words, written=written)
    return list(by_reference.values())


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
                yield replace(_kept_for(ref, written), words="")


def _parts(data: bytes, name: str) -> Iterator[tuple[str, etree._Element]]:
    """Yield the parts of a document as trees; no more is unpacked than a document can have."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            check_paper(packed.infolist())
            for member in (name for name in packed.namelist() if _XML.match(name)):
                yield member, etree.fromstring(packed.read(member), etree.XMLParser(**_NO_NETWORK))
    except Refused as refused:
        raise UserError(f"“{name}”打不开：{refused}，不像是文稿。请换成 Word、PPT 或 Excel 存的文稿。") from None
    except (*DAMAGED, etree.XMLSyntaxError):
        raise UserError(_unreadable(name)) from None


def _unreadable(name: str) -> str:
    return f"“{name}”打不开：不是 docx、pptx 或 xlsx 文稿，或者加了密码。请用 Word、PPT 或 Excel 另存一份再查。"


def _mentions(part: etree._Element) -> Iterator[Mention]:
    """Yield the content of places reserved for a reference, then every reference in a text."""
    for control in part.iter(f"{_WORD}sdt"):
        tag = control.find(f"{_WORD}sdtPr/{_WORD}tag")
        ref = tag.get(f"{_WORD}val", "") if tag is not None else ""
        if is_reference(ref):
            yield _kept_for(ref, _words(control))
    for run in part.iter(f"{_DRAWING}r"):
        look = run.find(f"{_DRAWING}rPr")
        ref = look.get("bmk", "") if look is not None else ""
        if is_reference(ref):
            yield _kept_for(ref, _words(run))
    for row in part.iter(f"{_DRAWING}tr"):
        yield from _in_row([_words(cell) for cell in row.iter(f"{_DRAWING}tc")])
    for paragraph in part.iter(*_PARAGRAPHS):
        yield from _in_text(_words(paragraph))


def _kept_for(ref: str, words: str) -> Mention:
    """Return the text in a place reserved for a figure; of a longer text only its beginning."""
    begun = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return Mention(ref, begun, (begun.strip(),))


def _in_row(texts: list[str]) -> Iterator[Mention]:
    """Yield the figure in a row of a slide's table of sources: reference, name and figure."""
    for ref, text in zip(texts, texts[1:], strict=False):
        if is_reference(ref.strip()) and "　" in text:
            yield replace(_kept_for(ref.strip(), text.rpartition("　")[2]), words="")


def _in_text(text: str) -> Iterator[Mention]:
    """Yield every reference in a text, with the figure just before it."""
    places = references_at(text)
    for (ref, start), (_, following) in zip(places, [*places[1:], ("", len(text))], strict=False):
        match = _NOTE.match(text, start + len(ref), following)
        if match and (figure := _figure_before(match[1], len(match[1]))):
            yield Mention(ref, "", (figure,))
    first: dict[str, int] = {}
    for ref, start in places:
        first.setdefault(ref, start)
    for ref, start in first.items():
        figure = _figure_before(text, start)
        yield Mention(ref, "", (figure,) if figure else ())


def _figure_before(text: str, end: int) -> str:
    """Return the figure just before a position in a text, searching back no further than a figure is long."""
    match = _BEFORE.search(text[max(0, end - _LONGEST) : end])
    return match[1] if match else ""


def _words(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(*_TEXTS))
