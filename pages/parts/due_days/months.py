"""The months of a year with what is due in each: its day, whom it concerns, its state, and the way there."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

import streamlit as st

from pages.shared.fold import say_more
from pages.view.links import address
from stats.due_days import DueEntry, DueKind, DueState
from stats.organisations import Organisation

_SOON = timedelta(days=30)
_MONTHS = range(1, 13)
_AT_FIRST = 4  # of a month on a phone, as look.css says


def say_due(entries: Sequence[DueEntry], name: str, year: int, today: date) -> str:
    """Return the finding: how many are past their day, and how many come within a month."""
    late = sum(entry.state == DueState.LATE for entry in entries)
    soon = sum(entry.state == DueState.OPEN and today <= entry.day <= today + _SOON for entry in entries)
    parts = [
        f"{len(entries):,}件事有期限",
        f"{late:,}件已过期没有办完" if late else "没有过期的",
        f"今后30天到期{soon:,}件" if today.year == year else "",
    ]
    return f"{name}{year}年{'，'.join(filter(None, parts))}"


def draw_months(entries: Sequence[DueEntry], unit: Organisation, year: int, today: date) -> None:
    """Draw the twelve months; those past in which nothing is late are folded, and on a phone the end of a long one."""
    months = "".join(
        _month(month, [entry for entry in entries if entry.day.month == month], unit, year, today) for month in _MONTHS
    )
    longest = max(sum(entry.day.month == month for entry in entries) for month in _MONTHS)
    button = say_more(f"看全部{len(entries):,}件事") if longest > _AT_FIRST else ""
    st.html(f'<div class="folded"><div class="months">{months}</div>{button}</div>')


def _month(month: int, entries: Sequence[DueEntry], unit: Organisation, year: int, today: date) -> str:
    this = (year, month) == (today.year, today.month)
    late = sum(entry.state == DueState.LATE for entry in entries)
    shown = late or (year, month) >= (today.year, today.month)
    counted = f"{len(entries):,}件{f'，△ {late:,}件已过期' if late else ''}" if entries else "没有到期的事"
    head = f"<b>{month:d}月</b>{'<em>本月</em>' if this else ''}<small>{counted}</small>"
    before = "".join(_item(entry, unit) for entry in entries if entry.day < today)
    mark = f'<li class="today">今天 {today.month:d}月{today.day:d}日</li>' if this else ""
    coming = "".join(_item(entry, unit) for entry in entries if entry.day >= today)
    return (
        f'<details class="month{" this" if this else ""}"{" open" if shown and (entries or this) else ""}>'
        f"<summary>{head}</summary><ul>{before}{mark}{coming}</ul></details>"
    )


def _item(entry: DueEntry, unit: Organisation) -> str:
    day = "当月" if entry.whole_month else f"{entry.day.day:d}日"
    way = escape(_way(entry, unit))
    state = f'<span class="{entry.state}">{entry.state.sign} {escape(entry.words)}</span>'
    whom = f"<small>{escape(entry.whom)}</small>" if entry.whom else ""
    return f'<li><b>{day}</b><div><a href="{way}" target="_self">{escape(entry.what)}</a>{state}{whom}</div></li>'


def _way(entry: DueEntry, unit: Organisation) -> str:
    if entry.kind == DueKind.RETURNS:
        return f"submissions?quarter={entry.code}"
    return address("goals" if entry.kind == DueKind.TARGET else entry.code, unit=unit.code)
