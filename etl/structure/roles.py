"""Roles: which columns of a table hold names, which figures that add up, and which only rates."""

from collections import Counter

from etl.extracting.values import is_blank
from etl.structure.area import Area
from etl.structure.header import Heading
from etl.structure.table import TableColumn
from etl.structure.words import is_identifier, is_note, is_rate, is_signature, number_of

_SAMPLE = 400
_SHARE = 0.5


def column_roles(area: Area, heading: Heading | None, first: int) -> list[TableColumn]:
    """Return the columns of a table from left to right with path, unit of measure and role."""
    numeric = _numeric_columns(area, first)
    paths = heading.paths if heading else {}
    units = heading.units if heading else {}
    numbers = sorted({*area.columns, *(c for c in paths if area.columns[0] <= c <= area.columns[-1])})
    leading = min((c for c in numeric if not is_identifier("".join(paths.get(c, [])))), default=area.columns[-1] + 1)
    found = []
    for number in numbers:
        path, unit = tuple(paths.get(number, [])), units.get(number, "")
        figure = number in numeric and not is_identifier("".join(path))
        rate = is_rate("".join(path)) or unit in ("%", "‰")
        role = (
            ("rate" if rate else "figure") if figure else ("label" if number < leading or number in numeric else "text")
        )
        found.append(TableColumn(number, path, unit, role))
    return found


def _numeric_columns(area: Area, first: int) -> set[int]:
    """Return the columns in which at least half of what is written below the header is numbers."""
    seen: dict[int, int] = {}
    numbers: dict[int, int] = {}
    for row in area.numbers[area.before(first) :][:_SAMPLE]:
        cells = area.row(row)
        if is_note(cells[0].raw) or is_signature(cells[0].raw, bare=True):
            continue
        for cell in cells:
            if cell.kind == "number" or not is_blank(cell.raw):
                seen[cell.column] = seen.get(cell.column, 0) + 1
                is_number = cell.kind == "number" or (cell.kind == "text" and number_of(cell.raw) is not None)
                numbers[cell.column] = numbers.get(cell.column, 0) + is_number
    return {column for column, count in seen.items() if numbers[column] >= _SHARE * count and numbers[column]}


def unlabelled(area: Area, heading: Heading | None, first: int) -> frozenset[int]:
    """Return the columns right of the last heading that hold few cells or stray numbers: they only stand beside."""
    if heading is None or not heading.paths:
        return frozenset()
    last = max(heading.paths)
    rows = area.numbers[area.before(first) :][:_SAMPLE]
    counts = Counter(cell.column for row in rows for cell in area.row(row))
    return frozenset(column for column in area.columns if column > last and counts[column] < 0.5 * len(rows))
