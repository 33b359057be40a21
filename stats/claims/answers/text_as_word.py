"""A draft that came as text, as a Word file with the same paragraphs and tables."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from typing import Any

from docx import Document

from stats.claims.answers.draft_notes import DraftNote
from stats.claims.answers.marked_word import mark_word
from stats.claims.draft_files import is_word
from stats.claims.draft_files.draft_model import DraftParagraph, DraftText
from stats.exports.style.house_style import SONG, TITLE
from stats.exports.word.document_style import SECOND, TEXT_WIDTH, add_table, add_text, body, fill_cell, plain, prepare

_UNWRITABLE = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_TITLE = 30


def word_of(draft: DraftText, title: str) -> bytes:
    """Return a draft as a .docx file; its numbers stand at the same places of the same paragraphs."""
    document = Document()
    prepare(document, title)
    for table, paragraphs in groupby(draft.paragraphs, lambda paragraph: paragraph.table):
        if table is None:
            for paragraph in paragraphs:
                _add(document, paragraph)
        else:
            _add_cells(document, [*paragraphs])
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def marked_copy(content: bytes, draft: DraftText, notes: Sequence[DraftNote], title: str) -> bytes:
    """Return a draft as a .docx file with its notes as comments: the same file, or one made of its text.

    Raises UserError for a Word file that must not or can't be opened.
    """
    return mark_word(content, notes) if is_word(content) else mark_text(draft, notes, title)


def mark_text(draft: DraftText, notes: Iterable[DraftNote], title: str) -> bytes:
    """Return a draft that came as text as a .docx file with a comment at each number that has a note."""
    kept = (paragraph.number for paragraph in draft.paragraphs if _writable(paragraph.text).strip())
    numbers = {number: place for place, number in enumerate(kept)}  # a Word file has no paragraphs without text
    moved = [replace(note, place=replace(note.place, paragraph=numbers[note.place.paragraph])) for note in notes]
    return mark_word(word_of(draft, title), moved)


def _add(document: Any, paragraph: DraftParagraph) -> None:
    text = _writable(paragraph.text)
    if paragraph.number == 0 and len(text) <= _LONGEST_TITLE and "。" not in text:
        add_text(plain(document.add_paragraph(), centred=True, after=12), text, TITLE, SECOND, bold=True)
    else:
        add_text(body(document.add_paragraph()), text)


def _add_cells(document: Any, paragraphs: Sequence[DraftParagraph]) -> None:
    placed = {(each.cell.row, each.cell.column): each for each in paragraphs if each.cell}
    rows, columns = (max(place) + 1 for place in zip(*placed, strict=True))
    table = add_table(document, rows, [TEXT_WIDTH // columns] * columns)
    for (row, column), paragraph in placed.items():
        fill_cell(table.cell(row, column), [_writable(paragraph.text)], SONG, centred=not row)


def _writable(text: str) -> str:
    """Return a text with a blank for each sign that a file can't hold, so that every other one keeps its place."""
    return _UNWRITABLE.sub(" ", text)
