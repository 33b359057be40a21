"""A draft as a Word file: body, tables, text boxes, notes and headers, with all tracked changes accepted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from stats.claims.draft_files.draft_model import CellOfDraft, DraftParagraph, DraftText, PartOfDraft, Piece
from stats.claims.draft_files.word_tables import cells_of
from stats.exports.word.file import W, guard_word, parse_part, parts_of

_MEMBERS: Mapping[str, PartOfDraft] = {
    "word/document": "body", "word/footnotes": "footnote", "word/endnotes": "endnote", "word/header": "header",
    "word/footer": "header",
}  # fmt: skip
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
TEXT_TAGS = (f"{W}t", _FORMULA)
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# What isn't there once changes are accepted, or is shown twice or not at all.
_UNSEEN = {f"{W}del", f"{W}moveFrom", f"{W}delText", f"{W}instrText", f"{W}rt", f"{W}pPr", f"{W}rPr", _FALLBACK}
_BOX = f"{W}txbxContent"


@dataclass
class _WordReader:
    """Reads the parts of a file one after the other, and numbers paragraphs and tables throughout."""

    paragraphs: list[DraftParagraph] = field(default_factory=list)
    tables: int = 0
    member: str = ""
    order: Mapping[etree._Element, int] = field(default_factory=dict)
    pending: list[tuple[str, int]] = field(default_factory=list)  # of a paragraph whose end is deleted

    def read(self, member: str, root: etree._Element, part: PartOfDraft) -> None:
        self.member = member
        self.order = {element: place for place, element in enumerate(root.iter(*TEXT_TAGS))}
        self.walk(root, part, None)
        self.close(part, None)

    def walk(self, element: etree._Element, part: PartOfDraft, cell: CellOfDraft | None) -> None:
        for child in element:
            if child.tag in _UNSEEN:
                continue
            if child.tag == f"{W}p":
                self.paragraph(child, part, cell)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif child.tag == _BOX:
                self.walk(child, "text_box", None)
            else:
                self.walk(child, part, cell)

    def paragraph(self, element: etree._Element, part: PartOfDraft, cell: CellOfDraft | None) -> None:
        self.pending += _texts(element, self.order)
        if element.find(f"{W}pPr/{W}rPr/{W}del") is None:
            self.close(part, cell)
        for box in _boxes(element):
            self.walk(box, "text_box", None)

    def close(self, part: PartOfDraft, cell: CellOfDraft | None) -> None:
        pieces, start = [], 0
        for text, place in self.pending:
            pieces += [Piece(start, start + len(text), self.member, place)] if place >= 0 else []
            start += len(text)
        content = "".join(text for text, _ in self.pending)
        self.pending = []
        if content.strip():
            number, kept = len(self.paragraphs), tuple(pieces)
            self.paragraphs.append(DraftParagraph(number=number, text=content, part=part, cell=cell, pieces=kept))

    def table(self, element: etree._Element) -> None:
        number, self.tables = self.tables, self.tables + 1
        for cell, place in cells_of(element, number):
            self.walk(cell, "table", place)


def read_word(content: bytes) -> DraftText:
    """Return a Word file as a draft. Raises UserError for a file that must not or can't be opened."""
    guard_word(content)
    reader = _WordReader()
    parts = {name: part for name, part in parts_of(content) if name.endswith(".xml")}
    for begin, part in _MEMBERS.items():
        for member in sorted(name for name in parts if name.startswith(begin)):
            reader.read(member, parse_part(parts[member]), part)
    return DraftText(tuple(reader.paragraphs))


def _texts(element: etree._Element, order: Mapping[etree._Element, int]) -> Iterator[tuple[str, int]]:
    """Yield the texts of a paragraph with the number of the element that holds each, -1 for a sign without text."""
    for child in element:
        if child.tag in _UNSEEN or child.tag == _BOX or _is_hidden(child):
            continue
        if child.tag in TEXT_TAGS:
            yield child.text or "", order[child]
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag], -1
        else:
            yield from _texts(child, order)


def _is_hidden(element: etree._Element) -> bool:
    vanish = element.find(f"{W}rPr/{W}vanish") if element.tag == f"{W}r" else None
    return vanish is not None and vanish.get(f"{W}val", "1") not in ("0", "false", "off")


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the text boxes of a paragraph, each once: what is kept for older programs shows it a second time."""
    for child in element:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _UNSEEN:
            yield from _boxes(child)
