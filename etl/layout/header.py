"""Header: which rows of an area are the table's headings, and the label path and unit of measure of each column."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from base.text import normalise
from etl.labels.total_labels import total_rank
from etl.layout.area import CellArea
from etl.layout.header_paths import header_paths
from etl.layout.numbered import counts_columns, in_order, is_number
from etl.layout.text_kinds import (
    bare_unit,
    is_key,
    is_note,
    is_numbering,
    is_period,
    is_signature,
    key_unit,
    split_measure,
)
from etl.model.nouns import Cell, Place
from etl.model.values import is_blank

HEADER_ROWS = 4
_LATIN = re.compile(r"[A-Za-z][A-Za-z .,'()/%&-]*")
_LOOK_AHEAD = 6


@dataclass(frozen=True)
class Heading:
    """A header in an area: its rows (without numbering and unit rows), and the first row below all of them."""

    rows: range
    below: int
    paths: dict[int, list[str]]
    units: dict[int, str]
    borrowed: tuple[int, ...] = ()  # columns whose unit is written above a neighbour under the same label


def find_heading(area: CellArea, start: int = 0) -> Heading | None:
    """Return the first header at or below row `start`, None when there is none."""
    for top in area.numbers:
        if top >= start and may_head(area, top) and not _overtopped(area, top):
            return read_heading(area, _lone_group(area, top) or top)
    return None


def _lone_group(area: CellArea, top: int) -> int | None:
    """Return the row above a header if it holds just one label over some of the columns, below a title."""
    above = top - 1
    titled = area.before(top) > 1 and area.has_one_cell(area.numbers[area.before(top) - 2])
    if not titled or not area.holds(above) or not area.has_one_cell(above):
        return None
    (cell,) = area.row(above)
    label, columns = normalise(cell.raw), [c.column for c in area.row(top)]
    covered = [column for column in columns if 0 <= column - cell.column < _width(area, (above, cell.column))]
    if ":" in label or is_period(label) or bare_unit(label) or cell.column <= columns[0]:
        return None
    return above if len(covered) > 1 else None


def may_head(area: CellArea, row: int) -> bool:
    """Return whether a row may begin a header: at least two labels, no figures, nothing that belongs above tables."""
    if not area.holds(row) or area.has_one_cell(row) or not (area.text_only(row) or counts_columns(area, row)):
        return False
    cells = area.row(row)
    if _tells_keys(area, cells) or _is_wide_title(area, row):
        return False
    first = cells[0].raw
    return not (is_note(first) or is_signature(first, bare=False) or any(total_rank(c.raw) for c in cells[:1]))


def _tells_keys(area: CellArea, cells: list[Cell]) -> bool:
    """Return whether a row holds facts about the table: 填报单位：, 导出人：; a unit in a table's corner is none."""
    if len(cells) == 2 and is_signature(cells[0].raw, bare=True) and not figures_at(area, cells[0].row + 1):
        return True
    corner = bool(key_unit(cells[0].raw)) and figures_at(area, cells[0].row + 1)
    if any(is_key(cell.raw) for cell in cells[corner:]):
        return True
    return 2 * sum(normalise(cell.raw).endswith(":") for cell in cells) >= len(cells)


def _is_wide_title(area: CellArea, row: int) -> bool:
    """Return whether a row is a title with something beside it: a wide merged range, unlike the row below."""
    left = area.columns[0]
    width = _width(area, (row, left))
    return width >= max(3, 0.7 * len(area.columns)) and _width(area, (row + 1, left)) != width


def figures_at(area: CellArea, row: int) -> bool:
    """Return whether a row holds figures."""
    return area.holds(row) and not area.text_only(row)


def _overtopped(area: CellArea, top: int) -> bool:
    """Return whether a row with more labels follows, so that `top` is a line above the table."""
    cells = area.row(top)
    first = cells[0]
    merged_down = _merged_down(area, top)
    for row in _following(area, top):
        below = area.row(row)
        labels = area.text_only(row) or counts_columns(area, row)
        if not labels or row <= merged_down or _groups(area, top, row):
            return False
        fuller = len(below) >= 1.5 * len(cells) and len(below) - len(cells) >= 2
        apart = {c.column for c in cells}.isdisjoint(c.column for c in below)
        dated = len(cells) == 2 and is_period(cells[1].raw) and (row == top + 1 or len(below) > 2)
        if ((fuller and below[0].column <= first.column) or apart or dated) and may_head(area, row):
            return True
    return False


