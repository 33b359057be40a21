"""The year a table of the county's own states: above it, else in the name of its sheet, else in that of its file."""

import re
from datetime import date

from base.text import normalise
from etl.model.nouns import Sheet
from etl.model.values import parse_date, with_arabic_dates

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|[.\-/]\d)")

_AS_OF = re.compile(r"(?:统计|截[至止]|数据)(?:时间|日期|时点)?[:到于]?(\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?)")


def year_of_table(sheet: Sheet, top: int, file: str) -> int | None:
    """Return the year named above row `top`, else in the sheet's or the file's name; None where several are."""
    above = " ".join(cell.raw for row in range(1, top) for cell in sheet.row_cells(row))
    for text in (above, sheet.name, file):
        if years := {*_YEAR.findall(with_arabic_dates(normalise(text)))}:
            return int(years.pop()) if len(years) == 1 else None
    return None


def day_stated(sheet: Sheet, top: int) -> date | None:
    """Return the day above row `top` that a table says its numbers are of: 统计时间：2026年6月30日; None for none.

    The day on which a table was made is another one.
    """
    cells = (normalise(cell.raw) for row in range(1, top) for cell in sheet.row_cells(row))
    days = [match[1] for text in cells if (match := _AS_OF.search(text))]
    try:
        return parse_date(days[0]) if len(days) == 1 else None
    except ValueError:
        return None
