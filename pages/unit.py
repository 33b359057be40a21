"""单位: one organisation: its figures beside its peers', what it reported and when, its rows in the ledgers."""

from collections.abc import Sequence

import streamlit as st

from access.accounts.roles import Action
from pages.parts.unit.filed_returns import draw_filed
from pages.parts.unit.level_with import draw_level_with, table_of_level
from pages.parts.unit.peers import draw_peers, first_of, say_unit
from pages.parts.unit.unit_profile import draw_ledgers, draw_reported, tables_of_reported
from pages.shared.heading import draw_finding, draw_part, draw_summary
from pages.shared.printing import offer_pdf, tables_by_domain
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View, chosen
from pages.view.notices import show_empty
from pages.view.person import may
from stats.organisations import Peers, area_of, peers_of
from stats.readings import Reading
from stats.readings.unit_history import Reported

CATALOGUE = catalogue_now()


def show() -> None:
    view = chosen()
    readings = cached.readings(view.build, view.unit.code, view.span, view.against)
    known = [reading for reading in readings if reading.value is not None]
    peers = peers_of(
        view.unit, cached.organisations(view.build), view.span.last, CATALOGUE.name_category(view.unit.category)
    )
    draw_summary(view, [first_of(known, CATALOGUE)] if known else [])
    draw_finding(say_unit(view, known, peers, CATALOGUE))
    draw_level_with(view, readings, peers)
    draw_figures(view, [reading for reading in known if not _is_beside_peers(reading, peers)], peers)
    opens = may(Action.OPEN, [area_of(cached.units_by_code(view.build), view.unit.code)])
    reported = cached.reported(view.build, view.unit.code, view.span.quarters.last) if opens else []
    if opens:
        draw_papers(view, reported)
    if known:
        printed = (
            *table_of_level(view, readings, peers),
            *tables_by_domain(known, CATALOGUE),
            *tables_of_reported(reported),
        )
        offer_pdf(view, "情况", (), printed)


def _is_beside_peers(reading: Reading, peers: Peers | None) -> bool:
    """Return whether a figure is among those told beside the peers'."""
    return peers is not None and CATALOGUE.indicators[reading.indicator].headline is not None


def draw_papers(view: View, reported: Sequence[Reported]) -> None:
    """Draw the content of the organisation's own returns; a clerk sees those of their own area alone."""
    if reported:
        draw_part("报上来的数", "每张表最近报的一次；干部只列岗位和人数，不列姓名")
        draw_reported(reported)
    draw_part("报送情况", "应报的表哪一季度收到了，到哪一步了；新的在前")
    draw_filed(view)
    if ledgers := cached.ledgers(view.build, view.unit.code, view.span.quarters):
        draw_part("台账", "期末有效的合同和名册，期内发生的事项；点开看")
        with st.container():
            draw_ledgers(ledgers)


def draw_figures(view: View, known: list[Reading], peers: Peers | None) -> None:
    ways = "点名称看这个指标，点数字看它怎么来的"
    draw_part("其他指标" if peers else "各项指标", f"与{peers.name}相比；{ways}" if peers else ways)
    if known:
        draw_peers(view, known, peers, CATALOGUE)
    else:
        show_empty("这一期间还没有这个单位的数据。")


show()
