"""An indicator quarter by quarter, as a table: value, and change against the quarter before and a year before."""

from html import escape

import streamlit as st

from base.formats import say_value, sign_change
from base.periods import Span, say_span
from pages.shared.downloads import copying
from pages.shared.fold import say_rest
from pages.view import cached
from pages.view.filters import View
from pages.view.links import explained, marks_of
from stats.catalogue.models import Indicator
from stats.exports.page.whole_page import PrintedTable
from stats.totals.series import Quarter, by_quarter, is_read_by_quarter, quarters_each

_NAMES = {  # by the number of quarters that a row is of
    1: ("季度", "数值", "比上一季度", "比上年同季度"),
    2: ("半年", "数值", "比上一个半年", "比上年同期"),
    4: ("年", "数值", "比上年", "比上年同期"),
}

_AT_FIRST = 6  # rows on a phone, as look.css says


def draw_quarters(view: View, indicator: Indicator, measure: str) -> None:
    """Draw every quarter with data up to the end of the span, the latest first."""
    quarters = _quarters(view, indicator)
    rows = "".join(_row(quarter, indicator, measure) for quarter in reversed(quarters))
    each = quarters_each(cached.catalogue(view.build), indicator)
    head = f"<tr>{''.join(f'<th>{name}</th>' for name in _NAMES[each])}</tr>"
    table = (
        f'<table class="plain quarters"{marks_of(indicator.code)}><thead>{head}</thead><tbody>{rows}</tbody></table>'
    )
    rest = say_rest(len(quarters) - _AT_FIRST, "个季度" if each == 1 else "期")
    st.html(f'<div class="taken folded">{table}{rest}{copying(indicator.name + "逐季的数")}</div>')


def table_of_quarters(view: View, indicator: Indicator, measure: str) -> PrintedTable:
    """Return the same quarters as they are printed, the latest first."""
    rows = []
    for quarter in reversed(_quarters(view, indicator)):
        value = say_value(quarter.value, measure, indicator.decimals)
        changes = (sign_change(change, measure, indicator.decimals) for change in (quarter.change, quarter.year_change))
        rows.append((say_span(quarter.span), value, *changes))
    heads = _NAMES[quarters_each(cached.catalogue(view.build), indicator)]
    return PrintedTable(title="逐季的数", heads=heads, rows=tuple(rows))


def _quarters(view: View, indicator: Indicator) -> list[Quarter]:
    span = Span(view.data.first, view.span.last)
    return by_quarter(cached.series(view.build, indicator.code, view.unit.code, span))


def _row(quarter: Quarter, indicator: Indicator, measure: str) -> str:
    changes = (quarter.change, quarter.year_change)
    signed = "".join(f"<td>{sign_change(change, measure, indicator.decimals)}</td>" for change in changes)
    value = say_value(quarter.value, measure, indicator.decimals)
    own = explained(value, span=quarter.span) if is_read_by_quarter(indicator) else escape(value)
    return f'<tr><td>{say_span(quarter.span)}</td><td class="strong">{own}</td>{signed}</tr>'
