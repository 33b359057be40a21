"""Papers for a meeting: what is said, shown and proved, before it is written as Word, slides or a workbook.

Every figure in a paper carries a reference, by which it can be found again in the register and in the appendix.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stats.figure import Figure
from stats.readings import Reading
from stats.traces import CellRef


@dataclass(frozen=True)
class Cited:
    """A figure as it stands in a sentence: the words printed (38,124人, 120多项), its reference, and the reading.

    `lacking` tells that there were no data for what is asked, so that the words only say so.
    """

    text: str
    ref: str
    reading: Reading
    lacking: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Sentences as they are printed: words and figures in their order."""

    pieces: tuple[str | Cited, ...]

    @property
    def text(self) -> str:
        """Return the whole paragraph as one text."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @property
    def cited(self) -> tuple[Cited, ...]:
        """Return the figures in it."""
        return tuple(piece for piece in self.pieces if not isinstance(piece, str))


@dataclass(frozen=True)
class Exhibit:
    """A chart or list of a board in a paper, with its reference. `subject` is board:panel, what the reference is of."""

    figure: Figure
    ref: str
    subject: str = ""


@dataclass(frozen=True)
class Section:
    """A part of a paper: its heading, its paragraphs and its charts."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(frozen=True)
class Proof:
    """Where a figure of a paper comes from, for the appendix: figure → definition → files → cells.

    `value` is the text by the one formatter, whatever words the sentence chose for it; `formula` has its parts in
    numbers. `cells` are all cells behind it, as `stats.traces.trace` returns them. `change` and `target` are words for
    a table, "" where there is neither.
    """

    ref: str
    name: str
    value: str
    when: str
    base: str
    coverage: str
    question: str
    formula: str
    trap: str
    reading: Reading
    cells: tuple[CellRef, ...]
    change: str = ""
    target: str = ""


@dataclass(frozen=True)
class Brief:
    """A paper for a meeting about one organisation and span.

    `as_known` says by which build, made when, and how complete: it is printed on the first page, below the title.
    `example` tells that the county is made up.
    """

    title: str
    unit: str
    unit_name: str
    span: str
    span_name: str
    as_known: tuple[str, ...]
    sections: tuple[Section, ...]
    proofs: tuple[Proof, ...]
    example: bool = False

    def cited(self) -> Iterator[Cited]:
        """Yield every figure in the sentences, in their order."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield from paragraph.cited

    def exhibits(self) -> Iterator[Exhibit]:
        """Yield every chart and list, in their order."""
        for section in self.sections:
            yield from section.exhibits
