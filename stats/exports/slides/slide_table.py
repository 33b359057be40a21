"""Tables on slides: rows in small letters, as many as have room."""

from collections.abc import Sequence
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from stats.exports.slides.slide_layout import write
from stats.exports.slides.slide_text import LINE, lines_of
from stats.exports.style.house_style import COLOURS, rgb

_ASIDE, _ABOVE = 4, 2  # points around a cell's words


def row_height(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Return how tall a row of texts is in points."""
    lines = (lines_of(text, size, width - 2 * _ASIDE) for text, width in zip(texts, widths, strict=True))
    return max(lines) * size * LINE + 2 * _ABOVE


def add_table(
    slide: Any, place: tuple[float, float], rows: Sequence[Sequence[str]], widths: Sequence[float], size: float
) -> None:
    """Add a table at (left, top) in points; its first row is the head."""
    heights = [row_height(row, widths, size) for row in rows]
    box = (*place, sum(widths), sum(heights))
    table = slide.shapes.add_table(len(rows), len(widths), *(Pt(length) for length in box)).table
    for at, width in enumerate(widths):
        table.columns[at].width = Pt(width)
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row.height = Pt(heights[number])
        for cell, text in zip(row.cells, texts, strict=True):
            _fill(cell, text, size, head=number == 0)


def _fill(cell: Any, text: str, size: float, head: bool) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(rgb(COLOURS.edge if head else COLOURS.ground))
    write(cell.text_frame, [[(text, head)]], size, anchor=MSO_ANCHOR.MIDDLE)
    cell.margin_left = cell.margin_right = Pt(_ASIDE)
    cell.margin_top = cell.margin_bottom = Pt(_ABOVE)
