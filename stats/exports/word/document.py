"""A paper as a Word document in the official style: sentences with tagged figures, native charts, proofs."""

from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import Any

from cn2an import an2cn
from docx import Document
from docx.shared import Mm

from stats.exports.charts.chart_model import Chart
from stats.exports.charts.from_figure import charts_of
from stats.exports.charts.openxml import Letters
from stats.exports.style.house_style import ACCENT, EXAMPLE, HEI, SONG, TITLE
from stats.exports.style.printable import printable
from stats.exports.style.proof_text import join_short
from stats.exports.style.short_table import FIRST_ROWS, heading_of, short_table
from stats.exports.word.chart import ChartPlacer
from stats.exports.word.document_style import (
    FIFTH,
    SECOND,
    SMALL_FIFTH,
    SMALL_FOURTH,
    TEXT_WIDTH,
    add_figure,
    add_table,
    add_text,
    body,
    fill_cell,
    heading,
    plain,
    prepare,
)
from stats.exports.word.proofs import add_proofs
from stats.papers.paper_model import Brief, Exhibit, Paragraph

_BREADTH = 96  # width of a line below a chart, in Latin letters
_LETTERS = Letters(SONG, 9)
_HALF = Letters(SONG, 8)
_TALL, _SMALL_TALL = Mm(75), Mm(52)
_BAR, _AROUND, _LEAST = Mm(6.3), Mm(16), Mm(40)  # height of a bar's row, space around all bars, minimum height


def write_document(brief: Brief) -> bytes:
    """Return a paper as a .docx file.

    Each figure is in a content control tagged with its reference, each chart is a native one with its own workbook,
    and the appendix lists the definition, the files and the cells of every figure.
    """
    brief = printable(brief)
    document = Document()
    prepare(document, brief.title)
    _add_head(document, brief)
    writer = _Writer(document)
    for number, section in enumerate(brief.sections, start=1):
        heading(document, f"{an2cn(number, 'low')}、{section.title}")
        for paragraph in section.paragraphs:
            writer.add_paragraph(paragraph)
        for exhibit in section.exhibits:
            writer.add_exhibit(exhibit)
    add_proofs(document, brief.proofs)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _add_head(document: Any, brief: Brief) -> None:
    add_text(plain(document.add_paragraph(), centred=True, after=12), brief.title, TITLE, SECOND, bold=True)
    for line in brief.as_known:
        add_text(plain(document.add_paragraph(), centred=True), line, SONG, SMALL_FOURTH)
    if brief.example:
        marks = (document.add_paragraph(), document.sections[0].header.paragraphs[0])
        for mark in marks:
            add_text(plain(mark, centred=True, before=6), EXAMPLE, HEI, SMALL_FOURTH, colour=ACCENT)
    plain(document.add_paragraph(), after=6)


class _Writer:
    """Writes paragraphs and exhibits, and numbers figures, tables and controls."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._placer = ChartPlacer(document)
        self._controls = count(1)
        self._pictures, self._tables = count(1), count(1)

    def add_paragraph(self, paragraph: Paragraph) -> None:
        written = body(self._document.add_paragraph())
        for piece in paragraph.pieces:
            if isinstance(piece, str):
                add_text(written, piece)
            else:
                add_figure(written, piece.text, piece.ref, piece.reading.name, next(self._controls))

    def add_exhibit(self, exhibit: Exhibit) -> None:
        figure, charts = exhibit.figure, charts_of(exhibit.figure)
        listed = figure.kind == "records" and figure.series
        number = f"表{next(self._tables)}" if listed else f"图{next(self._pictures)}"
        caption = plain(self._document.add_paragraph(), centred=True, before=14, after=4, keep=True)
        add_text(caption, f"{number}　{figure.title}", HEI, SMALL_FOURTH)
        if listed:
            notes = self._add_list(exhibit)
        elif charts:
            self._add_charts(charts, figure.title, exhibit.ref)
            notes = list(dict.fromkeys(chart.note for chart in charts if chart.note))
        else:
            add_text(plain(self._document.add_paragraph(), centred=True), figure.absence, SONG, FIFTH)
            notes = []
        for line in (*notes, *join_short(figure.lines, _BREADTH)):
            add_text(plain(self._document.add_paragraph(), keep=True), line, SONG, SMALL_FIFTH)
        add_text(plain(self._document.add_paragraph(), after=14), f"引用号：{exhibit.ref}", SONG, SMALL_FIFTH)

    def _add_charts(self, charts: tuple[Chart, ...], title: str, ref: str) -> None:
        if len(charts) == 1:
            place = plain(self._document.add_paragraph(), centred=True, keep=True)
            size = (TEXT_WIDTH, height_of(charts[0]))
            self._placer.place(place, charts[0], size, _LETTERS, f"{title}。{charts[0].described()}", ref)
            return
        half = TEXT_WIDTH // 2
        rows = [charts[at : at + 2] for at in range(0, len(charts), 2)]
        grid = add_table(self._document, len(rows), [half, half], bordered=False)
        for row, pair in zip(grid.rows, rows, strict=True):
            tall = max(_SMALL_TALL if chart.shape != "bar" else height_of(chart) for chart in pair)
            for cell, chart in zip(row.cells, pair, strict=False):
                place = plain(cell.paragraphs[0], centred=True, keep=True)
                words = f"{title}。{chart.described()}"
                self._placer.place(place, chart, (half - Mm(4), tall), _HALF, words, ref)

    def _add_list(self, exhibit: Exhibit) -> list[str]:
        columns, rows, more = short_table(exhibit.figure, FIRST_ROWS)
        grid = add_table(self._document, len(rows) + 1, [TEXT_WIDTH // len(columns)] * len(columns))
        for cell, column in zip(grid.rows[0].cells, columns, strict=True):
            fill_cell(cell, [heading_of(column)], HEI, centred=True)
        for line, row in zip(_rows_after_first(grid), rows, strict=True):
            for cell, mark in zip(line.cells, row, strict=True):
                fill_cell(cell, [mark.text])
        return [more] if more else []


def _rows_after_first(grid: Any) -> Iterator[Any]:
    rows = iter(grid.rows)
    next(rows)
    yield from rows


def height_of(chart: Chart) -> int:
    """Return the height of a chart in EMU: each bar needs a row."""
    if chart.shape != "bar":
        return int(_TALL)
    return int(max(_LEAST, _BAR * chart.rows + _AROUND))
