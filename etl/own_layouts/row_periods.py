"""Row periods: the period that the cells of a column name for each row, as a month, a quarter or a day."""

from collections.abc import Iterator

from base.month_spans import YEAR, period_of
from etl.labels.total_labels import total_rank
from etl.layout.text_kinds import is_note, is_signature, is_year_total
from etl.model.nouns import Cell, Sheet
from etl.model.shown.written_days import parse_written_day
from etl.own_layouts.named_periods import period_named

_DAY = len("2011-03-05")


def periods_of_rows(sheet: Sheet, first_row: int, column: int, months: int, year: int | None) -> dict[int, int]:
    """Return the period of each row by its number; rows of sums are of none.

    `year` is the one meant where a cell names none.
    """
    cells = _cells(sheet, first_row, column)
    named = ((row, _period(cell, sheet, months, year)) for row, cell in cells if cell)
    return {row: period for row, period in named if period is not None}


def without_period(sheet: Sheet, first_row: int, column: int, months: int, year: int | None) -> list[Cell]:
    """Return the first cell of each row that holds numbers, is no sum, and names no period."""
    return [
        next(sheet.row_cells(row))
        for row, cell in _cells(sheet, first_row, column)
        if not (cell and _period(cell, sheet, months, year) is not None) and _counts(sheet, row)
    ]


def _period(cell: Cell, sheet: Sheet, months: int, year: int | None) -> int | None:
    if (named := period_named(cell.raw, months)) is not None:
        return year * (YEAR // months) + named if year else None
    try:
        return period_of(
            parse_written_day(cell.raw[:_DAY] if cell.kind == "date" else cell.raw, year, sheet.since_1904), months
        )
    except ValueError:
        return None


def _cells(sheet: Sheet, first_row: int, column: int) -> Iterator[tuple[int, Cell | None]]:
    for row in range(first_row, sheet.height + 1):
        yield row, sheet.cells.get(sheet.merged_origins.get((row, column), (row, column)))


def _counts(sheet: Sheet, row: int) -> bool:
    cells = [cell for cell in sheet.row_cells(row) if cell.raw.strip()]
    texts = [cell.raw for cell in cells if cell.kind == "text"]
    if len(cells) < 2 or any(total_rank(text) or is_year_total(text) for text in texts):
        return False
    return not (is_note(cells[0].raw) or is_signature(cells[0].raw, bare=False))
