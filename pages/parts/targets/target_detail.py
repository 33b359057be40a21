"""One target: its course with pace and forecast, and the fewest candidates that would close its shortfall."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from base.periods import say_span
from pages.parts.targets.document_list import say_document
from pages.shared.cell_in_sheet import draw_sheet
from pages.shared.downloads import offer_tables
from pages.shared.plotly_chart import draw_chart, picture_button
from pages.shared.row_list import draw_records
from pages.view import cached
from pages.view.choices import name_indicators
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.foreign_text import as_written
from pages.view.scripts import bring
from pages.view.stylesheet import palette
from stats.attainment import Attainment
from stats.attainment.attainment_words import say_state
from stats.attainment.target_cell import cell_of_target
from stats.exports.workbook.figure import csv_of, xlsx_of
from stats.figures.elements.figure_model import Figure
from stats.judging.documents import DocumentTargets
from stats.judging.targets import Target


def draw_one(view: View, attainments: Sequence[Attainment]) -> list[Figure]:
    """Draw the choice of a target, unmet ones first, its course, the candidates, and its documents.

    Return the figures drawn.
    """
    known = {
        attainment.goal.indicator: attainment
        for attainment in sorted(attainments, key=lambda attainment: not (attainment.needed and attainment.needed > 0))
    }
    names = name_indicators(catalogue_now())
    code = st.selectbox("哪一项目标", list(known), format_func=lambda name: names[name], key="gap", bind="query-params")
    attainment = known[code]
    with st.container(border=True, key="panel-aim"):
        course = _draw_course(view, attainment)
        _draw_documents(view, attainment)
    if attainment.goal.value is None or attainment.reason == "no_verdict":
        return [course]
    with st.container(border=True, key="panel-gap"):
        return [course, _draw_gap(view, attainment)]


def _draw_course(view: View, attainment: Attainment) -> Figure:
    figure = cached.aim_course(view.build, view.unit.code, view.span.last, attainment.goal.indicator)
    state = f'<b class="{attainment.state}">{escape(say_state(attainment))}</b>'
    st.html(f'<h3 class="says aims">{escape(figure.title)}　{state}</h3>')
    drawing = cached.drawing(figure, palette())
    if drawing is not None:
        draw_chart(drawing, figure.title, "aim")
    _draw_lines(figure)
    if drawing is not None:
        st.html(picture_button(f"{view.unit.name}{attainment.reading.name}目标进度（{say_span(view.span)}）"))
        bring("picture")
    return figure


def _draw_documents(view: View, attainment: Attainment) -> None:
    """Offer the cell in which each document set the target, the one in force first."""
    stands = [(attainment.goal, ""), *((goal, "（已由发文在后的代替）") for goal in reversed(attainment.replaced))]
    stands += [(goal, "（当时还没有发文）") for goal in attainment.later]
    known, _ = cached.target_documents(view.build, view.unit.code, view.span.quarters.last)
    for place, (goal, place_words) in enumerate(stands):
        label = f"{as_written(goal.document)}：原表中的目标{as_written(place_words)}"
        with st.expander(label, key=f"document-{place}", on_change="rerun") as row:
            if row.open:
                st.caption(as_written(_say_basis(goal, known)))
                _draw_document(view, goal)


def _say_basis(goal: Target, known: Sequence[DocumentTargets]) -> str:
    """Return the number, day and issuer of a target's document, or that the register lacks it."""
    document = next((basis.document for basis in known if goal in basis.targets), None)
    return say_document(goal.document, document)


def _draw_document(view: View, goal: Target) -> None:
    cell = cell_of_target(cached.source(view.build), goal)
    if cell is None:
        st.caption("这一版数据没有记下目标在原表里的位置，重建数据以后就有")
    else:
        draw_sheet(view.build, cell)


def _draw_gap(view: View, attainment: Attainment) -> Figure:
    figure = cached.shortfall_candidates(view.build, view.unit.code, view.span.last, attainment.goal.indicator)
    st.html(f'<h3 class="says">{escape(figure.title)}</h3>')
    draw_records(view, figure)
    _draw_lines(figure)
    if figure.series:
        _offer_files(figure, f"差在哪里_{attainment.reading.name}_{view.unit.name}")
    return figure


def _draw_lines(figure: Figure) -> None:
    st.html(f'<ul class="lines">{"".join(f"<li>{escape(line)}</li>" for line in figure.lines)}</ul>')


def _offer_files(figure: Figure, name: str) -> None:
    with st.container(horizontal=True, key="ways-gap"):
        offer_tables(name, partial(xlsx_of, figure), partial(csv_of, figure))
