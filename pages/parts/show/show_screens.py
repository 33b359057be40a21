"""The screens of 投影: one finding each, first the headline figures and the targets, then a figure of each board."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from html import escape

import streamlit as st

from base.formats import split_value
from base.periods import say_span
from pages.shared.card import say_verdict
from pages.shared.plotly_chart import draw_chart
from pages.view import cached
from pages.view.choices import headlines
from pages.view.filters import View
from pages.view.links import explained
from pages.view.stylesheet import palette
from stats.attainment import Attainment
from stats.attainment.attainment_words import say_behind_targets, say_states
from stats.catalogue import Catalogue
from stats.catalogue.boards import Board
from stats.catalogue.models import Indicator
from stats.drawing.elements.frame import Spec
from stats.figures.elements.figure_model import Figure
from stats.readings import Reading
from stats.readings.sentences import say_cover, say_movement, say_when

_HEIGHT, _LETTERS = 430, 19  # pixels of a projected drawing and of its font; a taller list keeps its height
_MOST = 2  # courses on one screen
_LARGE = 4  # numbers on the first screen
_AIMS = 6  # targets on a screen
OVERVIEW = "overview"


@dataclass(frozen=True)
class Slide:
    """One screen of 投影: its name, what draws it, and the page or the indicator (code) it belongs to."""

    name: str
    draw: Callable[[], None]
    belongs_to: str


def slides_of(view: View, catalogue: Catalogue, asked: str = "") -> list[Slide]:
    """Return the screens for the current selection: the overview, the headline figures, the targets, each board.

    An indicator asked for (code) has a screen too, behind the headline figures.
    """
    readings = cached.readings(view.build, view.unit.code, view.span, view.against)
    by_code = {reading.indicator: reading for reading in readings}
    codes = dict.fromkeys([*(indicator.code for indicator in headlines(catalogue)), asked])
    known = [by_code[code] for code in codes if code in by_code and by_code[code].value is not None]
    first = Slide("总览", partial(_draw_overview, view, known[:_LARGE], catalogue), OVERVIEW)
    heads = [
        Slide(
            reading.name,
            partial(_draw_headline, view, reading, catalogue.indicators[reading.indicator]),
            reading.indicator,
        )
        for reading in known
    ]
    boards = sorted(catalogue.boards.values(), key=lambda board: board.order)
    fields = [Slide(board.name, partial(_draw_board, view, board), board.code) for board in boards if board.panels]
    return [first, *heads, *_aims_slide(view, catalogue), *fields]


def _draw_overview(view: View, shown: Sequence[Reading], catalogue: Catalogue) -> None:
    """Draw who and when, and the first few headline figures as large numbers."""
    example = '<p class="lines">示例数据，并非真实情况</p>' if view.example else ""
    nothing = "" if shown else '<p class="said">这一期间还没有数据</p>'
    numbers = "".join(_large_number(reading, catalogue.indicators[reading.indicator]) for reading in shown)
    st.html(
        f'<div class="slide cover"><h1 class="finding">{escape(view.unit.name)}</h1>'
        f'<p class="kicker">{say_span(view.span)}</p>{example}<div class="numbers">{numbers}</div>{nothing}</div>'
    )


def _large_number(reading: Reading, indicator: Indicator) -> str:
    return (
        f'<section><h2>{escape(reading.name)}</h2><p class="large">{_number(reading, indicator)}</p>'
        f"<p>{escape(say_movement(reading, indicator))}</p>"
        f'<p class="lines">{say_when(reading)}　{say_cover(reading)}</p></section>'
    )


def _number(reading: Reading, indicator: Indicator) -> str:
    """Return a number with its measure; a press on it opens the panel that explains it."""
    figures, measure = split_value(reading.value, reading.measure, indicator.decimals)
    return f"{explained(figures, indicator.code, reading.unit)}<span>{escape(measure)}</span>"


def _aims_slide(view: View, catalogue: Catalogue) -> list[Slide]:
    attainments = cached.attainments(view.build, view.unit.code, view.span.last)
    return [Slide("目标完成", partial(_draw_aims, view, attainments, catalogue), "goals")] if attainments else []


def _draw_aims(view: View, attainments: Sequence[Attainment], catalogue: Catalogue) -> None:
    """Draw how many targets are in which state, and of those off course what is responsible for each."""
    off_course = [attainment for attainment in attainments if attainment.state in ("behind", "unlikely")]
    items = "".join(
        f"<li>{escape(sentence)}<small>{escape(attainment.goal.owner)}</small></li>"
        for attainment, sentence in say_behind_targets(off_course[:_AIMS], catalogue)
    )
    rest = f'<p class="lines">另有{len(off_course) - _AIMS}项见“目标完成”页</p>' if len(off_course) > _AIMS else ""
    st.html(
        f'<div class="slide">{_kicker(view, "目标完成")}<h1 class="finding">{escape(say_states(attainments))}</h1>'
        f'<ol class="behind-aims">{items}</ol>{rest}</div>'
    )


def _draw_headline(view: View, reading: Reading, indicator: Indicator) -> None:
    movement = say_movement(reading, indicator)
    target = f'<p class="said">{say_verdict(reading, indicator)}</p>' if reading.goal else ""
    cover = say_cover(reading)
    left, right = st.columns([1, 1], gap="large", vertical_alignment="center")
    with left:
        st.html(
            f'<div class="slide">{_kicker(view)}<h1 class="finding">{say_when(reading)}{escape(reading.name)}</h1>'
            f'<p class="huge">{_number(reading, indicator)}</p>'
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
    _draw_figure(figure, board=board.code, panel=figure.code)
    st.html(f'<div class="slide"><p class="lines">{escape("　".join(figure.lines))}</p></div>')


def _draw_figure(figure: Figure, **names: str) -> None:
    """Draw the drawing; `names` say of which panel its marks are, where the drawing itself does not."""
    drawing = cached.drawing(figure, palette())
    if drawing is not None:
        draw_chart(_enlarge(drawing), figure.title, f"slide-{figure.code}", names)


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
