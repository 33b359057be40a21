"""The papers that were composed last: the words for the screen, and with them the proofs for a file."""

from base.kept_results import keep
from pages.view import cached
from pages.view.declared_now import catalogue_now
from stats.figures.elements.figure_model import Selection
from stats.papers.compose import compose_text, proven
from stats.papers.paper_model import Brief

_FEW = 20


@keep(_FEW)
def paper_text(build: str, outline: str, selection: Selection, topics: tuple[str, ...]) -> Brief:
    """Return a paper composed for one selection, without its proofs."""
    return compose_text(cached.source(build), catalogue_now().outline(outline), selection, topics)


@keep(_FEW)
def proven_paper(build: str, outline: str, selection: Selection, topics: tuple[str, ...]) -> Brief:
    """Return a paper composed for one selection, with the proof of each figure."""
    return proven(cached.source(build), paper_text(build, outline, selection, topics))
