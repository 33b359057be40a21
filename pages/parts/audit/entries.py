"""The audit on a page: chosen by person, act and days, newest first."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from html import escape
from pathlib import Path

import streamlit as st

from access.audit_file import audit_csv, audit_xlsx
from access.audit_list import choose, say_details
from pages.returns.receipt_history import say_time
from pages.shared.downloads import XLSX, handing_out
from pages.shared.paging import page_of
from pages.view.foreign_text import as_written
from pages.view.notices import show_empty
from store.audit import AuditEntry, entries
from store.verbs import Verb, name_verb

_ALL = "全部"
_HEADINGS = ("时间、经办人", "操作", "对象、说明")
_EARLIEST = date(1970, 1, 1)  # a machine without a battery starts its clock there
_COMINGS = (Verb.SIGNED_IN, Verb.SIGNED_OUT)  # half of all entries, and seldom what is looked for


def choose_entries(store: Path) -> tuple[list[AuditEntry], int]:
    """Draw the filters; return the entries chosen, newest first, and how many there are in all.

    Who came and went is listed only when it is asked for.
    """
    every = entries(store)
    people = sorted({entry.who for entry in every if entry.who})
    words = [verb.words for verb in Verb if verb.code in {entry.verb for entry in every}]
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        who = st.selectbox("经办人", [_ALL, *people], key="audit-who", width=220)
        verb = st.selectbox("操作", [_ALL, *words], key="audit-verb", width=180)
        with st.popover("日期", icon=":material/calendar_month:", key="audit-days"):
            since, until = _choose_day("从哪天起", "audit-since"), _choose_day("到哪天为止", "audit-until")
        comings = st.toggle("也列出登录、退出", key="audit-comings")
    chosen = choose(every, "" if who == _ALL else who, "" if verb == _ALL else verb, since, until)
    if not comings and verb not in {coming.words for coming in _COMINGS}:
        chosen = [entry for entry in chosen if Verb.of(entry.verb) not in _COMINGS]
    return chosen[::-1], len(every)


def _choose_day(label: str, key: str) -> str:
    """Draw a calendar; return the day as it is written in the audit, "" for none."""
    day: date | None = st.date_input(
        as_written(label), value=None, min_value=_EARLIEST, format="YYYY-MM-DD", key=key, width=170
    )
    return day.isoformat() if day else ""


def draw_entries(entries: Sequence[AuditEntry]) -> None:
    """Draw entries as a table, a page at a time."""
    if not entries:
        return show_empty("没有符合条件的操作记录。")
    head = "".join(f'<th class="words">{heading}</th>' for heading in _HEADINGS)
    body = "".join(_row(entry) for entry in page_of(entries, "条", "audit"))
    st.html(
        '<div class="scroll" tabindex="0">'
        f'<table class="plain audit"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def offer_files(entries: Sequence[AuditEntry]) -> None:
    """Draw the downloads of what was chosen."""
    if entries:
        about = f"操作记录 {len(entries)} 条"
        _offer("导出表格（Excel）", about, partial(audit_xlsx, entries[::-1]), "xlsx", XLSX)
        with st.popover("其他格式", key="audit-formats"):
            _offer("导出纯文本（CSV）", about, partial(audit_csv, entries[::-1]), "csv", "text/csv")


def _offer(label: str, about: str, make: Callable[[], bytes], suffix: str, mime: str) -> None:
    st.download_button(
        as_written(label),
        data=handing_out(Verb.EXPORTED, about, make),
        file_name=f"操作记录.{suffix}",
        mime=mime,
        on_click="ignore",
        icon=":material/download:",
        key=f"audit-{suffix}",
    )


def _row(entry: AuditEntry) -> str:
    when = say_time(entry.clock or entry.at) + ("，时钟被拨回过" if entry.clock else "")
    about, details = entry.about, say_details(entry)
    first, second = (about, details) if about else (details, "")
    return (
        f"<tr><td>{escape(entry.who or '未署名')}<small>{escape(when)}</small></td>"
        f'<td class="words strong">{escape(name_verb(entry.verb))}</td>'
        f'<td class="words">{escape(first)}<small>{escape(second)}</small></td></tr>'
    )
