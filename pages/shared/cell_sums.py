"""Whether the cells behind a figure add up to it, in words."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.shared.definition import measure_of
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.readings import Reading
from stats.readings.sentences import say_sum
from stats.readings.trace import CellRef

NO_CELL_SHOWN = "构成这个数的格都在其他乡镇、园区或系统的报表里，只给县总工会看。"


def draw_sums(cells: Sequence[CellRef], reading: Reading, indicator: Indicator, catalogue: Catalogue) -> None:
    """Say whether the cells add up to the parts of the reading; consecutive years are counted and not summed."""
    if indicator.summary == "streak_years":
        st.html('<p class="sum">下面各格是每年的记录，读数是连续有记录的年数。</p>')
        return
    expected = {"numerator": reading.numerator, "denominator": reading.denominator}
    lines = []
    for role in dict.fromkeys(cell.role for cell in cells):
        part = [cell for cell in cells if cell.role == role]
        measure = measure_of(catalogue.items[part[0].item], catalogue)
        verdict = say_sum(part[0].item_name, [cell.value for cell in part], expected[role], measure)
        lines.append(f'<span class="{verdict.state}">{verdict.state.sign}</span> {escape(verdict.words)}')
    st.html(f'<p class="sum">{"<br>".join(lines)}</p>')
