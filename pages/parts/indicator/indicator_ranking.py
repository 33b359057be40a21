"""An indicator for organisations side by side: best first, a bar for size, those without data at the end."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from base.formats import MISSING, say_coverage, say_value
from base.periods import say_span
from pages.shared.downloads import copying
from pages.shared.fold import ENDS, say_rest
from pages.shared.heading import draw_part
from pages.shared.paging import page_of
from pages.view import cached
from pages.view.choices import unions_of_kind, units_below
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.indicator_choice import reading_shown
from pages.view.links import address, explained, marks_of
from pages.view.notices import show_empty
from stats.catalogue.models import Indicator
from stats.exports.page.whole_page import PrintedTable
from stats.readings.sentences import say_absence
from stats.readings.standings import Standing, say_spread, share_of_largest
from stats.totals.coverage import TOO_SHORT

_PAGE = 30
_NAMES = ("名次", "单位", "数值", "已报/应报")
_HEAD = "<tr><th>名次</th><th class=words>单位</th><th aria-hidden=true></th><th>数值</th><th>已报/应报</th></tr>"


def draw_ranking(view: View, indicator: Indicator) -> None:
    """Draw the direct children of the selected organisation or, for a kind, all unions of that kind below it."""
    catalogue = catalogue_now()
    if view.unit.level == "union":
        return
    title, standings = _ranked(view, indicator)
    draw_part(title, "点名称看这个单位的这个指标，点数字看它怎么来的")
    if not any(standing.value is not None for standing in standings):
        absent = reading_shown(view)
        if absent.absent in TOO_SHORT:
            return show_empty(f"{say_span(view.span)}，{indicator.name}{say_absence(absent)}，没有排名。")
        return show_empty("这个指标在这一期间没有分到这些单位的数，只有上一级的合计。")
    measure = catalogue.unit_of(indicator)
    st.html(f'<p class="sum">{escape(say_spread(standings, indicator, measure))}</p>')
    _draw_table(standings, indicator, measure, cached.unit_names(view.build))


def tables_of_ranking(view: View, indicator: Indicator) -> list[PrintedTable]:
    """Return the same ranking as it is printed; none of a single union."""
    title, standings = ("", []) if view.unit.level == "union" else _ranked(view, indicator)
    measure, names = catalogue_now().unit_of(indicator), cached.unit_names(view.build)
    rows = tuple(
        (
            str(standing.place or MISSING),
            names[standing.unit],
            say_value(standing.value, measure, indicator.decimals),
            _say_cover(standing),
        )
        for standing in standings
    )
    return [PrintedTable(title=title, heads=_NAMES, rows=rows)] if rows else []


def _ranked(view: View, indicator: Indicator) -> tuple[str, list[Standing]]:
    """Return whose ranking it is, and where each stands."""
    catalogue, organisations = catalogue_now(), cached.organisations(view.build)
    if view.kind:
        wanted = unions_of_kind(organisations, view.unit.code, catalogue.categories(view.kind), view.span.last)
        title = f"{view.unit.name}的{catalogue.kinds[view.kind].name}工会"
    else:
        wanted = units_below(organisations, view.unit.code, view.span.last)
        title = "各乡镇、园区、系统" if view.unit == view.county else "各基层工会"
    known = cached.standings(view.build, (indicator.code,), tuple(wanted), view.span)
    return f"{title}排名", known.get(indicator.code, [])


def _say_cover(standing: Standing) -> str:
    return say_coverage(standing.reported, standing.expected).removeprefix("已报")


def _draw_table(standings: Sequence[Standing], indicator: Indicator, measure: str, names: dict[str, str]) -> None:
    shares = dict(zip((standing.unit for standing in standings), share_of_largest(standings), strict=True))
    listed = page_of(standings, "家", "ranking", _PAGE)
    rows = "".join(_row(row, indicator, measure, names[row.unit], shares[row.unit]) for row in listed)
    table = (
        f'<table class="plain ranking"{marks_of(indicator.code)}><thead>{_HEAD}</thead><tbody>{rows}</tbody></table>'
    )
    rest = say_rest(len(listed) - ENDS, "家")
    st.html(f'<div class="taken folded">{table}{rest}{copying(indicator.name + "排名")}</div>')


def _row(standing: Standing, indicator: Indicator, measure: str, name: str, share: float) -> str:
    value = say_value(standing.value, measure, indicator.decimals)
    place = address("indicator", figure=indicator.code, unit=standing.unit)
    link = f'<a href="{escape(place)}" target="_self">{escape(name)}</a>'
    bar = f'<div class="bar" style="width:{share:.1%}"></div>'
    cover = _say_cover(standing)
    return (
        f"<tr{marks_of(unit=standing.unit)}><td>{standing.place or MISSING}</td>"
        f'<td class="words">{link}</td><td class="words wide">{bar}</td>'
        f'<td class="strong">{explained(value) if standing.place else value}</td><td>{escape(cover)}</td></tr>'
    )
