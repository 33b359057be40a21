"""Text in a sheet: a sender's words are never turned into a formula."""

import re

from openpyxl.cell.cell import Cell, MergedCell

# What a spreadsheet treats as the beginning of a formula, including full-width signs.
_RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # a spreadsheet can't hold these


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text as text: what begins with = + - @ must never become a formula."""
    if isinstance(cell, MergedCell):  # covered by another cell: nothing can stand here
        return
    cell.value = printable(text)
    cell.data_type = "s"
    if risky(text):
        cell.quotePrefix = True  # otherwise it would become one as soon as somebody edits the cell


def neutral(text: str) -> str:
    """Return a text for a csv, prefixed by an apostrophe if it could be read as a formula."""
    return f"'{text}" if risky(text) else text


def risky(text: str) -> bool:
    """Return whether a spreadsheet might read a text as a formula, now or after an edit."""
    return printable(text).lstrip(" ").startswith(_RISKY)


def printable(text: str) -> str:
    """Return a text without what a spreadsheet can't hold anywhere, in cells, comments or names of sheets."""
    return _CONTROLS.sub("", text)