def _groups(area: CellArea, top: int, row: int) -> bool:
    """Return whether the labels of a row group those of the row below, which also names the columns to the left."""
    cells, below = area.row(top), area.row(row)
    starts = cells[0].column
    if row != top + 1 or starts < below[0].column or starts == area.columns[0] or len(below) < len(cells) + 2:
        return False
    if any(":" in normalise(cell.raw) or is_period(cell.raw) or bare_unit(cell.raw) for cell in cells):
        return False
    ends = [*(cell.column for cell in cells[1:]), below[-1].column + 1]
    columns = [cell.column for cell in below]
    counts = [bisect_left(columns, end) - bisect_left(columns, c.column) for c, end in zip(cells, ends, strict=True)]
    return min(counts) > 0 and max(counts) > 1 and {c.column for c in cells} <= {b.column for b in below}


def _following(area: CellArea, row: int) -> Iterator[int]:
    at = area.before(row)
    yield from area.numbers[at + 1 : at + 1 + _LOOK_AHEAD]


def _merged_down(area: CellArea, top: int) -> int:
    merges, columns = area.sheet.merges_from.get(top, ()), set(area.columns)
    bottoms = [bottom for _, left, bottom, _ in merges if left in columns and bottom - top < HEADER_ROWS]
    bottom = max(bottoms, default=top)
    return next((row - 1 for row in range(top + 1, bottom + 1) if area.holds(row) and not area.text_only(row)), bottom)


def read_heading(area: CellArea, top: int) -> Heading:
    """Return the header that begins at row `top`, with as many rows as merges, gaps and repeated labels indicate."""
    bottom = _merged_down(area, top)
    while bottom - top + 1 < HEADER_ROWS and _continues(area, top, bottom):
        bottom = max(bottom + 1, _merged_down(area, bottom + 1))
    rows = range(top, min(bottom, top + HEADER_ROWS - 1) + 1)
    labels = {(c.row, c.column): _label(c) for row in rows for c in area.row(row)}
    paths, units = header_paths(labels, area.sheet.merged_origins, rows, _spanned(area, rows))
    below, own_row = skip_added_rows(area, rows.stop)
    units = {**units, **own_row}
    borrowed = dict(_lent_units(area, rows, labels, units)) if any(_unit_only(labels, r) for r in rows) else {}
    return Heading(rows=rows, below=below, paths=paths, units={**units, **borrowed}, borrowed=tuple(borrowed))


def _label(cell: Cell) -> tuple[str, str]:
    if unit := key_unit(cell.raw):
        return "", unit
    bare = bare_unit(cell.raw)
    return ("", bare) if bare and bare != cell.raw.strip() else split_measure(cell.raw)


def _spanned(area: CellArea, rows: range) -> list[int]:
    """Return the area's columns and those that a merged label of the header covers."""
    covered = {
        column
        for t in rows
        for _, left, _, right in area.sheet.merges_from.get(t, ())
        if area.left <= left <= area.right and (t, left) in area.sheet.grid
        for column in range(left, min(right, area.sheet.width) + 1)
    }
    return sorted(covered.union(area.columns))


def _continues(area: CellArea, top: int, bottom: int) -> bool:
    """Return whether the row below `bottom` still belongs to the header."""
    row, cells = bottom + 1, area.row(bottom + 1)
    head = area.row(top)
    stub = head[0].column
    if cells and cells[0].column > stub and _numbers_in_groups(area, bottom, cells):
        return True
    if not cells or not area.text_only(row) or is_numbering([c.raw for c in cells]) or _all_units(cells):
        return False
    stub_cell = area.sheet.cells.get(area.origin((row, stub)))
    above = {area.origin((bottom, c.column)) for c in cells}
    grouped = any(area.sheet.cells.get(place) and _width(area, place) > 1 for place in above)
    columns = [cell.column for cell in cells]
    if grouped and any(_width(area, place) > 1 and _under(area, place, columns) > 1 for place in above):
        return True
    if _groups(area, bottom, row):
        return True
    repeated = _repeats(area, bottom)
    if cells[0].column < stub:
        return _names_stub(area, bottom, cells)
    if _translates(area.row(bottom), cells) and _figures_follow(area, row):
        return True
    if stub_cell is not None and stub_cell.row > bottom:
        return area.holds(bottom) and stub_cell.raw == area.row(bottom)[0].raw and repeated
    filled = {c.column for r in range(top, bottom + 1) for c in area.row(r)}
    fills_gap = any(c.column not in filled for c in cells)
    return fills_gap or repeated or _figures_follow(area, row)


