"""A board: the page of one field of work, panel by panel, as its file in the catalogue declares it."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from base.periods import say_span
from pages.parts.board.large_numbers import draw_large_numbers
from pages.parts.board.panel import base_chosen, draw_panel
from pages.parts.board.read_ahead import read_ahead
from pages.shared.downloads import XLSX, offer_file
from pages.shared.heading import draw_finding, draw_part, draw_summary
from pages.shared.plotly_chart import expect_charts
from pages.shared.printing import offer_pdf, tables_by_domain
from pages.shared.tables import draw_domains
from pages.view import cached
from pages.view.declared_now import board_shown, catalogue_now
from pages.view.filters import View, chosen
from pages.view.scripts import bring
from stats.catalogue.boards import Board, Panel
from stats.exports.style.file_names import file_name
from stats.exports.workbook.figure import xlsx_of_page
from stats.figures.elements.figure_model import Selection
from stats.figures.elements.order import first_and_last
from stats.readings import Reading

_WIDE = ("records", "groups", "matrix", "ladder", "distances", "multiples")  # lists and tables take the whole width


def show_board(code: str) -> None:
    """Draw the board of this code for what the filter bar is set to."""
    view, board = chosen(), catalogue_now().board(code)
    expect_charts()
    bring("picture")
    # from the last to the first, so that nobody waits for what the other has begun until they meet
    with read_ahead([partial(cached.figure, *shown_in(view, board, panel)) for panel in reversed(board.panels)]):
        draw_board(view, board)


def draw_board(view: View, board: Board) -> None:
    """Draw the finding, the large numbers, the panels, the downloads of the page and the table of all indicators."""
    readings = [
        reading
        for reading in cached.readings_on(view.build, board.code, view.unit.code, view.span, view.against)
        if belongs(reading, board)
    ]
    draw_summary(view, first_shown(view, board, readings))
    draw_finding(board.name)
    draw_large_numbers(board, readings)
    files = st.container(key="page-files")
    draw_panels(view, board)
    with files:  # at the end, for it reads all figures, and the first ones can be looked at meanwhile
        offer_page(view, board, readings)
    if readings:
        draw_part("全部指标", "点名称看这个指标，点数字看它怎么来的")
        draw_domains(readings, catalogue_now())


def shown_in(view: View, board: Board, panel: Panel) -> tuple[str, str, str, Selection, tuple[str, str] | None]:
    """Return what to ask for the figure of a panel as it is chosen there."""
    return view.build, board.code, panel.code, view.selection, base_chosen(panel)


def offer_page(view: View, board: Board, readings: Sequence[Reading]) -> None:
    """Draw the downloads of the whole page: a workbook with a sheet for each panel, and the page as a PDF.

    The figures are read here, as the panels show them, because a download is made outside of the page's run.
    """
    figures = [(panel.question or panel.code, cached.figure(*shown_in(view, board, panel))) for panel in board.panels]
    name = file_name(f"{view.unit.name}{board.name}（{say_span(view.span)}）", "xlsx")
    with st.container(horizontal=True, key="ways-page"):
        offer_file("整页数据（Excel）", name, XLSX, lambda: xlsx_of_page(figures), "tertiary", key="page")
        shown = [first_and_last(figure) for _, figure in figures]
        offer_pdf(view, board.name, shown, tables_by_domain(readings, catalogue_now()))


def belongs(reading: Reading, board: Board) -> bool:
    return catalogue_now().indicators[reading.indicator].domain in board.domains


def first_shown(view: View, board: Board, readings: Sequence[Reading]) -> Sequence[Reading]:
    """Return the reading of the first panel's indicator, whose coverage is shown; all readings if it has none."""
    code = board.panels[0].code if board.panels else ""
    shown = cached.figure(view.build, board.code, code, view.selection).indicator if code else ""
    return [reading for reading in readings if reading.indicator == shown] or readings


def draw_panels(view: View, board: Board) -> None:
    """Draw the panels in their order, drawings side by side where there is room, lists over the whole width."""
    for wide, panels in groupby(board.panels, key=lambda panel: panel.kind in _WIDE):
        if wide:
            for panel in panels:
                draw_panel(view, board, panel)
        else:
            draw_side_by_side(view, board, list(panels))


def draw_side_by_side(view: View, board: Board, panels: list[Panel]) -> None:
    """Draw panels in two columns, each in the shorter one so far; a single one takes the whole width."""
    columns = st.columns(min(len(panels), 2), gap="small")
    heights = [0] * len(columns)
    for panel in panels:
        at = heights.index(min(heights))
        with columns[at]:
            heights[at] += draw_panel(view, board, panel)


show_board(board_shown().code)
