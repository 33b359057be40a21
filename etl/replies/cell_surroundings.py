"""Cell surroundings: the cells near a cell, read from the kept original."""

from pathlib import Path

from base.errors import UserError
from etl.guard import Refused
from etl.model.grid import as_text
from etl.model.nouns import Sheet
from etl.privacy import hide
from etl.read import reader


def read_around(path: Path, sheet: str, row: int, column: int, reach: int) -> list[tuple[int, int, str]]:
    """Return the non-empty cells at most `reach` rows and columns from a cell, and the head of its sheet above.

    Each is a row, a column and the text there; personal numbers are redacted. Raises UserError when the original can't
    be read any more.
    """
    try:
        sheets = reader().start(path)()
    except Refused as refused:
        raise UserError(f"原件读不出来：{refused}。请从备份中找回。") from None
    own_sheet = next((other for other in sheets if other.name == sheet), Sheet(name=sheet, cells={}))
    rows = {*range(1, reach + 2), *range(max(1, row - reach), row + reach + 1)}
    columns = range(max(1, column - reach), column + reach + 1)
    return [
        (at, place, hide(as_text(own_sheet.cells[at, place])[0]))
        for at in sorted(rows)
        for place in columns
        if (at, place) in own_sheet.cells
    ]
