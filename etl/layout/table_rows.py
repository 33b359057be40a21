"""Table rows: what each row below a header is: detail, total, 其中, section, note, signature, prepared blank."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from base.text import normalise
from etl.labels.derived_labels import derived_label
from etl.labels.total_labels import is_total_by_itself
from etl.labels.total_labels import total_rank as rank_of
from etl.layout.area import CellArea
from etl.layout.header import Heading
from etl.layout.table import TableColumn, TableRow
from etl.layout.text_kinds import (
    bare_unit,
    is_figure,
    is_note,
    is_signature,
    is_subset,
    is_year,
    number_of,
    split_measure,
)
from etl.model.grid import as_text, is_filled
from etl.model.nouns import Cell
from etl.model.values import is_blank

Kind = Literal["detail", "total", "subset", "derived", "section", "note", "footer", "prepared", "beside", "repeated"]
_SECTION = re.compile(r".*(?:情况|情形|方面|部分|类|中|:)|[一二三四五六七八九十]+、.*|\([一二三四五六七八九十]\).*")
_ASIDE = re.compile(r"\([^()]{4,}\)")  # a line in brackets between the rows: （以上为城区）
_CLOSING = frozenset(")）﹚]］")
_MEASURE_COLUMN = frozenset({"计量单位", "单位", "计量/单位"})
_SAMPLE = 100
_SENTENCE = re.compile(r"[,;:!?。、①-⑳※●]|^[*]")


@dataclass(slots=True)
class RankedRow:
    """A row and what it is. `rank`: 2 for a grand total, 1 for a partial one, else 0."""

    kind: Kind
    row: TableRow
    rank: int = 0


class Sorter:
    """Classifies the rows of one table."""

    def __init__(self, area: CellArea, heading: Heading | None, columns: list[TableColumn], first: int) -> None:
        self._area = area
        self._body = area.numbers[area.before(first) :]
        self._sample: dict[int, list[str]] = defaultdict(list)  # texts of the first rows, by column
        for cell in (cell for row in self._body[:_SAMPLE] for cell in area.row(row)):
            self._sample[cell.column].append(cell.raw)
        header = {tuple(normalise(c.raw) for c in area.row(r)) for r in heading.rows} if heading else set()
        self._header = header
        self._labels = _labels_by_column(area, heading)
        self._initials = {labels[0][:1] for labels in header if labels}
        self._figures = [column.number for column in columns if column.role in ("figure", "rate")]
        self._names = {column.number for column in columns if column.role == "label"}
        labels = [column for column in columns if column.role == "label"]
        identifiers = {column.number for column in labels if _numbers_rows(column) or self._counts_rows(column)}
        self._tellers = sorted(self._names - identifiers)
        self._measures = [column.number for column in columns if self._holds_units(column)]
        self._merged = {col for _, left, _, right in area.sheet.merges for col in range(left, right + 1)} & self._names
        self._totalled = False  # whether the last row with figures was a total of all
        self._last_figure = next((row for row in reversed(self._body) if self._has_figures(area.values(row))), 0)

    def _holds_units(self, column: TableColumn) -> bool:
        """Return whether a column states the unit of measure of each row, by its heading or its values."""
        if column.path or column.role not in ("label", "text"):
            return "".join(column.path) in _MEASURE_COLUMN
        held = self._sample[column.number]
        return len(held) > 1 and 2 * sum(bool(bare_unit(raw)) for raw in held) > len(held)

    def _counts_rows(self, column: TableColumn) -> bool:
        """Return whether a column without a heading numbers the rows in Chinese numerals: 一, 二, 三."""
        if column.path or len(self._names) == 1:
            return False
        numbers = [number for raw in self._sample[column.number] if (number := number_of(raw)) is not None]
        return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))

    def items(self) -> Iterator[RankedRow]:
        """Yield the rows below the header from the top down, each with its kind."""
        foot: Kind | None = None
        for number, before in zip(self._body, [0, *self._body], strict=False):
            values = self._area.values(number)
            has_figures = self._has_figures(values)
            first = _first(values)
            row, rank, derived = self._row(number, values, first[0])
            apart = before > 0 and number - before > 1
            own = "derived" if derived and has_figures else self._kind(row, rank, first[0], has_figures, apart)
            kind = self._foot(row, first, foot is not None) or own
            rank = rank if kind == "total" else 0
            if foot and not has_figures and kind in ("detail", "section"):
                kind = foot
            self._totalled = rank == 2 if kind == "total" else self._totalled and not has_figures
            foot = kind if kind in ("note", "footer") else (None if has_figures else foot)
            yield RankedRow(kind, replace(row, lent=()) if foot else row, rank)

    def _row(self, number: int, values: list[Any], first: str) -> tuple[TableRow, int, bool]:
        """Return a row with its label, the label's rank as a total (2, 1 or 0), and whether it is a derived row."""
        borrowed = tuple(self._lent(number)) if self._merged else ()
        texts_of_row = [
            (raw, kind)
            for column, raw, kind in self._naming_cells(values, borrowed)
            if not self._names_measure(column, raw)
        ]
        texts = [raw.strip() for raw, kind in texts_of_row if kind != "number"]
        totals = [text for text in (first.strip(), *texts) if rank_of(text) and self._is_total(text, texts)]
        label = totals[0] if totals else (texts[0] if texts else (texts_of_row[0][0] if texts_of_row else ""))
        units = (raw for column, raw, _ in self._picked(values, self._measures) if self._names_measure(column, raw))
        named = bare_unit(next(units, ""))
        measure = named or (split_measure(label)[1] if label[-1:] in _CLOSING else "")
        derived = any(map(derived_label, (first, *texts[:1], *texts[-1:])))
        return (
            TableRow(row=number, label=label, measure=measure, area=self._area, lent=borrowed),
            rank_of(label) if totals else 0,
            derived,
        )

    @staticmethod
    def _is_total(label: str, texts: list[str]) -> bool:
        return not is_total_by_itself(label) or all(rank_of(text) for text in texts)

    def _naming_cells(self, values: list[Any], borrowed: tuple[Cell, ...]) -> list[tuple[int, str, str]]:
        """Return column, text and kind of the cells in the columns that name the row."""
        own = self._picked(values, self._tellers)
        if not borrowed:
            return own
        more = [(cell.column, cell.raw, cell.kind) for cell in borrowed if cell.column in self._tellers]
        return sorted([*own, *more], key=lambda placed: placed[0])

    def _picked(self, values: list[Any], columns: list[int]) -> list[tuple[int, str, str]]:
        left, width = self._area.left, len(values)
        return [
            (column, value, "text") if type(value) is str else (column, *as_text(value))
            for column in columns
            if column - left < width and is_filled(value := values[column - left])
        ]

    def _names_measure(self, column: int, raw: str) -> bool:
        return column in self._measures and bool(bare_unit(raw))

    def _lent(self, number: int) -> Iterator[Cell]:
        """Yield the cells of name columns that reach this row through merged ranges."""
        for column in self._merged:
            origin = self._area.origin((number, column))
            lends = origin[1] == column and origin[0] != number and origin[0] >= self._body[0]
            if lends and (cell := self._area.sheet.cells.get(origin)):
                yield cell

    def _foot(self, row: TableRow, first_text: tuple[str, str], footed: bool) -> Kind | None:
        """Return whether a row begins as a note or a line of signatures does, None when it doesn't."""
        first, kind = first_text
        bare = row.row > self._last_figure and (bool(self._figures) or footed)
        if kind != "text" or not (is_note(first) or is_signature(first, bare=bare)):
            return None
        return "note" if is_note(first) else "footer"

    def _kind(self, row: TableRow, rank: int, first: str, has_figures: bool, apart: bool) -> Kind:
        if rank:
            return "total"
        if is_subset(row.label):
            return "subset"
        if not row.label:
            return self._unnamed(row.row, apart)
        if self._repeats(row.row, first, has_figures):
            return "repeated"
        if self._figures and not has_figures and self._area.has_one_cell(row.row) and not is_year(row.label):
            if row.row > self._last_figure and self._is_remark(row.row, first):
                return "note"
            if _ASIDE.fullmatch(normalise(row.label)):
                return "note"
            return "section" if self._is_section(row) else "detail"
        return "detail"

    def _is_remark(self, row: int, text: str) -> bool:
        """Return whether a text below the last figure is a remark: below a total, across columns, or a sentence."""
        (cell,) = self._area.row(row)
        own, last = (self._area.sheet.merge_at((at, cell.column)) for at in (row, self._last_figure))
        across = own is not None and own[3] > max(cell.column, last[3] if last else 0)
        return self._totalled or across or bool(_SENTENCE.search(normalise(text)))

    def _repeats(self, row: int, first: str, has_figures: bool) -> bool:
        """Return whether a row repeats the header: one of its rows, or half of a row in the same columns."""
        if not has_figures and self._figures:
            cells = [cell for cell in self._area.row(row) if cell.column not in self._merged]
            again = sum(split_measure(cell.raw)[0] in self._labels.get(cell.column, ()) for cell in cells)
            return again > 1 and 2 * again >= len(cells)
        if normalise(first.strip()[:1])[:1] not in self._initials:  # one letter first: a roster has many names
            return False
        return tuple(normalise(cell.raw) for cell in self._area.row(row)) in self._header

    def _unnamed(self, row: int, apart: bool) -> Kind:
        """Return the kind of a row without a name: prepared if it has only zeros or its running number."""
        if not self._tellers:
            return "detail"
        cells = self._area.row(row)
        held = (cell for cell in cells if cell.column not in self._names)
        if all(is_blank(cell.raw) or number_of(cell.raw) == 0 for cell in held):
            return "prepared"
        return "beside" if apart and len(cells) == 1 else "detail"

    def _is_section(self, row: TableRow) -> bool:
        plain = normalise(row.label)
        return row.row < self._last_figure and bool(_SECTION.fullmatch(plain))

    def _has_figures(self, values: list[Any]) -> bool:
        left, width = self._area.left, len(values)
        held = [values[column - left] for column in self._figures if column - left < width]
        return float in map(type, held) or any(map(_is_figure, held))


def _labels_by_column(area: CellArea, heading: Heading | None) -> dict[int, set[str]]:
    labels: dict[int, set[str]] = {}
    for row in heading.rows if heading else ():
        for cell in area.row(row):
            labels.setdefault(cell.column, set()).add(split_measure(cell.raw)[0])
    return labels


def _first(values: list[Any]) -> tuple[str, str]:
    """Return text and kind of a row's first cell."""
    value = next(filter(is_filled, values))
    return (value, "text") if type(value) is str else as_text(value)


def _is_figure(value: Any) -> bool:
    if value == "":
        return False
    raw, kind = as_text(value)
    return kind == "number" or is_figure(raw)


def _numbers_rows(column: TableColumn) -> bool:
    return bool(column.path) and normalise("".join(column.path)) in ("序号", "编号", "No.", "NO", "行次", "行号")
