"""The screens of 投影: one finding each, first the headline figures, then the first figure of each board."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from html import escape

import streamlit as st

from base.formats import say_coverage, split_value
from base.periods import say_span
from pages.shared.card import say_verdict
from pages.shared.plotly_chart import draw_chart
from pages.view import cached
from pages.view.choices import headlines
from pages.view.filters import View
from pages.view.stylesheet import palette
from stats.attainment.attainment_words import say_states
from stats.catalogue import Catalogue
from stats.catalogue.boards import Board
from stats.catalogue.models import Indicator
from stats.drawing.elements.frame import Spec
from stats.figures.elements.figure_model import Figure
from stats.readings import Reading
from stats.readings.sentences import overview_title, say_movement, say_when

_HEIGHT, _LETTERS = 430, 19  # pixels of a projected drawing and of its font; a taller list keeps its height
_MOST = 2  # courses on one screen


@dataclass(frozen=True)
class Slide:
    """One screen of 投影: its name, and what draws it."""

    name: str
    draw: Callable[[], None]


def slides_of(view: View, catalogue: Catalogue) -> list[Slide]:
    """Return the screens for the current selection: an overview, the headline figures, one figure per board."""
    readings = cached.readings(view.build, view.unit.code, view.span, view.against)
    by_code = {reading.indicator: reading for reading in readings}
    leading = [by_code[indicator.code] for indicator in headlines(catalogue) if indicator.code in by_code]
    first = Slide("总览", partial(_draw_overview, view, leading, catalogue))
    heads = [
        Slide(reading.name, partial(_draw_headline, view, reading, catalogue.indicators[reading.indicator]))
        for reading in leading
        if reading.value is not None
    ]
    boards = sorted(catalogue.boards.values(), key=lambda board: board.order)
    return [first, *heads, *(Slide(board.name, partial(_draw_board, view, board)) for board in boards if board.panels)]


def _draw_overview(view: View, leading: Sequence[Reading], catalogue: Catalogue) -> None:
    aimed = say_states(cached.attainments(view.build, view.unit.code, view.span.last))
    title = overview_title(leading, catalogue.indicators, aimed)
    example = '<p class="lines">示例数据，并非真实情况</p>' if view.example else ""
    st.html(f'<div class="slide cover">{_kicker(view)}<h1 class="finding">{escape(title)}</h1>{example}</div>')


def _draw_headline(view: View, reading: Reading, indicator: Indicator) -> None:
    figures, measure = split_value(reading.value, reading.measure, indicator.decimals)
    movement = say_movement(reading, indicator)
    target = f'<p class="said">{say_verdict(reading, indicator)}</p>' if reading.goal else ""
    cover = say_coverage(reading.reported, reading.expected)
    left, right = st.columns([1, 1], gap="large", vertical_alignment="center")
    with left:
        st.html(
            f'<div class="slide">{_kicker(view)}<h1 class="finding">{say_when(reading)}{escape(reading.name)}</h1>'
            f'<p class="huge">{escape(figures)}<span>{escape(measure)}</span></p>'
            f'<p class="said">{escape(movement)}</p>{target}'
            f'<p class="lines">{cover}　口径：{escape(reading.base)}</p></div>'
        )
    with right:
        _draw_figure(cached.course(view.build, indicator.code, view.selection))


def _draw_board(view: View, board: Board) -> None:
    figure = cached.figure(view.build, board.code, board.panels[0].code, view.selection)
    figure = replace(figure, series=figure.series[:_MOST]) if figure.kind == "course" else figure
    title = figure.title or f"{board.name}没有数据"
    st.html(f'<div class="slide">{_kicker(view, board.name)}<h1 class="finding">{escape(title)}</h1></div>')
    _draw_figure(figure)
    st.html(f'<div class="slide"><p class="lines">{escape("　".join(figure.lines))}</p></div>')


def _draw_figure(figure: Figure) -> None:
    drawing = cached.drawing(figure, palette())
    if drawing is not None:
        draw_chart(_enlarge(drawing), figure.title, f"slide-{figure.code}")


def _enlarge(drawing: Spec) -> Spec:
    """Return a copy of a drawing for projection: taller, with a larger font."""
    large, letters = deepcopy(drawing), {"size": _LETTERS}
    layout = large["layout"]
    layout["height"] = max(layout["height"], _HEIGHT)
    layout["margin"] |= {"b": layout["margin"]["b"] + _LETTERS, "t": layout["margin"]["t"] + _LETTERS / 2}
    for words in (layout, *layout.get("annotations", ())):
        words["font"] = words.get("font", {}) | letters
    for name in layout:
        if name.startswith(("xaxis", "yaxis")):
            layout[name]["tickfont"] = layout[name].get("tickfont", {}) | letters
    return large


def _kicker(view: View, field: str = "") -> str:
    text = "　".join(filter(None, (view.unit.name, say_span(view.span), field)))
    return f'<p class="kicker">{escape(text)}</p>'
