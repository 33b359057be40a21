"""The largest of the cells behind a figure, and the way to all of them."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from base.formats import say_exact
from base.periods import Span, parse_span
from pages.shared.definition import NO_CELL_SHOWN, draw_sums, measure_of
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from pages.view.links import address
from pages.view.person import acts
from stats.figures.behind.behind_model import Behind
from stats.readings import Reading
from stats.readings.sentences import say_sum
from stats.readings.trace import CellRef

_SHOWN, _AT_MOST = 5, 100


def draw_few_cells(view: View, reading: Reading, span: Span | None) -> None:
    """Draw whether the cells add up to the reading, the largest that this person may see, and the way to all."""
    catalogue = catalogue_now()
    cells = cached.trace(view.build, reading.indicator, reading.unit, parse_span(reading.span))
    st.html("<h3>数字从哪些格来</h3>")
    if not cells:
        st.caption("这一期间没有收到这个指标的数据，所以没有可查的格。")
        return
    draw_sums(cells, reading, catalogue.indicators[reading.indicator], catalogue)
    seen = sorted(acts().cells(cells), key=lambda cell: (cell.role != "numerator", -abs(cell.value)))
    if not seen:
        st.caption(NO_CELL_SHOWN)
        return
    way = escape(address("trace", figure=reading.indicator, unit=reading.unit, span=span))
    more = f"看全部{len(seen):,}格" if len(seen) > _SHOWN else "看这些格在原表里的位置"
    values = [say_exact(cell.value, measure_of(catalogue.items[cell.item], catalogue)) for cell in seen[:_SHOWN]]
    st.html(f'{list_cells(seen[:_SHOWN], values)}<a class="way" href="{way}">{more} ›</a>')


def draw_cells_behind(behind: Behind, label: str) -> None:
    """Draw whether the cells behind a mark add up to it, and those that this person may see, the largest first."""
    st.html("<h3>数字从哪些格来</h3>")
    if behind.adds_up_to is not None and not behind.without:
        verdict = say_sum(label, [cell.value for cell in behind.cells], behind.adds_up_to, behind.measure)
        st.html(f'<p class="sum"><span class="{verdict.state}">{verdict.state.sign}</span> {escape(verdict.words)}</p>')
    elif behind.without:
        st.caption(f"共{len(behind.cells) + behind.without:,}条记录，{behind.without:,}条没有记下在原表里的位置")
    seen = sorted(acts().cells(behind.cells), key=lambda cell: -abs(cell.value))
    if not seen:
        if behind.cells:
            st.caption(NO_CELL_SHOWN)
        return
    values = [say_exact(cell.value, behind.measure) for cell in seen[:_AT_MOST]]
    first = list_cells(seen[:_SHOWN], values[:_SHOWN])
    st.html(first + _fold_rest(seen[_SHOWN:_AT_MOST], values[_SHOWN:], len(seen)))


def _fold_rest(cells: Sequence[CellRef], values: Sequence[str], count: int) -> str:
    """Return the cells after the first few, folded away; of very many the first only."""
    if not cells:
        return ""
    words = f"看全部{count:,}格" if count <= _AT_MOST else f"看前{_AT_MOST}格（共{count:,}格）"
    return f'<details class="rest"><summary>{words}</summary>{list_cells(cells, values)}</details>'


def list_cells(cells: Sequence[CellRef], values: Sequence[str]) -> str:
    """Return cells as a list with their values as written, as HTML."""
    rows = "".join(
        f"<li><b>{escape(value)}</b>{escape(cell.unit_name)}，{escape(cell.said_item)}"
        f"<small>{escape(f'{cell.name} 表“{cell.sheet}” {cell.address}：原文“{cell.raw}”')}</small></li>"
        for cell, value in zip(cells, values, strict=True)
    )
    return f'<ul class="cells">{rows}</ul>'
