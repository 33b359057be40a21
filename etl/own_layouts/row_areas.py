"""Row areas: in which area each row of a table stands, by a column, the heading of its group, or the sheet's name.

Only what tells organisations of one name apart is needed here, so any text counts that may be an area.
"""

from collections.abc import Iterator

from base.text import normalise
from etl.labels.area_labels import area_of_subtotal, is_area
from etl.labels.total_labels import bare_label, total_rank
from etl.model.nouns import Sheet


def areas_of_rows(sheet: Sheet, first_row: int, column: int | None) -> dict[int, str]:
    """Return the area of each row from the first on by its number; `column` is that of areas, None where is none."""
    if column is not None:
        return dict(_in_column(sheet, first_row, column))
    areas = dict(_in_groups(sheet, first_row))
    return areas or ({row: sheet.name for row in range(first_row, sheet.height + 1)} if is_area(sheet.name) else {})


def group_heading(sheet: Sheet, row: int) -> str:
    """Return the area that heads a group where a row holds its name alone, "" for any other row."""
    filled = [cell for cell in sheet.row_cells(row) if cell.raw.strip()]
    return bare_label(filled[0].raw) if len(filled) == 1 and is_area(filled[0].raw) else ""


def _in_column(sheet: Sheet, first_row: int, column: int) -> Iterator[tuple[int, str]]:
    for row in range(first_row, sheet.height + 1):
        cell = sheet.cells.get(sheet.merged_origins.get((row, column), (row, column)))
        if cell and cell.raw.strip():
            yield row, normalise(cell.raw)


def _in_groups(sheet: Sheet, first_row: int) -> Iterator[tuple[int, str]]:
    """Yield the area of each row below the heading of a group, or above the subtotal that names one."""
    group, pending = "", list[int]()
    for row in range(first_row, sheet.height + 1):
        texts = [cell.raw for cell in sheet.row_cells(row) if cell.kind == "text"]
        if heading := group_heading(sheet, row):
            group, pending = heading, []
        elif label := next((text for text in texts if total_rank(text)), ""):
            yield from ((above, area) for above in pending if (area := area_of_subtotal(label)))
            pending = []
        elif group:
            yield row, group
        else:
            pending.append(row)
