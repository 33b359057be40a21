"""An indicator quarter by quarter, as a table: value, and change against the quarter before and a year before."""

from html import escape

import streamlit as st

from base.formats import say_value, sign_change
from base.month_spans import HALF_YEAR, MONTH, QUARTER, YEAR
from base.periods import say_span
from pages.shared.downloads import copying
from pages.shared.fold import say_rest
from pages.view import cached
from pages.view.filters import View
from pages.view.links import explained, marks_of
from stats.catalogue.models import Indicator
from stats.exports.page.whole_page import PrintedTable
from stats.totals.series import Quarter, by_quarter, course_span, is_read_by_quarter, quarters_each

_NAMES = {  # by the number of months that a row is of
    MONTH: ("月份", "数值", "比上月", "比上年同月"),
    QUARTER: ("季度", "数值", "比上一季度", "比上年同季度"),
    HALF_YEAR: ("半年", "数值", "比上一个半年", "比上年同期"),
    YEAR: ("年", "数值", "比上年", "比上年同期"),
}
_ROWS = {MONTH: "个月", QUARTER: "个季度"}

_COURSES = {MONTH: "逐月的数", QUARTER: "逐季的数"}
_AT_FIRST = 6  # rows on a phone, as look.css says


def name_course(view: View, indicator: Indicator) -> str:
    """Return what the table of its course is called: 逐月的数, 逐季的数."""
    return _COURSES.get(_months_each(view, indicator), "逐期的数")


def draw_quarters(view: View, indicator: Indicator, measure: str) -> None:
    """Draw every quarter with data up to the end of the span, the latest first."""
    quarters = _quarters(view, indicator)
    rows = "".join(_row(quarter, indicator, measure) for quarter in reversed(quarters))
    each = _months_each(view, indicator)
    head = f"<tr>{''.join(f'<th>{name}</th>' for name in _NAMES[each])}</tr>"
    table = (
        f'<table class="plain quarters"{marks_of(indicator.code)}><thead>{head}</thead><tbody>{rows}</tbody></table>'
    )
    rest = say_rest(len(quarters) - _AT_FIRST, _ROWS.get(each, "期"))
    st.html(f'<div class="taken folded">{table}{rest}{copying(indicator.name + name_course(view, indicator))}</div>')


def table_of_quarters(view: View, indicator: Indicator, measure: str) -> PrintedTable:
    """Return the same quarters as they are printed, the latest first."""
    rows = []
    for quarter in reversed(_quarters(view, indicator)):
        value = say_value(quarter.value, measure, indicator.decimals)
        changes = (sign_change(change, measure, indicator.decimals) for change in (quarter.change, quarter.year_change))
        rows.append((say_span(quarter.span), value, *changes))
    heads = _NAMES[_months_each(view, indicator)]
    return PrintedTable(title=name_course(view, indicator), heads=heads, rows=tuple(rows))


def _quarters(view: View, indicator: Indicator) -> list[Quarter]:
    return by_quarter(cached.series(view.build, indicator.code, view.unit.code, view.span))


def _months_each(view: View, indicator: Indicator) -> int:
    known = cached.catalogue(view.build)
    grid = course_span(cached.warehouse(view.build), known, [indicator.code], view.span)
    return grid.each * quarters_each(known, indicator)


def _row(quarter: Quarter, indicator: Indicator, measure: str) -> str:
    changes = (quarter.change, quarter.year_change)
    signed = "".join(f"<td>{sign_change(change, measure, indicator.decimals)}</td>" for change in changes)
    value = say_value(quarter.value, measure, indicator.decimals)
    own = explained(value, span=quarter.span) if is_read_by_quarter(indicator) else escape(value)
    return f'<tr><td>{say_span(quarter.span)}</td><td class="strong">{own}</td>{signed}</tr>'