def _numbers_in_groups(area: CellArea, above: int, cells: list[Cell]) -> bool:
    """Return whether a row of consecutive numbers is below labels merged over them: months of a year."""
    if not in_order(cells) or len(cells) < 2:
        return False
    groups, columns = {area.origin((above, cell.column)) for cell in cells}, [cell.column for cell in cells]
    return all(_under(area, place, columns) > 1 for place in groups if place in area.sheet.cells) and bool(groups)


def _names_stub(area: CellArea, above: int, cells: list[Cell]) -> bool:
    """Return whether a row names the columns below the labels above it as well as those to their left."""
    labelled = {cell.column for cell in area.row(above)}
    plain = not any(is_blank(cell.raw) for cell in cells)
    figures = {cell.column for cell in area.row(cells[0].row + 1) if is_number(cell)}
    return plain and labelled <= {cell.column for cell in cells} and labelled <= figures


def _translates(above: list[Cell], cells: list[Cell]) -> bool:
    """Return whether Latin labels are below Chinese ones, column by column: a bilingual header."""
    same = [cell.column for cell in above] == [cell.column for cell in cells]
    latin = all(_LATIN.fullmatch(cell.raw.strip()) for cell in cells)
    return same and latin and not any(_LATIN.fullmatch(cell.raw.strip()) for cell in above)


def _width(area: CellArea, place: Place) -> int:
    merge = area.sheet.merge_at(place)
    return merge[3] - merge[1] + 1 if merge else 1


def _under(area: CellArea, place: Place, columns: list[int]) -> int:
    """Return how many of some columns, from left to right, lie under a label."""
    return bisect_left(columns, place[1] + _width(area, place)) - bisect_left(columns, place[1])


def _repeats(area: CellArea, row: int) -> bool:
    """Return whether neighbouring labels of a row are the same, as when merged cells were taken apart."""
    cells = area.row(row)
    return any(left.raw == right.raw for left, right in zip(cells, cells[1:], strict=False))


def _figures_follow(area: CellArea, row: int) -> bool:
    return any(not area.text_only(following) for following in list(_following(area, row))[:3])


def _all_units(cells: list[Cell]) -> bool:
    return all(bare_unit(cell.raw) for cell in cells)


def skip_added_rows(area: CellArea, row: int) -> tuple[int, dict[int, str]]:
    """Return the first row below rows that only number the columns or state their units, and those units."""
    units: dict[int, str] = {}
    while cells := area.row(row):
        if _all_units(cells) and (len(cells) > 1 or _in_brackets(cells[0])):
            units.update({cell.column: bare_unit(cell.raw) for cell in cells})
        elif not is_numbering([cell.raw for cell in cells]):
            break
        row += 1
    return row, units


def _in_brackets(cell: Cell) -> bool:
    """Return whether a unit is in brackets, as in a row of units: a bare 人 may be data."""
    return cell.raw.strip()[:1] in "([（［"


def _unit_only(labels: dict[Place, tuple[str, str]], row: int) -> bool:
    return any(place[0] == row and not label and unit for place, (label, unit) in labels.items())


def _lent_units(
    area: CellArea, rows: range, labels: dict[Place, tuple[str, str]], units: dict[int, str]
) -> Iterator[tuple[int, str]]:
    """Yield a unit for each column without one whose left neighbour's unit stands alone in the header's unit line."""
    lender: tuple[int, str] | None = None
    for column in _spanned(area, rows):
        own_units = [labels[p][1] for r in rows if (p := (r, column)) in labels and not labels[p][0] and labels[p][1]]
        starts = (rows.start, column) in labels
        if own_units:
            lender = (column, own_units[0])
        elif starts or units.get(column):
            lender = None
        elif lender and lender[0] == column - 1:
            yield column, lender[1]
            lender = (column, lender[1])
