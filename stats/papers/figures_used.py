"""Figures used: which figure was given out when, on what occasion, in which paper, by whom and in which words."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from base.text import normalise
from stats.papers.cited_figures import Paper, Registered, look_up, papers


@dataclass(frozen=True)
class FigureUse:
    """A figure in a paper, with all words that were printed for it there."""

    figure: Registered
    paper: Paper
    wordings: tuple[str, ...]

    def is_about(self, words: str) -> bool:
        """Return whether the figure's name, the occasion, the paper or who made it has some words in it."""
        texts = (self.figure.name, self.paper.occasion, self.paper.title, self.paper.who, self.figure.ref)
        return any(normalise(words) in normalise(text) for text in texts)


def figures_used(store: Path) -> list[FigureUse]:
    """Return every figure of every paper that was given out or marked final, the latest first."""
    made = papers(store)
    known = look_up(store, {ref for paper in made for ref in paper.wordings})
    return [*_uses(made, known)]


def _uses(made: list[Paper], known: dict[str, Registered]) -> Iterator[FigureUse]:
    for paper in made:
        yield from (FigureUse(known[ref], paper, words) for ref, words in paper.wordings.items() if ref in known)
