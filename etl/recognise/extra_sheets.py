"""Sheets that come in a return's file but are not part of it."""

from etl.model.nouns import Sheet
from etl.model.reply_marker import is_change_list

_HEAD_ROWS = 5


def is_answer_list(sheet: Sheet) -> bool:
    """Return whether a sheet is the list 「要改的 N 处」 that an answer put before the sender's own sheets."""
    head = (cell.raw for row in range(1, _HEAD_ROWS + 1) for cell in sheet.row_cells(row))
    return is_change_list(sheet.name, head)
