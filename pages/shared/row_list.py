"""A list of rows, each of which can be opened in its sheet, and as a plain table, which is copied as one."""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Literal

import pandas as pd
import streamlit as st

from pages.shared.cell_in_sheet import draw_sheet
from pages.shared.downloads import copying
from pages.view.filters import View
from stats.figures.elements.figure_model import Figure, Series

_TALLEST = 420  # pixels; a longer list is scrolled
_FEW = 10

Rows = Iterable[Sequence[str]]


def draw_records(view: View, figure: Figure) -> None:
    """Draw the rows; the selected one is shown in its sheet. They can be copied as a table."""
    _draw_list(view, figure)
    if not any(series.marks for series in figure.series):
        return
    heads = [_heading(series, figure.series) for series in figure.series]
    rows = zip(*([mark.text for mark in series.marks] for series in figure.series), strict=True)
    offer_copy(figure.question or figure.title, heads, lambda: rows, figure.code)


def _draw_list(view: View, figure: Figure) -> None:
    if not figure.cells:
        return
    rows = pd.DataFrame({_heading(series, figure.series): _column(series) for series in figure.series})
    height: int | Literal["content"] = "content" if len(figure.cells) <= _FEW else _TALLEST
    if not any(figure.cells):  # a list of organisations has no row in a sheet to lead to
        st.dataframe(rows, hide_index=True, height=height, alt=figure.title)
        return
    event = st.dataframe(
        rows,
        hide_index=True,
        height=height,
        key=f"rows-{figure.code}",
        on_select="rerun",
        selection_mode="single-row",
        alt=figure.title,
    )
    picked = event.selection.rows
    if not picked or picked[0] >= len(figure.cells):
        st.caption("点一行，看它在原表里的位置")
        return
    cell = figure.cells[picked[0]]
    if cell is None:
        st.caption("这一行没有计入任何数据项，系统没有记下它在原表里的位置")
    else:
        draw_sheet(view.build, cell)


def _heading(series: Series, among: Sequence[Series]) -> str:
    """Return a column's heading with its measure, made unique if two columns have the same name."""
    name = f"{series.name}（{series.measure}）" if series.measure else series.name
    return name if sum(other.name == series.name for other in among) == 1 else f"{name} "


def _column(series: Series) -> list[float | str | None]:
    """Return numbers as numbers, so that the column sorts by them, and words as they are."""
    if any(mark.value is not None for mark in series.marks):
        return [mark.value for mark in series.marks]
    return [mark.text for mark in series.marks]


def draw_plain(what: str, heads: Sequence[str], rows: Rows) -> None:
    """Draw a table of words with the button that copies it."""
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in rows)
    table = f'<table class="plain rows"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    st.html(f'<div class="taken"><div class="scroll numbers" tabindex="0">{table}</div>{copying(what)}</div>')


def offer_copy(what: str, heads: Sequence[str], rows: Callable[[], Rows], key: str) -> None:
    """Draw what unfolds into such a table beside a list that can't be copied as one; nothing is sent before."""
    with st.expander("可以复制的表", key=f"copy-{key}", on_change="rerun") as row:
        if row.open:
            draw_plain(what, heads, rows())
