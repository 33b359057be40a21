"""A page of the screen as a PDF of as many sheets as it takes: its figures as they are drawn, then its readings."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typst import Compiler

from stats.exports.charts.from_figure import charts_of
from stats.exports.page.fonts import chosen_font, installed_fonts
from stats.exports.page.segments import place_segments
from stats.exports.style.figure_table import table_of
from stats.exports.style.house_style import ACCENT, COLOURS
from stats.exports.style.printable import printable
from stats.exports.style.short_table import heading_of
from stats.figures.elements.figure_model import Figure

_SHEET = Path(__file__).with_name("whole_page.typ")
_SIZE = 10.5  # points
_ROWS, _COLUMNS = 40, 7  # of a list that are printed


@dataclass(kw_only=True, frozen=True)
class PrintedTable:
    """A table of words: its title, the headings, and the rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(kw_only=True, frozen=True)
class PrintedPage:
    """What stands on a page: its title, the lines about it, its figures and its tables."""

    title: str
    about: tuple[str, ...]
    figures: tuple[Figure, ...]
    tables: tuple[PrintedTable, ...]


def write_whole_page(page: PrintedPage) -> bytes:
    """Return a page as a PDF on A4. Raises UserError when no Chinese font is installed."""
    fonts = installed_fonts()
    font = chosen_font(fonts.families())
    compiler = Compiler(str(_SHEET), root=str(_SHEET.parent), font_paths=fonts, ignore_system_fonts=True)
    data = json.dumps(_data(printable(page), font), ensure_ascii=False)
    made = compiler.compile(format="pdf", sys_inputs={"data": data})
    assert isinstance(made, bytes)
    return made


def _data(page: PrintedPage, font: str) -> dict[str, Any]:
    return {
        "title": page.title,
        "about": page.about,
        "fonts": [font],
        "size": _SIZE,
        "colours": {
            "ink": COLOURS.ink,
            "grey": COLOURS.grey,
            "edge": COLOURS.edge,
            "first": COLOURS.first,
            "accent": ACCENT,
        },
        "figures": [_figure(figure) for figure in page.figures],
        "tables": [{"title": table.title, "heads": table.heads, "rows": table.rows} for table in page.tables],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    charts = [] if figure.is_table else charts_of(figure)
    table, more = _table(figure) if figure.known and not charts else ({"heads": (), "rows": ()}, "")
    return {
        "question": figure.question,
        "title": figure.title,
        "charts": [
            place_segments(chart) | {"heading": chart.heading, "note": chart.note, "alt": chart.described()}
            for chart in charts
        ],
        "table": table,
        "more": more if figure.known else figure.absence,
        "lines": figure.lines,
    }


def _table(figure: Figure) -> tuple[dict[str, Any], str]:
    """Return as many rows and columns of a figure's table as are printed, and what is left out."""
    table = table_of(figure)
    heads = tuple(heading_of(column) for column in table.columns[:_COLUMNS])
    rows = tuple(tuple(mark.text for mark in row[:_COLUMNS]) for row in table.rows[:_ROWS])
    return {"heads": heads, "rows": rows}, _say_more(len(table.rows) - len(rows), len(table.columns) - len(heads))


def _say_more(rows: int, columns: int) -> str:
    left = [f"{count:,}{name}" for count, name in ((rows, "行"), (columns, "栏")) if count > 0]
    return f"另有{'、'.join(left)}没有印出，全部见整页数据" if left else ""
