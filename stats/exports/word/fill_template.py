"""Fill a Word template: placeholders become figures in content controls, the format stays, an appendix proves them.

The file is opened twice: its placeholders are marked, and what they say is put in the place of the marks. Both need
nothing but the file, and so may be done in a process of their own.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document
from docxtpl import DocxTemplate

from base.errors import UserError
from base.zip_guard import ODD, Opener, open_here
from stats.catalogue.placeholder_syntax import with_braced
from stats.exports.word.appendix import Appendix, add_appendix, row_of
from stats.exports.word.check_template import check_template
from stats.exports.word.controls import Pieces, mark, with_controls
from stats.exports.word.file import AS_DOCX
from stats.figures.figure_model import Selection, Source
from stats.papers.compose import as_known, prove
from stats.papers.fill_placeholders import Writer
from stats.papers.paper_model import Cited, Proof

_OPEN = re.compile(r"｛((?:<[^<>]*>)*)｛")
_CLOSE = re.compile(r"｝((?:<[^<>]*>)*)｝")
_SHOWN = 3  # problems told at once
_MOST = 5000  # placeholders marked: a text box holds its own twice


@dataclass(frozen=True)
class FilledWord:
    """A filled Word file, the figures in it as they are printed, and where each comes from."""

    content: bytes
    proofs: tuple[Proof, ...]
    cited: tuple[Cited, ...]


def fill_template(
    content: bytes,
    source: Source,
    view: Selection,
    seen: Callable[[Sequence[Proof]], Sequence[Proof]] = tuple,
    opener: Opener = open_here,
) -> FilledWord:
    """Return a Word template filled for one organisation and span, each figure in a control tagged by its reference.

    `seen` leaves out of the proofs the cells that are not told to who reads the file; without it all are told.

    Raises UserError that names the first problems and their places when the template can't be filled.
    """
    found = check_template(content, source, view, opener)
    stopping = [problem.sentence for problem in found.problems if problem.stops]
    if stopping:
        more = f"另有{len(stopping) - _SHOWN}处，请先检查模板。" if len(stopping) > _SHOWN else ""
        raise UserError("".join(stopping[:_SHOWN]) + more)
    marked, expressions = opener(mark_placeholders, content)
    writer = Writer(source, view)
    said = [writer.pieces(f"{{{{{expression}}}}}") for expression in expressions]
    cited = tuple(piece for pieces in said for piece in pieces if isinstance(piece, Cited))
    proofs = tuple(seen(list(prove(source, cited))))
    appendix = Appendix(tuple(map(row_of, proofs)), tuple(as_known(writer, cited)))
    return FilledWord(opener(put_figures, marked, said, appendix), proofs, cited)


def mark_placeholders(content: bytes) -> tuple[bytes, list[str]]:
    """Return a Word template with a mark in the place of each placeholder, and what the placeholders say, in order.

    Raises UserError for a file that the library can't open.
    """
    template, marks = _Template(BytesIO(content)), _Marks()
    try:
        template.render({}, marks)
        return _saved(template), marks.expressions
    except (UserError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - the library meets a package it does not know with errors of every kind
        raise UserError(f"{ODD}。{AS_DOCX}。") from None


def put_figures(marked: bytes, said: Sequence[Pieces], appendix: Appendix) -> bytes:
    """Return a marked template with what its placeholders say, and the appendix behind."""
    document = Document(BytesIO(marked))
    add_appendix(document, appendix)
    return with_controls(_saved(document), said)


def _saved(document: Any) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl ships no types
    """A template whose braces may be full-width."""

    def patch_xml(self, src_xml: str) -> str:
        """Return the XML with each placeholder in one piece."""
        return str(super().patch_xml(_CLOSE.sub(r"}\1}", _OPEN.sub(r"{\1{", src_xml))))


class _Marks:
    """Stands where the library wants a template engine: marks placeholders, and runs nothing."""

    def __init__(self) -> None:
        self.expressions: list[str] = []

    def from_string(self, text: str) -> "_Marked":
        """Return a text as the library renders it, each placeholder marked."""
        return _Marked(with_braced(text, self._mark))

    def _mark(self, expression: str) -> str:
        if len(self.expressions) >= _MOST:
            raise UserError(f"占位超过{_MOST}处，不像是讲稿。请分成几份再填。")
        self.expressions.append(expression)
        return mark(len(self.expressions) - 1)


@dataclass(frozen=True)
class _Marked:
    """A text that is rendered as it is."""

    text: str

    def render(self, _: Any) -> str:
        """Return the text."""
        return self.text
