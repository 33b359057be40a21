"""Who has what as a table: the number in each cell, the darker the more is missing."""

from html import escape

import streamlit as st

from base.formats import PERCENT
from pages.view.links import address
from stats.catalogue.boards import Board
from stats.figures.elements.figure_model import Figure, Mark, Series

_LEGEND = "格里写着有的比例和数目；颜色越深，没有的越多。"
_FIRST = {"matrix": "项目", "ladder": "单位"}


def draw_heat_table(board: Board, figure: Figure) -> None:
    """Draw a row a label and a column a series; an organisation's name is a link to the same board for it."""
    if not figure.known:
        return
    head = "".join(f"<th>{_named(board, series.key, series.name)}</th>" for series in figure.series)
    rows = "".join(_row(board, figure, at) for at in range(len(figure.series[0].marks)))
    st.html(
        f'<p class="fine">{_LEGEND}</p>'
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(figure.title)}">'
        f'<table class="plain heat"><thead><tr><th>{_FIRST[figure.kind]}</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(board: Board, figure: Figure, at: int) -> str:
    first = figure.series[0].marks[at]
    name = _named(board, first.key if figure.kind == "ladder" else "", first.label)
    return f"<tr><td>{name}</td>{''.join(_cell(series, series.marks[at]) for series in figure.series)}</tr>"


def _named(board: Board, unit: str, name: str) -> str:
    if not unit:
        return escape(name)
    return f'<a href="{escape(address(board.code, unit=unit))}" target="_self">{escape(name)}</a>'


def _cell(series: Series, mark: Mark) -> str:
    if mark.value is None:
        return f"<td>{escape(mark.shown_text)}</td>"
    shade = f' style="--shade:{1 - mark.value:.2f}"' if series.measure == PERCENT else ""
    note = f"<small>{escape(mark.note)}</small>" if mark.text.endswith(PERCENT) else ""  # of one it says nothing more
    return f"<td{shade}>{escape(mark.text)}{note}</td>"
