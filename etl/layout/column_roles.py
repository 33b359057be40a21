"""Column roles: which columns of a table hold names, which hold figures that add up, and which hold rates.

A rate is recognised by its heading or unit, or by values in percent. Those recognised by their totals are in rates.py.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from base.text import normalise
from etl.labels.derived_labels import derived_label
from etl.layout.area import CellArea
from etl.layout.header import Heading
from etl.layout.table import TableColumn
from etl.layout.text_kinds import is_change, is_identifier, is_note, is_rate, is_ratio, is_signature, number_of
from etl.model.nouns import Cell
from etl.model.numerals import parse_numeral
from etl.model.values import is_blank

_SAMPLE = 400  # rows: a table of 20,000 has the same columns all the way down
_SHARE = 0.5
_RANK = re.compile(r"名次|排名|位次|排位|次序")  # in front of the names it only numbers the rows


@dataclass
class _Seen:
    """The content of a column below the header, in a sample of rows."""

    filled: int = 0
    numbers: list[tuple[int, float]] = field(default_factory=list)  # row and number
    percents: int = 0
    numerals: int = 0  # Chinese numerals among the numbers

    def add(self, cell: Cell) -> None:
        """Count a cell."""
        if cell.kind == "error":  # a cell with an error says nothing about its column
            return
        self.filled += 1
        number = number_of(cell.raw) if cell.kind in ("number", "text") else None
        if number is not None:
            self.numbers.append((cell.row, number))
            self.percents += normalise(cell.raw).endswith("%")
            self.numerals += cell.kind == "text" and _is_numeral(cell.raw)


def column_roles(area: CellArea, heading: Heading | None, first: int, measure: str = "") -> list[TableColumn]:
    """Return the columns of a table from left to right with path, unit of measure and role.

    `measure` is the whole table's unit of measure, "" when none is written.
    """
    seen = _seen(area, first)
    paths = heading.paths if heading else {}
    units = heading.units if heading else {}
    numeric = {column for column, values in seen.items() if _is_numeric(values, "".join(paths.get(column, [])))}
    numbers = sorted({*area.columns, *(c for c in paths if area.columns[0] <= c <= area.columns[-1])})
    first_named = min(paths, default=0)
    runners = {c for c in numeric if not paths.get(c) and c < first_named and _runs(seen[c])}
    runners |= {c for c in numeric if c == area.columns[0] and _RANK.fullmatch("".join(paths.get(c, [])))}
    naming = runners | {c for c in numeric if is_identifier("".join(paths.get(c, [])))}
    figures = numeric - naming
    leading = min(figures, default=area.columns[-1] + 1)
    roles = []
    for number in numbers:
        path, unit = tuple(paths.get(number, [])), units.get(number, "")
        figure = number in figures
        rate = figure and _is_rate("".join(path), unit or measure, seen[number])
        role = (
            ("rate" if rate else "figure") if figure else ("label" if number < leading or number in numeric else "text")
        )
        roles.append(TableColumn(number, path, unit, role))
    return roles


def _seen(area: CellArea, first: int) -> dict[int, _Seen]:
    seen: dict[int, _Seen] = {}
    for row in area.numbers[area.before(first) :][:_SAMPLE]:
        cells = area.row(row)
        if is_note(cells[0].raw) or is_signature(cells[0].raw, bare=True):
            continue
        for cell in cells:
            if cell.kind == "number" or not is_blank(cell.raw):
                seen.setdefault(cell.column, _Seen()).add(cell)
    return seen


def _is_numeric(sample: _Seen, label: str) -> bool:
    """Return whether at least half of a column is numbers; 一、二、三 alone are names unless the heading is a count."""
    named = sample.numerals == len(sample.numbers) and not normalise(label).endswith(("数", "额", "量", "人"))
    return bool(sample.numbers) and not named and len(sample.numbers) >= _SHARE * sample.filled


def _is_numeral(text: str) -> bool:
    try:
        parse_numeral(normalise(text))
    except ValueError:
        return False
    return not any(map(str.isdigit, normalise(text)))


def _runs(sample: _Seen) -> bool:
    """Return whether a column only numbers its rows: 1, 2, 3."""
    numbers = [number for _, number in sample.numbers]
    return len(numbers) > 1 and all(after == before + 1 or after == 1 for before, after in pairwise(numbers))


def _is_rate(label: str, unit: str, sample: _Seen) -> bool:
    if (
        is_ratio(unit)
        or is_rate(label)
        or derived_label(label) == "rate"
        or sample.percents > _SHARE * len(sample.numbers)
    ):
        return True
    return is_change(label) and not unit and any(not number.is_integer() for _, number in sample.numbers)


def unlabelled(area: CellArea, heading: Heading | None, first: int) -> frozenset[int]:
    """Return the columns right of the last heading with few cells or stray numbers, which are not the table's."""
    if heading is None or not heading.paths:
        return frozenset()
    last = max(heading.paths)
    rows = area.numbers[area.before(first) :][:_SAMPLE]
    counts = Counter(cell.column for row in rows for cell in area.row(row))
    return frozenset(column for column in area.columns if column > last and counts[column] < 0.5 * len(rows))
