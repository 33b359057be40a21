"""When an organisation's returns were received, and the state of those that are not in the figures."""

from collections.abc import Collection, Sequence
from html import escape

import streamlit as st

from base.formats import MISSING
from base.periods import Span, say_quarter
from etl.intake import HELD, RETURNED
from etl.journal import Entry
from pages.returns.receipt_history import say_time
from pages.shared.fold import say_more
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.notices import show_empty
from pages.view.receipts import receipts, receipts_seen
from stats.readings.unit_history import Filing
from store.builds import store_path

_AT_FIRST = 2  # forms on a phone, as look.css says
_QUARTERS = 8  # maximum, counted back from the last with data
_PENDING = {HELD: ("asked", "△ 待核实"), RETURNED: ("behind", "△ 已退回")}


def draw_filed(view: View) -> None:
    """Draw one row per quarter, one column per form, those that lack the latest return first."""
    span = Span(max(view.data.first, view.data.last - _QUARTERS + 1), view.data.last)
    filings = cached.filings(view.build, view.unit.code, span)
    if not filings:
        return show_empty("这个单位没有应报的表，它的数由下属单位报。")
    forms = _those_lacking_first(filings)
    held = {(filing.period, filing.form): filing for filing in filings}
    entries, seen = receipts(store_path()), {entry.seq for entry in receipts_seen(store_path())}
    rows = "".join(
        f"<tr><td>{say_quarter(period)}</td>"
        f"{''.join(f'<td>{_cell(held.get((period, form)), entries, seen)}</td>' for form in forms)}</tr>"
        for period in sorted({filing.period for filing in filings}, reverse=True)
    )
    head = "".join(f"<th>{escape(name)}</th>" for name in forms.values())
    table = f'<table class="plain grid"><thead><tr><th>季度</th>{head}</tr></thead><tbody>{rows}</tbody></table>'
    button = say_more(f"看全部{len(forms)}张表") if len(forms) > _AT_FIRST else ""
    st.html(f'<div class="folded few-columns"><div class="scroll filed" tabindex="0">{table}</div>{button}</div>')


def _those_lacking_first(filings: Sequence[Filing]) -> dict[str, str]:
    """Return the forms' names by code: first those whose latest return has not been taken in."""
    latest = {filing.form: filing for filing in sorted(filings, key=lambda filing: filing.period)}
    ordered = sorted(latest, key=lambda form: (latest[form].submission is not None, form))
    return {form: latest[form].form_name for form in ordered}


def _cell(filing: Filing | None, entries: Sequence[Entry], seen: Collection[int]) -> str:
    """Return the state of a return in a quarter; its file is named to who may see it."""
    if filing is None:
        return MISSING
    if filing.submission is not None:
        entry = next((entry for entry in entries if entry.seq == filing.submission), None)
        when = f"<small>{say_time(entry.at).split(' ')[0]}</small>" if entry else ""
        name = filing.file or "" if filing.submission in seen else ""
        return f'<span class="met" title="{escape(name)}">✓ 已收下</span>{when}'
    pending = _pending(filing, entries)
    if pending is None:
        return '<span class="behind">✕ 未报</span>'
    kind, words = _PENDING[pending.what or HELD]
    return f'<span class="{kind}">{words}</span><small>{say_time(pending.at).split(" ")[0]}</small>'


def _pending(filing: Filing, entries: Sequence[Entry]) -> Entry | None:
    """Return the latest file with the return that was returned or held."""
    form = catalogue_now().forms.get(filing.form)
    periods = form.ending_in(filing.period) if form else ()
    abouts = {f"{filing.form}|{reporter}|{period}" for reporter in filing.above for period in periods}
    brought = (
        entry
        for entry in reversed(entries)
        if entry.what in _PENDING and abouts & {*entry.returns, *(finding.about for finding in entry.findings)}
    )
    return next(brought, None)
