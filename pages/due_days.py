"""年度日程: what is due in a year, month by month: returns, targets, contracts that end, elections."""

from html import escape

import streamlit as st

from base import china_days
from base.periods import say_day
from pages.parts.due_days.months import draw_months, say_due
from pages.parts.due_days.year_entries import due_entries
from pages.shared.heading import draw_about, draw_finding
from pages.view import cached
from pages.view.filters import View, chosen
from pages.view.notices import show_empty
from pages.view.person import person
from stats.organisations import Organisation, area_of

_BEFORE, _AFTER = 2, 1  # years offered before and after that of the last data


def show() -> None:
    view = chosen()
    today = china_days.today()
    unit = concerned(view)
    year = choose_year(view, today.year)
    entries = due_entries(view, unit, year, today)
    draw_about(view.county.name, [f"<b>{escape(unit.name)}</b>", f"<b>{year:d}年</b>", f"今天是{say_day(today)}"])
    draw_finding(
        say_due(entries, unit.name, year, today),
        "只列写明了日期的：报表的限期、目标的期限、合同和任期届满的日子；点开看名单和办法",
    )
    if entries:
        draw_months(entries, unit, year, today)
    else:
        show_empty("这一年没有写明日期的事。换一年看，或者等报表、目标、合同和任期报来。")


def concerned(view: View) -> Organisation:
    """Return whose days are shown: the selected area or the county; to a clerk the own area alone."""
    units = cached.units_by_code(view.build)
    own = person().own_area
    return units.get(own or area_of(units, view.unit.code) or view.county.code, view.county)


def choose_year(view: View, this_year: int) -> int:
    """Draw the choice of a year: initially this one, or that of the last data where they are older."""
    last = view.data.last // 4
    years = [year for year in range(last - _BEFORE, last + _AFTER + 1) if year >= view.data.first // 4]
    usual = this_year if this_year in years else last
    picked = st.segmented_control(
        "年份", years, default=usual, format_func=lambda year: f"{year:d}年", key="calendar-year", required=True
    )
    return picked or usual


show()
