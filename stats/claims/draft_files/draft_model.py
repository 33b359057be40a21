"""A draft: its paragraphs with the way back to the place in the file where each piece of their text stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

PartOfDraft = Literal["body", "table", "text_box", "footnote", "endnote", "header"]
PART_NAMES: dict[PartOfDraft, str] = {
    "body": "正文", "table": "表格", "text_box": "文本框", "footnote": "脚注", "endnote": "尾注", "header": "页眉页脚",
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A piece of a paragraph's text: from where to where, and the text element of the file that holds it.

    `element` counts the text elements of the file's part `member` in document order, from 0.
    """

    start: int
    end: int
    member: str
    element: int


@dataclass(frozen=True)
class CellOfDraft:
    """Where a table's paragraph stands: the number of the table, its row and its column, all from 0.

    Of merged cells it is the first; `width` and `height` are how many columns and rows they are together.
    """

    table: int
    row: int
    column: int
    width: int = 1
    height: int = 1

    def covers(self, row: int, column: int) -> bool:
        """Return whether a place of the table lies in it."""
        return self.row <= row < self.row + self.height and self.column <= column < self.column + self.width


@dataclass(frozen=True)
class DraftParagraph:
    """A paragraph as a reader sees it once all tracked changes are accepted."""

    number: int
    text: str
    part: PartOfDraft = "body"
    cell: CellOfDraft | None = None
    pieces: tuple[Piece, ...] = ()

    @property
    def where(self) -> str:
        """Return the place in words, such as 正文第3段."""
        if self.cell:
            return f"第{self.cell.table + 1}张表第{self.cell.row + 1}行第{self.cell.column + 1}列"
        return f"{PART_NAMES[self.part]}第{self.number + 1}段"

    @property
    def table(self) -> int | None:
        """Return the number of the table it stands in, None for one in none."""
        return self.cell.table if self.cell else None

    @property
    def row(self) -> int:
        """Return the row of its table, -1 for a paragraph in none."""
        return self.cell.row if self.cell else -1

    def pieces_of(self, start: int, end: int) -> Iterator[Piece]:
        """Yield the pieces of the file that hold a part of the text."""
        return (piece for piece in self.pieces if piece.start < end and start < piece.end)


@dataclass(frozen=True)
class DraftText:
    """The paragraphs of a draft in their order."""

    paragraphs: tuple[DraftParagraph, ...]

    @property
    def tables(self) -> dict[int, list[list[DraftParagraph]]]:
        """Return the paragraphs of each table by its number, row by row."""
        inside = [paragraph for paragraph in self.paragraphs if paragraph.cell]
        tables: dict[int, list[DraftParagraph]] = {}
        for paragraph in inside:
            tables.setdefault(paragraph.cell.table if paragraph.cell else 0, []).append(paragraph)
        return {number: _rows(paragraphs) for number, paragraphs in tables.items()}


def _rows(paragraphs: list[DraftParagraph]) -> list[list[DraftParagraph]]:
    return [list(row) for _, row in groupby(paragraphs, lambda each: each.cell.row if each.cell else 0)]
