"""Side by side: tables next to one another, and cells that belong to no table: a code list, stray numbers."""

from dataclasses import dataclass

from etl.layout.area import CellArea
from etl.layout.caption import right_of
from etl.layout.header import Heading, figures_at, find_heading
from etl.layout.text_kinds import is_identifier, is_key, is_year, number_of
from etl.model.nouns import Cell

_SAMPLE = 200
_SEARCH_ROWS = 20  # rows in which the header is looked for
_REMARKS = frozenset({"备注", "说明", "备 注", "附注"})


@dataclass(frozen=True)
class Parted:
    """An area split at its blank columns: the tables, and the cells that belong to none."""

    tables: list[CellArea]
    loose_cells: list[Cell]
    above: list[Cell]  # known labels such as 单位：万元 apart from the table and above it


def cut_columns(area: CellArea) -> Parted:
    """Return the tables side by side in an area, and the remaining cells."""
    left, right = _own_columns(area)
    if (left, right) != (area.columns[0], area.columns[-1]):
        parted = cut_columns(area.within(left, right))
        parted.loose_cells.extend(cell for cell in area.cells() if not left <= cell.column <= right)
        return parted
    parts = [area.within(left, right) for left, right in _runs(area)]
    if len(parts) < 2:
        return Parted([area], [], [])
    main = max(parts, key=_weight)
    heading = find_heading(main)
    if heading is None:
        return Parted([area], [], [])
    tables: list[CellArea] = []
    cells: list[Cell] = []
    above: list[Cell] = []
    for part in parts:
        if part is main or _stands_alone(part):
            tables.append(part)
        elif tables and _goes_with(part, main, heading) and part.columns[0] > main.columns[0]:
            tables[-1] = area.within(tables[-1].columns[0], part.columns[-1])
        else:
            for cell in part.cells():
                (above if cell.row < heading.rows.start and _is_caption(cell, area) else cells).append(cell)
    return Parted(tables, cells, above)


def _own_columns(area: CellArea) -> tuple[int, int]:
    """Return the first and last column of a table with numbers beside its header, such as row heights or helpers."""
    first, last = area.columns[0], area.columns[-1]
    own_heading = find_heading(area)
    for row in area.numbers[:_SEARCH_ROWS]:
        if own_heading and own_heading.rows.start <= row:
            break
        cells = area.row(row)
        labels = [cell for cell in cells if cell.kind == "text" and number_of(cell.raw) is None]
        if len(labels) < 2 or len(labels) == len(cells):
            continue
        left, right = labels[0].column, right_of(area.sheet, row, labels[-1].column) - 1
        outside = [cell for cell in cells if not left <= cell.column <= right]
        if len(labels) + len(outside) < len(cells) or any(is_year(cell.raw) for cell in outside):
            continue
        own = area.within(left, right)
        heading = find_heading(own)
        if heading and row in heading.rows and figures_at(own, row + 1) and _only_beside(area, cells, left, right):
            return left, right
    return first, last


def _only_beside(area: CellArea, cells: list[Cell], left: int, right: int) -> bool:
    """Return whether the numbers beside a header's labels are no columns of the table: separate, or all equal."""
    if right + 1 not in {cell.column for cell in cells}:
        return True
    return len({cell.raw for row in area.numbers for cell in area.row(row) if cell.column == right + 1}) <= 2


def _is_caption(cell: Cell, area: CellArea) -> bool:
    left = [other for other in area.row(cell.row) if other.column < cell.column]
    return is_key(cell.raw) or any(is_key(other.raw) for other in left) or not left


def _runs(area: CellArea) -> list[tuple[int, int]]:
    """Return the runs of columns without a blank column between; a merged label below the titles bridges a gap."""
    used = set(area.columns)
    if not used:
        return []
    last = max(used)
    for row in area.numbers if area.sheet.merges else ():
        for _, left, _, right in area.sheet.merges_from.get(row, ()):
            if left in used and right <= last and not area.has_one_cell(row):
                used.update(range(left, right + 1))
    ordered = sorted(used)
    starts = [column for column in ordered if column - 1 not in used]
    ends = [column for column in ordered if column + 1 not in used]
    return list(zip(starts, ends, strict=True))


def _weight(part: CellArea) -> tuple[int, int]:
    heading = find_heading(part)
    cells = sum(len(part.row(row)) for row in part.numbers[:_SAMPLE])
    return (cells if heading else 0), len(part.columns)


def _stands_alone(part: CellArea) -> bool:
    """Return whether a part is a separate table: a header, row names, and a column of figures other than codes."""
    heading = find_heading(part)
    if heading is None:
        return False
    figures, names = _kinds(part, heading)
    return bool(figures) and bool(names) and min(names) < min(figures) and len(_body(part, heading)) > 0


def _kinds(part: CellArea, heading: Heading) -> tuple[set[int], set[int]]:
    """Return the columns of figures and those of texts below a header."""
    figures: set[int] = set()
    names: set[int] = set()
    for row in _body(part, heading)[:_SAMPLE]:
        for cell in part.row(row):
            label = "".join(heading.paths.get(cell.column, []))
            is_text = number_of(cell.raw) is None or is_identifier(label)
            (names if is_text else figures).add(cell.column)
    return figures - names, names


def _body(part: CellArea, heading: Heading) -> list[int]:
    return part.numbers[part.before(heading.below) :]


def _goes_with(part: CellArea, main: CellArea, heading: Heading) -> bool:
    """Return whether a part belongs to the main table: labels in its header, cells only in its rows."""
    labelled = {c.column for r in heading.rows for c in part.row(r)}
    rows = [row for row in part.numbers if row not in heading.rows]
    if not labelled or any(row < heading.rows.start or not main.holds(row) for row in rows):
        return False
    words = {cell.raw.strip() for r in heading.rows for cell in part.row(r)}
    figures, _ = _kinds(part, heading)
    return bool(words & _REMARKS) or figures >= set(part.columns) or len(part.columns) == 1
