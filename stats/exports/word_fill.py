"""Fill a Word template: placeholders become figures in content controls, the format stays, an appendix proves them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate

from stats.brief import Cited, Proof
from stats.composing import as_known, prove
from stats.errors import UserError
from stats.exports.word_appendix import add_appendix
from stats.exports.word_check import check_template
from stats.exports.word_controls import with_controls
from stats.figure import Selection, Source
from stats.placeholders import MARKED, Writer

_OPEN = re.compile(r"｛((?:<[^>]*>)*)｛")
_CLOSE = re.compile(r"｝((?:<[^>]*>)*)｝")
_MOST = 3  # problems told at once
_TEXTS = ("author", "comments", "identifier", "language", "subject", "title")


@dataclass(frozen=True)
class FilledWord:
    """A filled Word file, the figures in it as they are printed, and where each comes from."""

    content: bytes
    proofs: tuple[Proof, ...]
    cited: tuple[Cited, ...]


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl ships no types
    """A template whose braces may be full-width, and whose properties say figures without marks."""

    def patch_xml(self, src_xml: str) -> str:
        """Return the XML as Jinja may read it."""
        return str(super().patch_xml(_CLOSE.sub(r"}\1}", _OPEN.sub(r"{\1{", src_xml))))

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Fill the file's properties, such as its title, and take the marks out of them."""
        super().render_properties(context, jinja_env)
        for name in _TEXTS:
            told = getattr(self.docx.core_properties, name)
            setattr(self.docx.core_properties, name, MARKED.sub(r"\2", told))


def fill_template(
    content: bytes, source: Source, view: Selection, seen: Callable[[Sequence[Proof]], Sequence[Proof]] = tuple
) -> FilledWord:
    """Return a Word template filled for one organisation and span, each figure in a control tagged by its reference.

    `seen` leaves out of the proofs the cells that are not told to who reads the file; without it all are told.

    Raises UserError that names the first problems and their places when the template can't be filled.
    """
    found = check_template(content, source, view)
    stopping = [problem.sentence for problem in found.problems if problem.stops]
    if stopping:
        more = f"另有{len(stopping) - _MOST}处，请先检查模板。" if len(stopping) > _MOST else ""
        raise UserError("".join(stopping[:_MOST]) + more)
    writer = Writer(source, view)
    template = _Template(BytesIO(content))
    template.render(writer.context(), writer.environment(escape=True))
    cited = [writer.cite(phrase) for phrase in writer.said]
    proofs = tuple(seen(list(prove(source, cited))))
    add_appendix(template.docx, proofs, list(as_known(writer, cited)))
    made = BytesIO()
    template.save(made)
    return FilledWord(with_controls(made.getvalue(), writer), proofs, tuple(cited))
