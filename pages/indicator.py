"""指标: one indicator: current value, definition, course, ranking, and quarter by quarter."""

import streamlit as st

from pages.parts.indicator.indicator_ranking import draw_ranking, tables_of_ranking
from pages.parts.indicator.quarters import draw_quarters, name_course, table_of_quarters
from pages.parts.indicator.year_before import say_year_before
from pages.shared.definition import draw_definition, draw_formula, entries_of
from pages.shared.heading import draw_finding, draw_part, draw_summary
from pages.shared.printing import offer_pdf, table_of_readings
from pages.shared.trend import draw_trend
from pages.view.declared_now import catalogue_now
from pages.view.filters import View, chosen
from pages.view.indicator_choice import indicator_shown, offer_settings, reading_shown
from pages.view.links import WHY, explained
from stats.catalogue.models import Indicator
from stats.exports.page.whole_page import PrintedTable
from stats.readings import Reading
from stats.readings.sentences import say_context, say_finding

CATALOGUE = catalogue_now()


def show() -> None:
    view, indicator = chosen(), indicator_shown()
    reading = reading_shown(view)
    draw_summary(view, [reading])
    under = (say_context(reading, indicator), say_year_before(view, reading, indicator))
    draw_finding(say_finding(reading, indicator), "；".join(filter(None, under)))
    offer_settings(indicator, CATALOGUE)
    draw_formula(reading, indicator, CATALOGUE)
    left, right = st.columns([3, 2], gap="large")
    with left:
        trend = draw_trend(view, reading, indicator)
        st.html(explained(WHY, indicator.code, reading.unit))
    with right:
        draw_definition(indicator, CATALOGUE)
    draw_ranking(view, indicator)
    draw_course(view, indicator)
    offer_pdf(view, indicator.name, (trend,), tables_of_page(view, indicator, reading))


def tables_of_page(view: View, indicator: Indicator, reading: Reading) -> list[PrintedTable]:
    """Return the page's value, definition, ranking and quarters as they are printed."""
    entries = tuple((name, words) for name, words in entries_of(indicator, CATALOGUE).items() if words)
    return [
        table_of_readings(indicator.name, [reading], CATALOGUE),
        PrintedTable(title="这个数的定义", heads=("项目", "说明"), rows=entries),
        *tables_of_ranking(view, indicator),
        table_of_quarters(view, indicator, CATALOGUE.unit_of(indicator)),
    ]


def draw_course(view: View, indicator: Indicator) -> None:
    draw_part(name_course(view, indicator), "按每期已报的数直接相减；有单位没报的不宜直接相比")
    draw_quarters(view, indicator, CATALOGUE.unit_of(indicator))


show()
