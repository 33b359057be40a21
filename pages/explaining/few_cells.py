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
from stats.catalogue import Catalogue
from stats.readings import Reading
from stats.readings.trace import CellRef

_SHOWN = 5


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
    st.html(f'<ul class="cells">{_list(seen[:_SHOWN], catalogue)}</ul><a class="way" href="{way}">{more} ›</a>')


def _list(cells: Sequence[CellRef], catalogue: Catalogue) -> str:
    return "".join(
        f"<li><b>{escape(say_exact(cell.value, measure_of(catalogue.items[cell.item], catalogue)))}</b>"
        f"{escape(cell.unit_name)}，{escape(cell.item_name)}"
        f"<small>{escape(f'{cell.name} 表“{cell.sheet}” {cell.address}：原文“{cell.raw}”')}</small></li>"
        for cell in cells
    )
