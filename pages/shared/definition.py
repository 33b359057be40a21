"""The meaning of a figure: its formula with numbers, whether its cells add up to it, and its definition."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator, Item
from stats.readings import Reading
from stats.readings.sentences import formula_of, say_sum
from stats.readings.trace import CellRef

NO_CELL_SHOWN = "构成这个数的格都在其他乡镇、园区或系统的报表里，只给县总工会看。"


def draw_formula(reading: Reading, indicator: Indicator, catalogue: Catalogue) -> None:
    st.html(f'<p class="formula">{escape(formula_of(reading, indicator, catalogue))}</p>')


def draw_definition(indicator: Indicator, catalogue: Catalogue) -> None:
    """Draw the figure's question, purpose, base, caveat, owner and history."""
    draw_entries(entries_of(indicator, catalogue))


def entries_of(indicator: Indicator, catalogue: Catalogue) -> dict[str, str]:
    """Return what the definition of a figure says under each heading."""
    return {
        "回答什么问题": indicator.question,
        "用途": indicator.why,
        "口径": indicator.base,
        "数据来自": "、".join(
            dict.fromkeys(f"《{catalogue.forms[item.form].name}》" for item in catalogue.parts(indicator))
        ),
        "注意": indicator.trap or "",
        "负责": indicator.owner,
        "修订记录": "；".join(f"{change.date}：{change.what}" for change in indicator.history),
    }


def draw_entries(entries: Mapping[str, str]) -> None:
    """Draw what a definition says under each heading, where it says anything."""
    rows = "".join(f"<dt>{escape(title)}</dt><dd>{escape(words)}</dd>" for title, words in entries.items() if words)
    with st.container(border=True):
        st.html(f'<dl class="definition">{rows}</dl>')


def measure_of(item: Item, catalogue: Catalogue) -> str:
    return catalogue.measures[item.measure].name


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
