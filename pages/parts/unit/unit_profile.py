"""The profile of an organisation: what it last reported, and its rows in the ledgers."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from base.periods import say_quarter
from pages.shared.fold import say_below, say_rest
from pages.shared.paging import page_of
from pages.view.foreign_text import as_written
from stats.exports.page.whole_page import PrintedTable
from stats.readings.unit_history import Ledger, Reported

_PAGE = 20


def draw_reported(reported: Iterable[Reported]) -> None:
    """Draw one block per form, with the columns under the form's headings; a phone shows the first."""
    forms = list(reported)
    blocks = "".join(
        f'<section class="reported"><h3>{escape(reported.form_name)}<small>{say_quarter(reported.period)}</small></h3>'
        f"{''.join(_group(above, pairs) for above, pairs in reported.groups)}</section>"
        for reported in forms
    )
    st.html(f'<div class="folded"><div class="reports">{blocks}</div>{say_rest(len(forms) - 1, "张表")}</div>')


def tables_of_reported(reported: Iterable[Reported]) -> list[PrintedTable]:
    """Return the same forms as they are printed, one a table."""
    return [
        PrintedTable(
            title=f"{form.form_name}（{say_quarter(form.period)}）",
            heads=("栏目", "填的"),
            rows=tuple(
                (" ".join(filter(None, (above, label))), text) for above, pairs in form.groups for label, text in pairs
            ),
        )
        for form in reported
    ]


def draw_ledgers(ledgers: Iterable[Ledger]) -> None:
    """Draw one line per ledger, expandable for its rows; a phone shows them when asked."""
    st.html(say_below("看台账"))
    for ledger in ledgers:
        when = "期末有效" if ledger.lasting else "期内"
        label = f"{as_written(ledger.name)}　{when} {ledger.count:,} 条"
        with st.expander(label, key=f"ledger-{ledger.form}", on_change="rerun") as row:
            if row.open:
                _draw_rows(ledger)


def _group(above: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return values under the heading that their columns share; columns without one are a list."""
    if not above:
        rows = "".join(f"<li><span>{escape(label)}</span><b>{escape(text)}</b></li>" for label, text in pairs)
        return f"<ul>{rows}</ul>"
    items = "".join(f"<dd><span>{escape(label)}</span><b>{escape(text)}</b></dd>" for label, text in pairs)
    return f"<dl><dt>{escape(above)}</dt>{items}</dl>"


def _draw_rows(ledger: Ledger) -> None:
    if ledger.count > len(ledger.rows):
        st.caption(f"只列最近的 {len(ledger.rows)} 条；要看全部，请选下一级单位")
    head = "".join(f"<th>{escape(heading)}</th>" for heading in ledger.headings)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>"
        for row in page_of(ledger.rows, "条", f"ledger-{ledger.form}", _PAGE)
    )
    table = f'<table class="plain rows"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    st.html(f'<div class="scroll" tabindex="0">{table}</div>')
