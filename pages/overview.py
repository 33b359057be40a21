"""总览: the headline figures, what needs attention, the areas side by side, and every other figure of the report."""

import streamlit as st

from pages.shared import cached
from pages.shared.attention import draw_attention
from pages.shared.card import draw_card
from pages.shared.choices import headlines, units_below
from pages.shared.filters import View, chosen
from pages.shared.heading import draw_finding, draw_part, draw_summary
from pages.shared.tables import draw_domains, draw_unit_table
from stats.catalogue import load_catalogue
from stats.periods import Span
from stats.readings import Reading
from stats.sentences import overview_title

CATALOGUE = load_catalogue()
INDICATORS = CATALOGUE.indicators
HEADLINES = headlines(CATALOGUE)


def show() -> None:
    view = chosen()
    readings = cached.readings(view.build, view.unit.code, view.span)
    cards = [reading for indicator in HEADLINES for reading in readings if reading.indicator == indicator.code]
    draw_summary(view, cards)
    draw_finding(overview_title(cards, INDICATORS))
    draw_cards(view, cards)
    draw_part("需要注意", "报送、目标、覆盖")
    draw_attention(view, readings)
    draw_below(view)
    draw_part("其他指标", "点名称看数字从哪里来")
    draw_domains([reading for reading in readings if reading not in cards], CATALOGUE)


def draw_cards(view: View, cards: list[Reading]) -> None:
    quarters = Span(view.data.first, view.span.last)
    with st.container(key="cards"), st.grid(min_column_width=300, gap="small"):
        for reading in cards:
            points = cached.series(view.build, reading.indicator, view.unit.code, quarters)
            draw_card(reading, INDICATORS[reading.indicator], points)


def draw_below(view: View) -> None:
    below = units_below(cached.organisations(view.build), view.unit.code, view.span.last)
    if not below:
        return
    codes = [indicator.code for indicator in HEADLINES]
    draw_part(
        "各乡镇、园区、系统" if view.unit == view.county else "各基层工会",
        "点表头可排序；颜色越深数值越大；— 表示没有数据",
    )
    draw_unit_table(cached.readings_of(view.build, below, view.span, codes), HEADLINES)


show()
