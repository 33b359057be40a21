"""What a drawing's trace tells the browser, so that a press on one of its marks is known to ask about something."""

from collections.abc import Sequence

from stats.drawing.elements.frame import Part
from stats.figures.elements.asking import asking
from stats.figures.elements.figure_model import Figure, Mark


def pressed(figure: Figure, at: int, marks: Sequence[Mark]) -> Part:
    """Return the parts of a trace whose points are marks of the series at that place, each by its key.

    None where nothing is told of them.
    """
    asked = asking(figure, at)
    if asked is None:
        return {}
    return {"meta": {"names": dict(asked.names), "by": asked.by}, "customdata": [mark.key for mark in marks]}
