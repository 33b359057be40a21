"""The meaning of a figure: its formula with numbers, and its definition."""

from html import escape

import streamlit as st

from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator, Item
from stats.readings import Reading
from stats.readings.sentences import formula_of


def draw_formula(reading: Reading, indicator: Indicator, catalogue: Catalogue) -> None:
    st.html(f'<p class="formula">{escape(formula_of(reading, indicator, catalogue))}</p>')


def draw_definition(indicator: Indicator, catalogue: Catalogue) -> None:
    """Draw the figure's question, purpose, base, caveat, owner and history."""
    entries = {
        "问的是": indicator.question,
        "为什么看": indicator.why,
        "口径": indicator.base,
        "数据来自": "、".join(
            dict.fromkeys(f"《{catalogue.forms[item.form].name}》" for item in catalogue.parts(indicator))
        ),
        "当心": indicator.trap or "",
        "负责": indicator.owner,
        "沿革": "；".join(f"{change.date}：{change.what}" for change in indicator.history),
    }
    rows = "".join(f"<dt>{escape(title)}</dt><dd>{escape(words)}</dd>" for title, words in entries.items() if words)
    with st.container(border=True):
        st.html(f'<dl class="definition">{rows}</dl>')


def measure_of(item: Item, catalogue: Catalogue) -> str:
    return catalogue.measures[item.measure].name
