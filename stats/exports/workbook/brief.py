"""A paper as a workbook: figures as numbers, charts with their numbers, definitions, and the cells behind each."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from base.month_spans import parse_months, say_months
from stats.exports.charts.chart_model import number_format
from stats.exports.charts.from_figure import charts_of
from stats.exports.style.figure_table import FigureColumn, table_of
from stats.exports.style.house_style import EXAMPLE
from stats.exports.style.printable import printable
from stats.exports.style.proof_text import say_unseen
from stats.exports.style.short_table import heading_of
from stats.exports.workbook.chart import add_chart
from stats.exports.workbook.sheet import Number, Value, WorkbookDraft
from stats.figures.elements.figure_model import Figure, Mark
from stats.papers.paper_model import Brief, Exhibit, Proof
from stats.readings.trace import CellRef

FIGURES, CHARTS, MEANINGS, CELLS = "数字", "图表", "定义", "出处"
_FIGURE_COLUMNS = {
    "引用号": 13,
    "指标": 26,
    "单位": 18,
    "时间": 14,
    "数值": 14,
    "计量单位": 9,
    "文中写法": 16,
    "标准写法": 16,
    "口径": 44,
    "报齐情况": 14,
    "增减": 30,
    "目标": 30,
}
_MEANING_COLUMNS = {"引用号": 13, "指标": 26, "回答什么": 40, "算法": 50, "口径": 50, "注意": 50}
_CELL_COLUMNS = {
    "引用号": 13,
    "用在": 26,
    "填报单位": 28,
    "季度": 14,
    "数据项": 26,
    "作为": 8,
    "文件": 36,
    "表": 24,
    "格": 9,
    "格里写的": 16,
    "读出的数": 14,
}
_ROLES = {"numerator": "分子", "denominator": "分母"}
_ROW = "所列记录"
_MOST_CELLS = 1_000_000  # rows per sheet; more go to a further sheet
_WIDTHS = (30, 16, 16, 16, 16, 16, 16)
_ACROSS = (len(_WIDTHS) + 8, 180.0)  # columns, and their width in Latin letters


def write_workbook(brief: Brief) -> bytes:
    """Return a paper as an .xlsx file with a sheet each for figures, charts, definitions and the cells behind each."""
    brief = printable(brief)
    book = WorkbookDraft(brief.title)
    _add_figures(book, brief)
    _add_charts(book, brief)
    book.add_list(MEANINGS, _head(brief), _MEANING_COLUMNS, map(_meaning_of, brief.proofs), "words")
    add_cells(book, _head(brief), list(_cells_of(brief)))
    return book.close()


def add_cells(book: WorkbookDraft, head: Sequence[tuple[str, str]], rows: Sequence[Sequence[Value]]) -> None:
    """Add a sheet, or as many as it takes, with the rows of cells behind figures."""
    for number, first in enumerate(range(0, max(len(rows), 1), _MOST_CELLS), start=1):
        name = CELLS if number == 1 else f"{CELLS}{number}"
        book.add_list(name, head, _CELL_COLUMNS, rows[first : first + _MOST_CELLS], "short")


def head_of(title: str, as_known: Sequence[str], example: bool) -> list[tuple[str, str]]:
    """Return the lines above a list with their styles: title, state of the data, the mark of example data."""
    lines = [(title, "title"), *((line, "line") for line in as_known)]
    return [*lines, (EXAMPLE, "example")] if example else lines


def _head(brief: Brief) -> list[tuple[str, str]]:
    return head_of(brief.title, brief.as_known, brief.example)


def _add_figures(book: WorkbookDraft, brief: Brief) -> None:
    printed = {cited.ref: cited.text for cited in reversed(list(brief.cited()))}
    rows = (_figure_of(proof, printed.get(proof.ref, "")) for proof in brief.proofs)
    book.add_list(FIGURES, _head(brief), _FIGURE_COLUMNS, rows, "words")


def _figure_of(proof: Proof, printed: str) -> list[Value]:
    reading = proof.reading
    number = Number(reading.value, number_format(reading.measure, [proof.value]))
    named = [proof.ref, proof.name, reading.unit_name, proof.when]
    return [
        *named,
        number,
        reading.measure,
        printed,
        proof.value,
        proof.base,
        proof.coverage,
        proof.change,
        proof.target,
    ]


def _meaning_of(proof: Proof) -> list[Value]:
    return [proof.ref, proof.name, proof.question, proof.formula, proof.base, proof.trap]


def cells_behind(proofs: Iterable[Proof]) -> Iterator[list[Value]]:
    """Yield a row for each cell behind figures, and one for the cells of each that the reader may not see."""
    for proof in proofs:
        yield from (_cell_of(proof.ref, proof.name, cell) for cell in proof.cells)
        yield from _unseen_of(proof.ref, proof.name, proof.unseen)


def _cells_of(brief: Brief) -> Iterator[list[Value]]:
    yield from cells_behind(brief.proofs)
    for exhibit in brief.exhibits():
        shown = (cell for cell in exhibit.figure.cells if cell is not None)
        yield from (_cell_of(exhibit.ref, exhibit.figure.title, cell) for cell in shown)
        yield from _unseen_of(exhibit.ref, exhibit.figure.title, exhibit.unseen)


def _unseen_of(ref: str, used: str, unseen: int) -> Iterator[list[Value]]:
    """Yield a row that says how many cells the paper's reader may not see."""
    if unseen:
        yield [ref, used, *[""] * 4, say_unseen(unseen), *[""] * 4]


