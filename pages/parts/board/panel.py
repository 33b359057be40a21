"""One figure on a board: its title, the drawing, its lines, its numbers, and links."""

from collections.abc import Mapping
from contextlib import nullcontext
from html import escape

import streamlit as st

from base.periods import say_span
from pages.parts.board.heat_table import draw_heat_table
from pages.shared.downloads import copying, offer_tables
from pages.shared.fold import say_below, say_more
from pages.shared.plotly_chart import draw_chart, picture_button
from pages.shared.row_list import draw_records
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.foreign_text import as_written
from pages.view.links import WHY, address, explained, explained_as, naming
from pages.view.stylesheet import palette
from stats.catalogue.boards import AreasPanel, Board, CoursePanel, MultiplesPanel, Panel
from stats.exports.style.figure_table import table_of
from stats.exports.workbook.figure import csv_of, xlsx_of
from stats.figures.areas import say_last
from stats.figures.elements.asking import MARK, asking
from stats.figures.elements.figure_model import Figure, Mark
from stats.figures.elements.order import first_and_last

_AROUND = 260  # approximate pixels for title, lines and links


def draw_panel(view: View, board: Board, panel: Panel) -> int:
    """Draw one panel of a board for the current selection; return its approximate height in pixels.

    A phone shows the finding of each, and the drawing of the first alone until it is asked for.
    """
    with st.container(border=True, key=f"panel-{panel.code}"):
        offered = _offer_bases(panel)
        head = st.empty() if offered else nullcontext()  # the head is above the choice it depends on
        instead = _choose_base(panel, offered)
        figure = cached.figure(view.build, board.code, panel.code, view.selection, instead)
        shown = first_and_last(figure)
        with head:
            _draw_head(figure, folds=panel != board.panels[0])
        if figure.kind == "records":
            draw_records(view, figure)
        height = 0 if figure.is_listed else _draw_drawing(board, shown)
        if figure.is_table:
            draw_heat_table(board, shown)
        _draw_lines(shown)
        _draw_ways(view, board, figure, shown)
    return height + _AROUND


def _draw_head(figure: Figure, folds: bool) -> None:
    """Draw question and finding, and on a phone the button for the rest if it is folded away there."""
    question = f'<p class="question">{escape(figure.question)}</p>' if figure.question else ""
    button = say_below("看名单" if figure.kind == "records" else "看图和数字") if folds else ""
    st.html(f'{question}<h3 class="says">{escape(figure.title)}</h3>{_name_last(figure)}{button}')


def _name_last(figure: Figure) -> str:
    """Return who comes last where organisations are compared, as HTML."""
    known = catalogue_now().indicators
    words = say_last(figure.series[0].marks, known[figure.indicator]) if figure.kind == "areas" else ""
    return f'<p class="last">{escape(words)}</p>' if words else ""


def _offer_bases(panel: Panel) -> list[str]:
    """Return an indicator of the panel that has other bases, with the indicators on these; empty if none has."""
    known = catalogue_now().indicators
    named = [panel.indicator] if isinstance(panel, AreasPanel | MultiplesPanel) else []
    named += panel.indicators if isinstance(panel, CoursePanel) else []
    code = next((code for code in named if known[code].settings), None)
    others = [other for other in known[code].settings if other not in named] if code else []
    return [code, *others] if code and others else []


def base_chosen(panel: Panel) -> tuple[str, str] | None:
    """Return the indicator that is replaced in a panel, and its replacement, as chosen there; None without one."""
    offered, picked = _offer_bases(panel), st.session_state.get(f"base-{panel.code}")
    return (offered[0], picked) if offered and picked and picked != offered[0] else None


def _choose_base(panel: Panel, offered: list[str]) -> tuple[str, str] | None:
    """Draw the choice of a base; return the indicator to be replaced and its replacement."""
    if not offered:
        return None
    code, known = offered[0], catalogue_now().indicators
    picked = st.segmented_control(
        "口径",
        offered,
        default=code,
        format_func=lambda name: as_written(known[name].name),
        key=f"base-{panel.code}",
        required=True,
    )
    return (code, picked) if picked and picked != code else None


