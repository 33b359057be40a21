"""Ways from a figure to its cells."""

from urllib.parse import urlencode

import streamlit as st

from pages.shared.filters import chosen
from stats.readings import Reading

TRACE_PAGE = "trace.py"


def link_to_trace(reading: Reading) -> None:
    """Draw the link 查来源. The span and the organisation are in the address already and go along."""
    st.page_link(TRACE_PAGE, label="查来源 ›", query_params={"figure": reading.name})


def trace_address(reading: Reading) -> str:
    """Return the address of the page 溯源 for a figure, for links inside a table."""
    view = chosen()
    return "trace?" + urlencode({"figure": reading.indicator, "unit": view.unit.code, "span": str(view.span)})
