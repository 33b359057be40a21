"""The columns of a list as somebody names them, where their headings or values don't tell."""

from collections.abc import Sequence

import streamlit as st

from base.text import normalise
from etl.unit_lists.list_words import COLUMN_NAMES, ListColumn
from pages.view.foreign_text import as_written


def choose_columns(headings: Sequence[str]) -> dict[str, ListColumn | None]:
    """Return what headings hold, where somebody chose it: the column, or None for what is not used."""
    chosen: dict[str, ListColumn | None] = {}
    with st.expander("指明哪一栏是什么"):
        for column, name in COLUMN_NAMES.items():
            heading = st.selectbox(
                as_written(name),
                headings,
                index=None,
                placeholder="照看出来的",
                key=f"move-in-{column}",
            )
            if heading:
                chosen[normalise(heading)] = column
        unused = st.multiselect("不用的栏", headings, placeholder="没有", key="move-in-unused")
    return {normalise(heading): None for heading in unused} | chosen


def ask_fill_down() -> bool:
    """Ask whether a row without an area is of the area of the row above it."""
    return st.checkbox("没有写乡镇、园区、系统的行，同上一行", key="move-in-fill-down")
