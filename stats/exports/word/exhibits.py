"""The charts and lists of a Word paper: which are printed where, how many charts of each, and under which caption."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from os.path import commonprefix
from typing import Any

from docx.shared import Mm

from stats.exports.charts.chart_model import Chart
from stats.exports.charts.from_figure import charts_of
from stats.exports.charts.openxml import Letters
from stats.exports.style.house_style import HEI, SONG
from stats.exports.style.proof_text import join_short
from stats.exports.style.short_table import FIRST_ROWS, ShortTable, heading_of, say_more, short_tables
from stats.exports.word.chart import ChartPlacer
from stats.exports.word.document_style import (
    FIFTH,
    SMALL_FIFTH,
    SMALL_FOURTH,
    TEXT_WIDTH,
    add_table,
    add_text,
    fill_cell,
    plain,
)
from stats.figures.elements.figure_model import Figure
from stats.papers.paper_model import Brief, Exhibit

_IN_TEXT, _IN_ANNEX = 2, 1  # charts of a figure; with some more than twenty in all, programs shrink the letters
_BREADTH = 96  # width of a line below a chart, in Latin letters
_LETTERS = Letters(SONG, 9)
_HALF = Letters(SONG, 8)
_TALL, _SMALL_TALL = Mm(60), Mm(52)
_BAR, _AROUND, _LEAST = Mm(6.3), Mm(16), Mm(40)  # height of a bar's row, space around all bars, minimum height
_OVER_TIME = ("course", "stock")  # kinds of figure with a chart a name
_COMMON = 4  # characters that two names begin with before they are not said again
_WHEN = "时间："


@dataclass(frozen=True)
class PrintedExhibit:
    """A chart or list with the charts of it that are printed, and how many more there are."""

    exhibit: Exhibit
    charts: tuple[Chart, ...]
    more: int = 0


@dataclass(frozen=True)
class Arrangement:
    """Where the charts and lists of a paper are printed: in each section, given by its place, and in the annex."""

    sections: tuple[tuple[PrintedExhibit, ...], ...]
    annex: tuple[PrintedExhibit, ...]

    def of_section(self, place: int) -> tuple[PrintedExhibit, ...]:
        """Return what is printed in a section."""
        return self.sections[place]

    def printed(self) -> Iterator[PrintedExhibit]:
        """Yield everything that is printed, in its order."""
        for section in self.sections:
            yield from section
        yield from self.annex


def arrange(brief: Brief) -> Arrangement:
    """Return where a paper's charts and lists are printed: the first of each section there, the others in the annex.

    A short paper has its first one alone; the others are in its slides and its workbook.
    """
    firsts = [section.exhibits[:1] for section in brief.sections]
    if brief.short:
        first = next((place for place, exhibits in enumerate(firsts) if exhibits), 0)
        firsts = [exhibits if place == first else () for place, exhibits in enumerate(firsts)]
    others = () if brief.short else tuple(exhibit for section in brief.sections for exhibit in section.exhibits[1:])
    return Arrangement(
        tuple(tuple(_printed(exhibit, _IN_TEXT) for exhibit in exhibits) for exhibits in firsts),
        tuple(_printed(exhibit, _IN_ANNEX) for exhibit in others),
    )


def _printed(exhibit: Exhibit, most: int) -> PrintedExhibit:
    charts = charts_of(exhibit.figure)
    return PrintedExhibit(exhibit, charts[:most], max(0, len(charts) - most))


def caption_of(figure: Figure, charts: Sequence[Chart]) -> str:
    """Return a caption in nouns: 岗位练兵技术比武场次和参加人数（2008—2011年）; the finding where it has no name."""
    if figure.kind in _OVER_TIME:
        return f"{_join([chart.title for chart in charts])}（{_years(figure)}）" if charts else figure.title
    when = figure.when.removeprefix(_WHEN).partition("，")[0]
    return f"{figure.noun}（{when}）" if figure.noun and when else figure.noun or figure.title


def _join(names: Sequence[str]) -> str:
    *others, last = names
    if not others:
        return last
    begun = commonprefix(list(names))
    if len(begun) >= _COMMON and all(len(name) > len(begun) + 1 for name in names):
        last = last.removeprefix(begun)
    return f"{'、'.join(others)}和{last}"


def _years(figure: Figure) -> str:
    known = [mark.key[:4] for series in figure.series for mark in series.marks if mark.value is not None]
    first, last = min(known), max(known)
    return f"{first}年" if first == last else f"{first}—{last}年"


class ExhibitWriter:
    """Writes charts and lists, and numbers them; `references` has a line a chart or list, for the appendix."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._placer = ChartPlacer(document)
        self._pictures, self._tables = count(1), count(1)
        self.references: list[str] = []

    def add(self, printed: PrintedExhibit) -> None:
        """Add a chart or list with its caption, and below it its finding and its lines."""
        exhibit, charts = printed.exhibit, printed.charts
        figure = exhibit.figure
        listed = figure.is_listed and figure.series
        number = f"表{next(self._tables)}" if listed else f"图{next(self._pictures)}"
        caption = plain(self._document.add_paragraph(), centred=True, before=8, after=4, keep=True)
        add_text(caption, f"{number}　{caption_of(figure, charts)}", HEI, SMALL_FOURTH)
        if listed:
            notes = self._add_list(exhibit)
        elif charts:
            self._add_charts(charts, figure.title, exhibit.ref)
            notes = list(dict.fromkeys(chart.note for chart in charts if chart.note))
        else:
            add_text(plain(self._document.add_paragraph(), centred=True), figure.absence, SONG, FIFTH)
            notes = []
        notes += [f"另有{printed.more}个小图，见同时生成的PPT和数据表"] if printed.more else []
        *lines, last = (figure.title, *notes, *join_short(figure.lines, _BREADTH))
        for line in lines:
            add_text(plain(self._document.add_paragraph(), keep=True), line, SONG, SMALL_FIFTH)
        add_text(plain(self._document.add_paragraph(), after=8), last, SONG, SMALL_FIFTH)
        self.references.append(f"{exhibit.ref}　{number}　{caption_of(figure, charts)}")

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
        notes: dict[str, None] = {}
        for number, table in enumerate(short_tables(exhibit.figure, FIRST_ROWS)):
            if number:
                plain(self._document.add_paragraph())  # without it, it would be part of the table before
            self._add_table(table)
            more = say_more(table.count, FIRST_ROWS)
            notes |= {more: None} if more else {}
        return list(notes)

    def _add_table(self, table: ShortTable) -> None:
        widths = [TEXT_WIDTH // len(table.columns)] * len(table.columns)
        grid = add_table(self._document, len(table.rows) + 1, widths)
        for cell, column in zip(grid.rows[0].cells, table.columns, strict=True):
            fill_cell(cell, [heading_of(column)], HEI, centred=True)
        for line, row in zip(_rows_after_first(grid), table.rows, strict=True):
            for cell, mark in zip(line.cells, row, strict=True):
                fill_cell(cell, [mark.text])


def _rows_after_first(grid: Any) -> Iterator[Any]:
    rows = iter(grid.rows)
    next(rows)
    yield from rows


def height_of(chart: Chart) -> int:
    """Return the height of a chart in EMU: each bar needs a row."""
    if chart.shape != "bar":
        return int(_TALL)
    return int(max(_LEAST, _BAR * chart.rows + _AROUND))
