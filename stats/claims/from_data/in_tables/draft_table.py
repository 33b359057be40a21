"""A table of a draft: which cells hold numbers, and which texts label each of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from stats.claims.draft_files.draft_model import CellOfDraft, DraftParagraph
from stats.claims.phrases import read_phrases
from stats.claims.phrases.folded_text import fold

_BARE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_NONE = re.compile("[—/无]+|…+")  # in the place of a number
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_TITLE = 40  # characters of a line above a table that names it
_MOST_HEADS = 3  # rows of labels above the first number


@dataclass(frozen=True)
class TableCell:
    """A cell of a table with all its paragraphs; `text` is the folded text of them together."""

    at: CellOfDraft
    paragraphs: tuple[DraftParagraph, ...]

    @cached_property
    def text(self) -> str:
        """Return what stands in the cell, half-width and without blanks."""
        return fold("".join(paragraph.text for paragraph in self.paragraphs)).text

    @cached_property
    def is_year(self) -> bool:
        """Return whether it is digits that may be a year or a number."""
        return _YEAR.fullmatch(self.text) is not None

    @cached_property
    def is_number(self) -> bool:
        """Return whether nothing stands in it but one number, with or without its measure."""
        return len(self.paragraphs) == 1 and (self.is_bare or _is_one_amount(self.text))

    @property
    def is_label(self) -> bool:
        """Return whether it labels others: a text, or a year at the beginning of a row."""
        return (
            bool(self.text)
            and not _NONE.fullmatch(self.text)
            and (not self.is_number or (self.is_year and not self.at.column))
        )

    @property
    def is_bare(self) -> bool:
        """Return whether it is a number without a measure."""
        return _BARE.fullmatch(self.text) is not None


@dataclass(frozen=True)
class DraftTable:
    """A table: its cells, how many rows of labels it begins with, and the paragraphs above it that name it."""

    cells: tuple[TableCell, ...]
    above: tuple[DraftParagraph, ...]

    @cached_property
    def _by_row(self) -> dict[int, list[TableCell]]:
        rows: dict[int, list[TableCell]] = {}
        for cell in self.cells:
            for row in range(cell.at.row, min(cell.at.row + cell.at.height, self._end)):
                rows.setdefault(row, []).append(cell)
        return rows

    @cached_property
    def _end(self) -> int:
        return max(cell.at.row for cell in self.cells) + 1

    @cached_property
    def heads(self) -> int:
        """Return how many rows stand above the first number: none in a list of names and numbers."""
        for row in range(min(_MOST_HEADS + 1, self._end)):
            cells = self._by_row.get(row, [])
            if any(_NONE.fullmatch(cell.text) or (cell.is_number and not cell.is_year) for cell in cells):
                return row
        return min(1, self._end)

    def numbers(self) -> Iterator[TableCell]:
        """Yield the cells below the labels that hold a number."""
        below = (cell for cell in self.cells if cell.at.row >= self.heads)
        return (cell for cell in below if cell.is_number and not cell.is_label)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Return the texts that name the whole table: those above it, and a first row of one cell alone."""
        first = self._by_row.get(0, [])
        own = [first[0].text] if len(first) == 1 and not first[0].is_number else []
        return tuple([*(fold(paragraph.text).text for paragraph in self.above), *own])

    def row_labels(self, number: TableCell) -> list[TableCell] | None:
        """Return the texts left of a number that label its row, None where one is missing."""
        row = [cell for cell in self._by_row[number.at.row] if cell.at.column < number.at.column]
        labels: list[TableCell] = []
        column = number.at.column
        for cell in sorted(row, key=lambda each: -each.at.column):
            if labels and not cell.is_label:
                return labels[::-1] if cell.is_number else None
            if labels and cell.at.column + cell.at.width < column:
                return None  # an empty cell between two labels
            labels += [cell] if cell.is_label else []
            column = cell.at.column
        return labels[::-1] if labels and column == 0 else None

    def column_labels(self, number: TableCell) -> list[TableCell] | None:
        """Return the texts above a number that label its column, None where there is none; [] in a list."""
        if not self.heads:
            return []
        heads = (self._at(row, number.at.column) for row in range(self.heads))
        labels = [*dict.fromkeys(cell for cell in heads if cell is not None and cell.text)]
        return [label for label in labels if label.text not in self.titles] or None

    def _at(self, row: int, column: int) -> TableCell | None:
        return next((cell for cell in self._by_row.get(row, []) if cell.at.covers(row, column)), None)


def tables_of(paragraphs: Sequence[DraftParagraph], notes: Sequence[str]) -> dict[int, DraftTable]:
    """Return the tables of a draft by their numbers; `notes` begin a line between a table and its title."""
    tables: dict[int, list[DraftParagraph]] = {}
    for paragraph in paragraphs:
        if paragraph.cell:
            tables.setdefault(paragraph.cell.table, []).append(paragraph)
    return {
        number: DraftTable(tuple(_cells(own)), tuple(_above(paragraphs, own[0].number, notes)))
        for number, own in tables.items()
    }


def _above(paragraphs: Sequence[DraftParagraph], first: int, notes: Sequence[str]) -> Iterator[DraftParagraph]:
    """Yield the lines right above a table that name it: its title, and what is said of the measure below that."""
    for paragraph in paragraphs[max(0, first - 2) : first][::-1]:
        if paragraph.cell or len(paragraph.text) > _LONGEST_TITLE or "。" in paragraph.text:
            return
        yield paragraph
        if not fold(paragraph.text).text.strip("（").startswith(tuple(notes)):
            return


def _cells(paragraphs: Sequence[DraftParagraph]) -> Iterator[TableCell]:
    cells: dict[CellOfDraft, list[DraftParagraph]] = {}
    for paragraph in paragraphs:
        if paragraph.cell:
            cells.setdefault(paragraph.cell, []).append(paragraph)
    return (TableCell(at, tuple(own)) for at, own in cells.items())


def _is_one_amount(text: str) -> bool:
    amounts = [phrase.amount for phrase in read_phrases(text).phrases if phrase.amount]
    return len(amounts) == 1 and (amounts[0].start, amounts[0].end) == (0, len(text))
