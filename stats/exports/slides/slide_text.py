"""Text on slides: the space that words need, to choose a font size or split them over slides."""

from collections.abc import Iterable, Sequence
from math import ceil
from typing import TypeVar

from stats.exports.style.text_width import breadth

_NARROW = 0.54  # the width of a narrow letter in sizes of its letters; wide ones take twice as much
LINE = 1.3  # the height of a line in sizes of its letters

Row = TypeVar("Row")


def lines_of(text: str, size: float, width: float) -> int:
    """Return the number of lines of a text in a font size and a box width, both in points."""
    return sum(max(1, ceil(breadth(line) * _NARROW * size / width)) for line in text.split("\n"))


def height_of(texts: Iterable[str], size: float, width: float, spacing: float = 0.0) -> float:
    """Return the height of paragraphs in points, with a gap in points after each."""
    return sum(lines_of(text, size, width) * size * LINE + spacing for text in texts)


def largest_size(texts: Sequence[str], sizes: Sequence[float], box: tuple[float, float], spacing: float = 0.0) -> float:
    """Return the first of the sizes in which paragraphs fit a box of (width, height) in points, else the last."""
    fitting = (size for size in sizes if height_of(texts, size, box[0], spacing) <= box[1])
    return next(fitting, sizes[-1])


def part(rows: Sequence[Row], heights: Sequence[float], room: float) -> list[list[Row]]:
    """Return rows in groups that fit the available height; a taller row forms its own group."""
    groups: list[list[Row]] = []
    left = 0.0
    for row, height in zip(rows, heights, strict=True):
        if not groups or height > left:
            groups.append([])
            left = room
        groups[-1].append(row)
        left -= height
    return groups
