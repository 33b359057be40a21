"""The year a list is of, by the words above it, the name of its sheet and that of its file."""

import re

from base.text import normalise
from etl.model.values import with_arabic_dates
from etl.unit_lists.list_columns import ListLayout

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[.\-/]\d)")


def stated_year(layout: ListLayout, file: str) -> int | None:
    """Return the latest year named above the list, else in the name of its sheet, else in that of its file, or None."""
    rows = range(1, layout.header.top)
    above = " ".join(cell.raw for row in rows for cell in layout.sheet.row_cells(row))
    for text in (above, layout.sheet.name, file):
        if years := _YEAR.findall(with_arabic_dates(normalise(text))):
            return int(max(years))
    return None
