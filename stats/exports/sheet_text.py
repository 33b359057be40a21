"""Text in a sheet: a sender's words are never turned into a formula."""

import re

from openpyxl.cell.cell import Cell, MergedCell

RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the beginning of a formula
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # a spreadsheet can't hold these


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text as text: what begins with = + - @ must never become a formula."""
    if isinstance(cell, MergedCell):  # covered by another cell: nothing can stand here
        return
    cell.value = _CONTROLS.sub("", text)
    cell.data_type = "s"
    if text.startswith(RISKY):
        cell.quotePrefix = True  # or it would become one as soon as somebody edits the cell


def neutral(text: str) -> str:
    """Return a text for a csv, where nothing tells texts from formulas: led by an apostrophe if it could be one."""
    return f"'{text}" if text.startswith(RISKY) else text
