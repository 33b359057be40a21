"""Fill a Word template: placeholders become figures in content controls, the format stays, an appendix proves them.

The file is processed twice: first its placeholders are marked, later the marks are replaced by their contents. Both
steps need only the file, so that they can run in a child process.
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
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.compose import as_known, prove
from stats.papers.fill_placeholders import Writer
from stats.papers.paper_model import Cited, Proof

_OPEN = re.compile(r"｛((?:<[^<>]*>)*)｛")
_CLOSE = re.compile(r"｝((?:<[^<>]*>)*)｝")
_SHOWN = 3  # problems shown at once
_MOST = 5000  # marked placeholders; Word stores those in a text box twice


@dataclass(frozen=True)
class FilledWord:
    """A filled Word file, the figures in it as printed, and the source of each."""

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

    `seen` removes from the proofs the cells that the reader of the file may not see; without it all are listed.

    Raises UserError that names the first problems and their places when the template can't be filled.
    """
    result = check_template(content, source, view, opener)
    stopping = [problem.sentence for problem in result.problems if problem.stops]
    if stopping:
        more = f"另有{len(stopping) - _SHOWN}处，请先检查模板。" if len(stopping) > _SHOWN else ""
        raise UserError("".join(stopping[:_SHOWN]) + more)
    marked, expressions = opener(mark_placeholders, content)
    writer = Writer(source, view)
    contents = [writer.pieces(f"{{{{{expression}}}}}") for expression in expressions]
    cited = tuple(piece for pieces in contents for piece in pieces if isinstance(piece, Cited))
    proofs = tuple(seen(list(prove(source, cited))))
    appendix = Appendix(tuple(map(row_of, proofs)), tuple(as_known(writer, cited)))
    return FilledWord(opener(put_figures, marked, contents, appendix), proofs, cited)


def mark_placeholders(content: bytes) -> tuple[bytes, list[str]]:
    """Return a Word template with each placeholder replaced by a mark, and the placeholders' texts, in order.

    Raises UserError for a file that the library can't open.
    """
    template, marks = _Template(BytesIO(content)), _Marks()
    try:
        template.render({}, marks)
        return _saved(template), marks.expressions
    except (UserError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - the library raises errors of any kind for an unknown package
        raise UserError(f"{ODD}。{AS_DOCX}。") from None


def put_figures(marked: bytes, pieces: Sequence[Pieces], appendix: Appendix) -> bytes:
    """Return a marked template with the contents of its placeholders, followed by the appendix."""
    document = Document(BytesIO(marked))
    add_appendix(document, appendix)
    return with_controls(_saved(document), pieces)


def _saved(document: Any) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl ships no types
    """A template in which braces may be full-width."""

    def patch_xml(self, src_xml: str) -> str:
        """Return the XML with each placeholder joined into one run."""
        return str(super().patch_xml(_CLOSE.sub(r"}\1}", _OPEN.sub(r"{\1{", src_xml))))


class _Marks:
    """Takes the place of the library's template engine: marks placeholders and executes nothing."""

    def __init__(self) -> None:
        self.expressions: list[str] = []

    def from_string(self, text: str) -> "_Marked":
        """Return an object that the library renders, with each placeholder marked."""
        return _Marked(with_braced(text, self._mark))

    def _mark(self, expression: str) -> str:
        if len(self.expressions) >= _MOST:
            raise UserError(f"占位超过{_MOST}处，不像是讲稿。请分成几份再填。")
        self.expressions.append(expression)
        return mark(len(self.expressions) - 1)


@dataclass(frozen=True)
class _Marked:
    """A text that renders as itself."""

    text: str

    def render(self, _: Any) -> str:
        """Return the text."""
        return self.text
