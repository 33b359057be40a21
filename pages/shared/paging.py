"""Long lists, a page at a time."""

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from pages.view.foreign_text import as_written

_Row = TypeVar("_Row")


def page_of(rows: Sequence[_Row], what: str, key: str, size: int = 100) -> Sequence[_Row]:
    """Return the rows of the page chosen, and say how many there are in all."""
    pages = -(-len(rows) // size)
    if pages <= 1:
        st.caption(f"共{len(rows):,}{as_written(what)}")
        return rows
    number = st.pagination(pages, key=f"{key}-page")
    first = (number - 1) * size
    last = min(first + size, len(rows))
    st.caption(f"共{len(rows):,}{as_written(what)}，现在是第{first + 1:,}至{last:,}{as_written(what)}")
    return rows[first : first + size]
