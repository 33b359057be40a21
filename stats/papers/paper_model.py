"""Papers for a meeting: their sentences, charts and proofs, independent of Word, slides or workbook.

Every figure in a paper carries a reference, by which it is found in the register and in the appendix.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from stats.figures.elements.figure_model import Figure
from stats.readings import Reading
from stats.readings.trace import CellRef


@dataclass(frozen=True)
class Cited:
    """A figure in a sentence: the words printed (38,124人, 120多项), its reference, and the reading.

    `lacking` means that there were no data, so that the words only say so.
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
    """A chart or list of a board in a paper, with its reference, whose `subject` is board:panel.

    `unseen` is the number of its cells that the paper's reader may not see.
    """

    figure: Figure
    ref: str
    subject: str = ""
    unseen: int = 0

    def seen(self, files: Collection[str]) -> "Exhibit":
        """Return it with the cells of these files only."""
        cells = tuple(cell if cell and cell.submission in files else None for cell in self.figure.cells)
        unseen = sum(map(bool, self.figure.cells)) - sum(map(bool, cells))
        return replace(self, figure=replace(self.figure, cells=cells), unseen=unseen) if unseen else self


@dataclass(frozen=True)
class Section:
    """A part of a paper: its heading, its paragraphs and its charts."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(kw_only=True, frozen=True)
class Proof:
    """Where a figure of a paper comes from, for the appendix: figure → definition → files → cells.

    `value` is the formatter's text, whatever words the sentence uses; `formula` has its parts in numbers. `cells` are
    all cells behind it, as `stats.readings.trace.trace` returns them, except the `unseen` ones that the paper's reader
    may not see. `change` and `target` are words for a table, "" if there are none.
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
    unseen: int = 0

    def seen(self, files: Collection[str]) -> "Proof":
        """Return it with the cells of these files only."""
        cells = tuple(cell for cell in self.cells if cell.submission in files)
        return replace(self, cells=cells, unseen=len(self.cells) - len(cells))


@dataclass(kw_only=True, frozen=True)
class Brief:
    """A paper for a meeting about one organisation and span.

    `as_known` states the build, its time and the coverage: it is printed on the first page, below the title. `left_out`
    names what has no sentence because it is zero or unknown, each with its value: 慰问大米数量（0吨）. `example` means
    that the county is made up, `short` that it is printed on few pages. `proofs` is empty until they are looked up.
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
    left_out: tuple[str, ...] = ()
    short: bool = False

    def say_left_out(self) -> str:
        """Return a sentence on what has no sentence in the paper; "" if nothing was left out."""
        return f"略去了没有数或者是零的几句：{'、'.join(self.left_out)}。" if self.left_out else ""

    def cited(self) -> Iterator[Cited]:
        """Yield every figure in the sentences, in their order."""
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield from paragraph.cited

    def exhibits(self) -> Iterator[Exhibit]:
        """Yield every chart and list, in their order."""
        for section in self.sections:
            yield from section.exhibits

    def cells(self) -> Iterator[CellRef]:
        """Yield every cell behind its figures and lists."""
        for proof in self.proofs:
            yield from proof.cells
        for exhibit in self.exhibits():
            yield from (cell for cell in exhibit.figure.cells if cell)

    def seen(self, files: Collection[str]) -> "Brief":
        """Return the paper for a reader who may see only the cells of these files, given by their sha256."""
        sections = tuple(
            replace(section, exhibits=tuple(exhibit.seen(files) for exhibit in section.exhibits))
            for section in self.sections
        )
        return replace(self, sections=sections, proofs=tuple(proof.seen(files) for proof in self.proofs))
