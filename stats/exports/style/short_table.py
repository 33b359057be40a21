"""A list in a paper: the first rows of a figure's table, and how many more the workbook of the paper holds.

What is too wide for a page is parted into several tables, each with the first column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stats.exports.style.figure_table import FigureColumn, table_of
from stats.figures.elements.figure_model import Figure, Mark, Series

FIRST_ROWS = 20
_MOST_COLUMNS = 5  # beside the first, where each holds a number and its distance
_FIRST = "单位"


@dataclass(frozen=True)
class ShortTable:
    """The columns and first rows of a table, and how many rows there are in all."""

    columns: Sequence[FigureColumn]
    rows: Sequence[Sequence[Mark]]
    count: int


def short_tables(figure: Figure, most: int) -> list[ShortTable]:
    """Return a figure's table with at most so many rows, in parts where it is too wide for a page."""
    if figure.kind != "distances":
        table = table_of(figure)
        return [ShortTable(table.columns, table.rows[:most], len(table.rows))]
    return list(_parted(figure, most))


def _parted(figure: Figure, most: int) -> Iterator[ShortTable]:
    """Yield tables of a few figures each, the number and its distance in one cell."""
    firsts = figure.series[0].marks
    for begin in range(0, len(figure.series), _MOST_COLUMNS):
        columns = figure.series[begin : begin + _MOST_COLUMNS]
        head = (FigureColumn(_FIRST, ""), *(FigureColumn(series.name, "") for series in columns))
        rows = [
            (_words(first.label), *(_cell(series, at) for series in columns)) for at, first in enumerate(firsts[:most])
        ]
        yield ShortTable(head, rows, len(firsts))


def _cell(series: Series, at: int) -> Mark:
    mark = series.marks[at]
    return _words(f"{mark.shown_text}（{mark.note}）" if mark.note else mark.shown_text)


def _words(words: str) -> Mark:
    return Mark(label=words, value=None, text=words)


def say_more(count: int, most: int) -> str:
    """Return a remark on how many rows of a table are not printed, "" if all are."""
    return f"只列前{most}行，另有{count - most:,}行见同时生成的数据表" if count > most else ""


def heading_of(column: FigureColumn) -> str:
    """Return a column's heading with its unit of measure."""
    return f"{column.heading}（{column.measure}）" if column.measure else column.heading