def _draw_drawing(board: Board, figure: Figure) -> int:
    """Draw the drawing and return its height; say so when there is nothing to draw."""
    drawing = cached.drawing(figure, palette())
    if drawing is None:
        st.html(f'<p class="nothing">{escape(figure.absence)}</p>')
        return 0
    draw_chart(drawing, _say_aloud(figure), f"chart-{figure.code}", _named(board, figure))
    return int(drawing["layout"]["height"])


def _named(board: Board, figure: Figure) -> dict[str, str]:
    """Return the words that say of which panel a mark is."""
    return {"board": board.code, "panel": figure.code}


def _say_aloud(figure: Figure) -> str:
    return f"{figure.title}。{'；'.join(figure.lines)}"


def _draw_lines(figure: Figure) -> None:
    items = "".join(f"<li>{escape(line)}</li>" for line in figure.lines)
    st.html(f'<div class="folded"><ul class="lines later">{items}</ul>{say_more("看口径和来源")}</div>')


def _draw_ways(view: View, board: Board, figure: Figure, shown: Figure) -> None:
    """Draw the numbers shown, the link to the cells, and the downloads, which hold all numbers."""
    if not figure.is_listed:
        with st.expander("数字表"):
            _draw_table(board, shown)
    name = f"{view.unit.name}{board.name}（{say_span(view.span)}）{figure.question.rstrip('？') or figure.code}"
    with st.container(horizontal=True, key=f"ways-{figure.code}", vertical_alignment="center"):
        if ways := _way_to_panel(figure) + _way_to_picture(figure, name):
            st.html(ways, width="content")
        # two panels may ask alike
        offer_tables(name, lambda: xlsx_of(figure), lambda: csv_of(figure), key=figure.code)


def _way_to_panel(figure: Figure) -> str:
    """Return the button that explains the figure's first number."""
    if not figure.indicator:
        return ""
    return explained(WHY, figure.indicator)


def _way_to_picture(figure: Figure, name: str) -> str:
    """Return the button that saves the drawing with title and lines as a picture; picture.js makes it."""
    if figure.is_listed or not figure.known:
        return ""
    return picture_button(name)


def _draw_table(board: Board, figure: Figure) -> None:
    """Draw the numbers; an organisation's name is a link to the same board for it, usable by keyboard."""
    table, asks = table_of(figure), _asks(figure)
    head = "".join(f"<th>{escape(column.heading)}</th>" for column in table.columns)
    rows = "".join(
        f"<tr>{''.join(f'<td>{_write(mark, board, figure, at, asks)}</td>' for at, mark in enumerate(row))}</tr>"
        for row in table.rows
    )
    names = naming(_named(board, figure))
    st.html(
        '<div class="taken"><div class="scroll numbers" tabindex="0">'
        f'<table class="plain"{names}><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{copying(figure.question or figure.title)}</div>"
    )


def _write(mark: Mark, board: Board, figure: Figure, at: int, asks: Mapping[int, dict[str, str]]) -> str:
    if at == 0 and figure.kind == "areas":
        return f'<a href="{escape(address(board.code, unit=mark.key))}" target="_self">{escape(mark.label)}</a>'
    return explained_as(mark.text, asks[id(mark)]) if id(mark) in asks else escape(mark.text)


def _asks(figure: Figure) -> dict[int, dict[str, str]]:
    """Return what each known number of a figure asks about, by the identity of its mark; none for what has no panel."""
    return {
        id(mark): asked.of(mark.key)
        for at, series in enumerate(figure.series)
        if (asked := asking(figure, at))
        for mark in series.marks
        if mark.value is not None and (mark.key or asked.by == MARK)
    }
