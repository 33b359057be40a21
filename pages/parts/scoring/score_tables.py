"""The scores of a scheme with grades taken together: by grade, stages compared, items that lose points, areas."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.shared.heading import draw_part
from stats.scoring.overview_tables import Cell, Row, ScoreTable, say_cell

_MOST = 15  # rows shown; the workbook has all of them


def draw_tables(tables: Sequence[ScoreTable], sentences: Sequence[str]) -> None:
    """Draw the tables under what they amount to in words; nothing when there are none."""
    if not tables:
        return
    draw_part("整体情况", "几家评到哪一级，几次评分差多少，哪些项目丢分的多，各乡镇、园区、系统怎样")
    st.html(f'<ul class="lines">{"".join(f"<li>{escape(words)}</li>" for words in sentences)}</ul>')
    for table in tables:
        _draw(table)


def _draw(table: ScoreTable) -> None:
    left = len(table.rows) - _MOST
    note = f"{table.note}。这里列前{_MOST}行，还有{left}行在下载的 Excel 里" if left > 0 else table.note
    head = "".join(f"<th{_kind(table, at)}>{escape(name)}</th>" for at, name in enumerate(table.columns))
    body = "".join(_row(table, row) for row in table.rows[:_MOST])
    none = "" if body else f'<p class="under">{escape(table.none)}</p>'
    st.html(
        f'<h3 class="says">{escape(table.title)}</h3><p class="under">{escape(note)}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.title)}">'
        f'<table class="plain score-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{none}'
    )


def _row(table: ScoreTable, row: Row) -> str:
    return f"<tr>{''.join(_cell(table, at, cell) for at, cell in enumerate(row))}</tr>"


def _cell(table: ScoreTable, at: int, cell: Cell) -> str:
    """Return a cell with the name of its column, which it shows on a phone, where a row is a card."""
    return f'<td data-name="{escape(table.columns[at])}"{_kind(table, at)}>{escape(say_cell(cell))}</td>'


def _kind(table: ScoreTable, at: int) -> str:
    """Return the class of a column: words stand on the left, numbers on the right."""
    return ' class="words"' if all(isinstance(row[at], str | None) for row in table.rows) else ""
