"""Text in a sheet: a sender's words are never turned into a formula, and how much room words take."""

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


def breadth(text: str) -> int:
    """Return how many narrow letters' room a text takes: Chinese ones are twice as wide."""
    return sum(2 if ord(letter) > 0x2E7F or letter in "“”‘’…—" else 1 for letter in text)
