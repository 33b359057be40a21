"""The forms that an area has to report for a quarter: state, day due, and the blank to download."""

from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from access.acts import Acts
from base.periods import say_day
from etl.collection.status import MissingReturn, StatusLine
from etl.model.receipt_state import MissingState
from pages.returns.quarter_choice import Collecting
from pages.shared.downloads import XLSX, handing_out
from pages.view import cached
from pages.view.foreign_text import as_written
from pages.view.person import acts
from store.verbs import Verb

_NAMED = 6  # organisations of one state
_STATES = {MissingState.MISSING: "未报", MissingState.RETURNED: "退回", MissingState.HELD: "待核实"}


def draw_due_forms(collection: Collecting) -> None:
    """Draw a row for each form, those that are lacking first."""
    status = collection.status
    for line in sorted(status.lines, key=lambda line: (line.received >= line.expected, line.form)):
        missing = [filing for filing in status.missing if filing.form == line.form]
        with st.container(horizontal=True, vertical_alignment="center", key=f"due-{line.form}"):
            st.html(
                f'<p class="duty"><b>《{escape(line.form_name)}》</b>{_state(line, missing)}'
                f"<small>{say_day(status.due) + '前报' if missing else ''}</small>{_who(line, missing)}</p>"
            )
            _offer_blank(collection, line)


def _state(line: StatusLine, missing: Sequence[MissingReturn]) -> str:
    if not missing:
        return f'<span class="met">✓ 已收下 {line.received:,}/{line.expected:,}</span>'
    counts = [(words, sum(filing.state == state for filing in missing)) for state, words in _STATES.items()]
    counted = "，".join(f"{escape(words)} {count:,} 份" for words, count in counts if count)
    if line.received:
        return f'<span class="behind">△ 已收下 {line.received:,}/{line.expected:,}，{counted}</span>'
    return f'<span class="behind">✕ {counted}</span>'


def _who(line: StatusLine, missing: Sequence[MissingReturn]) -> str:
    """Return which organisations are lacking, where some have reported or some wait for a correction."""
    groups = [
        (words, [filing.unit_name for filing in missing if filing.state == state and filing.unit != filing.area])
        for state, words in _STATES.items()
    ]
    parts = [f"{words}：{_name_some(names)}" for words, names in groups if names]
    whole = not line.received and len(parts) == 1
    return f"<br><small>{escape('；'.join(parts))}</small>" if parts and not whole else ""


def _name_some(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (f"等{len(names)}家" if len(names) > _NAMED else "")


def _offer_blank(collection: Collecting, line: StatusLine) -> None:
    """Draw the download of the area's blank form, of a form of months one for each month."""
    form = cached.catalogue(collection.build).forms[line.form]
    periods = form.ending_in(collection.status.period)
    for period in periods:
        name = f"{form.say(period)}_{line.form_name}_{collection.name}.xlsx"
        st.download_button(
            "空表" if len(periods) == 1 else as_written(f"{form.say(period)}空表"),
            data=handing_out(Verb.EXPORTED, name, partial(_blank, acts(), line.form, line.area, period)),
            file_name=name,
            mime=XLSX,
            on_click="ignore",
            icon=":material/download:",
            key=f"blank-{line.form}" if len(periods) == 1 else f"blank-{line.form}-{period}",
        )


def _blank(doing: Acts, form: str, unit: str, period: int) -> bytes:
    with TemporaryDirectory(prefix="mingshu-") as folder:
        return doing.make_template(form, unit, period, Path(folder) / "blank.xlsx").read_bytes()
