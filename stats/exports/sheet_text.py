"""Text in a sheet: a sender's words are never turned into a formula."""

import re

from openpyxl.cell.cell import Cell, MergedCell

# What a spreadsheet takes for the beginning of a formula, the wide signs of Chinese keyboards too.
_RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # a spreadsheet can't hold these


def put_text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text as text: what begins with = + - @ must never become a formula."""
    if isinstance(cell, MergedCell):  # covered by another cell: nothing can stand here
        return
    cell.value = printable(text)
    cell.data_type = "s"
    if risky(text):
        cell.quotePrefix = True  # or it would become one as soon as somebody edits the cell


def neutral(text: str) -> str:
    """Return a text for a csv, where nothing tells texts from formulas: led by an apostrophe if it could be one."""
    return f"'{text}" if risky(text) else text


def risky(text: str) -> bool:
    """Return whether a spreadsheet might take a text for a formula, now or once somebody edits it."""
    return printable(text).lstrip(" ").startswith(_RISKY)


def printable(text: str) -> str:
    """Return a text without what a spreadsheet can't hold anywhere, in cells, comments or names of sheets."""
    return _CONTROLS.sub("", text)
