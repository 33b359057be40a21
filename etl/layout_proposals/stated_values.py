"""What the words above a table say of columns that its rows lack: targets of a year name their year and document."""

from etl.layout_proposals.own_table import OwnTable
from etl.own_layouts.year_of_table import year_of_table
from stats.catalogue.models import Form, FormRole


def stated_values(table: OwnTable, form: Form, file: str) -> dict[str, str]:
    """Return what may stand in every row of a table of targets, by column: a suggestion, to be confirmed."""
    if form.role != FormRole.TARGETS:
        return {}
    year = year_of_table(table.sheet, table.header.top, file)
    stated = {"document": title} if (title := _title(table)) else {}
    return stated | ({"year": str(year), "due": f"{year}-12-31"} if year else {})


def _title(table: OwnTable) -> str:
    """Return the first words above the table, as the name of a document."""
    rows = range(1, table.header.top)
    words = (cell.raw.strip() for row in rows for cell in table.sheet.row_cells(row) if cell.raw.strip())
    title = next(words, "")
    return f"《{title}》" if title else ""
