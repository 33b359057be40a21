"""A layout whose fixed values speak of the year of the table it was made from: it is for tables of that year alone."""

from etl.layout_proposals.own_table import OwnTable
from etl.own_layouts.year_of_table import year_of_table
from stats.catalogue.layouts import TableLayout


def bound_to_year(layout: TableLayout, table: OwnTable, file: str) -> TableLayout:
    """Return a layout, for one year where what it holds in every row names the year that the table states.

    Else the document or the day of this year would be taken for those of the next year's table.
    """
    year = year_of_table(table.sheet, table.header.top, file)
    names_it = year is not None and any(str(year) in each.value for each in layout.fixed)
    return layout.model_copy(update={"year": year}) if names_it else layout
