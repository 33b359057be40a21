"""The year a table of the county's own states: above it, else in the name of its sheet, else in that of its file."""

import re

from base.text import normalise
from etl.model.nouns import Sheet
from etl.model.values import with_arabic_dates

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[.\-/]\d)")


def year_of_table(sheet: Sheet, top: int, file: str) -> int | None:
    """Return the year named above row `top`, else in the sheet's or the file's name; None where several are."""
    above = " ".join(cell.raw for row in range(1, top) for cell in sheet.row_cells(row))
    for text in (above, sheet.name, file):
        if years := {*_YEAR.findall(with_arabic_dates(normalise(text)))}:
            return int(years.pop()) if len(years) == 1 else None
    return None
