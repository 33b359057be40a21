"""Papers of the sample county as sentences: each outline for several organisations and spans."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from base.periods import parse_span
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.clauses import STOP
from stats.papers.compose import compose_brief
from stats.papers.paper_model import Brief, Cited, Paragraph

# The county, a township with all returns and one with none, one that lost a union, and a union.
UNITS = ("COUNTY", "T01", "T09", "T03", "P01001")
# A year, a quarter with missing returns, a half year, three years, the quarter of a move, an unfinished year.
SPANS = ("2010Q1..2010Q4", "2011Q2", "2010Q1..2010Q2", "2008Q1..2010Q4", "2009Q3", "2011Q1..2011Q4")


@dataclass(frozen=True)
class Said:
    """A sentence of a paper: its place, its pieces, and the paper."""

    brief: Brief
    section: str
    pieces: tuple[str | Cited, ...]

    @property
    def text(self) -> str:
        """Return the sentence as it is printed."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @property
    def cited(self) -> list[Cited]:
        """Return its figures."""
        return [piece for piece in self.pieces if isinstance(piece, Cited)]


def some_of_each() -> list[tuple[str, str]]:
    """Return the county and the township without returns with each span, the others with half of them, in turn."""
    pairs = enumerate(product(UNITS, SPANS))
    return [(unit, span) for at, (unit, span) in pairs if unit in ("COUNTY", "T09") or (UNITS.index(unit) + at) % 2]


def compose_all(source: Source, asked: Iterable[tuple[str, str]] = tuple(product(UNITS, SPANS))) -> list[Brief]:
    """Return a paper of each outline for each organisation and span asked for."""
    return [
        compose_brief(source, outline, Selection(unit, parse_span(span)))
        for outline in source.catalogue.outlines.values()
        for unit, span in asked
    ]


def sentences(briefs: list[Brief]) -> Iterator[Said]:
    """Yield every sentence of papers."""
    for brief in briefs:
        for section in brief.sections:
            for paragraph in section.paragraphs:
                yield from (Said(brief, section.title, pieces) for pieces in _parted(paragraph))


def text_of(brief: Brief) -> str:
    """Return a paper's paragraphs and the titles of its charts."""
    lines = [paragraph.text for section in brief.sections for paragraph in section.paragraphs]
    return "\n".join([*lines, *(exhibit.figure.title for exhibit in brief.exhibits()), *brief.as_known])


def _parted(paragraph: Paragraph) -> Iterator[tuple[str | Cited, ...]]:
    left: list[str | Cited] = []
    for piece in paragraph.pieces:
        if isinstance(piece, Cited):
            left.append(piece)
            continue
        *ended, rest = piece.split(STOP)
        for words in ended:
            yield (*left, words)
            left = []
        left += [rest] if rest else []
    if left:
        yield tuple(left)
