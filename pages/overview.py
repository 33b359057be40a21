"""总览: what to ask about, the headline figures, changes, what needs attention, the areas, every other figure."""

from html import escape

import streamlit as st

from base.periods import say_span
from pages.parts.overview.attention import draw_attention
from pages.parts.overview.largest_changes import draw_movements
from pages.parts.overview.saved_view_list import draw_pinned, draw_saved, kept_views
from pages.parts.overview.things_to_ask import draw_things_to_ask
from pages.shared.card import FOLDED, card_of
from pages.shared.fold import say_more
from pages.shared.heading import draw_finding, draw_part, draw_summary
from pages.shared.printing import offer_pdf, table_of_readings, tables_by_domain
from pages.shared.tables import MOST_LISTED, draw_domains, draw_unit_table, say_left_out
from pages.view import cached
from pages.view.choices import headlines, units_below
from pages.view.declared_now import catalogue_now
from pages.view.filters import View, chosen
from pages.view.links import address
from stats.attainment.attainment_words import say_states
from stats.readings import Reading
from stats.readings.sentences import overview_title, say_end
from stats.readings.standings import first_looked_at, largest, lowest_first

CATALOGUE = catalogue_now()
INDICATORS = CATALOGUE.indicators
HEADLINES = headlines(CATALOGUE)


def show() -> None:
    view = chosen()
    readings = cached.readings(view.build, view.unit.code, view.span, view.against)
    cards = [reading for indicator in HEADLINES for reading in readings if reading.indicator == indicator.code]
    draw_summary(view, cards)
    aimed = say_states(cached.attainments(view.build, view.unit.code, view.span.last))
    draw_finding(overview_title(cards, INDICATORS, aimed))
    saved = kept_views()
    draw_pinned(saved)
    draw_part("要问的事", "目标、报送、变化里各挑最要紧的一件；点句子看详情")
    draw_things_to_ask(view, readings)
    draw_part("主要数字", "点数字看它怎么来的，点下面的链接看这一方面的工作和这个指标")
    draw_cards(view, cards)
    draw_part("本期变化", f"{_say_against(view)}，变化最大的几项；点句子看这个指标")
    draw_movements(readings, CATALOGUE)
    draw_part("需要注意", "没报的、没达到目标的、没报齐的")
    draw_attention(view, readings)
    draw_below(view)
    others = [reading for reading in readings if reading not in cards]
    draw_part("其他指标", "点领域看这一方面的工作，点名称看这个指标，点数字看它怎么来的")
    draw_domains(others, CATALOGUE, at_first=0)
    offer_pdf(view, "总览", (), [table_of_readings("主要数字", cards, CATALOGUE), *tables_by_domain(others, CATALOGUE)])
    draw_saved(saved)


def _say_against(view: View) -> str:
    """Return what changes are measured from; whole years are preceded by years, of which all are alike."""
    if view.against is None and view.span.length % view.span.a_year:
        return f"发生数与上年同期相比，期末数与{say_end(view.span.first - 1)}相比"
    return f"与{say_span(view.against or view.span.previous)}相比"


def draw_cards(view: View, cards: list[Reading]) -> None:
    courses = [cached.series(view.build, reading.indicator, view.unit.code, view.span) for reading in cards]
    drawn = [
        card_of(reading, INDICATORS[reading.indicator], points) for reading, points in zip(cards, courses, strict=True)
    ]
    st.html(f'<div class="folded"><div class="cards">{"".join(drawn)}</div>{say_more(FOLDED)}</div>')


def draw_below(view: View) -> None:
    below = units_below(cached.organisations(view.build), view.unit.code, view.span.last)
    if not below:
        return
    standings = cached.standings(view.build, tuple(headline.code for headline in HEADLINES), tuple(below), view.span)
    shown = largest(below, standings[HEADLINES[0].code], MOST_LISTED)
    ordered = first_looked_at(HEADLINES, standings)
    draw_part(
        "各乡镇、园区、系统" if view.unit == view.county else "各基层工会",
        f"按{ordered[0].name}从低到高；点名称就只看这个单位，点数字看它怎么来的；点表头可排序；颜色越深数值越大；"
        "— 表示没有数据" + say_left_out(len(below), len(shown), HEADLINES[0].name),
    )
    names = cached.units_by_code(view.build)
    measured = [(indicator, CATALOGUE.unit_of(indicator)) for indicator in ordered]
    worst_first = lowest_first(shown, standings[ordered[0].code])
    draw_unit_table(standings, {code: names[code].name for code in worst_first}, measured)
    draw_ways_to_distances()


def draw_ways_to_distances() -> None:
    """Draw a link to each board that tells how far the areas are from their targets."""
    boards = [board for board in CATALOGUE.boards.values() if any(panel.kind == "distances" for panel in board.panels)]
    named = [(escape(address(board.code)), escape(board.name)) for board in boards]
    ways = "".join(
        f'<a class="way" href="{way}" target="_self">离目标差多少、几年走势：{name} ›</a>' for way, name in named
    )
    st.html(f"<p>{ways}</p>")


show()
