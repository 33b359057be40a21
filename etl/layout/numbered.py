"""Numbers used as headings: 1, 2, 3 for months, years, days."""

import re

from base.text import normalise
from etl.labels.total_labels import total_rank
from etl.layout.area import CellArea
from etl.layout.text_kinds import is_figure, is_year, is_year_total
from etl.model.nouns import Cell

_STUB = re.compile(
    r".{0,8}(?:单位|项目|指标|名称|名字|姓名|地区|类别|类型|月份|年份|[乡镇县区村]|街道|部门|序号|科目|科室|车间|班组|内容|工会)"
)


def counts_columns(area: CellArea, row: int) -> bool:
    """Return whether a row has consecutive numbers as headings: 1, 2, 3 for months, years, dates."""
    cells = area.row(row)
    numbers = [cell for cell in cells if is_number(cell)]
    texts = [cell for cell in cells if not is_number(cell)]
    if not numbers or numbers[0].column == area.columns[0] or not in_order(numbers):
        return False
    named = [cell for cell in texts if cell.column > numbers[-1].column]
    stub = [cell for cell in texts if cell.column < numbers[0].column]
    heads = not stub or _STUB.fullmatch(normalise(stub[0].raw)) or _begins_below_title(area, numbers)
    if not heads and not any(total_rank(cell.raw) or is_year_total(cell.raw) for cell in named):
        return False
    below = {cell.column: cell for cell in area.row(row + 1)}
    figures = [c.column for c in numbers if c.column in below and is_number(below[c.column])]
    return bool(figures) and not in_order([below[column] for column in figures] * (len(figures) > 1))


def _begins_below_title(area: CellArea, numbers: list[Cell]) -> bool:
    """Return whether at least three numbers from 1 on are right below a title: months."""
    at = area.before(numbers[0].row)
    first = normalise(numbers[0].raw)
    return len(numbers) > 2 and first == "1" and at > 0 and area.has_one_cell(area.numbers[at - 1])


def is_number(cell: Cell) -> bool:
    """Return whether a cell holds a number or a day."""
    return cell.kind in ("number", "date") or is_figure(cell.raw)


def in_order(cells: list[Cell]) -> bool:
    """Return whether cells hold consecutive numbers (2, 3, 4), years or days."""
    texts = [normalise(cell.raw) for cell in cells]
    if all(cell.kind == "date" for cell in cells):
        return len(cells) > 1 and texts == sorted(set(texts))
    if not texts or not all(text.isdigit() for text in texts):
        return False
    numbers = [int(text) for text in texts]
    if all(map(is_year, texts)):
        return numbers in (sorted(set(numbers)), sorted(set(numbers), reverse=True))
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
