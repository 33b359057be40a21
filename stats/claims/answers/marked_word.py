"""A marked copy: the Word file of a draft with a comment at each number, its text and format as they were.

It needs the file and the notes alone, so that it can run in a child process.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from lxml import etree

from stats.claims.answers.draft_notes import DraftNote
from stats.claims.answers.word_anchors import (
    RUN,
    add_anchors,
    host_of,
    is_split,
    run_of,
    runs_between,
    split_after,
    split_before,
)
from stats.claims.answers.word_changes import add_change, last_change
from stats.claims.answers.word_comments import AUTHOR, add_comments, next_comment, written_part
from stats.claims.draft_files.draft_model import PART_NAMES, DraftParagraph, Piece
from stats.claims.draft_files.word_draft import TEXT_TAGS, read_word
from stats.exports.style.printable import printable
from stats.exports.word.file import W, parse_part, parts_of, with_parts

_BODY = "word/document.xml"
_NOTES = {"word/footnotes": "footnote", "word/endnotes": "endnote"}


def mark_word(content: bytes, notes: Sequence[DraftNote], at: datetime | None = None) -> bytes:
    """Return a Word file with a comment at each number that has a note, and the tracked changes that go with them.

    Raises UserError for a file that must not or can't be opened.
    """
    paragraphs, parts = read_word(content).paragraphs, dict(parts_of(content))
    marking = _Marking.of(paragraphs, parts, f"{(at or datetime.now(UTC)):%Y-%m-%dT%H:%M:%SZ}")
    ordered = sorted(notes, key=lambda note: (note.place.paragraph, note.place.start))
    numbered = [*zip(count(next_comment(parts)), ordered, strict=False)]
    for number, note in reversed(numbered):  # from the end, so that the places of the numbers before stay right
        marking.mark(paragraphs[note.place.paragraph], note, number)
    comments = ((number, _lines(note, paragraphs[note.place.paragraph])) for number, note in numbered)
    return with_parts(content, {_BODY: written_part(marking.body), **add_comments(parts, comments, marking.at)})


def _lines(note: DraftNote, paragraph: DraftParagraph) -> Sequence[str]:
    """Return the lines of a comment; one that can't stand at its number begins with where that is."""
    placed = (f"{PART_NAMES[paragraph.part]}：{paragraph.text[note.place.start : note.place.end]}",)
    return printable(note.lines if paragraph.part in ("body", "table") else placed + note.lines)


@dataclass
class _Marking:
    """The body of a file while comments and changes are put into it; `texts` are those of each part, as read."""

    body: etree._Element
    texts: Mapping[str, Sequence[etree._Element]]
    at: str
    changes: "count[int]"

    @classmethod
    def of(cls, paragraphs: Sequence[DraftParagraph], parts: Mapping[str, bytes], at: str) -> "_Marking":
        members = {piece.member for paragraph in paragraphs for piece in paragraph.pieces} | {_BODY}
        roots = {name: parse_part(parts[name]) for name in members}
        texts = {name: [*root.iter(*TEXT_TAGS)] for name, root in roots.items()}
        return cls(roots[_BODY], texts, at, count(last_change(roots[_BODY]) + 1))

    def mark(self, paragraph: DraftParagraph, note: DraftNote, number: int) -> None:
        pieces = [*paragraph.pieces_of(note.place.start, note.place.end)]
        first, last = (self.texts[piece.member][piece.element] for piece in (pieces[0], pieces[-1]))
        if pieces[0].member != _BODY or not (is_split(first) and is_split(last)):
            return self._mark_host(pieces, number)
        split_after(last, note.place.end - pieces[-1].start)
        start = split_before(first, note.place.start - pieces[0].start)
        end = start if first is last else run_of(last)
        add_anchors(start, end, number)
        runs = runs_between(start, end) if note.instead else []
        if runs:
            add_change(runs, printable(note.instead), (next(self.changes), next(self.changes)), AUTHOR, self.at)

    def _mark_host(self, pieces: Sequence[Piece], number: int) -> None:
        """Mark what holds a number where no comment may stand: its field, its text box, the mark of its note."""
        first, last = self._host(pieces[0]), self._host(pieces[-1])
        if first is None or last is None:  # a header: at the beginning
            paragraph = next(self.body.iter(f"{W}p"))
            look = paragraph.find(f"{W}pPr")
            first = last = etree.Element(RUN)
            paragraph.insert(0 if look is None else 1, first)
        add_anchors(first, last, number)

    def _host(self, piece: Piece) -> etree._Element | None:
        """Return what stands in the body for a text: its run, what holds it, or the mark of its note."""
        text = self.texts[piece.member][piece.element]
        if piece.member == _BODY:
            return host_of(text)
        kind = next((kind for begin, kind in _NOTES.items() if piece.member.startswith(begin)), "")
        note = next(text.iterancestors(f"{W}{kind}"), None) if kind else None
        if note is None:
            return None
        number = note.get(f"{W}id")
        marks = (mark for mark in self.body.iter(f"{W}{kind}Reference") if mark.get(f"{W}id") == number)
        return next((host_of(mark) for mark in marks), None)
