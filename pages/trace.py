"""数字来源: from a figure to the cells it was computed from."""

import streamlit as st

from base.periods import parse_span
from pages.parts.trace.cells import draw_cells
from pages.shared.definition import draw_definition, draw_formula
from pages.shared.heading import draw_finding, draw_part, draw_summary
from pages.shared.trend import draw_trend
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View, chosen
from pages.view.indicator_choice import indicator_shown, reading_shown
from pages.view.notices import show_empty
from stats.catalogue.models import Indicator
from stats.readings import Reading
from stats.readings.sentences import say_context, say_finding

CATALOGUE = catalogue_now()


def show() -> None:
    view, indicator = chosen(), indicator_shown()
    reading = reading_shown(view)
    draw_summary(view, [reading])
    draw_finding(say_finding(reading, indicator), say_context(reading, indicator))
    draw_formula(reading, indicator, CATALOGUE)
    left, right = st.columns([3, 2], gap="large")
    with left:
        draw_trend(view, reading, indicator)
    with right:
        draw_definition(indicator, CATALOGUE)
    draw_sources(view, reading, indicator)


def draw_sources(view: View, reading: Reading, indicator: Indicator) -> None:
    draw_part("数字从哪些格来", "点一行，看这一格在原表里的位置")
    cells = cached.trace(view.build, indicator.code, view.unit.code, parse_span(reading.span))
    if cells:
        draw_cells(view, cells, reading, indicator, CATALOGUE)
    else:
        show_empty("这一期间没有收到这个指标的数据，所以没有可查的格。")


show()
