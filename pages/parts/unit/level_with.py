"""An organisation's headline figures beside its peers': rank, median, and what would bring it level."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from base.formats import MISSING
from pages.shared.heading import draw_part
from pages.view import cached
from pages.view.choices import headlines
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.foreign_text import as_written
from pages.view.links import address, explained, indicator_address
from stats.catalogue.models import Indicator
from stats.exports.page.whole_page import PrintedTable
from stats.organisations import Peers
from stats.readings import Reading
from stats.readings.levels import PeerComparison, compare, held_to, say_median, say_median_distance, say_target_distance
from stats.readings.sentences import say_absence, say_cover, say_reading, say_when
from stats.readings.standings import SMALL_BASE, is_on_small_base, say_rank

_NAMES = ("指标", "数值", "名次", "同类中位数", "要达到目标", "要赶上同类中位数")
_HEAD = f"<tr>{''.join(f'<th>{name}</th>' for name in _NAMES)}</tr>"
_HOW = "名次由好到差；比率要补的是分子，分母不变；还有没报的，报齐以后名次和差额会变"
_NEITHER = "多少不分好坏，不排名"


def draw_level_with(view: View, readings: Sequence[Reading], peers: Peers | None) -> None:
    """Draw a row a headline figure that has a value; nothing for what has no peers."""
    if peers is None:
        return
    draw_part(f"和{peers.name}比", _HOW)
    if view.unit.code not in peers.codes:
        st.html(f'<p class="fine">{escape(view.unit.name)}在这一期末没有在册，不和别的单位排名。</p>')
        return
    _draw_peers(view, peers)
    rows = "".join(_row(view, comparison) for comparison in _compared(view, readings, peers))
    st.html(f'<table class="plain level"><thead>{_HEAD}</thead><tbody>{rows}</tbody></table>')


def table_of_level(view: View, readings: Sequence[Reading], peers: Peers | None) -> list[PrintedTable]:
    """Return the same rows as they are printed; none where there are no peers."""
    if peers is None or view.unit.code not in peers.codes:
        return []
    rows = (
        (comparison.reading.name, say_reading(comparison.reading, _declared(comparison)), *_words(view, comparison))
        for comparison in _compared(view, readings, peers)
        if comparison.reading.value is not None
    )
    return [PrintedTable(title=f"和{peers.name}比", heads=_NAMES, rows=tuple(rows))]


def _compared(view: View, readings: Sequence[Reading], peers: Peers) -> list[PeerComparison]:
    catalogue, warehouse = catalogue_now(), cached.warehouse(view.build)
    codes = tuple(indicator.code for indicator in headlines(catalogue))
    standings = cached.standings(view.build, codes, peers.codes, view.span)
    whole = {
        reading.indicator: reading for reading in cached.readings(view.build, view.unit.parent, view.span, view.against)
    }
    own = {reading.indicator: reading for reading in readings}
    held = [held_to(warehouse, catalogue, own[code], whole.get(code), view.span.last) for code in codes if code in own]
    return [compare(catalogue, reading, standings.get(reading.indicator, [])) for reading in held]


def _draw_peers(view: View, peers: Peers) -> None:
    names = cached.units_by_code(view.build)
    links = "、".join(
        f'<a href="{escape(address("unit", unit=code))}" target="_self">{escape(names[code].name)}</a>'
        for code in peers.codes
    )
    with st.expander(f"同类：{as_written(peers.name)}，共{len(peers.codes):,}个", key="peers"):
        st.html(f'<p class="peer-names">{links}</p>')


def _row(view: View, comparison: PeerComparison) -> str:
    reading, indicator = comparison.reading, _declared(comparison)
    name = f'<a href="{escape(indicator_address(reading))}" target="_self">{escape(reading.name)}</a>'
    when = f"<small>{escape(say_when(reading))}</small>"
    if reading.value is None:
        return (
            f'<tr><td>{name}{when}</td><td class="words" colspan="5">{escape(say_absence(reading))}，不排名</td></tr>'
        )
    value = f'<td class="strong">{explained(say_reading(reading, indicator), indicator.code, reading.unit)}</td>'
    cells = "".join(f"<td>{escape(words)}</td>" for words in _words(view, comparison))
    return f"<tr><td>{name}{when}</td>{value}{cells}</tr>"


def _words(view: View, comparison: PeerComparison) -> tuple[str, ...]:
    """Return the rank, the median among the peers, and the distances to the target and to the median."""
    reading, indicator, catalogue = comparison.reading, _declared(comparison), catalogue_now()
    usual = say_median(comparison.position.median, reading.measure, indicator) if comparison.position else MISSING
    return (
        _say_rank(comparison, indicator.direction),
        usual,
        say_target_distance(catalogue, comparison, _say_whose(view, reading)),
        say_median_distance(catalogue, reading, comparison.to_median) or MISSING,
    )


def _declared(comparison: PeerComparison) -> Indicator:
    return catalogue_now().indicators[comparison.reading.indicator]


def _say_whose(view: View, reading: Reading) -> str:
    """Return who set a target that is not the organisation's own."""
    if reading.goal is None or reading.goal.unit == reading.unit:
        return ""
    return "全县" if reading.goal.unit == view.county.code else cached.unit_names(view.build)[reading.goal.unit]


def _say_rank(comparison: PeerComparison, direction: str) -> str:
    """Return the rank, with the coverage where returns are missing; or why there is none."""
    if direction == "none":
        return _NEITHER
    reading = comparison.reading
    if is_on_small_base(reading.measure, reading.denominator):
        return f"{SMALL_BASE}，不排名"
    if comparison.position is None:
        return "没有别的单位可比，不排名"
    lacking = reading.reported < reading.expected
    cover = f"（{say_cover(reading)}）" if lacking else ""
    return f"{say_rank(comparison.position)}{cover}"