def _cell_of(ref: str, used: str, cell: CellRef) -> list[Value]:
    place = [cell.name, cell.sheet, cell.address, cell.raw]
    texts = [ref, used, cell.unit_name, say_months(parse_months(cell.period)), cell.said_item]
    return [*texts, _ROLES.get(cell.role, _ROW), *place, Number(cell.value)]


def _add_charts(book: WorkbookDraft, brief: Brief) -> None:
    sheet = book.add_sheet(CHARTS, _WIDTHS)
    for row, (line, style) in enumerate(_head(brief)):
        book.write(sheet, row, 0, line, style)
    row = len(_head(brief)) + 1
    tops = []
    for exhibit in brief.exhibits():
        tops.append(row)
        row = _add_exhibit(book, sheet, exhibit, row) + 1
    sheet.set_h_pagebreaks(tops[1:])


def _add_exhibit(book: WorkbookDraft, sheet: Any, exhibit: Exhibit, top: int) -> int:
    """Write an exhibit from a row on, with all its numbers, and return the first free row."""
    figure, row = exhibit.figure, top
    for line, style in ((figure.title, "finding"), *((line, "small") for line in _lines_of(exhibit))):
        book.write_across(sheet, row, _ACROSS, line, style)
        row += 1
    charts = charts_of(figure)
    for chart in charts:
        row = add_chart(book, sheet, chart, row) + 1
    return _add_table(book, sheet, figure, row) if figure.is_table or not charts else row


def _lines_of(exhibit: Exhibit) -> list[str]:
    notes = dict.fromkeys(chart.note for chart in charts_of(exhibit.figure) if chart.note)
    return [*exhibit.figure.lines, *notes, f"引用号：{exhibit.ref}"]


def _add_table(book: WorkbookDraft, sheet: Any, figure: Figure, top: int) -> int:
    table = table_of(figure)
    book.write_row(sheet, top, [heading_of(column) for column in table.columns], "head")
    for at, row in enumerate(table.rows, start=top + 1):
        values = [_value_of(mark, column) for mark, column in zip(row, table.columns, strict=True)]
        book.write_row(sheet, at, values, "short")
    return top + len(table.rows) + 2


def _value_of(mark: Mark, column: FigureColumn) -> Value:
    return mark.text if mark.value is None else Number(mark.value, number_format(column.measure, [mark.text]))
