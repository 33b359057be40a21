"""A list in a paper: the first rows of a figure's table, and how many more the workbook of the paper holds."""

from collections.abc import Sequence

from stats.exports.style.figure_table import FigureColumn, table_of
from stats.figures.elements.figure_model import Figure, Mark

FIRST_ROWS = 20


def short_table(figure: Figure, most: int) -> tuple[Sequence[FigureColumn], Sequence[Sequence[Mark]], str]:
    """Return the columns, the first rows and a remark on how many more there are, "" if there are none."""
    table = table_of(figure)
    rest = len(table.rows) - most
    more = f"只列前{most}行，另有{rest:,}行见同时生成的数据表" if rest > 0 else ""
    return table.columns, table.rows[:most], more


def heading_of(column: FigureColumn) -> str:
    """Return a column's heading with its unit of measure."""
    return f"{column.heading}（{column.measure}）" if column.measure else column.heading
