"""A layout whose fixed values speak of a year: it is for tables of the year that its example states alone."""

import re

from etl.layout_proposals.own_table import OwnTable
from etl.own_layouts.year_of_table import year_of_table
from stats.catalogue.layouts import TableLayout

_YEAR = re.compile(r"(?:19|20)\d\d")


def bound_to_year(layout: TableLayout, table: OwnTable, file: str) -> TableLayout:
    """Return a layout, for one year where what it holds in every row names any year and the table states its own.

    Else the document or the day of this year would be taken for those of the next year's table.
    """
    year = year_of_table(table.sheet, table.header.top, file)
    dated = any(_YEAR.search(each.value) for each in layout.fixed)
    return layout.model_copy(update={"year": year}) if dated else layout
