"""Rows: what each row below a header is: detail, total, 其中, section, note, signature, prepared blank."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from etl.nouns import Cell
from etl.structure.area import Area
from etl.structure.header import Heading
from etl.structure.table import TableColumn, TableRow
from etl.structure.words import is_figure, is_note, is_signature, is_subset, is_unit, is_year, number_of, split_measure
from etl.structure.words import total_rank as rank_of
from etl.values import is_blank
from stats.words import normalise

Kind = Literal["detail", "total", "subset", "section", "note", "footer", "prepared", "beside", "repeated"]
_SECTION = re.compile(r".*(?:情况|情形|方面|部分|类|中|:)|[一二三四五六七八九十]+、.*|\([一二三四五六七八九十]\).*")
_MEASURE_COLUMN = frozenset({"计量单位", "单位", "计量/单位"})


@dataclass
class Item:
    """A row and what it is. `rank`: 2 for a grand total, 1 for a partial one, else 0."""

    kind: Kind
    row: TableRow
    rank: int = 0
    numbers: dict[int, float] = field(default_factory=dict)


class Sorter:
    """Tells the rows of one table apart."""

    def __init__(self, area: Area, heading: Heading | None, columns: list[TableColumn], first: int) -> None:
        self._area = area
        self._body = [row for row in area.numbers if row >= first]
        self._header = (
            {tuple(normalise(c.raw) for c in area.rows.get(r, [])) for r in heading.rows} if heading else set()
        )
        self._figures = {column.number for column in columns if column.role in ("figure", "rate")}
        self._names = {column.number for column in columns if column.role == "label"}
        identifiers = {column.number for column in columns if column.role == "label" and _numbers_rows(column)}
        self._tellers = self._names - identifiers
        self._measures = {c.number for c in columns if "".join(c.path) in _MEASURE_COLUMN}
        self._merged = {col for _, left, _, right in area.sheet.merges for col in range(left, right + 1)} & self._names
        self._last_figure = max((row for row in self._body if self._has_figures(area.rows[row])), default=0)

    def items(self) -> Iterator[Item]:
        """Yield the rows below the header from the top down, each with what it is."""
        foot: Kind | None = None
        for at, number in enumerate(self._body):
            cells = self._area.rows[number]
            has_figures = self._has_figures(cells)
            row = self._row(number, cells)
            apart = bool(at) and number - self._body[at - 1] > 1
            kind, rank = self._kind(row, cells, has_figures, apart, foot is not None)
            if foot and not has_figures and kind in ("detail", "section"):
                kind = foot
            foot = kind if kind in ("note", "footer") else (None if has_figures else foot)
            yield Item(kind, replace(row, cells=tuple(cells)) if foot else row, rank)

    def _row(self, number: int, cells: list[Cell]) -> TableRow:
        filled = self._filled(number, cells) if self._merged else cells
        told = [c for c in filled if c.column in self._tellers and not (c.column in self._measures and is_unit(c.raw))]
        texts = [c.raw.strip() for c in told if c.kind != "number"]
        totals = [text for text in (cells[0].raw.strip(), *texts) if rank_of(text)]
        label = totals[0] if totals else (texts[0] if texts else (told[0].raw if told else ""))
        named = next((normalise(c.raw) for c in cells if c.column in self._measures and is_unit(c.raw)), "")
        return TableRow(number, label, tuple(filled), named or split_measure(label)[1])

    def _filled(self, number: int, cells: list[Cell]) -> list[Cell]:
        """Return the cells with the texts that merged ranges of name columns lend to this row."""
        lent = []
        for column in self._merged:
            origin = self._area.origin((number, column))
            if origin[1] == column and origin[0] != number and origin[0] >= self._body[0]:
                lent += [cell] if (cell := self._area.sheet.cells.get(origin)) else []
        return sorted([*cells, *lent], key=lambda cell: cell.column) if lent else cells

    def _kind(self, row: TableRow, cells: list[Cell], has_figures: bool, apart: bool, footed: bool) -> tuple[Kind, int]:
        first = cells[0].raw
        rank = rank_of(row.label)
        if is_note(first) or is_signature(first, bare=row.row > self._last_figure and (bool(self._figures) or footed)):
            return ("note" if is_note(first) else "footer"), 0
        if rank:
            return "total", rank
        if is_subset(row.label):
            return "subset", 0
        if not row.label:
            return self._unnamed(cells, apart), 0
        if tuple(normalise(c.raw) for c in cells) in self._header:
            return "repeated", 0
        if self._figures and not has_figures and len(cells) == 1 and not is_year(row.label):
            return ("section" if self._is_section(row) else "detail"), 0
        return "detail", 0

    def _unnamed(self, cells: list[Cell], apart: bool) -> Kind:
        """Tell what a row without any name is: prepared when it holds zeros or its running number only."""
        if not self._tellers:
            return "detail"
        held = [c for c in cells if c.column not in self._names]
        if all(is_blank(c.raw) or number_of(c.raw) == 0 for c in held):
            return "prepared"
        return "beside" if apart and len(cells) == 1 else "detail"

    def _is_section(self, row: TableRow) -> bool:
        plain = normalise(row.label)
        return row.row < self._last_figure and bool(_SECTION.fullmatch(plain))

    def _has_figures(self, cells: list[Cell]) -> bool:
        return any((c.kind == "number" or is_figure(c.raw)) and c.column in self._figures for c in cells)


def _numbers_rows(column: TableColumn) -> bool:
    return bool(column.path) and normalise("".join(column.path)) in ("序号", "编号", "No.", "NO", "行次", "行号")
