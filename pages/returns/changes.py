"""What accepting a file would change: counts, and the changed values, the largest change first."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest
from html import escape

import streamlit as st

from base.formats import MISSING, sign_change
from etl.collection.preview import ValueChange
from pages.view.declared_now import catalogue_now

_MOST = 30
_HEAD = "<tr><th>改的是哪一个数</th><th>现在</th><th>收下后</th><th>相差</th></tr>"


@dataclass(frozen=True)
class ChangeSummary:
    """The numbers of new, removed and changed values, and the largest changes."""

    new: int
    gone: int
    changed: int
    largest: tuple[ValueChange, ...]


def sum_up(changes: Iterable[ValueChange]) -> ChangeSummary:
    """Return the changes of a file, counted; of a large file only the largest are kept."""
    listed = list(changes)
    changed = [change for change in listed if change.before is not None and change.after is not None]
    new = sum(change.before is None for change in listed)
    largest = tuple(nlargest(_MOST, changed, key=_size))
    return ChangeSummary(new, len(listed) - new - len(changed), len(changed), largest)


def draw_changes(preview: ChangeSummary) -> None:
    """Draw the changes against the return in force of the same form, reporter and quarter."""
    st.html(f'<div class="told"><h3>{escape(_say_counts(preview))}</h3>{_table(preview)}</div>')
    if preview.changed > len(preview.largest):
        st.caption(
            f"只列变动最大的 {len(preview.largest)} 个，另有 {preview.changed - len(preview.largest):,} 个没有列出。"
        )


def say_changed(previews: Iterable[ChangeSummary]) -> str:
    """Return how many values changed, came and went in all; "" for none."""
    totals = [
        sum(parts)
        for parts in zip(*((preview.changed, preview.new, preview.gone) for preview in previews), strict=True)
    ]
    words = zip(("改动", "新增", "去掉"), totals, strict=False)
    return "，".join(f"{word} {count:,} 个数" for word, count in words if count)


def _say_counts(preview: ChangeSummary) -> str:
    text = say_changed([preview])
    return f"收下后{text}" if text else "收下后数字没有变化"


def _table(preview: ChangeSummary) -> str:
    if not preview.largest:
        return ""
    rows = "".join(map(_row, preview.largest))
    return f'<table class="plain"><thead>{_HEAD}</thead><tbody>{rows}</tbody></table>'


def _row(change: ValueChange) -> str:
    subject = change.row_name or change.unit_name
    when = escape(catalogue_now().forms[change.form].say(change.period))
    place = f"{escape(change.column)}<small>{escape(subject)}　{when}</small>"
    sides = f"<td>{escape(change.before or MISSING)}</td><td class=strong>{escape(change.after or MISSING)}</td>"
    return f"<tr><td>{place}</td>{sides}<td>{_difference(change)}</td></tr>"


def _difference(change: ValueChange) -> str:
    before, after = _number(change.before), _number(change.after)
    return MISSING if before is None or after is None else escape(sign_change(after - before, "", 2))


def _size(change: ValueChange) -> float:
    """Return the size of a change for sorting; changed texts come before small changes of numbers."""
    before, after = _number(change.before), _number(change.after)
    return 1.0 if before is None or after is None else abs(after - before)


def _number(text: str | None) -> float | None:
    try:
        return float((text or "").replace(",", ""))
    except ValueError:
        return None
