"""A press on a figure: which one is asked about, and the panel that opens; nothing of it is read before."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from access.accounts.roles import Action
from base.errors import UserError
from base.periods import Span, parse_span
from pages.explaining.explanation import draw_explanation
from pages.explaining.part_explanation import draw_part
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View, chosen
from pages.view.foreign_text import as_written
from pages.view.notices import plain_errors
from pages.view.person import person
from pages.view.scripts import mount
from stats.figures.elements.figure_model import Figure, Mark
from stats.readings import Reading

_LISTENER = "explain"
ASKED = "figure-asked"
_WORDS = ("figure", "unit", "span", "board", "panel", "series", "mark")


@dataclass(kw_only=True, frozen=True)
class AskedFigure:
    """A figure as its button or mark names it: indicator, organisation, span, and whether the target's reading is it.

    What is "" is as the filter bar says. A number that is no reading names instead the board and panel it is in, the
    place of its series, and its mark's key.
    """

    figure: str = ""
    unit: str = ""
    span: str = ""
    of_target: bool = False
    board: str = ""
    panel: str = ""
    series: str = ""
    mark: str = ""


@st.fragment
def await_press() -> None:
    """Listen for a press on a figure, and open the panel that explains it. Only this is run again on a press."""
    mount("explain", _LISTENER, "<span></span>", on_pressed_change=_note_press)
    asked: AskedFigure | None = st.session_state.pop(ASKED, None)
    if asked is not None:
        with plain_errors():
            _open(asked)


def _note_press() -> None:
    pressed = st.session_state[_LISTENER].pressed
    if isinstance(pressed, Mapping):
        named = {word: str(pressed.get(word) or "") for word in _WORDS}
        st.session_state[ASKED] = AskedFigure(**named, of_target=bool(pressed.get("target")))


def _open(asked: AskedFigure) -> None:
    person().demand(Action.VIEW)
    if not asked.figure:
        figure, at, mark = _find_mark(chosen(), asked)
        st.dialog(as_written(mark.label), width="medium")(_explain_part)(asked, figure, at, mark)
        return
    indicator = catalogue_now().indicator(asked.figure)
    st.dialog(as_written(indicator.name), width="medium")(_explain)(asked)


def _find_mark(view: View, asked: AskedFigure) -> tuple[Figure, int, Mark]:
    """Return the mark that is asked about, with its figure and the place of its series there."""
    figure = cached.figure(view.build, asked.board, asked.panel, view.selection)
    for at, series in enumerate(figure.series):
        for mark in series.marks:
            if str(at) == asked.series and mark.key == asked.mark:
                return figure, at, mark
    raise UserError("这个数已经不在图上了。请刷新页面再点。")


def _explain_part(asked: AskedFigure, figure: Figure, at: int, mark: Mark) -> None:
    with plain_errors():
        draw_part(chosen(), asked.board, figure, at, mark)


def _explain(asked: AskedFigure) -> None:
    with plain_errors():
        view, span = chosen(), parse_span(asked.span) if asked.span else None
        reading = read_asked(view, asked, span)
        own = reading.judged.span if asked.of_target and reading.judged else span
        draw_explanation(view, reading, own)


def read_asked(view: View, asked: AskedFigure, span: Span | None) -> Reading:
    """Return the reading of the figure that is asked about, as the page that shows it reads it."""
    unit = asked.unit or view.unit.code
    if asked.of_target:
        attainments = cached.attainments(view.build, unit, view.span.last)
        aimed = next((aim.reading for aim in attainments if aim.goal.indicator == asked.figure), None)
        if aimed is None:
            raise UserError("这个指标在这一期没有目标。请换一期，或回到“目标完成”再点。")
        return aimed
    if span is None and unit == view.unit.code:
        readings = cached.readings(view.build, unit, view.span, view.against)
        return next(reading for reading in readings if reading.indicator == asked.figure)
    against = view.against if span is None else None
    return cached.readings_of(view.build, (unit,), span or view.span, (asked.figure,), against)[0]
