"""Lines that describe what a county's own table was read as, one below the other."""

from collections.abc import Iterable
from html import escape

import streamlit as st


def draw_lines(lines: Iterable[str]) -> None:
    """Draw each line as a paragraph; names from a file may be long and without a space."""
    st.html("".join(f'<p class="line">{escape(line)}</p>' for line in lines))
